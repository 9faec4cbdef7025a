"""Recipes: read from TOML and YAML, written back, and what each fault says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.errors import InputError
from multivector.indicators.composite import as_yaml, read_recipe, toml
from multivector.yaml_files import MOST_BYTES

from .conftest import EXAMPLE, RECIPE

END = [{"do": "normalise"}, {"do": "aggregate"}]
text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
number = st.floats(-1e60, 1e60)
options = st.fixed_dictionaries(
    {"method": st.sampled_from(["minmax", "zscore", "rank"])},
    optional={"low": number, "high": number, "cap": st.booleans(), "unit": text},
)
recipes = st.fixed_dictionaries(
    {
        "name": text,
        "about": text,
        "stage": st.tuples(
            st.fixed_dictionaries(
                {"do": st.just("impute"), "method": st.just("constant"), "value": number},
                optional={"indicators": st.dictionaries(text, st.just({"method": "median"}), max_size=2)},
            ),
            options.flatmap(
                lambda option: st.dictionaries(text, options, max_size=2).map(
                    lambda each: {"do": "normalise", **option, "indicators": each}
                )
            ),
            st.just(
                {"do": "aggregate", "levels": {"2": {"method": "generalised", "parameters": {"power": 2}}}}
            ),
        ).map(list),
        "weights": st.dictionaries(text, st.floats(0, 9), max_size=3).map(lambda values: {"values": values}),
    }
)


@given(recipes)
@settings(max_examples=60, deadline=None)
def test_a_recipe_comes_back_from_both_forms(tmp_path_factory, content):
    recipe = read_recipe(content)
    folder = tmp_path_factory.getbasetemp()
    for name, document in (("again.toml", toml(recipe)), ("again.yaml", as_yaml(recipe))):
        (folder / name).write_text(document, encoding="utf-8", newline="")
        again = read_recipe(folder / name)
        assert again == recipe
        assert again.plain() == recipe.plain()


def test_the_example_comes_back(tmp_path):
    recipe = read_recipe(EXAMPLE / "recipe.toml")
    assert [
        stage.do for stage in recipe.stage
    ] == "denominate impute screen treat normalise aggregate".split()
    (tmp_path / "again.yml").write_text(as_yaml(recipe))
    assert read_recipe(tmp_path / "again.yml") == recipe


def test_levels_may_be_numbers_in_yaml(tmp_path):
    (tmp_path / "r.yaml").write_text(
        "name: x\nstage: [{do: normalise}, {do: aggregate, levels: {2: {method: geometric}}}]\n"
    )
    assert read_recipe(tmp_path / "r.yaml").stage[-1].levels["2"].method == "geometric"


def test_a_recipe_is_not_changed_after_reading():
    with pytest.raises(Exception, match="frozen"):
        read_recipe(RECIPE).name = "other"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stages": []}, "stages: unknown key"),
        ({"stage": []}, "stage: List should have at least 1 item"),
        ({"stage": [{"do": "normalize"}]}, "'normalize' found using 'do' does not match any of the expected tags"),
        ({"stage": [{"do": "normalise", "metod": "rank"}, END[1]]}, "stage.0.normalise.metod: unknown key"),
        ({"stage": [{"do": "normalise", "low": "1"}, END[1]]}, "stage.0.normalise.low: .*valid number"),
        ({"stage": [{"do": "normalise", "low": float("nan")}, END[1]]}, "stage.0.normalise.low: .*finite"),
        ({"stage": [{"do": "normalise", "method": "softmax"}, END[1]]}, "stage.0.normalise.method: .*'minmax'"),
        ({"stage": END[:1]}, "`aggregate` stands once, as the last stage"),
        ({"stage": END[1:]}, "`normalise` stands right before `aggregate`"),
        ({"stage": [{"do": "treat"}, {"do": "treat"}, *END]}, "the stage 'treat' stands twice"),
        ({"stage": [{"do": "impute", "method": "group_mean"}, *END]}, "group_mean needs `group`"),
        ({"stage": [{"do": "impute", "method": "constant"}, *END]}, "constant needs `value`"),
        ({"stage": [{"do": "screen", "least_available": 1.5}, *END]}, "least_available: must be 1 or less"),
        ({"weights": {"values": {"a": -1.0}}}, "weights.values.a: must be 0 or more"),
    ],
)  # fmt: skip
def test_each_fault_names_its_place(change: dict[str, Any], said: str):
    with pytest.raises(InputError, match=said):
        read_recipe({**RECIPE, **change})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.toml", "name = 'a'\nname = 'b'\n", "not a plain TOML document"),
        ("r.yaml", "name: a\nname: b\n", "line 2.*'name' is written twice"),
        ("r.yaml", "a: &x 1\nb: *x\n", "line 2.*alias"),
        ("r.yaml", "!!python/object/apply:os.system ['true']\n", "not a plain YAML document"),
        ("r.yaml", "- a\n", "the file holds no keys"),
        ("r.yaml", "[" * 50 + "]" * 50, "nested deeper than 20 levels"),
        ("r.toml", "a = " + "[" * 5000 + "]" * 5000, "not a plain TOML document"),
        ("r.json", "{}", "a recipe is TOML or YAML"),
        ("r.toml", "#" * (MOST_BYTES + 1), "the limit is 256,000"),
    ],
)
def test_files_that_are_no_recipe(tmp_path: Path, name: str, content: str, said: str):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=f"(?s){said}"):
        read_recipe(tmp_path / name)


def test_files_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_recipe(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("name = 'é'".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 text"):
        read_recipe(tmp_path / "latin.toml")
