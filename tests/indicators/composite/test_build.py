"""The whole build against the reference; the log; different ways at each node; files."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import multivector as mv
from multivector.errors import InputError, StorageError
from multivector.indicators.composite import Data, Framework, build, read_recipe
from multivector.indicators.composite.files import write

from .conftest import DATA, EXAMPLE, META, RECIPE, small, wide

TOLERANCE = 1e-9
STAGES = "Raw Denominated Imputed Screened Treated Normalised Aggregated".split()


@pytest.fixture(scope="module")
def example(built) -> tuple[Mapping[str, Any], Data, Framework]:
    """ASEM's recipe as plain keys, and its tables as they were read."""
    return built.recipe.plain(), built.data, built.framework


@pytest.fixture(scope="module")
def joined(built, reference) -> pl.DataFrame:
    """Every cell of every stage, ours (`value`) beside the reference's (`theirs`)."""
    theirs = reference("stages").select(
        "stage", "uCode", "iCode", theirs=pl.col("value").replace("", None).cast(pl.Float64)
    )
    ours = built.frame("stages").with_columns(ours=True)
    return theirs.with_columns(reference=True).join(
        ours, on=["stage", "uCode", "iCode"], how="full", coalesce=True
    )


@pytest.mark.reference
@pytest.mark.parametrize("stage", STAGES)
def test_every_cell_of_every_stage_is_the_references(joined, stage):
    cells = joined.filter(stage=stage)
    assert len(cells) == (3060 if stage == "Aggregated" else 2499)
    assert cells["ours"].all() and cells["reference"].all()  # noqa: PT018 (one fact: the same cells)
    assert cells["ours"].null_count() == cells["reference"].null_count() == 0
    assert cells.filter(pl.col("value").is_null() != pl.col("theirs").is_null()).is_empty()
    assert (cells["value"] - cells["theirs"]).abs().max() <= TOLERANCE


@pytest.mark.reference
def test_every_rank_is_the_references(built, reference):
    theirs = reference("ranks").select("iCode", "uCode", theirs=pl.col("rank").cast(pl.Int64))
    both = built.frame("ranks").join(theirs, on=["iCode", "uCode"])
    assert len(both) == len(theirs) == 561
    assert both.filter(pl.col("rank") != pl.col("theirs")).is_empty()


@pytest.mark.reference
def test_files_have_the_references_columns(built, reference):
    assert built.frame("stages").columns == reference("stages").columns
    assert built.frame("ranks").columns == reference("ranks").columns


def test_the_example_is_the_references_input(shared):
    folder = shared / "reference" / "composite"
    assert (EXAMPLE / "data.csv").read_bytes() == (folder / "ASEM_iData.csv").read_bytes()
    assert (EXAMPLE / "meta.csv").read_bytes() == (folder / "ASEM_iMeta.csv").read_bytes()


def test_the_log_explains_every_missing_cell_and_every_change(built):
    log, stages = built.frame("log"), built.frame("stages")
    for stage in ("Raw", "Denominated"):
        missing = stages.filter(pl.col("value").is_null(), stage=stage).select("uCode", "iCode")
        said = log.filter(action="missing").select("uCode", "iCode")
        assert missing.join(said, on=["uCode", "iCode"], how="anti").is_empty()
    assert stages.filter(pl.col("stage").is_in(STAGES[2:]))["value"].null_count() == 0
    wide = stages.pivot(on="stage", index=["uCode", "iCode"], values="value")
    filled = wide.filter(pl.col("Denominated").is_null() & pl.col("Imputed").is_not_null())
    assert len(filled) == log.filter(action="imputed").height == 65
    treated = wide.filter((pl.col("Treated") - pl.col("Screened")).abs() > 0).select("uCode", "iCode")
    logged = log.filter(action="winsorised").select("uCode", "iCode")
    assert treated.sort("uCode", "iCode").equals(logged.sort("uCode", "iCode"))


def test_a_filled_cell_is_never_passed_off_as_sourced(built):
    stages = built.frame("stages")
    cell = {"uCode": "KAZ", "iCode": "ConSpeed"}
    assert stages.filter(stage="Raw", **cell)["source"].to_list() == [""]
    assert stages.filter(stage="Treated", **cell)["source"].to_list() == ["imputed"]
    index = stages.filter(stage="Aggregated", uCode="KAZ", iCode="Index")["source"].item()
    assert set(index.split("|")) == {"coinr_1.1.14", "imputed"}


