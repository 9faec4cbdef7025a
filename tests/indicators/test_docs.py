"""Every public name of the indicators has its place in docs/indicators.md, and its example runs."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

import multivector.indicators as ind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"
FAMILIES = [name for name in ind.__all__ if inspect.ismodule(getattr(ind, name))]
NAMES = [name for name in ind.__all__ if name not in FAMILIES]
FUNCTIONS = [name for name in NAMES if inspect.isfunction(getattr(ind, name))]
OF_FAMILIES = {
    name: getattr(getattr(ind, family), name)
    for family in ("blocs", "power", "similarity")
    for name in getattr(ind, family).__all__
}
MEASURES = [name for name, value in OF_FAMILIES.items() if inspect.isfunction(value)]


@pytest.mark.parametrize("name", [*NAMES, *MEASURES])
def test_every_public_name_is_documented(name: str) -> None:
    assert re.search(rf"`{name}\b", PAGE.read_text(encoding="utf-8")), (
        f"write what {name} is into {PAGE.name}"
    )


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_is_named(name: str) -> None:
    page = PAGE if name != "composite" else PAGE.with_name("composite.md")
    assert f"indicators.{name}" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_of_a_family_says_what_it_is(name: str) -> None:
    assert len(inspect.getdoc(OF_FAMILIES[name]) or "") > 40


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_is(name: str) -> None:
    assert len(inspect.getdoc(getattr(ind, name)) or "") > 40


def test_the_page_speaks_of_nothing_that_is_gone() -> None:
    in_tables = set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert in_tables <= {*ind.__all__, *OF_FAMILIES}
    assert len(in_tables) > 20


def test_the_example_runs() -> None:
    text = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    test = doctest.DocTestParser().get_doctest("".join(text), {}, PAGE.name, str(PAGE), 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


@pytest.mark.parametrize("part", ind.COLUMNS)
def test_every_column_says_what_it_means(part: str) -> None:
    assert all(meaning for _, meaning in ind.COLUMNS[part].values())
