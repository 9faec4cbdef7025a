"""Claims in a file: written and read back, and every fault named."""

from __future__ import annotations

import csv
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.errors import InputError
from multivector.evidence import Claim, read_claims, write_claims
from multivector.evidence.records import COLUMNS

GOOD = Claim(
    id="c-1",
    doc="a.txt",
    article_author="Jane Doe",
    quote='He said "94 percent",\nthen left',
    char_start=3,
    char_end=34,
    claim_type="share",
    subject="Russia",
    subject_code="RUS",
    predicate="arms_share_of_imports",
    object_code="ARM",
    value="94",
    value_op="=",
    unit="percent",
    date_start="2011",
    date_end="2020",
)


def _file(tmp_path, **changed):
    path = tmp_path / "claims.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerow((asdict(GOOD) | changed)[column] for column in COLUMNS)
    return path


def _fault(path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_claims(path)
    return caught.value


def test_the_columns_are_those_of_the_field():
    assert ",".join(COLUMNS) == (
        "id,doc,article_author,quote,char_start,char_end,claim_type,subject,subject_code,predicate,plover,object,"
        "object_code,value,value_op,unit,date_start,date_end,polarity,stance,attributed_to,checkable,cluster,note"
    )


def test_there_and_back(tmp_path):
    write_claims([GOOD, GOOD], tmp_path / "c.csv")
    assert read_claims(tmp_path / "c.csv") == [GOOD, GOOD]


@settings(max_examples=60, deadline=None)
@given(quote=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_any_quote_survives(quote, tmp_path_factory):
    from dataclasses import replace

    path = tmp_path_factory.mktemp("claims") / "c.csv"
    claim = replace(GOOD, quote=quote)
    write_claims([claim], path)
    assert read_claims(path)[0].quote == quote


def test_no_claims_is_a_header(tmp_path):
    write_claims([], tmp_path / "c.csv")
    assert read_claims(tmp_path / "c.csv") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"predicate": "loves"}, "row 2, column predicate [loves]: unknown predicate"),
        (
            {"claim_type": "fact"},
            "column claim_type [fact]: unknown claim type; repair: one of quantity, share",
        ),
        ({"stance": "sure"}, "column stance [sure]: unknown stance; repair: one of asserted, reported"),
        ({"polarity": "yes"}, "column polarity [yes]: unknown polarity; repair: one of +, -"),
        ({"value": "many"}, "column value [many]: not a number; repair: digits with a point"),
        ({"value_op": "=="}, "column value_op [==]: unknown operator"),
        ({"date_start": "soon"}, "column date_start [soon]: not a date; repair: YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"date_start": "2020-13"}, "column date_start [2020-13]: not a date"),
        ({"date_end": "2001"}, "column date_end [2001]: ends before it starts (2011)"),
        ({"char_start": "-1"}, "column char_start [-1]: not a count of characters"),
    ],
)
def test_a_fault_names_row_column_value_and_repair(tmp_path, changed, said):
    fault = _fault(_file(tmp_path, **changed))
    assert said in fault.what.replace("  row 2, ", "row 2, ")
    assert "claims.csv" in fault.where
    assert fault.exit_code == 2


def test_all_faults_at_once(tmp_path):
    fault = _fault(_file(tmp_path, predicate="loves", stance="sure", value="many"))
    assert fault.what.startswith("3 faults in the claims")


def test_missing_columns(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("id,doc,quote\n1,a,b\n")
    fault = _fault(path)
    assert fault.what.startswith("missing columns claim_type, subject_code, predicate, polarity, stance")
    assert "char_start" in fault.repair


def test_columns_that_may_be_left_out(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(
        "id,doc,quote,claim_type,subject_code,predicate,polarity,stance,colour\n"
        "1,a,b,event,RUS,attacks,+,asserted,blue\n"
    )
    [claim] = read_claims(path)
    assert (claim.subject_code, claim.value, claim.char_start, claim.attributed_to) == (
        "RUS",
        "",
        0,
        "AUTHOR",
    )


def test_a_row_with_too_few_cells(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(",".join(COLUMNS) + "\nc-1,a.txt\n")
    fault = _fault(path)
    assert "more or fewer cells" in fault.what
    assert "line 2" in fault.where


def test_an_open_quotation_mark(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text(",".join(COLUMNS) + '\nc-1,"a.txt\n')
    assert "this is not CSV" in _fault(path).what


def test_other_files(tmp_path):
    (tmp_path / "c.csv").write_bytes(b"id\n\xff\xfe")
    assert "encoding breaks at byte 3" in _fault(tmp_path / "c.csv").what
    assert "cannot be read" in _fault(tmp_path / "none.csv").what
    assert "cannot be read" in _fault(tmp_path).what


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "c.csv"
    with path.open("wb") as file:
        file.truncate(60 * 2**20)
    assert "60.0 MB; at most 50 MB" in _fault(path).what
