"""The one assumption whose negation flips a judgement: on which the answer hangs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from multivector.inference.judge import Count, Negated
from multivector.world.scenario import Assumption


@dataclass(frozen=True)
class Flip:
    """What negating one assumption does to one judgement.

    Attributes
    ----------
    before, after : counts with the assumption and with its negation, over the same members.
    flips : the majority of runs changes sides.
    sure : the chance that the two true shares lie on the sides of one half that the counts show, were more
        and more runs made.
    """

    judgement: str
    assumption: Assumption
    before: Count
    after: Count

    @property
    def change(self) -> float:
        """By how much the negation moves the share of runs that say yes."""
        return self.after.share - self.before.share

    @property
    def flips(self) -> bool:
        """A majority becomes a minority, or the other way round; a tie is neither."""
        return (self.before.share - 0.5) * (self.after.share - 0.5) < 0

    @property
    def sure(self) -> float:
        """Product of the chances that each share lies on its side of one half (Jeffreys' prior)."""
        return _on_its_side(self.before) * _on_its_side(self.after)


def find_flip(judgement: str, before: Count, negated: Sequence[Negated]) -> Flip | None:
    """The negation that matters most to a judgement: of those that flip it, or else of all, the largest change.

    Parameters
    ----------
    before : counts of the judgement over the members that the reruns had.

    Returns None where no rerun can say.
    """
    flips = [
        Flip(judgement, each.assumption, before, each.counts[judgement])
        for each in negated
        if each.counts[judgement].n and before.n
    ]
    return max(flips, key=lambda flip: (flip.flips, abs(flip.change)), default=None)


def _on_its_side(count: Count) -> float:
    from scipy.stats import beta

    below = float(beta.cdf(0.5, count.yes + 0.5, count.n - count.yes + 0.5))
    return below if count.share < 0.5 else 1.0 - below
