"""A stakeholder table drafted from claims: who wants what on an issue, how much they care, what they can do.

For each actor three cells: position, salience, capability. A cell carries the words that give ground for it,
with their place; a number stands only where a text states one. Cells without ground are empty and say so:
low, mode and high are for an analyst to set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from multivector.atlas import Region
from multivector.evidence.checking import Verdict
from multivector.evidence.proposing.propose import ENTERING
from multivector.evidence.records import Claim, predicates
from multivector.evidence.words import in_words

ATTRIBUTES: Final = ("position", "salience", "capability")
STATED_IN: Final = (*ENTERING, "normative", "denied")
"""Stances in which a text says where an actor stands: what it says that should be, and what it denies, too."""

# Predicates that say where the subject stands, by how plainly they do.
_POSITION = (
    "supports", "rejects", "demands", "seeks", "recommends", "accepts_rule_of", "suspends", "recognizes",
    "criticizes", "views_as", "concerned_about", "denies", "accuses", "signs_agreement_with", "counters",
    "aligned_with", "adopts_policy", "threatens", "imposes_sanctions_on", "protests_against", "engages_with",
)  # fmt: skip
# Predicates that say what the subject, or for the second list the object, can bring to bear.
_SUBJECT_CAN = (
    "controls", "influences", "imposes_sanctions_on", "arms_share_of_imports", "import_share_of",
    "remittance_share_of", "export_market_of", "provides_aid_to", "arms_transfer_to", "represses",
    "mediates", "threatens", "protests_against", "leads_cooperation_in", "gdp",
    "military_expenditure", "ranks", "holds_office",
)  # fmt: skip
_OBJECT_CAN = ("arms_dependence_on", "finance_dependence_on", "finance_inflow_from", "export_dependence_on")
_STOP = frozenset(
    "the and for with from that this when will what which should would could their there have has been about into "
    "between after before over does not its who how are was were whether than more less country state states".split()
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table, with its ground; `quote` is empty where there is none, and `note` says so."""

    actor: str
    actor_type: str
    attribute: str
    evidence_kind: Literal["stated", "inferred", "none"]
    confidence: Literal["high", "medium", "low", ""]
    says: str
    value: str
    unit: str
    quote: str
    source: str
    doc: str
    char_start: str
    char_end: str
    claim_id: str
    also: str
    note: str
    code: str
    low: str = ""
    mode: str = ""
    high: str = ""


COLUMNS: Final = (
    "actor", "actor_type", "attribute", "low", "mode", "high", "evidence_kind", "confidence", "quote", "source",
    "code", "says", "value", "unit", "doc", "char_start", "char_end", "claim_id", "also", "note",
)  # fmt: skip


def draft_stakeholders(
    claims: Iterable[Claim], region: Region, issue: str, verdicts: Iterable[Verdict] = ()
) -> list[Cell]:
    """Three cells an actor, each with its ground in the claims or said to be empty.

    Parameters
    ----------
    claims : of the documents on the issue. Alleged, hedged, hypothetical and forecast ones give no ground.
    region : its names of actors.
    verdicts : of the claims; what data refute gives no ground, what they support is held with confidence.
    issue : the issue in words; a claim bears on it where it shares a word or an actor's name with it.

    Returns
    -------
    list of Cell : position, salience, capability of each actor, the actor with most ground first.
    """
    checked = {verdict.claim_id: str(verdict.verdict) for verdict in verdicts}
    known = [c for c in claims if c.stance in STATED_IN and checked.get(c.id) != "refuted"]
    words = _words(issue)
    actors: dict[str, str] = {}
    for claim in known:
        for codes, names in ((claim.subject_code, claim.subject), (claim.object_code, claim.object)):
            for code, name in zip(codes.split("|"), _spread(names, codes), strict=True):
                if code:
                    actors.setdefault(code, _name(region, code, name))
    cells = {
        code: [_cell(each, code, name, known, words, checked) for each in ATTRIBUTES]
        for code, name in actors.items()
    }
    ordered = sorted(
        cells, key=lambda code: (-sum(c.evidence_kind != "none" for c in cells[code]), actors[code])
    )
    return [cell for code in ordered for cell in cells[code]]


def _spread(names: str, codes: str) -> list[str]:
    listed, wanted = names.split("|"), len(codes.split("|"))
    return listed if len(listed) == wanted else [""] * wanted


