"""Classes of words, read once from `vocabulary/en/words.yaml`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import yaml


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = files("multivector.evidence").joinpath("vocabulary/en/words.yaml").read_text(encoding="utf-8")
    return {str(name): frozenset(map(str, words)) for name, words in yaml.safe_load(text).items()}


@cache
def vocabulary_hash() -> str:
    """Hash of all that the rule reader goes by, so that evidence can name the version that found it."""
    folder = files("multivector.evidence").joinpath("vocabulary")
    parts = ("predicates.csv", "en/patterns.csv", "en/words.yaml")
    return hashlib.sha256(b"".join(folder.joinpath(part).read_bytes() for part in parts)).hexdigest()[:12]


def word_class(name: str) -> frozenset[str]:
    """The lemmas of a class. An unknown name is a fault of the vocabulary, and raises KeyError."""
    return _classes()[name]


@cache
def sectors() -> dict[str, str]:
    """The sector that a noun names: 'army' gives MIL, 'minister' GOV."""
    return {
        lemma: name.removeprefix("sector_").upper()
        for name, lemmas in _classes().items()
        if name.startswith("sector_")
        for lemma in lemmas
    }
