"""Bad input is answered with the name of the element and what would mend it; never a silent gap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from multivector.errors import InputError
from multivector.indicators.composite import build, read_data, read_framework
from multivector.indicators.composite.recipe_file import read_recipe
from multivector.indicators.composite.uncertainty import assess

from .conftest import DATA, META, RECIPE, small

END = [{"do": "normalise"}, {"do": "aggregate"}]
CONSTANT = {f"u{k}": {"a": 7.0} for k in range(1, 5)}


def refused(said: str, mended: str, **change: Any) -> None:
    stages = change.pop("stages", ())
    with pytest.raises(InputError, match=f"(?s){said}") as error:
        small(*stages, **change)
    assert mended in error.value.repair


@pytest.mark.parametrize(
    ("change", "said", "mended"),
    [
        ({"meta": {"b": {"Weight": -3}}}, "the weight of 'b' is negative: -3", "0 or more"),
        ({"meta": {"a": {"Weight": 0}, "b": {"Weight": 0}}}, "under 'P' sum to zero: a, b", "above 0"),
        ({"meta": {"T": {"Parent": "P"}}}, "runs in a circle: P > T > P", "outside the circle"),
        ({"meta": {"P": {"Parent": "P"}}}, "runs in a circle: P > P", "outside the circle"),
        ({"meta": {"a": {"Parent": "X"}}}, "the parent 'X' of 'a' is in no row", "add a row"),
        ({"meta": {"a": {"Parent": "b"}}}, "the parent 'b' of 'a' is a row of type Indicator", "Aggregate"),
        ({"meta": {"a": {"Parent": ""}}}, "the indicator 'a' has no parent", "aggregate that it belongs to"),
        ({"meta": {"Q": {"Parent": ""}}}, "several elements have no parent: Q, T", "one top"),
        ({"also": [{**META[0]}]}, "row 8: the element 'a' stands twice", "keep one row"),
        ({"drop": ("c",)}, "no indicator stands under the aggregate 'Q'", "remove its row"),
        ({"meta": {"T": {"Level": "3.5"}}}, "the Level of 'T' is 3.5", "a whole number"),
        (
            {"meta": {"T": {"Level": 2}, "P": {"Level": 2}}},
            "'P' is of level 2, its parent 'T' of level 2",
            "higher",
        ),
        ({"meta": {"a": {"Direction": 2}}}, "the direction of 'a' is 2", "-1 where less is"),
        ({"meta": {"a": {"Direction": None}}}, "'a' has no Direction", "write a number"),
        ({"meta": {"a": {"Type": "Thing"}}}, "'a' has the type 'Thing'", "Indicator, Aggregate"),
        ({"meta": {"a": {"Weight": None}}}, "'a' has no Weight", "write a number"),
        (
            {"also": [{**META[0], "iCode": "new"}]},
            "the indicator 'new' has no column in the data",
            "remove the row new",
        ),
    ],
)
def test_hierarchies_that_do_not_hold(change, said, mended):
    refused(said, mended, **change)


@pytest.mark.parametrize(
    ("change", "said", "mended"),
    [
        (
            {f"u{k}": {"a": None} for k in range(1, 5)},
            "indicator 'a' has no value in any unit",
            "remove its row",
        ),
        ({"u2": {"a": None, "b": None, "c": None}}, "unit u2: no indicator is known of u2", "remove its row"),
        ({"u3": {"b": "3,5"}}, "row 4, unit u3, column b: '3,5' is no number", "with a point"),
        ({"u3": {"b": "many"}}, "row 4, unit u3, column b: 'many' is no number", "empty"),
        ({"u3": {"b": "1_000"}}, "row 4, unit u3, column b: '1_000' is no number", "without separators"),
        (
            {"u3": {"b": "\uff11\uff12"}},
            "unit u3, column b: '\uff11\uff12' is no number",
            "without separators",
        ),
        ({"u3": {"b": 1e308}}, "row 4, unit u3, column b: 1e.308 is too large", "larger unit"),
        ({"u3": {"b": "inf"}}, "row 4, unit u3, column b: 'inf' is no number", "empty"),
        ({"u3": {"b": 1e80}}, "row 4, unit u3, column b: 1e.80 is too large", "larger unit"),
        ({"u3": {"uCode": "u1"}}, "row 4, column uCode: the unit 'u1' stands twice", "a column Time"),
        ({"u3": {"uCode": ""}}, "row 4: a row has no uCode", "name the unit"),
        (CONSTANT, "minmax cannot be taken of what is the same in every unit: 'a'", "goalposts, rank"),
    ],
)
def test_data_that_do_not_hold(change, said, mended):
    refused(said, mended, data=change)


def test_fewer_than_three_units():
    with pytest.raises(InputError, match="there are 2 units, an index compares three or more"):
        build(RECIPE, pl.DataFrame(DATA[:2]), pl.DataFrame(META))
    refused(
        "the screen leaves 2 units: u1, u2",
        "name units in keep",
        stages=[{"do": "screen", "least_available": 1.0}, *END],
        data={"u3": {"a": None}, "u4": {"a": None}},
    )


def test_denominators():
    size = [{"iCode": "size", "Parent": "", "Type": "Denominator"}]
    by = {"do": "denominate", "by": {"a": "size"}}
    for value, said in ((0.0, "is 0"), (-2.0, "is -2"), (None, "is missing")):
        refused(
            f"unit u3, column size: the denominator size of 'a' {said}",
            "give a positive number",
            stages=[by, *END],
            also=size,
            data={"u1": {"size": 1.0}, "u2": {"size": 2.0}, "u3": {"size": value}, "u4": {"size": 4.0}},
        )
    refused("'size' has no column in the data", "add the column", stages=[by, *END])
    left = small(
        {**by, "missing": "leave"},
        *END,
        also=size,
        data={"u1": {"size": 1.0}, "u2": {"size": 2.0}, "u3": {"size": None}, "u4": {"size": 4.0}},
    )
    assert left.stages["Denominated"].sel(element="a").values[[0, 1, 3]].tolist() == [0.0, 0.5, 1.0]
    said = left.frame("log").filter(stage="Denominated", action="missing")
    assert said.select("uCode", "iCode", "before", "why").rows() == [("u3", "a", 2.0, "size is missing")]


def test_a_denominator_in_thousands():
    index = small(
        {"do": "denominate", "by": {"a": "size"}, "per": {"size": 1000.0}},
        *END,
        also=[{"iCode": "size", "Parent": "", "Type": "Denominator"}],
        data={f"u{k}": {"size": 500.0} for k in range(1, 5)},
    )
    assert index.stages["Denominated"].sel(element="a").values.tolist() == [0.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("stage", "said", "mended"),
    [
        (
            {"do": "impute", "method": "group_mean", "group": "g"},
            "there is no group column 'g'",
            "type Group",
        ),
        ({"do": "impute", "method": "panel_latest"}, "the data have one time only", "a column Time"),
        ({"do": "impute", "indicators": {"z": {}}}, "there is no indicator 'z'", "use one of: a, b, c"),
        ({"do": "screen", "keep": ["XX"]}, "there is no unit 'XX'", "use one of: u1, u2"),
        ({"do": "treat", "leave": ["z"]}, "there is no indicator 'z'", "use one of: a, b, c"),
        ({"do": "denominate", "by": {"z": "b"}}, "there is no indicator 'z'", "use one of: a, b, c"),
    ],
)
def test_stages_that_name_what_is_not_there(stage, said, mended):
    refused(said, mended, stages=[stage, *END], data={"u1": {"a": None}})


@pytest.mark.parametrize(
    ("option", "said", "mended"),
    [
        ({"method": "zscore", "low": 1}, "zscore does not read 'low'", "zscore reads mean, sd"),
        ({"low": 100, "high": 0}, "low is not below high", "low < high"),
        ({"method": "goalposts"}, "goalposts needs `low` below `high`", "in the indicator's unit"),
        ({"method": "distance_to_reference"}, "unit: distance_to_reference needs `unit`", "give `unit`, the uCode"),
        ({"high": 1e308}, "normalise.high: must be 1e.60 or less", "docs/composite.md"),
        ({"method": "distance_to_target"}, "'a' has no target", "give `target`"),
        ({"method": "distance_to_target", "target": 0.0}, "the target of 'a', 0, is no better", "better than"),
        ({"method": "distance_to_reference", "unit": "XX"}, "no unit 'XX' to be the reference", "name a unit"),
        ({"method": "distance_to_reference", "unit": "u1"}, "'a' of the reference unit 'u1' is the worst", "another"),
        ({"indicators": {"z": {}}}, "there is no indicator 'z'", "use one of"),
    ],
)  # fmt: skip
def test_normalisations_that_do_not_hold(option, said, mended):
    refused(said, mended, stages=[{"do": "normalise", **option}, END[1]])


@pytest.mark.parametrize(
    ("option", "said", "mended"),
    [
        ({"method": "geometric"}, "a of P, u1: a zero or negative value", "1 to 100"),
        ({"method": "magic"}, "stage aggregate, method: no way of aggregating 'magic'", "arithmetic"),
        (
            {"nodes": {"P": {"method": "magic"}}},
            "aggregate, nodes.P.method: no way of aggregating 'magic'",
            "median",
        ),
        ({"least_known": 2.0}, "aggregate.least_known: must be 1 or less", "docs/composite.md"),
        ({"rescale": [1.0, 1.0]}, "low below high", "docs/composite.md"),
        ({"nodes": {"Z": {}}}, "there is no node 'Z'", "use one of: P, Q, T"),
        ({"levels": {"9": {}}}, "there is no level of nodes '9'", "use one of: 2, 3"),
        ({"parameters": {"power": 2.0}}, "arithmetic takes no parameter 'power'", "none"),
        ({"parameters": {"node": 2.0}}, "arithmetic takes no parameter 'node'", "none"),
    ],
)
def test_aggregations_that_do_not_hold(option, said, mended):
    refused(said, mended, stages=[END[0], {"do": "aggregate", **option}])


@pytest.mark.parametrize(
    ("weights", "said", "mended"),
    [
        ({"values": {"Z": 1.0}}, "there is no element below the top 'Z'", "use one of"),
        ({"values": {"T": 1.0}}, "there is no element below the top 'T'", "use one of"),
        ({"values": {"P": 0.0, "Q": 0.0}}, "sum to zero", "a positive weight"),
        ({"method": "magic"}, "recipe, weights, method: no way of weighing 'magic'", "critic"),
        ({"method": "critic", "parameters": {"x": 1}}, "critic takes no parameter 'x'", "none"),
        ({"nodes": {"Z": {}}}, "there is no node 'Z'", "use one of"),
    ],
)
def test_weights_that_do_not_hold(weights, said, mended):
    refused(said, mended, weights=weights)


OUT = {
    f"x{k}": float(v) for k, v in enumerate([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 1e4, 1e5, 1e6])
}


@pytest.mark.parametrize(
    ("then", "values", "said", "mended"),
    [
        ("log", OUT, "log of 'a' cannot be taken: x0 has 0", "log_ct"),
        ("log", {k: v - 3 for k, v in OUT.items()}, "log of 'a' cannot be taken: x0 has -3", "log_ct"),
        (
            "log_gii",
            {k: v / 1e7 for k, v in OUT.items()},
            "log_gii would turn 'a' upside down",
            "smaller units",
        ),
    ],
)
def test_transforms_that_cannot_be_taken(then, values, said, mended):
    data = pl.DataFrame([{"uCode": u, "a": v, "b": n, "c": n} for n, (u, v) in enumerate(values.items())])
    stages = [{"do": "treat", "winmax": 1, "then": then}, *END]
    with pytest.raises(InputError, match=said) as error:
        build({"name": "x", "stage": stages}, data, pl.DataFrame(META))
    assert mended in error.value.repair


def test_what_still_has_outliers_is_said():
    data = pl.DataFrame([{"uCode": u, "a": v, "b": n, "c": n} for n, (u, v) in enumerate(OUT.items())])
    stages = [{"do": "treat", "winmax": 1, "then": "none"}, *END]
    log = build({"name": "x", "stage": stages}, data, pl.DataFrame(META)).frame("log")
    assert log.filter(action="still has outliers")["iCode"].to_list() == ["a"]


def test_what_no_rule_can_fill_is_said():
    groups = [{"iCode": "g", "Parent": "", "Type": "Group"}]
    index = small(
        {"do": "impute", "method": "group_median", "group": "g"},
        *END,
        also=groups,
        data={"u1": {"g": "east", "a": None}, "u2": {"g": "west"}, "u3": {"g": "west"}, "u4": {"g": "west"}},
    )
    log = index.frame("log").filter(stage="Imputed")
    assert log.select("uCode", "iCode", "action").rows() == [("u1", "a", "still missing")]
    assert log["why"].item() == "no value to fill it by group_median of g east"


def test_columns_that_nobody_reads_are_said():
    index = small(data={"u1": {"spare": 1.0}})
    said = index.frame("log").filter(action="not read")
    assert said["iCode"].to_list() == ["spare"]


def test_tables_that_are_none(tmp_path):
    with pytest.raises(InputError, match="a int is no table"):
        read_framework(3)
    with pytest.raises(InputError, match="the table has no rows"):
        read_data(pl.DataFrame({"uCode": []}), read_framework(pl.DataFrame(META)))
    with pytest.raises(InputError, match="the column iCode is missing"):
        read_framework(pl.DataFrame({"code": ["a"]}))
    (tmp_path / "data.csv").write_text("uCode,a,b,c\nu1,1,2\n")
    with pytest.raises(InputError, match="row 2: the row has 3 cells, the header 4"):
        read_data(tmp_path / "data.csv", read_framework(pl.DataFrame(META)))
    with pytest.raises(InputError, match="the file is missing"):
        read_data(tmp_path / "none.csv", read_framework(pl.DataFrame(META)))
    with pytest.raises(InputError, match="cannot be read"):
        read_data(tmp_path, read_framework(pl.DataFrame(META)))


def test_an_element_may_be_called_na():
    made = read_framework(pl.DataFrame([{**row, "iCode": row["iCode"].replace("a", "NA")} for row in META]))
    assert made.indicators == ("NA", "b", "c")


def test_arrays_that_do_not_fit():
    framework = read_framework(pl.DataFrame(META))
    whole = read_data(pl.DataFrame(DATA), framework)
    with pytest.raises(
        InputError, match=r"the values have the shape \(4, 2\), units and indicators are \(4, 3\)"
    ):
        build(RECIPE, replace(whole, values=whole.values[:, :2]), framework)


def test_parts_that_are_not_there():
    with pytest.raises(InputError, match="no part 'rank'") as error:
        small().frame("rank")
    assert "stages, ranks, log, weights" in error.value.repair


@pytest.mark.parametrize("recipe", [None, [1], 3.5])
def test_recipes_that_are_none(recipe):
    with pytest.raises(InputError, match="is no recipe") as error:
        build(recipe, pl.DataFrame(DATA), pl.DataFrame(META))
    assert "TOML or YAML" in error.value.repair


def test_data_without_codes():
    with pytest.raises(InputError, match="the data lack the column uCode"):
        build(RECIPE, pl.DataFrame(DATA).drop("uCode"), pl.DataFrame(META))


def test_numbers_too_large_wherever_they_stand():
    framework = read_framework(pl.DataFrame(META))
    whole = read_data(pl.DataFrame(DATA), framework)
    with pytest.raises(InputError, match=r"unit u1, column a: 1e\+308 is too large"):
        build(RECIPE, replace(whole, values=np.where(whole.values == 0.0, 1e308, whole.values)), framework)
    with pytest.raises(InputError, match=r"element a, column Weight: 1e\+308 is too large"):
        small(meta={"a": {"Weight": 1e308}})
    size = {f"u{k}": {"size": 1e-59, "a": k * 1e59} for k in range(1, 5)}
    with pytest.raises(InputError, match=r"'a' of unit u1 divided by size: 1e\+118 is too large"):
        small(
            {"do": "denominate", "by": {"a": "size"}},
            *END,
            data=size,
            also=[{"iCode": "size", "Parent": "", "Type": "Denominator"}],
        )


def test_a_recipe_may_begin_with_a_mark(tmp_path):
    path = tmp_path / "recipe.toml"
    text = 'name = "x"\n[[stage]]\ndo = "normalise"\n[[stage]]\ndo = "aggregate"\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_recipe(path).name == "x"


def test_nobody_in_a_group_to_draw_from():
    groups = {"u1": {"g": "east", "a": None}, **{f"u{k}": {"g": "west"} for k in (2, 3, 4)}}
    data = pl.DataFrame([{**row, **groups[row["uCode"]]} for row in DATA])
    meta = pl.DataFrame([*META, {"iCode": "g", "Parent": "", "Type": "Group"}], infer_schema_length=None)
    recipe = {**RECIPE, "vary": [{"name": "m", "what": "missing", "group": "g"}]}
    with pytest.raises(InputError, match="no unit of g 'east' has a value of 'a' to draw"):
        assess(recipe, data, meta, 8, 1)
