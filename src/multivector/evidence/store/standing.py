"""What became of each claim: curations folded in order into the state as it is now.

The fold is a pure function of the set of curations. They are put in order by moment, then id, so that copies
of a ledger that hold the same curations show the same state, however they came by them.

1. A claim's latest curation decides it.
2. A correction, merge or split leads from a claim to those that stand in its place. Where such links would run
   in a circle the latest of them holds, and the claim that it leads to stays.
3. A claim that nobody curated, and that a correction or split put in another's place, counts as accepted: a
   person wrote it. All other claims are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from multivector.evidence.store.rows import Action, Curation

Status = Literal["open", "accepted", "rejected", "corrected", "merged", "split"]
STATUSES: Final[tuple[Status, ...]] = ("open", "accepted", "rejected", "corrected", "merged", "split")
WRONG: Final[tuple[Status, ...]] = ("rejected", "corrected")  # the text does not say this
_STATUS: Final[Mapping[Action, Status]] = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "merge": "merged",
    "split": "split",
}
_LEADS: Final = ("correct", "merge", "split")


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a claim, which claims stand in its place, and the curation that decided it."""

    status: Status = "open"
    into: tuple[str, ...] = ()
    by: Curation | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Curations of one claim that cannot all hold, in order; the last decides."""

    claim: str
    curations: tuple[Curation, ...]
    why: str


@dataclass(frozen=True)
class State:
    """The state of a ledger: the standing of every claim that is not open, and what is in conflict."""

    standings: Mapping[str, Standing]
    conflicts: tuple[Conflict, ...]

    def standing(self, claim: str) -> Standing:
        """What became of a claim."""
        return self.standings.get(claim, Standing())

    def survivors(self, claim: str) -> tuple[str, ...]:
        """The claims that stand in a claim's place now: itself where it still stands."""
        found: dict[str, None] = {}
        waiting, seen = [claim], set()
        while waiting:
            at = waiting.pop()
            into = self.standing(at).into
            if not into:
                found[at] = None
            elif at not in seen:
                seen.add(at)
                waiting += reversed(into)
        return tuple(found)

    def origins(self) -> dict[str, tuple[str, ...]]:
        """For every claim that stands in others' place, those whose evidence is now its own."""
        found: dict[str, list[str]] = {}
        for claim, standing in sorted(self.standings.items()):
            if standing.into:
                for last in self.survivors(claim):
                    found.setdefault(last, []).append(claim)
        return {claim: tuple(origins) for claim, origins in found.items()}


def fold(curations: Iterable[Curation]) -> State:
    """The state that curations lead to. Order and repeats in what is given make no difference."""
    ordered = sorted({each.id: each for each in curations}.values(), key=lambda each: each.order)
    latest = {each.claim: each for each in ordered}
    links = _links(latest)
    standings: dict[str, Standing] = {}
    for claim, curation in latest.items():
        if curation.action not in _LEADS:
            standings[claim] = Standing(_STATUS[curation.action], (), curation)
        elif claim in links:
            standings[claim] = Standing(_STATUS[curation.action], links[claim], curation)
    decided = set(standings)
    for claim in sorted(links, key=lambda each: latest[each].order):
        if latest[claim].action in ("correct", "split"):
            for target in set(links[claim]) - decided:
                standings[target] = Standing("accepted", (), latest[claim])
    return State(standings, tuple(_conflicts(ordered, latest, links)))


def _links(latest: Mapping[str, Curation]) -> dict[str, tuple[str, ...]]:
    """From each claim to those in its place; of a circle the link that is oldest is left out."""
    links: dict[str, tuple[str, ...]] = {}
    led_to: set[str] = set()

    def reaches(claim: str, goal: str) -> bool:
        waiting, seen = [claim], set()
        while waiting:
            at = waiting.pop()
            if at == goal:
                return True
            if at not in seen:
                seen.add(at)
                waiting += links.get(at, ())
        return False

    leading = [each for each in latest.values() if each.action in _LEADS]
    for curation in sorted(leading, key=lambda each: each.order, reverse=True):
        # Nothing leads back to a claim that nothing leads to: most need no search.
        if curation.claim in led_to and any(reaches(target, curation.claim) for target in curation.into):
            continue
        links[curation.claim] = curation.into
        led_to.update(curation.into)
    return links


def _conflicts(
    ordered: list[Curation], latest: Mapping[str, Curation], links: Mapping[str, tuple[str, ...]]
) -> Iterable[Conflict]:
    said: dict[str, dict[str, Curation]] = {}
    for curation in ordered:
        voices = said.setdefault(curation.claim, {})
        voices.pop(curation.who, None)  # who speaks again speaks last
        voices[curation.who] = curation
    for claim, voices in sorted(said.items()):
        if len({each.outcome for each in voices.values()}) > 1:
            yield Conflict(claim, tuple(voices.values()), "curators differ; the last decides")
    for claim, curation in sorted(latest.items()):
        if curation.action in _LEADS and claim not in links:
            circle = [curation, *(latest[each] for each in curation.into if each in latest)]
            why = "leads in a circle; the latest of its links holds"
            yield Conflict(claim, tuple(sorted(circle, key=lambda each: each.order)), why)
        for target in links.get(claim, ()):
            against = latest.get(target)
            if against is not None and against.action == "reject":
                both = tuple(sorted((curation, against), key=lambda each: each.order))
                yield Conflict(target, both, f"rejected, and put in the place of {claim}")
