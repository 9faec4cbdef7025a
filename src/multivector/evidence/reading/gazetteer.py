"""Names in the text, linked to the region's actors before any model sees them.

The gazetteer is the region's table `gazetteer`, a row an alias: `alias, kind, code, ambiguity, source`.
`kind` is name (of a state), demonym, metonym (a capital or a seat of government that stands for the state),
abbreviation, region, organisation, person (an office-holder, `code` with a sector: `AAA:GOV`), or place
(inside a state; never an actor by itself). `ambiguity` reads `other meaning: cue|cue`: where a cue occurs in the same
passage, the alias is not this actor. Matching is by whole words and by case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Alias:
    """One row of the gazetteer."""

    text: str
    kind: str
    code: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An alias where it stands: `start` and `end` are offsets in the view."""

    alias: Alias
    start: int
    end: int

    @property
    def code(self) -> str:
        """The actor's code, with its sector where it has one."""
        return self.alias.code

    @property
    def kind(self) -> str:
        """What kind of name it is."""
        return self.alias.kind


class Gazetteer:
    """The aliases of a region, indexed by their first word."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._by_first: dict[str, list[Alias]] = defaultdict(list)
        aliases = tuple(aliases)
        self.regions = frozenset(alias.code for alias in aliases if alias.kind == "region")
        self.organisations = frozenset(alias.code for alias in aliases if alias.kind == "organisation")
        self.words: dict[str, frozenset[str]] = {}
        for alias in aliases:
            known = self.words.get(alias.code, frozenset())
            self.words[alias.code] = known | {word.lower() for word in _WORD.findall(alias.text)}
        for alias in aliases:
            first = _WORD.search(alias.text)
            if first is not None and first.start() == 0:
                self._by_first[first.group()].append(alias)
        for same_first in self._by_first.values():
            same_first.sort(key=lambda alias: -len(alias.text))

    @classmethod
    def from_table(cls, table: pl.DataFrame) -> Gazetteer:
        """The gazetteer of a region's table."""
        columns = ("alias", "kind", "code", "ambiguity")
        return cls(
            Alias(str(text), str(kind), str(code), _cues(ambiguity))
            for text, kind, code, ambiguity in table.select(columns).iter_rows()
        )

    def link(self, text: str, offset: int = 0) -> list[Mention]:
        """The mentions in `text`, left to right, the longest alias first; `offset` is added to each."""
        found: list[Mention] = []
        position = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < position:
                continue
            for alias in self._by_first.get(word.group(), ()):
                end = start + len(alias.text)
                if not text.startswith(alias.text, start) or _runs_on(text, end):
                    continue
                if _means_something_else(alias, text, start) or _is_shouted(alias, text):
                    continue
                found.append(Mention(alias, start + offset, end + offset))
                position = end
                break
        return found


def _cues(ambiguity: object) -> tuple[str, ...]:
    _, _, cues = str(ambiguity or "").partition(":")
    return tuple(cue.strip() for cue in cues.split("|") if cue.strip())


def _runs_on(text: str, end: int) -> bool:
    """Whether the word goes on after the alias: 'Averiaer' is not 'Averia'."""
    if end >= len(text):
        return False
    if text[end] == "$":
        return True  # a currency sign, as in "US$"
    return (text[end].isalnum() or text[end] == "_") and text[end - 1].isalnum()


def _means_something_else(alias: Alias, text: str, start: int) -> bool:
    """A cue that holds the alias counts only where the alias stands in it; any other, anywhere."""
    for cue in alias.cues:
        at = cue.find(alias.text)
        if text.startswith(cue, start - at) if 0 <= at <= start else at < 0 and cue in text:
            return True
    return False


def _is_shouted(alias: Alias, text: str) -> bool:
    """An abbreviation that spells a common word ('US') proves nothing in a passage all in capitals."""
    return alias.kind == "abbreviation" and alias.text.isupper() and len(alias.text) < 3 and text.isupper()
