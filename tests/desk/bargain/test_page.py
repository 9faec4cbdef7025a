"""A page is made again by the lines that it prints, says what it was made from, and survives a broken file."""

from __future__ import annotations

import html
import re
import shlex
import shutil
from pathlib import Path

import pytest

from multivector.atlas import load_region
from multivector.bargaining.bargain import bargain_over
from multivector.desk.bargain import figures
from multivector.desk.bargain.page import manifest_of, region_issues, write_bargain
from multivector.desk.cli import main
from multivector.desk.context import Table

BROKEN = {
    "broken.yaml": b"id: [broken",
    "empty.yaml": b"",
    "latin.yaml": b"id: caf\xe9",
    "two-faults.yaml": b"id: two-faults\ntitle: 3\n",
    "no-table.yaml": b"id: no-table\ntitle: t\nquestion: q\nas_of: null\ndimensions: [{name: x}]\nstakeholders: gone.csv\n",
    "bad-table.yaml": b"id: bad-table\ntitle: t\nquestion: q\nas_of: null\ndimensions: [{name: x}]\nstakeholders: bad.csv\n",
    "bad.csv": b"actor,attribute\na,b\n",
}


def test_a_page_is_made_again_to_the_byte(
    points: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(points.parent)
    empty = Table(("models",), (("none",),))  # that their draws are the same again is seen in test_rows
    monkeypatch.setattr(figures, "variants_table", lambda _: empty)
    options = {"vote": "Cubic", "turns": 3, "defects": ("gain_for_probability", "initiator_weight_twice")}
    asked = bargain_over(points.name, draws=100, seed=7, spread=12.3456789, options=options)
    page = write_bargain(asked, Path("a page.html"))
    first = page.read_bytes()
    command, python = (
        html.unescape(each)
        for each in re.findall(r"<pre><code>(.*?)</code></pre>", first.decode(), re.DOTALL)
    )
    assert command.startswith(
        "multivector bargain 'three towns.csv' --draws 100 --seed 7 --spread 12.3456789 "
    )
    page.unlink()
    with pytest.raises(SystemExit) as left:
        main(shlex.split(command)[1:])
    assert not left.value.code, capfd.readouterr().err
    assert page.read_bytes() == first
    names: dict[str, object] = {}
    exec(python, names)
    again = names["bargain"]
    assert dict(manifest_of(again)) == dict(manifest_of(asked))  # type: ignore[arg-type]


def test_the_manifest_has_the_spread_and_knows_the_widths(points: Path) -> None:
    plain, wide, wider = (
        dict(manifest_of(bargain_over(points, spread=spread))) for spread in (None, 10.0, 10.00001)
    )
    assert "spread" not in plain
    assert (wide["spread"], wider["spread"]) == ("10 %", "10.00001 %")
    assert len({each["issue.sha256"] for each in (plain, wide, wider)}) == 3
    assert {each["draws"] for each in (plain, wide, wider)} == {"2000"}


def test_broken_files_of_a_region_become_lines_without_a_place(tmp_path: Path) -> None:
    folder = tmp_path / "archipelago"
    shutil.copytree(Path(__file__).resolve().parents[2] / "regions" / "archipelago", folder)
    region = load_region(folder)
    assert region_issues(region, 100, 0).sections == ()
    (folder / "issues").mkdir()
    for name, content in BROKEN.items():
        (folder / "issues" / name).write_bytes(content)
    (folder / "issues" / "folder.yaml").mkdir()
    found = region_issues(region, 100, 0)
    (overview,) = found.sections
    told = {row[0]: row[1] for row in overview.tables[0].rows}
    assert set(told) == {"broken", "empty", "latin", "two-faults", "no-table", "bad-table", "folder"}
    for name, said in told.items():
        assert said.startswith("Not forecast: "), name
        assert "; repair: " in said, name
        assert str(tmp_path) not in said, name
        assert "archipelago" not in said, name
    assert (found.sources, found.hashes) == ({}, ())
