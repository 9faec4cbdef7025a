"""A region is one immutable value, identified by its hash."""

from __future__ import annotations

import copy as copying
import dataclasses
import pickle
from pathlib import Path
from typing import Any

import pytest

from multivector.atlas import Region, load_region
from multivector.errors import InputError


def test_one_changed_byte_changes_the_hash(copy: Path, archipelago: Region) -> None:
    assert load_region(copy).hash == archipelago.hash
    path = copy / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"Protests", b"protests"))
    changed = load_region(copy).hash
    assert changed != archipelago.hash
    (copy / "notes.txt").write_text("a file of any kind counts", encoding="utf-8")
    assert load_region(copy).hash not in (changed, archipelago.hash)


def test_hidden_files_and_caches_do_not_count(copy: Path, archipelago: Region) -> None:
    (copy / ".DS_Store").write_bytes(b"x")
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "x.csv").write_bytes(b"\xff")
    assert load_region(copy).hash == archipelago.hash


def test_a_renamed_file_changes_the_hash(copy: Path, archipelago: Region) -> None:
    (copy / "a.txt").write_text("x", encoding="utf-8")
    first = load_region(copy).hash
    (copy / "a.txt").rename(copy / "b.txt")
    assert load_region(copy).hash != first


def test_a_region_cannot_be_changed(archipelago: Region) -> None:
    untyped: Any = archipelago
    with pytest.raises(dataclasses.FrozenInstanceError):
        untyped.title = "mine"
    with pytest.raises(TypeError):
        untyped._tables["actors"] = archipelago.table("events")
    taken = archipelago.table("actors")
    taken.insert_column(0, taken["code"].alias("extra"))
    assert "extra" not in archipelago.table("actors").columns
    panel = archipelago.tie("arms")
    panel["value"][:] = -1
    assert archipelago.tie("arms")["value"].min() >= 0


def test_a_region_travels_to_another_process(archipelago: Region) -> None:
    again = pickle.loads(pickle.dumps(archipelago))
    assert again.hash == archipelago.hash
    assert copying.copy(archipelago).hash == archipelago.hash


def test_names_sources_and_tables(archipelago: Region) -> None:
    assert archipelago.name("XCY") == "Cyrra"
    assert archipelago.source("invented_later")["rank"] == 2
    assert archipelago.layers == ("arms", "imports", "exports", "un_agreement")
    assert set(archipelago.tables) >= {"actors", "events", "ties/arms", "sources"}
    with pytest.raises(InputError, match="no key 'inventd'") as caught:
        archipelago.source("inventd")
    assert "invented" in caught.value.repair


def test_memberships_by_day(archipelago: Region) -> None:
    def pact(when: str | int) -> tuple[str, ...]:
        return archipelago.members("HARBOUR_PACT", when)

    assert pact("2003-03-31") == ()
    assert pact("2003-04-01") == ("XAL", "XBE")
    assert pact("2012-06-30") == ("XAL", "XBE", "XNO")
    assert pact("2012-07-01") == ("XBE", "XNO")
    assert archipelago.members("HARBOUR_PACT", 2012, status="observer") == ("XCY",)
    # The source on XNO stops in 2014: after that nothing is known.
    assert pact("2015-01-01") == ("XBE",)


def test_what_is_known_of_a_membership(archipelago: Region) -> None:
    def status(who: str, when: str) -> str | None:
        return archipelago.membership(who, "HARBOUR_PACT", when)

    assert status("XAL", "2010") == "member"
    assert status("XAL", "2013") == "none"
    assert status("XCY", "2013") == "observer"
    assert status("XNO", "2014") == "member"
    assert status("XNO", "2015") is None
    assert archipelago.membership("XAL", "UNK", "2015") is None


def test_the_picture_in_a_notebook_is_small_escaped_and_without_script(copy: Path, eurasia: Region) -> None:
    html = eurasia._repr_html_()
    assert len(html) < 120_000
    assert "<script" not in html
    assert "Kazakhstan" in html
    settings = copy / "region.toml"
    text = settings.read_text(encoding="utf-8").replace(
        "The Archipelago (invented)", "<script>alert(1)</script>"
    )
    settings.write_text(text, encoding="utf-8")
    assert "<script" not in load_region(copy)._repr_html_()
