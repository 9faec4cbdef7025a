"""The page on the atlas is drawn by the declarations, and its code runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from multivector.atlas import TABLES, TIES
from multivector.atlas.describe import tables_markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "atlas.md"


def test_the_page_prints_the_declarations() -> None:
    _, tables = PAGE.read_text(encoding="utf-8").split("### region.toml", 1)
    assert f"### region.toml{tables}".strip() == tables_markdown().strip(), (
        "docs/atlas.md is behind: replace what follows '### region.toml' by describe.tables_markdown()"
    )


def test_its_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    assert "0.9386" in printed
    assert "SIPRI" in printed


def test_every_column_says_what_it_means() -> None:
    for table in (*TABLES, TIES):
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert set(table.key) <= {column.name for column in table.columns}
        assert all(column.meaning for column in table.columns)
