"""The page of the composite engine holds every key of a recipe, and what it shows runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from multivector.indicators.composite import build
from multivector.indicators.composite.recipe_keys import CHOOSES, TABLES, keys_table, parameters_table

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "composite.md").read_text("utf-8")


def test_the_page_holds_the_tables_as_the_models_give_them() -> None:
    assert f"\n{keys_table()}\n" in PAGE
    assert f"\n{parameters_table()}\n" in PAGE


def test_every_key_has_a_meaning() -> None:
    fields = [(key, field) for _, model in TABLES for key, field in model.model_fields.items()]
    assert not [key for key, field in fields if key not in CHOOSES and not field.description]


def test_the_least_recipe_of_the_page_runs(tmp_path: Path) -> None:
    """By hand: exports a head 2, 3, 5, 2.5; growth 2, 2, 4, 1 with B's from its region; weights 2 and 1."""
    (recipe,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    data, meta = re.findall(r"^```csv\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    paths = [tmp_path / name for name in ("recipe.toml", "data.csv", "meta.csv")]
    for path, text in zip(paths, (recipe, data, meta), strict=True):
        path.write_text(text, "utf-8")
    scores = build(*paths).scores.sel(element="Index").values
    third = 100 / 3
    wanted = [third / 3, (2 * third + third) / 3, 100.0, (2 * third / 2) / 3]
    assert scores.tolist() == pytest.approx(wanted)