def _name(region: Region, code: str, written: str) -> str:
    state, _, sector = code.partition(":")
    known = dict(region.table("actors").select("code", "name").iter_rows())
    if not sector:
        return str(known.get(state, written or state))
    return f"{known.get(state, state)}: {written or sector}"


def _words(text: str) -> set[str]:
    """Words that tell, cut to their first six letters so that "talk" and "talks" agree."""
    return {w[:6] for w in re.findall(r"[^\W\d_]{2,}", text.casefold()) if w not in _STOP and len(w) > 2} | {
        w.casefold() for w in re.findall(r"\b[A-Z]{2,}\b", text)
    }


def _bears(claim: Claim, words: set[str]) -> int:
    """How many words of the issue the claim shares."""
    return len(
        words & _words(f"{claim.quote} {claim.object} {claim.value} {claim.object_code} {claim.subject_code}")
    )


def _cell(
    attribute: str, code: str, name: str, claims: Sequence[Claim], words: set[str], checked: dict[str, str]
) -> Cell:
    own = [c for c in claims if code in c.subject_code.split("|")]
    ranked: list[tuple[int, int, Claim]] = []
    if attribute == "position":
        ranked = [
            (_POSITION.index(c.predicate), -_bears(c, words), c) for c in own if c.predicate in _POSITION
        ]
        ranked = [each for each in ranked if each[1]]
    elif attribute == "salience":
        ranked = [(0, -_bears(c, words), c) for c in own if _acts(c) and _bears(c, words)]
    else:
        aimed = [c for c in claims if code in c.object_code.split("|") and c.predicate in _OBJECT_CAN]
        able = [c for c in own if c.predicate in _SUBJECT_CAN and c.polarity == "+"]
        ranked = [(0 if c.number is not None else 1, -_bears(c, words), c) for c in (*able, *aimed)]
    grounds = [c for *_, c in sorted(ranked, key=lambda each: (each[1], each[0], each[2].char_start))]
    supported = bool(grounds) and checked.get(grounds[0].id) == "supported"
    return _with_ground(attribute, code, name, grounds, supported=supported)


def _acts(claim: Claim) -> bool:
    """Whether the claim is something that the subject does or says, not a figure about it."""
    kind = predicates().get(claim.predicate)
    if claim.predicate.startswith("states_"):
        return False
    return claim.claim_type in ("event", "position") or (
        kind is not None and kind.claim_type in ("event", "position")
    )


_EMPTY = {
    "position": "empty: no claim says where this actor stands on the issue",
    "salience": "empty: no claim shows this actor act or speak on the issue",
    "capability": "empty: no claim says what this actor can bring to bear",
}
_READING = {
    "position": "says where it stands; the place on the scale is yours to set",
    "salience": "acts or speaks on the issue {n} time{s}; how much it cares is yours to set",
    "capability": "says what it can bring to bear; how much that is on the scale is yours to set",
}


def _with_ground(attribute: str, code: str, name: str, grounds: Sequence[Claim], *, supported: bool) -> Cell:
    sector = code.partition(":")[2]
    kind = (
        "organisation or group"
        if len(code) != 3 and not sector
        else (f"within {code[:3]}" if sector else "state")
    )
    if not grounds:
        return Cell(
            name, kind, attribute, "none", "", "", "", "", "", "", "", "", "", "", "", _EMPTY[attribute], code
        )
    best = grounds[0]
    note = _READING[attribute].format(n=len(grounds), s="" if len(grounds) == 1 else "s")
    backed = len({c.doc for c in grounds}) > 1
    return Cell(
        actor=name,
        actor_type=kind,
        attribute=attribute,
        evidence_kind="stated"
        if attribute == "position" and predicates()[best.predicate].claim_type == "position"
        else "inferred",
        confidence="high" if supported else "medium" if backed else "low",
        says=in_words(best),
        value=best.value if best.number is not None else "",
        unit=best.unit if best.number is not None else "",
        quote=best.quote,
        source=f"claim:{best.id}",
        doc=best.doc,
        char_start=str(best.char_start),
        char_end=str(best.char_end),
        claim_id=best.id,
        also="|".join(c.id for c in grounds[1:]),
        note=note,
        code=code,
    )
