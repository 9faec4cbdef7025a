"""The page of the docs shows what the code gives; the command prints what it promises."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from multivector.desk.cli import main
from multivector.desk.hindcast_page import (
    BLOCK,
    PAGE,
    headline,
    score_lines,
    write_page,
)
from multivector.desk.hindcast_table import family_text
from multivector.errors import InputError
from multivector.inference.hindcast import FAMILIES, Hindcast, family_of
from multivector.inference.hindcast.evaluate import evaluate
from multivector.inference.hindcast.rows import COLUMNS

DOCS = Path(__file__).resolve().parents[3] / "docs"
ELSEWHERE = ("--region", str(Path(__file__).resolve().parents[2] / "regions" / "archipelago"))
"""A region without a posterior: no model runs there, so it is quick."""


@pytest.fixture(scope="module")
def blocks():
    page = (DOCS / PAGE).read_text("utf-8")
    return {found[2]: found[0] for found in BLOCK.finditer(page)}


def test_every_family_has_its_block_and_figure(blocks):
    assert set(blocks) == {*FAMILIES, "made"}
    for name in FAMILIES:
        if name != "arms_tie":
            svg = (DOCS / f"hindcast-{name.replace('_', '-')}.svg").read_text("utf-8")
            assert svg.startswith("<svg")


@pytest.mark.parametrize("name", ["arms_share_5y", "supplier_concentration", "un_distance"])
def test_the_baselines_in_the_page_are_what_the_code_gives(blocks, region, name):
    family = family_of(region, name)
    done = Hindcast(family, evaluate(family))
    printed = blocks[name].replace("**", "")
    lines = score_lines(done, headline(done))
    assert len(lines) >= 11
    for line in lines:
        assert line.replace("**", "") in printed


def test_the_models_are_in_the_page_with_their_verdict(blocks):
    for name in ("arms_share_5y", "supplier_concentration", "un_distance", "un_ideal_point", "arms_tie"):
        assert re.search(
            r"^- \w+, .* years? ahead: (gains|no sure gain|does not beat) \(", blocks[name], re.M
        )
        assert 'The word "beats" is earned by: ' in blocks[name]


def test_only_the_marked_blocks_are_rewritten(region, tmp_path):
    page = tmp_path / PAGE
    page.write_text("Before\n<!-- drawn: supplier_concentration -->\nold\n<!-- /drawn -->\nAfter\n", "utf-8")
    family = family_of(region, "supplier_concentration")
    done = Hindcast(family, evaluate(family))
    write_page(tmp_path, [done], {"region": "x", "region_hash": "0" * 64, "seed": 7})
    text = page.read_text("utf-8")
    assert text.startswith("Before\n<!--")
    assert text.endswith("-->\nAfter\n")
    assert "old" not in text
    assert (tmp_path / "hindcast-supplier-concentration.svg").is_file()
    with pytest.raises(InputError, match=r"no hindcast\.md to write into"):
        write_page(tmp_path / "elsewhere", [done], {})


def leave(*arguments):
    try:
        main(arguments)
    except SystemExit as left:
        return left.code
    return 0


def test_the_command_prints_the_columns_of_the_protocol(capsys, tmp_path):
    out = tmp_path / "rows.csv"
    assert leave("hindcast", "supplier_concentration", *ELSEWHERE, "--json", "--out", str(out)) in (0, None)
    report = json.loads(capsys.readouterr().out)
    assert {"region", "region_hash", "code_hash", "seed", "vintages", "rows", "beside"} <= set(report)
    for row in report["rows"]:
        assert tuple(row) == COLUMNS
        numbers = [row[name] for name in COLUMNS[5:20]]
        assert all(value is None or isinstance(value, int | float) for value in numbers)
    table = pl.read_csv(out, infer_schema_length=None)
    assert table.columns == list(COLUMNS)
    assert table["crps"].to_list() == [row["crps"] for row in report["rows"]]
    assert set(table["protocol"]) == {"rolling", "fixed2015"}


def test_the_command_says_which_families_there_are(capsys):
    assert leave("hindcast", "arms") == 2
    said = capsys.readouterr().err
    assert "no hindcast family 'arms'" in said
    assert "arms_share_5y" in said


def test_quiet_prints_nothing(capsys):
    assert leave("hindcast", "supplier_concentration", *ELSEWHERE, "--quiet") in (0, None)
    assert capsys.readouterr().out == ""


def test_a_table_of_yes_and_no_shows_ranks_beside_the_base_rate(region):
    family = family_of(region, "arms_tie")
    done = Hindcast(family, evaluate(family))
    text = family_text(done)
    (line,) = [
        row for row in text.split("new ties")[1].splitlines() if row.split()[:2] == ["persistence", "1"]
    ]
    n, yes, brier, _, auc, precision, skill = line.split()[2:]
    assert yes == brier  # who says no to all errs as often as it happens
    assert (int(n), auc, skill) == (4123, "0.500", "0.000")
    assert float(precision) == pytest.approx(float(yes), abs=6e-4)
