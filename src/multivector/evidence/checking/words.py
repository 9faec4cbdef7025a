"""The checker's words, which are data: lists of regular expressions in `words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, list[str]]:
    text = files("multivector.evidence").joinpath("checking/words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def alike(word: str) -> str:
    """The word, or of words for one act the first pattern of their list in `same_act`."""
    return next((group for group in _lists()["same_act"] if re.fullmatch(group, word)), word)


def words(name: str) -> str:
    """One pattern out of a list of `words.toml`; to be put into brackets where it stands beside others."""
    return "|".join(_lists()[name])
