"""The page on bargaining names what the command may be asked, and the keys of its JSON, no more and no fewer."""

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
ALWAYS = "always"
"""The row of the keys that stand beside the parts."""


def test_every_option_is_told() -> None:
    command = get_command(app).commands["bargain"]  # type: ignore[attr-defined]
    options = {word for each in command.params for word in each.opts if word.startswith("--")} - {"--help"}
    assert [option for option in sorted(options) if f"`{option}" not in PAGE] == []


def told() -> dict[str, set[str]]:
    """The keys that the page tells, by part."""
    (section,) = re.findall(r"^## JSON\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    found = {}
    for line in section.splitlines():
        if line.startswith("| `") or line.startswith(f"| {ALWAYS}"):
            part, _, keys = line.strip("| ").split(" |", 2)
            found[part.strip("`")] = set(re.findall(r"`(\w+)`", keys))
    return found


def asked(capfd: pytest.CaptureFixture[str], *words: str) -> dict[str, set[str]]:
    """The keys that the command prints, by part; names of dimensions are keys of `scales` and no words of ours."""
    with pytest.raises(SystemExit) as left:
        main(["bargain", *words, "--draws", "100", "--json"])
    assert not left.value.code
    report = json.loads(capfd.readouterr().out)
    parts = [key for key in report if key in told()]
    beside = {key: value for key, value in report.items() if key not in parts}
    beside["scales"] = list(beside["scales"].values())
    return {key: set(keys(report[key])) for key in parts} | {ALWAYS: set(keys(beside))}


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


def test_the_keys_of_the_json_are_those_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.csv"
    path.write_text(TWO, "utf-8")
    everything = ("--turns", "--process", "--variants", "--lever", "a", "--target", "50", "--worth")
    found = asked(capfd, str(path), *everything, "--spread", "20")
    found |= {"when": asked(capfd, "georgia-accession")["when"]}
    assert found == told()
