"""The ledger of claims as a value: its rows at one moment, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from multivector.errors import ClaimsError
from multivector.evidence.store.belief import Belief, believe
from multivector.evidence.store.precision import Precision, precisions
from multivector.evidence.store.rows import ClaimRow, Curation, DocumentRow, EvidenceRow, VerdictRow
from multivector.evidence.store.standing import WRONG, Conflict, Standing, State, fold


@dataclass(frozen=True)
class Book:
    """What a ledger's rows say together. Texts stay in the store (`ClaimStore.text`).

    Attributes
    ----------
    documents, claims : by key. evidence : in the order of documents and spans.
    verdicts, curations : in the order in which they were made.
    """

    name: str
    documents: Mapping[str, DocumentRow]
    claims: Mapping[str, ClaimRow]
    evidence: tuple[EvidenceRow, ...]
    verdicts: tuple[VerdictRow, ...]
    curations: tuple[Curation, ...]

    @cached_property
    def state(self) -> State:
        """The standing of every claim, and what is in conflict."""
        return fold(self.curations)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Curations of one claim that cannot all hold; the last of each decides."""
        return self.state.conflicts

    @cached_property
    def precisions(self) -> dict[str, Precision]:
        """The record of every rule, by rule."""
        return precisions(self.evidence, self.state)

    def claim(self, key: str) -> ClaimRow:
        """The claim of that id; the id of one of its mentions in a claims file does as well.

        Raises
        ------
        ClaimsError : there is none; the message names near ones.
        """
        return find_claim(key, self.claims, self._mentioned, self.name)

    @cached_property
    def _mentioned(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in self.evidence:
            if each.mention:
                found.setdefault(each.mention, set()).add(each.claim)
        return found

    def standing(self, claim: str) -> Standing:
        """What became of a claim."""
        return self.state.standing(claim)

    def stands(self, claim: str) -> bool:
        """Whether the claim is open or accepted: neither misread, nor another in its place."""
        standing = self.standing(claim)
        return not standing.into and standing.status not in WRONG

    @cached_property
    def _origins(self) -> dict[str, tuple[str, ...]]:
        return self.state.origins()

    @cached_property
    def _evidence(self) -> dict[str, list[EvidenceRow]]:
        found: dict[str, list[EvidenceRow]] = {}
        verified = {self._place(each) for each in self.evidence if each.alignment == "exact"}
        for each in self.evidence:
            # What was first stored without its document, and then with it, is one mention.
            if each.alignment == "exact" or self._place(each) not in verified:
                found.setdefault(each.claim, []).append(each)
        return found

    def _place(self, each: EvidenceRow) -> tuple[object, ...]:
        return (self.documents[each.document].doc, each.char_start, each.char_end, each.claim, each.reader)

    def mentions(self, claim: str) -> list[EvidenceRow]:
        """The mentions of a claim, and of those in whose place it stands."""
        return [
            each for key in (claim, *self._origins.get(claim, ())) for each in self._evidence.get(key, ())
        ]

    def opposite(self, claim: str) -> str | None:
        """The claim that says the same with the other polarity, where the ledger has it."""
        row = self.claims[claim]
        other = replace(row, polarity="-" if row.polarity == "+" else "+").proper_id
        return other if other in self.claims else None

    @cached_property
    def _authors(self) -> dict[str, str]:
        return {key: document.author for key, document in self.documents.items()}

    def belief(self, claim: str) -> Belief:
        """Belief in a claim, beside belief in its opposite (see `belief`)."""
        opposite = self.opposite(claim)
        status = self.standing(claim).status
        return believe(
            self.mentions(claim),
            self.mentions(opposite) if opposite and self.standing(opposite).status not in WRONG else (),
            self.precisions,
            self._authors,
            confirmed=status == "accepted",
            misread=status in WRONG,
        )

    @cached_property
    def _verdicts(self) -> dict[str, dict[str, VerdictRow]]:
        found: dict[str, dict[str, VerdictRow]] = {}
        for each in self.verdicts:
            found.setdefault(each.claim, {})[each.evidence] = each
        return found

    def latest_verdicts(self, claim: str) -> list[VerdictRow]:
        """The latest verdict on each mention of a claim."""
        return list(self._verdicts.get(claim, {}).values())

    def verdict_words(self, claim: str) -> tuple[str, ...]:
        """What data say of a claim: the words of its latest verdicts, `not checkable` only where all are."""
        words = sorted({each.verdict for each in self.latest_verdicts(claim)})
        return tuple(word for word in words if word != "not checkable") or tuple(words)

    def history(self, claim: str) -> list[Curation]:
        """The curations of a claim, and those that put it in another's place, in order."""
        return [each for each in self.curations if each.claim == claim or claim in each.into]

    def find(self, *, predicate: str = "", actor: str = "", status: str = "") -> list[ClaimRow]:
        """Claims with that predicate, actor (as subject or object) and status; empty means any.

        They come in the order of their first mention, then those that curators wrote.
        """
        ordered = dict.fromkeys([*(each.claim for each in self.evidence), *self.claims])
        return [
            row
            for row in (self.claims[key] for key in ordered)
            if (not predicate or row.predicate == predicate)
            and (not actor or actor.upper() in (*row.subjects, *row.objects))
            and (not status or self.standing(row.id).status == status)
        ]


def find_claim(
    key: str, claims: Mapping[str, ClaimRow], mentioned: Mapping[str, set[str]], where: str
) -> ClaimRow:
    """A claim by its id or by that of one of its mentions.

    Raises
    ------
    ClaimsError : there is none (near ids are named), or the mention's id stands for several.
    """
    if key in claims:
        return claims[key]
    meant = sorted(mentioned.get(key, ()))
    if len(meant) == 1:
        return claims[meant[0]]
    shown = ascii(key[:80])
    if meant:
        raise ClaimsError(
            f"{shown} is the id of mentions of {len(meant)} claims", where=where, repair=f"name one of {', '.join(meant)}"
        )  # fmt: skip
    near = get_close_matches(key, [*claims, *mentioned], 3, 0.5) or list(claims)[:5]
    raise ClaimsError(
        f"there is no claim {shown}",
        where=where,
        repair=f"did you mean {' or '.join(near)}?" if near else "add claims first",
    )
