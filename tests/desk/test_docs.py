"""The page on the brief: its code runs, and it names every part of the desk that draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "brief.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)


def test_there_are_examples() -> None:
    assert len(BLOCKS) == 2
    assert all("assert" in block for block in BLOCKS)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_examples_hold(block: str) -> None:
    exec(compile(block, str(PAGE), "exec"), {})