def test_a_small_index_by_hand():
    index = small()
    # a: 0 25 50 100; b turned: 100 75 50 0; c: 0 50 100 25; P = (a + 3 b) / 4; T = (P + Q) / 2
    pillars = {"P": [75.0, 62.5, 50.0, 25.0], "Q": [0.0, 50.0, 100.0, 25.0], "T": [37.5, 56.25, 75.0, 25.0]}
    for node, scores in pillars.items():
        assert index.scores.sel(element=node).values == pytest.approx(scores)
    assert index.ranks.sel(element="T").values.tolist() == [3, 2, 1, 4]
    assert index.weights == pytest.approx({"a": 0.25, "b": 0.75, "c": 1.0, "P": 0.5, "Q": 0.5})


def test_each_node_can_have_its_own_method_and_weights():
    index = small(
        {"do": "normalise", "low": 1, "high": 100},
        {
            "do": "aggregate",
            "levels": {"2": {"method": "geometric"}},
            "nodes": {
                "Q": {"method": "median"},
                "T": {"method": "generalised", "parameters": {"power": 2.0}},
            },
        },
        weights={"nodes": {"P": {"method": "equal"}}, "values": {"Q": 3.0}},
    )
    a, b, c = (index.stages["Normalised"].sel(element=code).values for code in "abc")
    p = np.sqrt(a * b)
    assert index.scores.sel(element="P").values == pytest.approx(p)
    assert index.scores.sel(element="Q").values == pytest.approx(c)
    assert index.scores.sel(element="T").values == pytest.approx(np.sqrt((p**2 + 3 * c**2) / 4))
    assert index.weights["Q"] == pytest.approx(0.75)


AGGREGATIONS: dict[str, dict[str, Any]] = {
    "amean": {"method": "arithmetic"},
    "gmean": {"method": "geometric"},
    "hmean": {"method": "harmonic"},
    "genmean_p2": {"method": "generalised", "parameters": {"power": 2.0}},
    "genmean_pm1": {"method": "generalised", "parameters": {"power": -1.0}},
    "copeland_all": {"method": "copeland"},
    "copeland_top": {"levels": {"4": {"method": "copeland"}}},
    "amean_gmean_gmean": {"levels": {"3": {"method": "geometric"}, "4": {"method": "geometric"}}},
}


@pytest.mark.reference
@pytest.mark.parametrize("name", AGGREGATIONS)
def test_aggregation_through_the_recipe_is_the_references(example, reference, name):
    recipe, data, framework = example
    stages = [*recipe["stage"][:-2], {"do": "normalise", "low": 1}, {"do": "aggregate", **AGGREGATIONS[name]}]
    index = build({"name": name, "stage": stages}, data, framework)
    theirs = reference("aggregation_methods").filter(method=name)
    both = theirs.with_columns(theirs=pl.col("value").cast(pl.Float64)).join(
        index.frame("ranks"), on=["uCode", "iCode"]
    )
    assert len(both) == 561
    assert (both["score"] - both["theirs"]).abs().max() <= TOLERANCE


NORMALISATIONS: dict[str, dict[str, Any]] = {
    "minmax_0_100": {},
    "minmax_1_100": {"low": 1},
    "zscore_0_1": {"method": "zscore"},
    "zscore_10_2": {"method": "zscore", "mean": 10, "sd": 2},
    "rank": {"method": "rank", "tie": 0},
    "borda": {"method": "borda", "tie": 0},
    "prank": {"method": "percentile_rank", "tie": 0},
    "dist2max": {"method": "distance_to_maximum"},
}


@pytest.mark.reference
@pytest.mark.parametrize("name", NORMALISATIONS)
def test_normalisation_through_the_recipe_is_the_references(example, reference, name):
    recipe, data, framework = example
    stages = [*recipe["stage"][:-2], {"do": "normalise", **NORMALISATIONS[name]}, {"do": "aggregate"}]
    index = build({"name": name, "stage": stages}, data, framework)
    theirs = wide(
        reference("normalisation_methods").filter(method=name), [*index.units], [*framework.indicators]
    )
    assert np.abs(index.stages["Normalised"].values - theirs).max() <= TOLERANCE


