"""`multivector index` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from multivector.desk.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "asem"
RECIPE = EXAMPLE / "recipe.toml"
TABLES = ("--data", EXAMPLE / "data.csv", "--meta", EXAMPLE / "meta.csv")


@pytest.fixture
def multivector(capsys):
    """Run the command line: exit code, standard output, standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


def test_the_example_from_its_files(multivector, tmp_path):
    code, printed, err = multivector("index", RECIPE, *TABLES, "--out", tmp_path / "asem", "--json")
    report = json.loads(printed)
    assert (code, err) == (0, "")
    assert (report["units"], report["indicators"], report["top"]) == (51, 49, "Index")
    assert [row["uCode"] for row in report["ranks"][:3]] == ["CHE", "NLD", "DNK"]
    written = {path.name for path in (tmp_path / "asem").iterdir()}
    assert {
        "stages.csv",
        "ranks.csv",
        "log.csv",
        "correlations.csv",
        "cronbach.csv",
        "manifest.json",
    } <= written
    first = pl.read_csv(tmp_path / "asem" / "ranks.csv").filter(iCode="Index", rank=1)
    assert first["uCode"].to_list() == ["CHE"]

    code, printed, _ = multivector("index", RECIPE, *TABLES, "--out", tmp_path / "asem")
    assert code == 0
    assert "51 units, 49 indicators" in printed
    assert "1  CHE                68.38" in printed
    assert "imputed" in printed


def test_quiet_prints_nothing(multivector, tmp_path):
    assert multivector("index", RECIPE, *TABLES, "--out", tmp_path / "asem", "--quiet") == (0, "", "")


def test_bad_input_leaves_nothing_behind(multivector, tmp_path):
    (tmp_path / "recipe.toml").write_text(RECIPE.read_text().replace("EurAsia_group", "Continent"))
    code, _, err = multivector("index", tmp_path / "recipe.toml", *TABLES, "--out", tmp_path / "out")
    assert code == 2
    assert "there is no group column 'Continent'" in err
    assert "repair: name a row of type Group" in err
    assert [path.name for path in tmp_path.iterdir()] == ["recipe.toml"]


@pytest.mark.parametrize("given", ["--data", "--meta"])
def test_files_that_are_not_there(multivector, tmp_path, given):
    tables = [tmp_path / "none.csv" if TABLES[n - 1] == given else word for n, word in enumerate(TABLES)]
    code, _, err = multivector("index", RECIPE, *tables, "--out", tmp_path / "out")
    assert code == 2
    assert "the file is missing" in err


def test_a_folder_of_other_things_is_left_alone(multivector, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    code, _, err = multivector("index", RECIPE, *TABLES, "--out", tmp_path)
    assert code == 2
    assert "holds files that are no index" in err
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_inputs_are_not_overwritten(multivector, tmp_path):
    for name in ("recipe.toml", "data.csv", "meta.csv"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    given = (tmp_path / "recipe.toml", "--data", tmp_path / "data.csv", "--meta", tmp_path / "meta.csv")
    code, _, err = multivector("index", *given, "--out", tmp_path)
    assert code == 2
    assert "holds the recipe that the index is built from" in err


@pytest.fixture(scope="module")
def spread(tmp_path_factory) -> Path:
    """ASEM with what its recipe varies, few samples."""
    out = tmp_path_factory.mktemp("spread") / "asem"
    with pytest.raises(SystemExit):
        main(
            [
                str(word)
                for word in ("index", RECIPE, *TABLES, "--out", out, "--samples", 64, "--seed", 3, "--quiet")
            ]
        )
    return out


def test_what_the_recipe_varies_is_written(spread):
    ranks = pl.read_csv(spread / "uncertainty_ranks.csv").filter(iCode="Index")
    nominal = pl.read_csv(spread / "ranks.csv").filter(iCode="Index")
    both = ranks.join(nominal, on="uCode")
    assert len(both) == 51
    assert (both["nominal"] == both["rank"]).all()
    assert (ranks["q5"] <= ranks["q95"]).all()
    hangs = pl.read_csv(spread / "uncertainty_sensitivity.csv")
    assert hangs.sort("shapley", descending=True)["factor"][0] == "means"
    settings = json.loads((spread / "manifest.json").read_text())["settings"]
    assert settings == {"samples": 64, "seed": 3}


def test_the_least_change_of_weights_makes_neighbours_tie(spread):
    """Connectivity and sustainability are the halves of the index: at the new weights both score the same."""
    swaps = pl.read_csv(spread / "uncertainty_swaps.csv", schema_overrides={"why_not": pl.String})
    assert swaps.select("upper", "lower").unique().height == 50
    scores = {
        (u, c): s for c, u, s in pl.read_csv(spread / "ranks.csv").select("iCode", "uCode", "score").rows()
    }
    possible = swaps.filter(pl.col("distance") > 0)
    assert possible.height > 40
    for (upper, lower), rows in possible.group_by("upper", "lower"):
        at = {
            unit: sum(w * scores[unit, c] for c, w in rows.select("iCode", "after").rows())
            for unit in (upper, lower)
        }
        assert at[upper] == pytest.approx(at[lower], abs=1e-6)


@pytest.mark.parametrize("option", ["--intervals", "--vintage"])
def test_tables_of_uncertainty_need_samples(multivector, tmp_path, option):
    code, _, err = multivector(
        "index", RECIPE, *TABLES, "--out", tmp_path / "out", option, EXAMPLE / "data.csv"
    )
    assert code == 2
    assert "add `--samples 1000`" in err


def test_intervals_widen_what_they_are_about(multivector, tmp_path):
    """A value that may lie anywhere between the least and the greatest moves its unit, and nobody else."""
    (tmp_path / "data.csv").write_text("uCode,a,b\nu1,0,10\nu2,1,20\nu3,2,30\nu4,4,50\n")
    (tmp_path / "meta.csv").write_text(
        "iCode,Parent,Type,Direction\na,P,Indicator,1\nb,Q,Indicator,1\n"
        "P,T,Aggregate,1\nQ,T,Aggregate,1\nT,,Aggregate,1\n"
    )
    (tmp_path / "intervals.csv").write_text("uCode,iCode,low,high\nu2,a,0,4\n")
    (tmp_path / "recipe.yaml").write_text(
        "name: small\nstage: [{do: normalise}, {do: aggregate}]\nvary: [{name: values, what: intervals}]\n"
    )
    tables = ("--data", tmp_path / "data.csv", "--meta", tmp_path / "meta.csv")
    words = (tmp_path / "recipe.yaml", *tables, "--samples", 64, "--intervals", tmp_path / "intervals.csv")
    code, printed, _ = multivector("index", *words, "--out", tmp_path / "out", "--json")
    assert code == 0
    assert json.loads(printed)["hangs_on"][0]["factor"] == "values"
    scores = pl.read_csv(tmp_path / "out" / "uncertainty_scores.csv").filter(iCode="P")
    width = {unit: high - low for unit, low, high in scores.select("uCode", "q5", "q95").rows()}
    assert width["u2"] > 30
    assert width["u1"] == width["u3"] == width["u4"] == 0
