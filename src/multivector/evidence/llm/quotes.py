"""Where the quotes stand: exact search in the visible text, each place given to one proposal.

No fuzzy matching: a quote that is one letter off is rejected and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from multivector.evidence.documents.view import Block, view_of
from multivector.evidence.llm.answers import Proposal
from multivector.evidence.llm.prompt import Chunk
from multivector.evidence.reading.protocol import Rejected

_SHORTEST = 2  # words: less is a name or a number, no statement


@dataclass(frozen=True, slots=True)
class Located:
    """A proposal whose quote is `block.text[start:end]`."""

    proposal: Proposal
    block: Block
    start: int
    end: int
    marks: tuple[str, ...] = ()


def located_in(chunk: Chunk, proposals: list[Proposal]) -> tuple[list[Located], list[Rejected]]:
    """The proposals with their places, and those whose quote the paragraphs do not hold.

    A quote that occurs several times is looked for in the paragraph that the model names, from the place of the
    proposal before onwards; two proposals that say the same never share a place.
    """
    found: list[Located] = []
    rejected: list[Rejected] = []
    taken: set[tuple[int, int, str]] = set()
    reached = 0
    for proposal in proposals:
        about = _about(proposal)
        quote = view_of(proposal.quote).text  # as the model saw it: apostrophes and blanks of one kind
        if len(quote.split()) < _SHORTEST:
            rejected.append(Rejected(proposal.quote, "the quote is shorter than two words"))
            continue
        places = _places(chunk, proposal.paragraph, quote)
        free = [(block, start) for block, start in places if (block.start, start, about) not in taken]
        if not free:
            why = "repeats another proposal" if places else "the quote does not stand in the text"
            rejected.append(Rejected(proposal.quote, why))
            continue
        block, start = next((p for p in free if p[0].start + p[1] >= reached), free[0])
        taken.add((block.start, start, about))
        reached = block.start + start
        marks = () if block in _named(chunk, proposal.paragraph) else ("found in another paragraph",)
        found.append(Located(proposal, block, start, start + len(quote), marks))
    return found, rejected


def _about(proposal: Proposal) -> str:
    """What the proposal says of its quote: two that say the same are repeats."""
    said = proposal.model_dump(exclude={"paragraph", "quote"})
    return repr(sorted(said.items()))


def _named(chunk: Chunk, number: int) -> tuple[Block, ...]:
    index = number - chunk.first
    return chunk.blocks[index : index + 1] if index >= 0 else ()


def _places(chunk: Chunk, number: int, quote: str) -> list[tuple[Block, int]]:
    """Where the quote stands in the paragraph named; only where it does not, in the others."""
    for blocks in (_named(chunk, number), chunk.blocks):
        places = [(block, start) for block in blocks for start in _starts(block.text, quote)]
        if places:
            return places
    return []


def _starts(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        if not _cuts_a_word(text, start) and not _cuts_a_word(text, start + len(quote)):
            yield start
        start = text.find(quote, start + 1)


def _cuts_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
