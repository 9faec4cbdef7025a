"""Which kind of yearly figure a claim asks for: rows of `measures.toml`, found by predicate or by words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from multivector.evidence.checking.words import words

_SHORT = 60  # characters: of a fragment the predicate says what is measured, a sentence says it itself
_LIST = re.compile(r"\{(?!goods)([a-z]\w+)\}")


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of figure: predicates and words that ask for it, base units, and keys `table/measure/of`.

    `goods` tells that the quote must name a commodity, `of_output` that the number is a share of output.
    """

    title: str
    words: re.Pattern[str]
    units: tuple[str, ...]
    keys: tuple[str, ...]
    predicates: tuple[str, ...] = ()
    without: re.Pattern[str] | None = None
    goods: bool = False
    of_output: bool = False

    def asked(self, text: str) -> bool:
        """Whether the words of the text ask for it."""
        return self.words.search(text) is not None and not (self.without and self.without.search(text))


@cache
def measures() -> tuple[Measure, ...]:
    """The rows of `measures.toml`, the most particular first."""
    text = files("multivector.evidence").joinpath("checking/measures.toml").read_text(encoding="utf-8")
    return tuple(
        Measure(
            row["title"],
            _pattern(row["words"]),
            tuple(row["units"]),
            tuple(row["keys"]),
            tuple(row.get("predicates", ())),
            _pattern(row["without"]) if "without" in row else None,
            row.get("goods", False),
            row.get("of_output", False),
        )
        for row in tomllib.loads(text)["measure"]
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_LIST.sub(lambda name: words(name[1]), text), re.I)


@cache
def _of_output() -> re.Pattern[str]:
    return _pattern(
        r"(?:of|to) (?:its |the |their |national |<\w+>(?:'s|’s)? )*(?:output|economy)|GDP|gross domestic product"
    )


def measures_of(predicate: str, unit: str, goods: str, text: str, of_output: bool = False) -> list[Measure]:
    """The measures that a claim asks for: those of its predicate that its words name, else any that they name,
    else those of its predicate. `of_output` tells that the unit is a share of output whatever the words.
    """
    share = of_output or _of_output().search(text) is not None
    fits = [
        m for m in measures()
        if unit in m.units and (not m.goods or goods) and (not m.of_output or share)
    ]  # fmt: skip
    named = [m for m in fits if predicate in m.predicates]
    short = len(text) < _SHORT or not any(mark.isdigit() for mark in text)
    return (
        [m for m in named if m.asked(text)] or [m for m in fits if m.asked(text)] or (named if short else [])
    )
