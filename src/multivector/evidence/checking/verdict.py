"""A verdict on one claim, with everything that a reader needs to make it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from multivector.atlas import Region

Word = Literal["supported", "refuted", "partly", "not checkable"]
SUPPORTED: Final = "supported"
REFUTED: Final = "refuted"
PARTLY: Final = "partly"
NOT_CHECKABLE: Final = "not checkable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say about a claim.

    Attributes
    ----------
    claim_id : the claim.
    verdict : supported, refuted, partly, or not checkable.
    dataset : title of the table that was asked; empty where none can answer.
    data_version : region, version, short hash, and the vintages of the rows used.
    query : the question put to the data, in words.
    computed : the number found, in the claim's unit; None where there is none.
    computed_text : what was found, in words, with its bounds where vintages differ.
    tolerance : how far stated and computed value may lie apart, and why.
    window : the years asked about.
    why : the reason for the verdict, in a sentence.
    source : keys of the sources of the rows used.
    """

    claim_id: str
    verdict: Word
    why: str
    dataset: str = ""
    data_version: str = ""
    query: str = ""
    computed: float | None = None
    computed_text: str = ""
    tolerance: str = ""
    window: str = ""
    source: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The same as `source`: the keys of the sources used."""
        return self.source

    def as_dict(self) -> dict[str, object]:
        """The verdict as `--json` prints it."""
        return {
            "claim_id": self.claim_id,
            "verdict": self.verdict,
            "why": self.why,
            "dataset": self.dataset,
            "data_version": self.data_version,
            "query": self.query,
            "computed": self.computed,
            "computed_text": self.computed_text,
            "tolerance": self.tolerance,
            "window": self.window,
            "sources": list(self.sources),
        }

    def reread(self, word: Word, why: str) -> Verdict:
        """The same figures with another verdict on them, and its reason."""
        return replace(self, verdict=word, why=why)


def version_of(region: Region, vintages: tuple[str, ...] = ()) -> str:
    """Region, version, short hash and vintages, as a verdict gives them."""
    named = f"{region.id} {region.version} ({region.hash[:12]})"
    return f"{named}, vintage {', '.join(vintages)}" if vintages else named


def name_of(region: Region, code: str) -> str:
    """The actor's name where the region has it, else the code."""
    actors = region.table("actors")
    named = dict(zip(actors["code"], actors["name"], strict=True))
    return str(named.get(code, code))


def inverted(verdict: Word) -> Word:
    """The verdict on the denial of a claim."""
    opposite: dict[Word, Word] = {SUPPORTED: REFUTED, REFUTED: SUPPORTED}
    return opposite.get(verdict, verdict)
