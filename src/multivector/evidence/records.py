"""What the reader makes: documents, claims with their exact quote, and the vocabulary that they use."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import isfinite
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `doc` names it in claims; `text` is never altered, offsets are code points in it.

    `source` is the path or address as it was given, `addresses` are all the places where the same bytes
    were met, `licence` what the document says of itself, `language` an ISO 639 code.
    """

    doc: str
    path: Path
    sha256: str
    text: str
    title: str = ""
    author: str = ""
    date: str = ""
    markdown: bool = False
    source: str = ""
    addresses: tuple[str, ...] = ()
    licence: str = ""
    language: str = "en"

    def _repr_html_(self) -> str:
        from html import escape

        about = " · ".join(
            escape(part) for part in (self.author, self.date, f"{len(self.text)} characters") if part
        )
        return f"<b>{escape(self.title or self.doc)}</b><br>{about}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: `quote == text[char_start:char_end]` of its document. Codes are joined by `|`.

    `stance` is asserted, reported, alleged, denied, hedged, hypothetical, forecast or normative;
    `attributed_to` is AUTHOR, UNSPECIFIED or the speaker as the text names it; `polarity` + or -.
    """

    id: str
    doc: str
    article_author: str
    quote: str
    char_start: int
    char_end: int
    claim_type: str
    subject: str
    subject_code: str
    predicate: str
    plover: str = ""
    object: str = ""
    object_code: str = ""
    value: str = ""
    value_op: str = ""
    unit: str = ""
    date_start: str = ""
    date_end: str = ""
    polarity: str = "+"
    stance: str = "asserted"
    attributed_to: str = "AUTHOR"
    checkable: str = ""
    cluster: str = ""
    note: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The codes of the subject, without sectors."""
        return _codes(self.subject_code)

    @property
    def objects(self) -> tuple[str, ...]:
        """The codes of the object, without sectors."""
        return _codes(self.object_code)

    @property
    def number(self) -> float | None:
        """The value where it is a number; "94,0" has a decimal comma, "94,000" has thousands."""
        decimal = _DECIMAL_COMMA.fullmatch(self.value)
        try:
            return float(self.value.replace(",", "." if decimal else ""))
        except ValueError:
            return None

    @property
    def _plain_value(self) -> str:
        """The value, one way of writing a number: '94.0', '94,0' and '94' are the same claim."""
        number = self.number
        if number is None or not isfinite(number):
            return self.value
        return format(Decimal(repr(number)).normalize(), "f")

    @property
    def content(self) -> str:
        """What the claim says, without where it stands: equal for repeats."""
        parts = (
            self.predicate,
            "|".join(sorted(self.subjects)),
            "|".join(sorted(self.objects)),
            self._plain_value,
            self.value_op,
            self.unit,
            self.date_start,
            self.date_end,
            self.polarity,
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})")


def numbered(claims: Iterable[Claim], document: Document) -> list[Claim]:
    """Ids from content and place, clusters from content alone: repeats of a claim share a cluster."""
    found = []
    for claim in claims:
        content = claim.content
        place = (document.sha256, document.doc, claim.char_start, claim.char_end, content, claim.stance)
        digest = hashlib.sha256("\x1f".join(map(str, place)).encode()).hexdigest()[:12]
        found.append(replace(claim, id=f"c-{digest}", cluster=f"k-{content[:8]}"))
    return found


COLUMNS = tuple(field.name for field in fields(Claim))
STANCES = ("asserted", "reported", "alleged", "denied", "hedged", "hypothetical", "forecast", "normative")
TYPES = ("quantity", "share", "event", "relation", "membership", "position", "forecast")


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.partition(":")[0] for code in joined.split("|") if code))


@dataclass(frozen=True, slots=True)
class Predicate:
    """A row of the vocabulary; `tied` where the claim ties two actors."""

    name: str
    family: str
    claim_type: str
    symmetric: bool
    plover: str
    check_key: str
    definition: str
    tied: bool


@cache
def predicates() -> dict[str, Predicate]:
    """The vocabulary of predicates, by name."""
    text = files("multivector.evidence").joinpath("vocabulary/predicates.csv").read_text(encoding="utf-8")
    return {
        row["predicate"]: Predicate(
            row["predicate"],
            row["family"],
            row["claim_type"],
            row["symmetric"] == "1",
            row["plover_default"],
            row["check_key"],
            row["definition"],
            row["tie_sign"] != "0" or row["predicate"] == "ranks",
        )
        for row in csv.DictReader(io.StringIO(text))
    }