def test_a_hierarchy_of_any_depth_and_uneven_branches():
    chain = [{"iCode": f"n{k}", "Parent": f"n{k + 1}", "Type": "Aggregate", "Weight": 1} for k in range(1, 7)]
    index = small(
        meta={"T": {"Parent": "n1"}},
        also=[
            {"iCode": "d", "Parent": "n7", "Type": "Indicator", "Direction": 1, "Weight": 1},
            *chain,
            {"iCode": "n7", "Parent": "", "Type": "Aggregate", "Weight": 1},
        ],
        data={f"u{k}": {"d": k} for k in range(1, 5)},
    )
    assert index.framework.top == "n7"
    assert index.framework.level["n7"] == 10
    d, t = (index.stages["Aggregated"].sel(element=code).values for code in ("d", "T"))
    assert index.scores.sel(element="n7").values == pytest.approx((d + t) / 2)


def test_each_unit_can_have_weights_of_its_own():
    """Benefit of the doubt: what is missing weighs nothing, and a unit without any value is not scored."""
    index = small(
        weights={"nodes": {"P": {"method": "benefit_of_the_doubt"}}},
        data={"u2": {"a": None}, "u3": {"a": None, "b": None}},
    )
    normalised, scores = index.stages["Normalised"], index.scores.sel(element="P").values
    assert scores[1] == pytest.approx(float(normalised.sel(element="b", unit="u2")))
    assert math.isnan(scores[2])
    actions = index.frame("log").filter(stage="Aggregated", iCode="P").select("uCode", "action").rows()
    assert actions == [("u2", "scored without"), ("u3", "not scored")]


def test_a_missing_child_is_said_whether_scored_or_not():
    index = small(
        {"do": "normalise"},
        {"do": "aggregate", "nodes": {"P": {"least_known": 0.5}}},
        data={"u1": {"a": None}, "u2": {"b": None}},
    )
    log = index.frame("log").filter(stage="Aggregated")
    assert log.select("uCode", "iCode", "action").rows() == [
        ("u1", "P", "scored without"),
        ("u2", "P", "not scored"),
        ("u2", "T", "scored without"),
    ]
    assert log["why"][1] == "0.25 of the weight known; missing: b; at least 0.5 needed"
    assert math.isnan(index.scores.sel(element="P", unit="u2"))
    assert index.frame("ranks").filter(iCode="P", uCode="u2").select("score", "rank").row(0) == (None, None)


cells = arrays(
    float, (6, 3), elements=st.one_of(st.just(math.nan), st.integers(-50, 50).map(float), st.just(1e6))
)
ways = st.fixed_dictionaries(
    {
        "impute": st.sampled_from(["none", "mean", "median", "group_mean"]),
        "screen": st.sampled_from([0.0, 0.5, 0.9]),
        "normalise": st.sampled_from(["zscore", "rank", "minmax", "distance_to_maximum"]),
        "least_known": st.sampled_from([0.0, 0.6, 1.0]),
    }
)


@given(cells, ways)
@settings(max_examples=40, deadline=None)
def test_whatever_is_missing_has_a_reason_or_the_whole_is_refused(values, way):
    """Never a silent gap: each missing cell of each stage is in the log at that stage or one before it."""
    rows = [
        {"uCode": f"u{u}", "g": "east" if u < 3 else "west", **dict(zip("abc", row, strict=True))}
        for u, row in enumerate(values.tolist())
    ]
    stages = [
        {"do": "impute", "method": way["impute"], "group": "g"},
        {"do": "screen", "least_available": way["screen"]},
        {"do": "treat"},
        {"do": "normalise", "method": way["normalise"]},
        {"do": "aggregate", "least_known": way["least_known"]},
    ]
    meta = pl.DataFrame([*META, {"iCode": "g", "Type": "Group"}], infer_schema_length=None)
    try:
        index = build({"name": "any", "stage": stages}, pl.DataFrame(rows), meta)
    except InputError:
        return  # refused with a reason, so nothing is silent
    log = index.frame("log")
    for n, stage in enumerate(index.stages):
        said = log.filter(pl.col("stage").is_in(list(index.stages)[: n + 1])).select("uCode", "iCode")
        gaps = index.frame("stages").filter(pl.col("value").is_null(), stage=stage).select("uCode", "iCode")
        assert gaps.join(said, on=["uCode", "iCode"], how="anti").is_empty()
    scores, places = index.scores.values, index.ranks.values
    assert (np.isnan(scores) == np.isnan(places)).all()


def test_ties_within_rounding_share_the_least_rank():
    """The reference's own defect: 5.1 and 5.1 part by 7.1e-15 after min-max, and it ranks them apart."""
    index = small(data={"u2": {"a": 2.0 + 4e-16, "b": 30.0, "c": 9.0}})
    assert index.ranks.sel(element="T").values.tolist() == [3, 1, 1, 4]


