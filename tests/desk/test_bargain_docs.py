"""The page on bargaining names what the command may be asked, and every key of its JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from multivector.desk.cli import app, main

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bargaining.md").read_text("utf-8")
TWO = """two,,3,2,
Actor,Description,Power,First,Salience,Second,Salience
a,,10,0,50,90,20
b,,20,60,40,10,30
c,,5,100,70,50,30
"""


def test_every_option_is_told() -> None:
    command = get_command(app).commands["bargain"]  # type: ignore[attr-defined]
    options = {word for each in command.params for word in each.opts if word.startswith("--")} - {"--help"}
    assert [option for option in sorted(options) if f"`{option}" not in PAGE] == []


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


def test_every_key_of_the_json_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.csv"
    path.write_text(TWO, "utf-8")
    asked = ("--turns", "--process", "--variants", "--lever", "a", "--target", "50", "--worth")
    with pytest.raises(SystemExit) as left:
        main(["bargain", str(path), *asked, "--spread", "20", "--draws", "100", "--json"])
    assert not left.value.code
    (table,) = re.findall(r"^## JSON\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    told = set(re.findall(r"`(\w+)`", table))
    assert set(keys(json.loads(capfd.readouterr().out))) - told == set()
    assert {"reading", "never", "early", "late"} <= told
