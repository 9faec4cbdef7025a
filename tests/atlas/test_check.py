"""Every fault of a region folder is found, at its place, with its repair."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from multivector.atlas import check_region, load_region
from multivector.errors import Fault, InputError, RegionError


def rewrite(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence; returns the row where it stands."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def the_fault(copy: Path) -> Fault:
    """The only fault of the folder."""
    faults = check_region(copy)
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


def test_a_region_that_holds_has_no_faults(copy: Path) -> None:
    assert check_region(copy) == []
    assert check_region(str(copy)) == []


class Case(NamedTuple):
    """A change to a file, and the fault that it must give."""

    file: str
    old: str
    new: str
    column: str
    value: str
    what: str
    repair: str


TIES, ARMS, PACTS = "ties/imports.csv", "ties/arms.csv", "memberships.csv"
TIV, BOAT = ",TIV,2025,invented", "XAL,XNO,2020,20.0,"
CELLS = [
    Case(TIES, "XAL,XNO,2010", "XAL,XNOO,2010", "partner", "XNOO", "no such actor", "write XNO"),
    Case(TIES, "XAL,XMA,2010", "XAL,XAL,2010", "partner", "XAL", "is the state itself", "remove"),
    Case(ARMS, TIV, ",TIV,2025,", "source", "", "the cell is empty", "write the source"),
    Case(ARMS, TIV, ",TIV,2025,invent", "source", "invent", "no such source", "invented"),
    Case(ARMS, TIV, ",tons,2025,invented", "unit", "tons", "not an allowed value", "one of: share"),
    Case(ARMS, TIV, ",USD,2025,invented", "unit", "USD", "not the layer's unit", "write TIV"),
    Case(ARMS, TIV, ",TIV,soon,invented", "vintage", "soon", "is not a date", "write 2024, 2024-06"),
    Case(ARMS, TIV, ",TIV,2025-02-30,invented", "vintage", "2025-02-30", "calendar", "that exists"),
    Case(ARMS, BOAT, "XAL,XNO,2020,-20.0,", "value", "-20.0", "is negative", "at least 0"),
    Case(ARMS, BOAT, "XAL,XNO,2020,20 t,", "value", "20 t", "is not a number", "decimal"),
    Case(ARMS, BOAT, "XAL,XNO,2020,1e999,", "value", "1e999", "not finite", "finite"),
    Case(ARMS, BOAT, "XAL,XNO,2020,,", "value", "", "says nothing", "both bounds"),
    Case(ARMS, BOAT, "XAL,XNO,20,20.0,", "year", "20", "is not a year", "four digits"),
    Case(ARMS, "XAL,XNO,2020,,10,30", "XAL,XNO,2020,,30,10", "low", "30", "above high", "low <= high"),
    Case(ARMS, "XAL,XNO,2020,,10,30", "XAL,XNO,2020,31,10,30", "value", "31", "outside", "<= value <="),
    Case(PACTS, "2012-06-30,member", "2002-06-30,member", "to", "2002-06-30", "is before from", "from <= to"),
    Case(PACTS, "2003-04-01,2012", "1 April,2012", "from", "1 April", "is not a date", "2024-06-30"),
    Case("observations.csv", "gdp_current_usd", "gdp_usd", "indicator", "gdp_usd", "no such", "gdp_current"),
    Case("coverage.csv", "arms,2025", "arm,2025", "layer", "arm", "no such layer", "write arms"),
    Case("coverage.csv", "2000,2024", "2024,2000", "last_year", "2000", "is before", "<= last_year"),
    Case("events.csv", "XAL|XBE,", "XAL|QQQ,", "actors", "QQQ", "no such actor", "actors.csv"),
    Case("events.csv", "Protests in Cyrra", "=1+x()", "title", "=1+x()", "formula", "plain words"),
    Case("layers.csv", "arms,supply", "arms,gift", "kind", "gift", "not an allowed value", "supply, market"),
    Case("layers.csv", "TIV,2,no", "TIV,-2,no", "max_age", "-2", "is below 0", "at least 0"),
]


@pytest.mark.parametrize("case", CELLS, ids=lambda case: f"{case.file}:{case.what}")
def test_a_wrong_cell_is_named_with_its_repair(copy: Path, case: Case) -> None:
    row = rewrite(copy / case.file, case.old, case.new)
    fault = the_fault(copy)
    assert (fault.file, fault.row, fault.column, fault.value) == (case.file, row, case.column, case.value)
    assert case.what in fault.what
    assert case.repair in fault.repair


def test_a_duplicate_row_is_named(copy: Path) -> None:
    path = copy / "ties/exports.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace("0.", "0.0", 1)]) + "\n", encoding="utf-8")
    twice = [fault for fault in check_region(copy) if fault.what == "the row stands twice"]
    assert [fault.row for fault in twice] == [len(lines) + 1]
    assert "state, partner, year, vintage, source" in twice[0].repair


def test_shares_above_one_are_named_one_by_one_and_in_sum(copy: Path) -> None:
    path = copy / "ties/imports.csv"
    path.write_text(
        "state,partner,year,value,low,high,unit,vintage,source\n"
        "XAL,XNO,2010,1.2,,,share,2025,invented\n"
        "XBE,XNO,2010,0.6,,,share,2025,invented\n"
        "XBE,XSU,2010,0.5,,,share,2025,invented\n"
        "XCY,XNO,2010,0.51,0.505,0.515,share,2025,invented\n"
        "XCY,XSU,2010,0.50,0.495,0.505,share,2025,invented\n",
        encoding="utf-8",
    )
    faults = {(fault.row, fault.value): fault for fault in check_region(copy)}
    assert faults[2, "1.2"].what == "is above 1"
    assert "0.25, not 25" in faults[2, "1.2"].repair
    assert "XBE in 2010" in faults[3, "1.1"].what
    # 0.51 and 0.50 are 1.01 only by rounding: their lower bounds add up to one.
    assert not [key for key in faults if key[0] in (5, 6)]


def test_missing_and_strange_columns_are_named(copy: Path) -> None:
    rewrite(copy / "events.csv", "date_precision,kind", "precision,kind")
    faults = [fault for fault in check_region(copy) if fault.file == "events.csv"]
    assert {(fault.column, fault.what) for fault in faults} == {
        ("date_precision", "the column is missing"),
        ("precision", "no declaration knows this column"),
    }
    assert "rename `precision`" in faults[0].repair


def test_missing_files_are_named_with_the_columns_that_they_need(copy: Path) -> None:
    (copy / "sources.csv").unlink()
    shutil.rmtree(copy / "ties")
    faults = {fault.file: fault for fault in check_region(copy)}
    assert set(faults) == {
        "sources.csv",
        *(f"ties/{x}.csv" for x in ("arms", "imports", "exports", "un_agreement")),
    }
    assert "key,title,publisher" in faults["sources.csv"].repair


def test_a_layer_without_declaration_is_named(copy: Path) -> None:
    shutil.copy(copy / "ties/imports.csv", copy / "ties/gas.csv")
    assert "layers.csv has no such layer" in the_fault(copy).what


def test_every_fault_is_listed_at_once(copy: Path) -> None:
    rewrite(copy / "ties/imports.csv", "XAL,XMA,2010", "QQQ,XMA,2010")
    rewrite(copy / "ties/arms.csv", "XAL,XNO,2020,20.0,", "XAL,XNO,2020,-1,")
    rewrite(copy / "region.toml", '"XNO"', '"ZZZ"')
    (copy / "events.csv").write_bytes(b"\xff\xfe\x00bad")
    files = [fault.file for fault in check_region(copy)]
    assert sorted(files) == ["events.csv", "region.toml", "ties/arms.csv", "ties/imports.csv"]
    with pytest.raises(RegionError, match="4 faults in the region") as caught:
        load_region(copy)
    assert str(copy) in str(caught.value)
    assert caught.value.exit_code == 2


def test_many_faults_of_one_kind_are_counted(copy: Path) -> None:
    path = copy / "ties/imports.csv"
    head = path.read_text(encoding="utf-8").splitlines()[0]
    rows = [f"XAL,XNO,2010,x,,,share,2025,invented{i}" for i in range(1000)]
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    faults = [fault for fault in check_region(copy) if fault.what == "is not a number"]
    assert len(faults) == 201
    assert faults[-1].value == "800 more rows"


BYTES = [
    (b"\xff\xfea\x00", "NUL bytes", "UTF-8"),
    (b"alias\ncaf\xe9\n", "is not UTF-8", "UTF-8"),
    (b"", "the file is empty", "column names"),
    (b"alias;kind;code\n", "not parted by commas", "commas"),
    (b'alias,kind\n"open,2\n', "is not CSV", "quotes"),
    (b"alias,alias\n", "stands twice", "keep one"),
    (b"alias,,kind\n", "no usable name", "name every column"),
    (b"alias,kind,code,ambiguity,source\na,name\n", "2 cells, the header 5", "commas"),
    (b"x" * (17 * 2**20), "too large", "16 MB"),
    (b"alias,kind,code,ambiguity,source\n" + b"a,b,c,,own\n" * 200_001, "more than 200,000 rows", "small"),
]


@pytest.mark.parametrize(("data", "what", "repair"), BYTES)
def test_a_broken_file_is_a_fault_and_no_traceback(copy: Path, data: bytes, what: str, repair: str) -> None:
    (copy / "gazetteer.csv").write_bytes(data)
    fault = the_fault(copy)
    assert fault.file == "gazetteer.csv"
    assert what in fault.what
    assert repair in fault.repair


TOML, ID = "region.toml", 'id = "archipelago"'
SETTINGS = [
    Case(TOML, ID, "", "id", "", "missing", "add it"),
    Case(TOML, 'version = "1"', "version = 1", "version", "1", "is not text", "version of the data"),
    Case(TOML, "first_year = 2000", "first_year = 2030", "first_year", "2030-2024", "span", "<= last_year"),
    Case(
        TOML, '["XAL", ', '["XAL", 3, ', "states", "['XAL', 3, 'XBE', 'XCY']", "more than", '["AAA", "BBB"]'
    ),
    Case(TOML, '["XAL", "XBE", "XCY"]', '["XAL", "XAL"]', "states", "['XAL', 'XAL']", "twice", "keep one"),
    Case(TOML, '["XNO", ', '["XAL", ', "powers", "XAL", "a power at once", "one list"),
    Case(TOML, '["XNO", ', '["XNN", ', "powers", "XNN", "no such actor", "actors.csv"),
    Case(TOML, ID, f"{ID}\ncolour = 3", "colour", "", "no declaration", "remove it"),
    Case(TOML, ID, "id = ", "", "", "is not TOML", "mend the line"),
]


@pytest.mark.parametrize("case", SETTINGS, ids=lambda case: case.what)
def test_wrong_settings_are_named(copy: Path, case: Case) -> None:
    rewrite(copy / case.file, case.old, case.new)
    fault = the_fault(copy)
    assert (fault.file, fault.column, fault.value) == (case.file, case.column, case.value)
    assert case.what in fault.what
    assert case.repair in fault.repair


def test_a_folder_that_is_none_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_region(tmp_path / "nowhere")
    assert fault.what == "is not a folder"
    empty = {fault.file for fault in check_region(tmp_path)}
    assert {"region.toml", "actors.csv", "sources.csv", "layers.csv"} <= empty


def test_a_folder_that_is_far_too_large_is_not_walked_through(tmp_path: Path) -> None:
    for i in range(2_001):
        (tmp_path / f"{i}.txt").touch()
    (fault,) = check_region(tmp_path)
    assert "more than 2,000 files" in fault.what


def test_an_unknown_region_names_those_that_exist() -> None:
    with pytest.raises(InputError, match="central-eurasia") as caught:
        load_region("atlantis")
    assert caught.value.exit_code == 2


def test_an_undeclared_table_must_name_known_sources(copy: Path) -> None:
    (copy / "extra.csv").write_text("name,source\nx,nobody\n", encoding="utf-8")
    assert the_fault(copy).value == "nobody"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(["region.toml", "ties/arms.csv", "memberships.csv", "coverage.csv", "layers.csv"]),
    at=st.floats(0, 1),
    put=st.one_of(st.binary(max_size=6), st.sampled_from([b",", b'"', b"\n", b"|", b"1e999", b"2024-02-30"])),
)
def test_no_input_makes_the_check_raise(copy: Path, file: str, at: float, put: bytes) -> None:
    path = copy / file
    whole = path.read_bytes()
    cut = int(at * len(whole))
    path.write_bytes(whole[:cut] + put + whole[cut + len(put) :])
    try:
        faults = check_region(copy)
        assert all(fault.repair and str(fault) for fault in faults)
        if not faults:
            load_region(copy).at(2020).tie("arms")
    finally:
        path.write_bytes(whole)