def test_the_dataset_aligns_all_stages(built):
    data = built.dataset()
    assert dict(data.sizes) == {"unit": 51, "element": 60}
    assert set(data.data_vars) == {*STAGES, "rank"}
    assert float(data["rank"].sel(unit="CHE", element="Index")) == 1
    assert data["element"].values.tolist() == list(built.framework.codes)


def test_build_is_reached_from_the_package():
    index = mv.indicators.composite.build(RECIPE, pl.DataFrame(DATA), pl.DataFrame(META))
    assert index.units == ("u1", "u2", "u3", "u4")


def test_files_and_frames_give_the_same(built):
    data = pd.DataFrame(pl.read_csv(EXAMPLE / "data.csv", null_values=["", "NA"]).to_dict(as_series=False))
    meta = pl.read_csv(EXAMPLE / "meta.csv")
    index = build(EXAMPLE / "recipe.toml", data, meta)
    assert index.frame("stages").equals(built.frame("stages"))


def test_order_of_units_does_not_matter(built):
    data = pl.read_csv(EXAMPLE / "data.csv", infer_schema=False).sample(fraction=1, shuffle=True, seed=3)
    index = build(EXAMPLE / "recipe.toml", data, EXAMPLE / "meta.csv")
    for unit in ("KAZ", "CHE", "MMR"):
        assert index.scores.sel(unit=unit).values == pytest.approx(
            built.scores.sel(unit=unit).values, abs=1e-9
        )


def test_an_index_is_written_whole_and_twice_the_same(built, tmp_path):
    inputs = {name: EXAMPLE / f"{name}.csv" for name in ("data", "meta")}
    first, second = (write(built, tmp_path / name, inputs=inputs) for name in ("one", "two"))
    names = sorted(path.name for path in first.iterdir())
    assert {"stages.csv", "ranks.csv", "log.csv", "weights.csv", "recipe.toml", "manifest.json"} <= set(names)
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()
    manifest = json.loads((first / "manifest.json").read_text())
    assert sorted([*manifest["files"], "manifest.json"]) == names
    assert read_recipe(first / "recipe.toml") == built.recipe
    assert (
        pl.read_csv(first / "stages.csv", schema_overrides={"value": pl.Float64, "source": pl.String})
        .select("stage", "uCode", "iCode", "value")
        .equals(built.frame("stages").select("stage", "uCode", "iCode", "value"))
    )


def test_an_index_replaces_an_index_and_nothing_else(built, tmp_path):
    folder = write(small(), tmp_path / "index")
    write(built, folder)
    assert "51" in (folder / "manifest.json").read_text()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files that are no index"):
        write(built, folder)
    assert (folder / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index"]


def test_a_folder_that_cannot_be_written_leaves_nothing(built, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="nothing was left behind"):
        write(built, tmp_path / "file" / "index")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_siblings_on_several_scales_are_said_and_mended():
    """The benefit of the doubt over one child is its share of the best: c = 5, 7, 9, 6 gives 0, 1/2, 1, 1/4."""
    doubt = {"method": "benefit_of_the_doubt"}
    said = small({"do": "normalise"}, {"do": "aggregate", "nodes": {"Q": doubt}}).frame("log")
    row = said.filter(stage="Aggregated", action="another scale")
    assert row["iCode"].to_list() == ["Q"]
    assert (
        row["why"]
        .item()
        .startswith("Q is on another scale than its siblings under T: benefit_of_the_doubt, 0 to 1")
    )
    mended = small(
        {"do": "normalise"}, {"do": "aggregate", "nodes": {"Q": {**doubt, "rescale": [0.0, 100.0]}}}
    )
    assert mended.frame("log").filter(action="another scale").is_empty()
    scores = mended.scores.sel(element="Q").values
    assert scores.tolist() == pytest.approx([0.0, 50.0, 100.0, 25.0])


def test_a_node_is_rescaled_by_hand():
    """Copeland over one child ranks c = 5, 7, 9, 6: -3, 1, 3, -1; onto 0 to 6 that is 0, 4, 6, 2."""
    copeland = {"method": "copeland", "rescale": [0.0, 6.0]}
    index = small({"do": "normalise"}, {"do": "aggregate", "nodes": {"Q": copeland}})
    assert index.scores.sel(element="Q").values.tolist() == pytest.approx([0.0, 4.0, 6.0, 2.0])
