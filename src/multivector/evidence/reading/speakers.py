"""How a speaker is named: by the full name, without title, whichever way the sentence refers to the person.

A quotation that runs over several sentences has one speaker: what stands inside quotation marks without a
speaker of its own belongs to the one named last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from multivector.evidence.reading.coreference import Memory
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.roles import prepositional

_QUOTED = re.compile(r"\u201c[^\u201c\u201d\n]*(?:\u201d|\n|$)|(?<!\w)\"[^\"\n]*(?:\"|\n|$)")
_LONG = 5  # words in quotation marks before they are speech: less is a term or irony


@dataclass
class Speakers:
    """The people who speak in a document, and what they say in quotation marks."""

    text: str
    full_names: dict[str, str] = field(default_factory=dict)
    last: str = ""
    _quoted: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._quoted = [m.span() for m in _QUOTED.finditer(self.text) if len(m.group().split()) >= _LONG]

    def meet(self, name: str) -> None:
        """Note a full name, so that the surname alone leads to it."""
        if " " in name:
            self.full_names[name.rpartition(" ")[2]] = name

    def quoted(self, start: int, end: int) -> bool:
        """Whether the span stands in quotation marks."""
        return any(first <= start and end <= last for first, last in self._quoted)

    def name(self, word: Word, memory: Memory) -> str:
        """How to name the speaker whom the word stands for."""
        found = self._named(word, memory)
        self.last = found
        return found

    def _named(self, word: Word, memory: Memory) -> str:
        lemma = word.text.lower()
        the = any(kid.text.lower() == "the" for kid in word.deps("det"))
        if memory.person is not None and (
            lemma in ("he", "she", "him", "her") or (the and word.lemma in word_class("person_noun"))
        ):
            return self.full_names.get(memory.person.text, memory.person.text)
        if word.lemma in word_class("publication"):
            makers = prepositional(word, "by", "of", "from")
            if makers:
                return self._named(makers[0], memory)
        name = _without_title(word, self.text)
        return self.full_names.get(name, name)


def _without_title(word: Word, text: str) -> str:
    mention = word.mention
    if mention is not None and mention.kind == "person":
        return text[mention.start : mention.end]
    if word.pos == "PROPN" and mention is None:
        name = [w for w in word.kids if w.dep in ("compound", "flat") and w.pos == "PROPN"] + [word]
        titled = [w for w in name if w.lemma in word_class("state_title") or w.lemma == "prime"]
        if len(name) > 1 and (titled or not word.deps("prep")):
            name = sorted((w for w in name if w not in titled), key=lambda w: w.index)
            return text[name[0].start : name[-1].end]
    phrase = [w for w in word.subtree() if w.dep != "punct" or w.head is not word]
    core = [w for w in phrase if not _beyond(w, word)]
    while core and core[0].pos == "DET" and core[0].head is word:
        core = core[1:]
    return text[core[0].start : core[-1].end] if core else word.text


def _beyond(word: Word, head: Word) -> bool:
    """Whether the word belongs to a clause or remark hung on the speaker's name."""
    while word is not head:
        if word.dep in ("relcl", "appos", "acl", "advcl", "cc", "conj"):
            return True
        word = word.head
    return False
