"""`region.toml`: what a region says about itself, and what can be wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from multivector.atlas.cells import shown
from multivector.atlas.read import read_text
from multivector.errors import Fault

FILE = "region.toml"
EARLIEST, LATEST = 1800, 2200
"""Years that a region may speak of; they bound the arrays."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One key: its type, and what it means."""

    name: str
    kind: type
    meaning: str


SETTINGS = (
    Setting("id", str, "name by which the region is loaded"),
    Setting("title", str, "title for people"),
    Setting("version", str, "version of the data"),
    Setting("first_year", int, "first year that the region speaks of"),
    Setting("last_year", int, "last year that the region speaks of"),
    Setting("states", list, "codes of the states, in the order of every array"),
    Setting("powers", list, "codes of the powers, in the order of every array"),
)
_WORDS = {str: "text", int: "a whole number", list: "a list of codes"}


def read_settings(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """The settings of a region folder, and the faults of their form."""
    text, faults = read_text(path / FILE, FILE)
    if text is None:
        return {}, faults
    try:
        settings = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return {}, [Fault(FILE, None, "", "", f"is not TOML: {error}", "mend the line that is named")]
    return settings, [*_form(settings), *_years(settings)]


def _form(settings: Mapping[str, Any]) -> Iterator[Fault]:
    for setting in SETTINGS:
        name, value, word = setting.name, settings.get(setting.name), _WORDS[setting.kind]
        if value is None:
            yield Fault(FILE, None, name, "", "the key is missing", f"add it: {word}, {setting.meaning}")
        elif not isinstance(value, setting.kind) or isinstance(value, bool) or value in ("", []):
            yield Fault(FILE, None, name, shown(str(value)), f"is not {word}", f"write {setting.meaning}")
        elif isinstance(value, list):
            if not all(isinstance(code, str) for code in value):
                yield Fault(
                    FILE, None, name, shown(str(value)), "holds more than codes", 'write ["AAA", "BBB"]'
                )
            elif len(set(value)) < len(value):
                yield Fault(FILE, None, name, shown(str(value)), "names a code twice", "keep one of them")
    known = {setting.name for setting in SETTINGS}
    for name in sorted(settings.keys() - known):
        listed = ", ".join(setting.name for setting in SETTINGS)
        yield Fault(
            FILE, None, shown(name), "", "no declaration knows this key", f"remove it; the keys are {listed}"
        )


def _years(settings: Mapping[str, Any]) -> Iterator[Fault]:
    first, last = settings.get("first_year"), settings.get("last_year")
    if isinstance(first, int) and isinstance(last, int) and not EARLIEST <= first <= last <= LATEST:
        yield Fault(
            FILE, None, "first_year", f"{first}-{last}", "is not a span of years",
            f"write first_year <= last_year, both from {EARLIEST} to {LATEST}",
        )  # fmt: skip


def check_settings_codes(settings: Mapping[str, Any], codes: frozenset[str]) -> Iterator[Fault]:
    """States and powers that are no actors, or both at once."""
    listed = {key: codes_in(settings, key) for key in ("states", "powers")}
    for key, named in listed.items():
        for code in named:
            if code not in codes:
                yield Fault(
                    FILE, None, key, shown(code), "actors.csv has no such actor", "add a row to actors.csv"
                )
    for code in sorted(set(listed["states"]) & set(listed["powers"])):
        yield Fault(FILE, None, "powers", code, "is a state and a power at once", "keep it in one list")


def codes_in(settings: Mapping[str, Any], key: str) -> list[str]:
    """The codes of a list, whatever else stands there."""
    listed = settings.get(key)
    return [code for code in listed if isinstance(code, str)] if isinstance(listed, list) else []
