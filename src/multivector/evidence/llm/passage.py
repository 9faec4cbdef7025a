"""The sentence in which a quote stands, parsed, with the names in it and those that came before."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from multivector.evidence.documents.view import Block
from multivector.evidence.llm.quotes import Located
from multivector.evidence.reading.gazetteer import Gazetteer, Mention
from multivector.evidence.reading.language import Sentence, Word, sentences_of
from multivector.evidence.reading.names import attach

_PARAGRAPHS_BEFORE = 2  # how far back the name behind a pronoun may stand


class UnfoundedError(Exception):
    """A proposal says something that its sentence does not; the text of the error says what."""


@dataclass(frozen=True)
class Passage:
    """A quote in its sentence. All offsets are those of the view."""

    start: int
    end: int
    block: Block
    sentence: Sentence
    mentions: list[Mention]
    before: list[Mention]

    @cached_property
    def quote(self) -> str:
        """The quote as the view shows it."""
        return self.block.text[self.start - self.block.start : self.end - self.block.start]

    @cached_property
    def text(self) -> str:
        """The sentence as the view shows it."""
        first, last = self.sentence.start - self.block.start, self.sentence.end - self.block.start
        return self.block.text[first:last]

    @cached_property
    def words(self) -> list[Word]:
        """The words of the quote."""
        return [w for w in self.sentence.words if self.start < w.end and w.start < self.end]


@dataclass
class Passages:
    """The passages of a document; a paragraph is parsed when a quote stands in it."""

    blocks: list[Block]
    gazetteer: Gazetteer
    _sentences: dict[int, list[Sentence]] = field(default_factory=dict)

    def of(self, located: Located) -> Passage:
        """The passage of a quote.

        Raises
        ------
        UnfoundedError : the quote runs over several sentences, or stands in none.
        """
        block = located.block
        start, end = block.start + located.start, block.start + located.end
        touched = [s for s in self._parsed(block) if s.start < end and start < s.end]
        if not touched:
            raise UnfoundedError("the quote holds no sentence")
        if len(touched) > 1 and _ends_within(block, touched, end):
            raise UnfoundedError("the quote runs over several sentences")
        sentence = _joined(touched)
        text = block.text[sentence.start - block.start : sentence.end - block.start]
        mentions = self.gazetteer.link(text, sentence.start)
        attach(sentence, mentions)
        return Passage(start, end, block, sentence, mentions, self._before(block, sentence.start))

    def _parsed(self, block: Block) -> list[Sentence]:
        if block.start not in self._sentences:
            parsed = next(sentences_of([(block.text, block.start)]))
            self._sentences[block.start] = [s for s in parsed if s.words]
        return self._sentences[block.start]

    def _before(self, block: Block, until: int) -> list[Mention]:
        """The names in the text just before, in order."""
        index = self.blocks.index(block)
        near = self.blocks[max(0, index - _PARAGRAPHS_BEFORE) : index]
        found = [m for earlier in near for m in self.gazetteer.link(earlier.text, earlier.start)]
        return found + self.gazetteer.link(block.text[: until - block.start], block.start)


def _ends_within(block: Block, touched: list[Sentence], end: int) -> bool:
    """Whether a sentence ends inside the quote with a sign that ends sentences: parsers split too often."""
    for sentence in touched[:-1]:
        last = block.text[: sentence.end - block.start].rstrip("\"')]\u201d\u2019 ")
        if sentence.end < end and last[-1:] in ".!?":
            return True
    return False


def _joined(sentences: list[Sentence]) -> Sentence:
    words = [word for sentence in sentences for word in sentence.words]
    return Sentence(words, sentences[0].start, sentences[-1].end)
