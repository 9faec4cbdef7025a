"""How well claims that were read agree with annotated ones.

A claim that was read may match an annotated one of the same document where their spans overlap by at least
half of the shorter. Matches are one to one, given out greedily: most agreeing fields first, then the longest
overlap. Sets of codes are compared without order and sector; of symmetric predicates both sides together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from multivector.evidence.records import Claim, predicates

# Predicate -> (family, whether it is symmetric).
Vocabulary = Mapping[str, tuple[str, bool]]
_UNKNOWN = (None, False)


# Predicates of the project that the annotators' vocabulary has not: to the reference scorer of no family.
ADDED = frozenset(
    "states_figure states_date population inflation unemployment public_debt military_expenditure remittances "
    "remittance_share_of import_share_of votes_with".split()
)


def own_vocabulary() -> Vocabulary:
    """The project's vocabulary of predicates."""
    return {name: (each.family, each.symmetric) for name, each in predicates().items()}


def annotators_vocabulary() -> Vocabulary:
    """The predicates that annotations use."""
    return {name: about for name, about in own_vocabulary().items() if name not in ADDED}


@dataclass(frozen=True, slots=True)
class Agreement:
    """In which fields two claims agree."""

    type: bool
    subject: bool
    object: bool
    pair: bool
    predicate: bool
    family: bool
    value: bool
    polarity: bool
    stance: bool
    attribution: bool

    @property
    def fields(self) -> int:
        """How many fields agree."""
        return sum(getattr(self, name) for name in self.__slots__)

    @property
    def loose(self) -> bool:
        """Pair, family and sign are right."""
        return self.pair and self.family and self.polarity

    @property
    def strict(self) -> bool:
        """Pair, predicate, value and sign are right."""
        return self.pair and self.predicate and self.value and self.polarity


@dataclass(frozen=True)
class Scores:
    """Counts of one scoring: annotated, read, matched, and what is right in the matched."""

    annotated: int
    read: int
    matched: int
    loose: int
    strict: int

    @property
    def rates(self) -> dict[str, float]:
        """Recall and precision of spans; loose and strict over all annotated."""
        over = max(self.annotated, 1)
        return {
            "recall": self.matched / over,
            "precision": self.matched / max(self.read, 1),
            "loose": self.loose / over,
            "strict": self.strict / over,
        }


def overlap(one: Claim, other: Claim) -> int:
    """Characters that two claims share, 0 where less than half of the shorter."""
    shared = min(one.char_end, other.char_end) - max(one.char_start, other.char_start)
    shorter = min(one.char_end - one.char_start, other.char_end - other.char_start)
    return shared if shared > 0 and shared >= 0.5 * shorter else 0


def agreement(annotated: Claim, read: Claim, vocabulary: Vocabulary) -> Agreement:
    """In which fields a claim that was read agrees with an annotated one."""
    family, symmetric = vocabulary.get(annotated.predicate, _UNKNOWN)
    subject = set(annotated.subjects) == set(read.subjects)
    target = set(annotated.objects) == set(read.objects)
    either = {*annotated.subjects, *annotated.objects} == {*read.subjects, *read.objects}
    return Agreement(
        type=annotated.claim_type == read.claim_type,
        subject=subject,
        object=target,
        pair=either if symmetric else subject and target,
        predicate=annotated.predicate == read.predicate,
        family=family == vocabulary.get(read.predicate, _UNKNOWN)[0],
        value=same_value(annotated.value, read.value),
        polarity=annotated.polarity == read.polarity,
        stance=annotated.stance == read.stance,
        attribution=annotated.attributed_to.lower() == read.attributed_to.lower(),
    )


def same_value(one: str, other: str) -> bool:
    """Equal numbers, else equal words."""
    a, b = number(one), number(other)
    return one == other if a is None or b is None else abs(a - b) <= 1e-6 * max(1.0, abs(a))


def number(text: str) -> float | None:
    """The number that a value is, thousands parted by commas."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def candidates(
    annotated: Sequence[Claim], read: Sequence[Claim], vocabulary: Vocabulary
) -> Iterator[tuple[int, int, int, Agreement]]:
    """Every pair that may match: how far the spans overlap, both places, and in what the claims agree."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for j, claim in enumerate(read):
        by_document[claim.doc].append(j)
    for i, wanted in enumerate(annotated):
        for j in by_document[wanted.doc]:
            if shared := overlap(wanted, read[j]):
                yield shared, i, j, agreement(wanted, read[j], vocabulary)


def matches(
    annotated: Sequence[Claim], read: Sequence[Claim], vocabulary: Vocabulary | None = None
) -> dict[int, tuple[int, Agreement]]:
    """For each annotated claim that is matched its partner among those read and in what they agree."""
    vocabulary = annotators_vocabulary() if vocabulary is None else vocabulary
    pairs = sorted(candidates(annotated, read, vocabulary), key=lambda p: (-p[3].fields, -p[0], p[1], p[2]))
    taken: set[int] = set()
    found: dict[int, tuple[int, Agreement]] = {}
    for _, i, j, agreed in pairs:
        if i not in found and j not in taken:
            found[i] = j, agreed
            taken.add(j)
    return found


def score(annotated: Sequence[Claim], read: Sequence[Claim], vocabulary: Vocabulary | None = None) -> Scores:
    """Counts of matched, loosely and strictly right claims."""
    agreed = [each for _, each in matches(annotated, read, vocabulary).values()]
    loose, strict = sum(each.loose for each in agreed), sum(each.strict for each in agreed)
    return Scores(len(annotated), len(read), len(agreed), loose, strict)


def score_figures(annotated: Sequence[Claim], read: Sequence[Claim]) -> tuple[float, float]:
    """Recall and precision of numbers: value and unit right in an overlapping span, any predicate."""
    wanted, found = ([c for c in claims if number(c.value) is not None] for claims in (annotated, read))

    def share(these: list[Claim], those: list[Claim]) -> float:
        return sum(any(_same_figure(one, other) for other in those) for one in these) / max(len(these), 1)

    return share(wanted, found), share(found, wanted)


def _same_figure(one: Claim, other: Claim) -> bool:
    return (
        one.doc == other.doc
        and one.unit == other.unit
        and same_value(one.value, other.value)
        and overlap(one, other) > 0
    )
