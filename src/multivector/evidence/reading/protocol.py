"""What a reader is: a document in, claims out, and what it had to reject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from multivector.evidence.records import Claim, Document


@dataclass(frozen=True, slots=True)
class Rejected:
    """A quote that a reader gave and that the document does not hold, or a claim that is none; and why."""

    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document."""

    claims: list[Claim]
    rejected: tuple[Rejected, ...] = ()


class Reader(Protocol):
    """Anything that turns a document into claims, each with `quote == text[char_start:char_end]`."""

    @property
    def name(self) -> str:
        """The reader's name, as evidence keeps it."""

    @property
    def version(self) -> str:
        """What else decides its answers: a version, a hash of its rules, a model."""

    def read(self, document: Document) -> Reading:
        """The claims of a document, in the order of the text."""
