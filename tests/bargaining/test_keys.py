"""The page on bargaining holds every key, option and model as the code has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from multivector.bargaining.cell import MOST_NAME, MOST_TEXT
from multivector.bargaining.keys import TABLES, keys_table, meanings, options_table
from multivector.bargaining.models import MODELS
from multivector.bargaining.models.expected_utility import READINGS
from multivector.bargaining.models.smp import DEFECTS, SMPOptions
from multivector.bargaining.raw import MOST_BYTES
from multivector.yaml_files import MOST_BYTES as MOST_OF_YAML

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bargaining.md").read_text("utf-8")


def test_the_page_holds_the_tables_as_the_models_give_them() -> None:
    assert f"\n{keys_table()}\n" in PAGE
    assert f"\n{options_table()}\n" in PAGE


@pytest.mark.parametrize("documented", [*TABLES.values(), SMPOptions])
def test_every_key_has_a_meaning(documented: type) -> None:
    keys = getattr(documented, "model_fields", None) or documented.__dataclass_fields__
    meaning = meanings(documented)
    assert list(meaning) == list(keys)
    assert all(meaning.values())


@pytest.mark.parametrize("name", [*MODELS, *READINGS, *DEFECTS, "nash", "procedural"])
def test_every_model_reading_and_defect_is_named(name: str) -> None:
    assert name in PAGE


def test_limits_of_size_are_those_of_the_code() -> None:
    for limit in (MOST_NAME, MOST_TEXT, MOST_OF_YAML, MOST_BYTES):
        assert f" {limit:,}" in PAGE
