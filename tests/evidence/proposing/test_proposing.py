"""Rows drafted from claims: only what a text states as fact, only what the region lacks, nothing made up."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from multivector.atlas import Region, check_region, load_region
from multivector.atlas.declare import declared
from multivector.desk.cli import main
from multivector.errors import InputError, RegionError, StorageError
from multivector.evidence import Claim, Verdict, check_claims, write_claims
from multivector.evidence.proposing import accept, propose_rows
from multivector.evidence.proposing.events import kinds
from multivector.evidence.records import predicates

ARCHIPELAGO = Path(__file__).resolve().parents[2] / "regions" / "archipelago"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region(ARCHIPELAGO)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARCHIPELAGO, tmp_path / "my-region"))


def claim(predicate: str, quote: str, subject: str, object_: str = "", **other: str) -> Claim:
    about = {"claim_type": predicates()[predicate].claim_type, "subject": subject, "object": object_}
    made = Claim(
        "c-1", "note.txt", "A. Author", quote, 0, len(quote), subject_code=subject, predicate=predicate,
        object_code=object_, note="rule x", **about,
    )  # fmt: skip
    return replace(made, **other)


JOINED = claim(
    "member_of", "Sudermark joined the Harbour Pact in May 2021", "XSU", "HARBOUR_PACT",
    date_start="2021-05", date_end="2021-05",
)  # fmt: skip
SOLD = claim(
    "arms_contract_value", "Alder Isle agreed to buy K-9 mortars from Norholm for $30 million", "XNO", "XAL",
    value="30000000", value_op="=", unit="USD", date_start="2024", date_end="2024",
)  # fmt: skip
SIGNED = claim(
    "signs_agreement_with", "Alder Isle and Cyrra signed a pact on 3 May 2022", "XAL|XCY",
    date_start="2022-05-03", date_end="2022-05-03",
)  # fmt: skip
RIVALS = claim(
    "rival_of", "Norholm and Alder Isle have been rivals since 1990", "XNO", "XAL", date_start="1990"
)
BURDEN = claim(
    "military_expenditure", "Berun spent 3.5 percent of its output on the military in 2031", "XBE",
    value="3.5", value_op="=", unit="percent of GDP", date_start="2031", date_end="2031",
)  # fmt: skip
IMPORTS = claim(
    "import_share_of", "In 2031, Norholm supplied 20 percent of Berun's imports", "XNO", "XBE",
    value="20", value_op="=", unit="percent", date_start="2031", date_end="2031",
)  # fmt: skip
EVERY = (JOINED, SOLD, SIGNED, RIVALS, BURDEN, IMPORTS)


@pytest.mark.parametrize(
    ("given", "table", "cells", "lacks"),
    [
        (JOINED, "memberships", {"member": "XSU", "organization": "HARBOUR_PACT", "from": "2021-05", "status": "member"}, ()),
        (SOLD, "deals", {"recipient": "XAL", "supplier": "XNO", "system": "K-9 mortars", "value_usd": "30000000"}, ()),
        (SIGNED, "events", {"date": "2022-05-03", "date_precision": "day", "actors": "XAL|XCY", "kind": "pact", "sign": "1"}, ()),
        (RIVALS, "rivalries", {"a": "XNO", "b": "XAL", "name": "Norholm-Alder Isle", "from": "1990"}, ()),
        (BURDEN, "observations", {"actor": "XBE", "indicator": "military_expenditure", "value": "3.5"}, ("vintage",)),
        (IMPORTS, "ties/imports", {"state": "XBE", "partner": "XNO", "value": "0.2", "year": "2031"}, ("vintage",)),
    ],
)  # fmt: skip
def test_each_table_that_a_claim_can_feed(given, table, cells, lacks, region: Region) -> None:
    (row,) = propose_rows([given], region).rows
    assert row.table == table
    assert tuple(row.cells) == tuple(column.name for column in declared(table).columns)
    assert {name: row.cells[name] for name in cells} == cells
    assert row.lacks == lacks
    assert row.cells["source"] == "claim:c-1"
    assert row.confidence == "low"
    assert row.claim.quote == given.quote


def test_an_order_runs_from_the_one_who_buys(region: Region) -> None:
    ordered = claim(
        "arms_order_quantity", "Alder Isle ordered 12 Tern drones from Norholm in 2024", "XAL", "XNO",
        value="12", value_op="=", unit="drones", date_start="2024", date_end="2024",
    )  # fmt: skip
    (row,) = propose_rows([ordered], region).rows
    assert [row.cells[name] for name in ("recipient", "supplier", "system", "quantity", "value_usd")] == [
        "XAL", "XNO", "Tern drones", "12", "",
    ]  # fmt: skip


@pytest.mark.parametrize("stance", ["alleged", "denied", "hedged", "hypothetical", "forecast", "normative"])
def test_only_what_is_stated_as_fact_is_drafted(stance: str, region: Region) -> None:
    drafted = propose_rows([replace(each, stance=stance) for each in EVERY], region)
    assert drafted.rows == ()
    assert {left.reason for left in drafted.left_out} == {"stance"}
    assert len(propose_rows([replace(each, stance="reported") for each in EVERY], region).rows) == len(EVERY)


def test_a_refuted_claim_is_not_proposed_and_the_finding_is_said(region: Region) -> None:
    verdict = Verdict("c-1", "refuted", "observer, not member on that day")
    drafted = propose_rows([JOINED], region, [verdict])
    assert drafted.rows == ()
    assert drafted.left_out[0].reason == "refuted"
    assert "observer, not member on that day" in drafted.left_out[0].why
    (row,) = propose_rows([JOINED], region, [Verdict("c-1", "partly", "a near miss")]).rows
    assert "a near miss" in row.note


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (claim("member_of", "Berun joined in April 2003", "XBE", "HARBOUR_PACT", date_start="2003-04"), "2003-04-01 to today"),
        (claim("member_of", "Berun joined in 2008", "XBE", "HARBOUR_PACT", date_start="2008"), "the text says 2008"),
        (replace(SOLD, quote="It bought boats", value="120000000", date_start="2019", date_end="2019"), "patrol boat, 2019"),
        (replace(SIGNED, subject_code="XAL|XBE", date_start="2003-04", date_end="2003-04"), "inv_2003_1"),
        (claim("rival_of", "Sudermark and Norholm are rivals", "XSU", "XNO"), "1950 to 2020"),
        (replace(IMPORTS, subject_code="XMA", object_code="XAL", date_start="2010", date_end="2010"), "0.25 (invented)"),
    ],
)  # fmt: skip
def test_rows_that_the_region_has_are_left_out_and_said(given: Claim, said: str, region: Region) -> None:
    drafted = propose_rows([given], region)
    assert drafted.rows == ()
    assert drafted.left_out[0].reason == "held"
    assert said in drafted.left_out[0].why


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (replace(JOINED, polarity="-"), "mend `to` of the row by hand"),
        (replace(JOINED, subject_code="QQQ"), "actors.csv has no QQQ"),
        (replace(JOINED, subject_code=""), "no known member"),
        (replace(SIGNED, polarity="-"), "did not happen"),
        (replace(SIGNED, subject_code="XAL"), "no second actor"),
        (replace(SIGNED, predicate="consults_with"), "event_kinds.csv has no kind power_engagement"),
        (replace(BURDEN, value_op=">"), "only a bound"),
        (replace(BURDEN, date_start="2030"), "no single year"),
        (replace(BURDEN, predicate="inflation", unit="percent"), "no indicator of the region"),
        (claim("arms_transfer_to", "Norholm arms Alder Isle", "XNO", "XAL"), "no system"),
        (claim("arms_share_of_imports", "94 percent", "XNO", "XAL"), "no volume of a year"),
        (claim("influences", "Norholm influences Berun", "XNO", "XBE"), "no table of a region takes claims of this kind"),
    ],
)  # fmt: skip
def test_what_gives_no_row_says_why(given: Claim, said: str, region: Region) -> None:
    drafted = propose_rows([given], region)
    assert drafted.rows == ()
    assert said in drafted.left_out[0].why


def test_a_state_of_affairs_does_not_date_its_beginning(region: Region) -> None:
    held = replace(
        JOINED, quote="In 2021, Sudermark is a member of the Harbour Pact", date_start="2021", date_end="2021"
    )
    (row,) = propose_rows([held], region).rows
    assert row.cells["from"] == ""
    assert row.lacks == ("from",)


def test_a_shrinking_economy_grows_by_less_than_nothing(central: Region) -> None:
    shrank = claim(
        "gdp_growth", "Georgia's economy shrank by 5 percent in 2031", "GEO",
        value="5", value_op="=", unit="percent", date_start="2031", date_end="2031",
    )  # fmt: skip
    (row,) = propose_rows([shrank], central).rows
    assert row.cells["value"] == "-5"


def test_repeats_back_one_row(region: Region) -> None:
    again = replace(JOINED, id="c-2", doc="other.txt", article_author="B. Author")
    (row,) = propose_rows([JOINED, again], region).rows
    assert row.also == ("c-2",)
    assert row.confidence == "medium"
    assert row.cells["confidence"] == "medium"


def test_every_claim_is_proposed_or_left_out(central: Region) -> None:
    claims = [
        replace(claim(name, f"words {name}", "KAZ", "UZB", value="5", value_op="=", unit="percent"), id=name)
        for name in predicates()
    ]
    drafted = propose_rows(claims, central, check_claims(claims, central))
    seen = [row.claim.id for row in drafted.rows] + [left.claim.id for left in drafted.left_out]
    assert sorted(seen) == sorted(predicates())
    assert all(left.why for left in drafted.left_out)


def test_kinds_of_events_are_those_of_the_vocabulary_and_of_the_region(central: Region) -> None:
    assert set(kinds()) <= set(predicates())
    assert {row["kind"] for row in kinds().values()} <= set(central.table("event_kinds")["kind"])
    assert {row["layer"] for row in kinds().values()} <= set(central.table("events")["layer"])


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("given", EVERY, ids=lambda each: each.predicate)
def test_an_accepted_row_is_in_the_region_with_its_claim_as_source(given: Claim, folder: Path) -> None:
    cells = {"vintage": "2032"} if given in (BURDEN, IMPORTS) else {}
    before = {file: file.read_bytes() for file in folder.rglob("*.csv")}
    done = accept([given], "c-1", folder, by="A. Reader", given=cells, on=DAY)
    assert check_region(folder) == []
    assert rows_of(folder / done.file)[-1] == dict(done.rows[0])
    source = rows_of(folder / "sources.csv")[-1]
    assert source["key"] == "claim:c-1"
    assert given.quote in source["note"]
    assert "accepted by A. Reader on 2026-11-22" in source["note"]
    changed = {file.name for file, data in before.items() if file.read_bytes() != data}
    assert changed == {"sources.csv", Path(done.file).name}
    for file, data in before.items():
        assert file.read_bytes().startswith(data)
    assert load_region(folder).hash == done.region_hash
    with pytest.raises(InputError, match="was accepted before"):
        accept([given], "c-1", folder, by="A. Reader", given=cells)


@pytest.mark.parametrize(
    ("given", "cells", "said"),
    [
        (BURDEN, {}, r"does not give vintage.*\n.*--set vintage="),
        (BURDEN, {"colour": "red"}, "no cell colour to set"),
        (BURDEN, {"source": "me"}, "no cell source to set"),
        (replace(JOINED, stance="alleged"), {}, "gives no row: the text does not state it as fact: alleged"),
        (replace(SIGNED, subject_code="XAL|XBE", date_start="", date_end=""), {"date": "2003-04"}, "the region has it"),
        (replace(JOINED, id="c-9"), {}, "there is no claim c-1"),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted_is_said_and_nothing_is_written(given, cells, said, folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(InputError, match=said):
        accept([given], "c-1", folder, by="A. Reader", given=cells)
    with pytest.raises(InputError):
        accept([given], "c-1", folder, by=" ", given=cells)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    ("given", "cells", "said"),
    [
        (JOINED, {"from": "May 2021"}, "is not a date"),
        (JOINED, {"status": "=cmd()"}, "spreadsheet formula"),
        (IMPORTS, {"vintage": "2032", "value": "20"}, "is above 1"),
        (SIGNED, {"actors": "XAL|QQQ"}, "actors.csv has no such actor"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_the_region_is_not_written(given, cells, said, folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(RegionError, match=said) as error:
        accept([given], "c-1", folder, by="A. Reader", given=cells)
    assert "nothing was written" in str(error.value)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_the_region_that_comes_with_the_package_is_never_written(central: Region, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(central.path)
    for name in ("central-eurasia", central.path, link, central.path / ".." / central.path.name):
        with pytest.raises(InputError, match=r"never written\n.*copy the region folder first: cp -r"):
            accept([JOINED], "c-1", name, by="A. Reader")
    with pytest.raises(InputError, match="there is no such folder"):
        accept([JOINED], "c-1", tmp_path / "nowhere", by="A. Reader")


def test_a_table_in_another_order_with_other_line_ends_stays_so(folder: Path) -> None:
    file = folder / "memberships.csv"
    rows = rows_of(file)
    columns = [*reversed(rows[0])]
    text = "\r\n".join([",".join(columns)] + [",".join(row[c] for c in columns) for row in rows])
    file.write_bytes(text.encode())  # and no line end after the last row
    accept([JOINED], "c-1", folder, by="A. Reader", on=DAY)
    after = file.read_bytes().decode()
    assert after.startswith(text + "\r\n")
    assert after.count("\n") == after.count("\r\n") == text.count("\r\n") + 2
    assert rows_of(file)[-1]["member"] == "XSU"


def test_a_disk_that_fails_leaves_the_folder_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*.csv")}

    def full(path: Path, write: Callable[[Path], object]) -> Path:
        if path.name != "sources.csv":
            raise StorageError("writing stopped: no space", where=str(path))
        write(path)
        return path

    monkeypatch.setattr(sys.modules[accept.__module__], "write_whole", full)
    with pytest.raises(StorageError):
        accept([JOINED], "c-1", folder, by="A. Reader")
    assert {file: file.read_bytes() for file in folder.rglob("*.csv")} == before


def test_two_who_accept_at_once_lose_nothing(folder: Path, tmp_path: Path) -> None:
    both = [replace(SIGNED, id=f"c-{n}", date_start=f"2022-0{n}", date_end=f"2022-0{n}") for n in (1, 2)]
    claims = write_claims(both, tmp_path / "claims.csv")
    program = (
        "import sys; from multivector.evidence import read_claims; "
        "from multivector.evidence.proposing import accept; "
        "accept(read_claims(sys.argv[1]), sys.argv[3], sys.argv[2], by='A. Reader')"
    )
    words = [sys.executable, "-c", program, str(claims), str(folder)]
    workers = [subprocess.Popen([*words, each.id]) for each in both]
    assert [worker.wait() for worker in workers] == [0, 0]
    assert {"claim_c-1", "claim_c-2"} <= {row["id"] for row in rows_of(folder / "events.csv")}
    assert check_region(folder) == []


def test_the_command_drafts_and_accepts(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = write_claims(
        [replace(each, id=f"c-{n}") for n, each in enumerate(EVERY)], tmp_path / "claims.csv"
    )

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["propose", *map(str, words)])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    code, out, _ = call(claims, "--region", folder, "--out", tmp_path / "drafts", "--json")
    report = json.loads(out)
    assert code == 0
    assert len(report["proposed"]) == len(EVERY)
    (draft,) = rows_of(tmp_path / "drafts" / "memberships.csv")
    table = declared("memberships")
    assert list(draft)[: len(table.columns)] == [column.name for column in table.columns]
    assert draft["claim_id"] == "c-0"
    assert draft["quote"] == JOINED.quote
    assert draft["claim_confidence"] == "low"
    assert rows_of(tmp_path / "drafts" / "left_out.csv") == []

    code, out, _ = call(claims, "--region", folder, "--accept", "c-0", "--by", "A. Reader")
    assert code == 0
    assert "1 row added, source claim:c-0" in out
    for words, said in (
        (("--accept", "c-1"), "a person accepts, not a program"),
        (("--by", "A. Reader"), "belong to --accept"),
        (("--accept", "c-1", "--by", "A", "--out", tmp_path), "--accept goes alone"),
        (("--accept", "c-1", "--by", "A", "--set", "year"), "is not COLUMN=VALUE"),
        (("--stakeholders", " "), "the issue is empty"),
    ):
        code, out, err = call(claims, "--region", folder, *words)
        assert (code, out) == (2, "")
        assert said in err
    code, _, err = call(claims, "--accept", "c-1", "--by", "A. Reader")
    assert code == 2
    assert "never written" in err
