"""What the ledger of claims keeps: a class a table, an instance a row, and one JSON line in an export.

A row is never altered. Its id is a hash of what makes it what it is, so that the same thing stored twice, or
in two places, is one row.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field

from multivector.evidence.records import Claim

Action = Literal["accept", "reject", "correct", "merge", "split"]
UNREAD: Final = "unread:"
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


def digest(*parts: object) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts as canonical JSON."""
    body = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(body.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Row:
    """A row. One that comes from elsewhere is checked field by field."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)

    @property
    def order(self) -> tuple[object, ...]:
        """By what rows of a kind are put in order; nothing but content, so that copies agree."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class DocumentRow(Row):
    """A document. `sha256` is that of its bytes, or `unread:NAME` where only its name is known."""

    sha256: Text
    doc: Text
    source: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    licence: str = ""
    language: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """By the row's key."""
        return (self.sha256,)


@dataclass(frozen=True, slots=True)
class TextRow(Row):
    """A document's text exactly as read, so that spans can be shown. It is the user's: exports may omit it."""

    document: Text
    text: Text

    @property
    def order(self) -> tuple[object, ...]:
        """By the row's key."""
        return (self.document,)


@dataclass(frozen=True, slots=True)
class AddressRow(Row):
    """A place where a document's bytes were met."""

    document: Text
    address: Text

    @property
    def order(self) -> tuple[object, ...]:
        """By the row's key."""
        return (self.document, self.address)


@dataclass(frozen=True, slots=True)
class ClaimRow(Row):
    """What a claim says, without where it stands; `id` is the hash of it (`records.Claim.content`).

    `date_start` and `date_end` carry the interval's precision: a year, a month or a day.
    """

    id: Text
    claim_type: Text
    subjects: tuple[str, ...]
    predicate: Text
    objects: tuple[str, ...] = ()
    value: str = ""
    value_op: str = ""
    unit: str = ""
    date_start: str = ""
    date_end: str = ""
    polarity: Literal["+", "-"] = "+"
    plover: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """By the row's key."""
        return (self.id,)

    @classmethod
    def of(cls, claim: Claim) -> ClaimRow:
        """The content of a claim as read."""
        return cls(
            id=claim.content,
            claim_type=claim.claim_type,
            subjects=tuple(sorted(claim.subjects)),
            predicate=claim.predicate,
            objects=tuple(sorted(claim.objects)),
            value=claim.value,
            value_op=claim.value_op,
            unit=claim.unit,
            date_start=claim.date_start,
            date_end=claim.date_end,
            polarity="-" if claim.polarity == "-" else "+",
            plover=claim.plover,
        )

    def as_claim(self) -> Claim:
        """The content as a claim that stands nowhere."""
        return Claim(
            id=self.id,
            doc="",
            article_author="",
            quote="",
            char_start=0,
            char_end=0,
            claim_type=self.claim_type,
            subject="",
            subject_code="|".join(self.subjects),
            predicate=self.predicate,
            plover=self.plover,
            object_code="|".join(self.objects),
            value=self.value,
            value_op=self.value_op,
            unit=self.unit,
            date_start=self.date_start,
            date_end=self.date_end,
            polarity=self.polarity,
        )

    @property
    def proper_id(self) -> str:
        """The id that the content asks for."""
        return self.as_claim().content


@dataclass(frozen=True, slots=True)
class EvidenceRow(Row):
    """One mention of a claim: where it stands, who found it and how it is said.

    `alignment` is `exact` where `quote == text[char_start:char_end]` was checked, `unverified` where the
    document was not at hand. `as_read` holds the other columns of the claims file.
    """

    id: Text
    claim: Text
    document: Text
    char_start: Count
    char_end: Count
    quote: str
    alignment: Literal["exact", "unverified"]
    reader: Text
    reader_version: str = ""
    rule: str = ""
    attributed_to: Text = "AUTHOR"
    stance: Text = "asserted"
    as_read: dict[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[object, ...]:
        """By document and span."""
        return (self.document, self.char_start, self.char_end, self.id)

    @property
    def proper_id(self) -> str:
        """The id that document, span, claim and reader ask for."""
        return digest(self.document, self.char_start, self.char_end, self.claim, self.reader)

    @property
    def mention(self) -> str:
        """The id that the claims file gave."""
        return self.as_read.get("id", "")


@dataclass(frozen=True, slots=True)
class VerdictRow(Row):
    """What data said of one mention of a claim, and when (UTC) they were asked."""

    id: Text
    claim: Text
    evidence: Text
    verdict: Text
    why: str
    dataset: str
    data_version: str
    query: str
    computed: Finite | None
    computed_text: str
    tolerance: str
    window: str
    sources: tuple[str, ...]
    checked: Text

    @property
    def order(self) -> tuple[object, ...]:
        """By moment, then id."""
        return (self.checked, self.id)

    @property
    def content(self) -> tuple[object, ...]:
        """Everything but the moment: equal where the data say the same again."""
        return (
            self.claim,
            self.evidence,
            self.verdict,
            self.why,
            self.dataset,
            self.data_version,
            self.query,
            self.computed,
            self.computed_text,
            self.tolerance,
            self.window,
            tuple(self.sources),
        )

    @property
    def proper_id(self) -> str:
        """The id that content and moment ask for."""
        return digest(*self.content, self.checked)


@dataclass(frozen=True, slots=True)
class Curation(Row):
    """What a person decided about a claim: `who`, `when` (UTC, microseconds), `why`, and what changed.

    `changed` is empty for accept and reject; `into` lists the claims that stand in its place (one for merge
    and correct, several for split), `set` the fields with their old and new value.
    """

    id: Text
    claim: Text
    action: Action
    who: Text
    when: Text
    why: Text
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def into(self) -> tuple[str, ...]:
        """The claims that stand in the claim's place."""
        return tuple(self.changed.get("into", ()))

    @property
    def order(self) -> tuple[str, str]:
        """By moment, then id."""
        return (self.when, self.id)

    @property
    def outcome(self) -> tuple[str, tuple[str, ...]]:
        """What was decided, without who, when and why."""
        return (self.action, tuple(sorted(self.into)))

    @property
    def proper_id(self) -> str:
        """The id that the content asks for."""
        return digest(self.claim, self.action, self.who, self.when, self.why, self.changed)
