"""Formulas of the Spatial Model of Politics that work element by element, on NumPy and on JAX arrays alike.

Positions and saliences are shares of 1 here. Source: KTAB, commit 3b5b063.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from multivector.bargaining.models.smp.options import (
    Commitment,
    Comparison,
    Interpolation,
    RiskRange,
    Victory,
    Vote,
)

Array = Any
"""A NumPy or a JAX array; the formulas ask it which of the two it is."""

LEAST_COALITION: Final = 1e-8
LEAST_SIDE: Final = 1e-10
LEAST_INCENTIVE: Final = 1e-10
LEAST_GAIN: Final = 1e-5
"""A challenge must promise more."""
LEAST_WEIGHT: Final = 1e-6
LEAST_MOVEMENT: Final = 1e-4
"""Added to the first turn's movement in the rule that ends a run."""
_STEP: Final = 1e-8
_THRESHOLD: Final = 1.10
_NEVER: Final = 1e-6
_SAME: Final = 1e-12
"""Utilities, gains and chances nearer than this are equal."""
_OWN_SHARE: Final[dict[Comparison, float]] = {
    "None": 1, "OneThird": 2 / 3, "Half": 1 / 2, "TwoThirds": 1 / 3, "Full": 0,
}  # fmt: skip
_POWER: Final[dict[Victory, int]] = {"Linear": 1, "Square": 2, "Quartic": 4, "Octic": 8}


def namespace(array: Array) -> Any:
    """The functions of the kind of array: `numpy` or `jax.numpy`."""
    return array.__array_namespace__()


def distance(gap: Array, salience: Array, axis: int) -> Array:
    """d = sqrt(sum_d s_d^2 gap_d^2 / sum_d s_d^2) over the axis of dimensions.

    An actor that cares about no dimension sees all of them alike, which is the limit where its saliences
    shrink together; KTAB stops there.
    """
    xp = namespace(gap)
    salience = xp.where(xp.sum(salience, axis=axis, keepdims=True) > 0, salience, 1.0)
    whole = xp.sum(salience * salience, axis=axis)
    square = xp.sum((gap * salience) ** 2, axis=axis) / whole
    # The second `where` keeps the slope of the root at zero finite, for gradients.
    apart = square > 0
    return xp.where(apart, xp.sqrt(xp.where(apart, square, 1.0)), 0.0)


def utility(d: Array, risk: Array) -> Array:
    """u = (1 - d)(1 + d R); beyond d = 1, which rounding reaches, (1 - d)(1 + R)."""
    return (1 - d) * (1 + namespace(d).minimum(d, 1.0) * risk)


def _sharp(gap: Array) -> Array:
    """A step as steep as KTAB's; what is rounding only is no gap, where KTAB would let it decide votes."""
    xp = namespace(gap)
    return xp.clip(xp.where(xp.abs(gap) < _SAME, 0.0, gap) / _STEP, -1.0, 1.0)


def vote(rule: Vote, weight: Array, gap: Array, step: Callable[[Array], Array] = _sharp) -> Array:
    """Vote of a weight for a gap of utility; its sign is the side. `step` goes from -1 to 1 around a gap of 0."""
    match rule:
        case "Prop":
            return weight * gap
        case "Binary":
            return weight * step(gap)
        case "PropBin":
            return weight * (0.8 * gap + 0.2 * step(gap))
        case "PropCbc":
            return weight * (0.5 * gap + 0.5 * (gap * gap * gap))
        case "Cubic":
            return weight * (gap * gap * gap)
        case "ASymProsp":
            return namespace(gap).where(gap > 0, (2.0 * weight * gap) / 3.0, weight * gap)


def victory(model: Victory, own: Array, other: Array) -> Array:
    """Probability that a coalition of strength `own` beats one of strength `other`."""
    if model != "Binary":
        a, b = own ** _POWER[model], other ** _POWER[model]
        return a / (a + b)
    xp = namespace(own)
    between = ((own / (own + other)) * (_THRESHOLD + 1) - 1) / (_THRESHOLD - 1)
    sure = 1 / (1 + _NEVER)
    return xp.where(
        own >= _THRESHOLD * other, sure, xp.where(other >= _THRESHOLD * own, _NEVER / (1 + _NEVER), between)
    )


def risk(span: RiskRange, p: Array, axis: int = 0) -> Array:
    """Risk attitudes from the probabilities of being elected, the least and the most likely at the ends.

    Where all are equally likely KTAB divides by zero; there everybody is neutral here.
    """
    xp = namespace(p)
    low, high = xp.min(p, axis=axis, keepdims=True), xp.max(p, axis=axis, keepdims=True)
    apart = high - low > _SAME * high
    width = xp.where(apart, high - low, 1.0)
    match span:
        case "Min":
            found = (p - low) / width
        case "Mid":
            found = (3 * p - (high + 2 * low)) / (2 * width)
        case "Max":
            found = (2 * p - (high + low)) / width
    return xp.where(apart, found, 0.0)


def estimate(comparison: Comparison, own: Array, others: Array) -> Array:
    """The risk attitude with which an actor credits another: its own, the other's, or a mean of the two."""
    share = _OWN_SHARE[comparison]
    return share * own + (1 - share) * others


def third_party(
    rule: Vote, commitment: Commitment, weight: Array, sides: tuple[Array, Array], loss: tuple[Array, Array],
    step: Callable[[Array], Array] = _sharp,
) -> Array:  # fmt: skip
    """Vote of a third party k in the contest of i and j.

    Parameters
    ----------
    weight : of k. sides : strengths A and B of i and j alone.
    loss : utility that k would lose by taking the position of i, and that of j: u_kk - u_ki and u_kk - u_kj.

    Notes
    -----
    With its lean `g` alone added, i wins the little contest with p = (A + max(g, 0)) / (A + B + |g|). A
    party that shares a defeat only (SemiCommit) then prefers siding with i by the amount
    p (u_kk - u_ki) - (1 - p)(u_kk - u_kj). Sharing both outcomes, or neither, makes the amount zero.
    """
    xp = namespace(sides[0])
    if commitment != "SemiCommit":
        return xp.zeros_like(sides[0] + loss[1])
    lean = vote(rule, weight, loss[1] - loss[0], step)
    p = (sides[0] + xp.maximum(lean, 0.0)) / ((sides[0] + sides[1]) + xp.abs(lean))
    return vote(rule, weight, p * (loss[0] + loss[1]) - loss[1], step)


def first_best(values: Array, axis: int) -> Array:
    """The first of the greatest; values that differ by rounding only are the same, so that no order of sums decides."""
    xp = namespace(values)
    return xp.argmax(values >= xp.max(values, axis=axis, keepdims=True) - _SAME, axis=axis)


def gain(u_i: Array, u_j: Array, care: Array, p: Array) -> Array:
    """Gain that i expects of challenging j, of salience `care`, which it beats with probability p.

    j does not resist with probability 1 - care, and takes i's position; else the winner's is taken by both.
    """
    contest = p * (u_i + u_i) + (1 - p) * (u_j + u_j)
    return (1 - care) * (u_i + u_i) + care * contest - (u_i + u_j)


def interpolate(
    kind: Interpolation, x: tuple[Array, Array], s: tuple[Array, Array], p: Array, *, rounded: bool = True
) -> tuple[Array, Array]:
    """Where the initiator and the receiver of a bargain would stand, dimension by dimension.

    Parameters
    ----------
    x, s : positions and saliences of initiator and receiver. p : that the initiator prevails.
    rounded : to four decimals, as KTAB does except for S2PMax.
    """
    xp = namespace(p)
    (x_i, x_j), (s_i, s_j) = x, s
    if kind == "S2PMax":
        back_i, back_j = xp.maximum(0.0, (1 - p) - p), xp.maximum(0.0, p - (1 - p))
        square_i, square_j = s_i * s_i, s_j * s_j
        share_i = back_i * square_j / (back_i * square_j + LEAST_WEIGHT + (1 - back_i) * square_i)
        share_j = back_j * square_i / (back_j * square_i + LEAST_WEIGHT + (1 - back_j) * square_j)
        return x_i + share_i * (x_j - x_i), x_j + share_j * (x_i - x_j)
    power = 2 if kind == "S2P2" else 1
    w_i, w_j = s_i**power * p**power, s_j**power * (1 - p) ** power
    whole = w_i + LEAST_WEIGHT + w_j
    at_i = ((w_i + LEAST_WEIGHT) * x_i + w_j * x_j) / whole
    at_j = (w_i * x_i + (LEAST_WEIGHT + w_j) * x_j) / whole
    return (_four_decimals(at_i), _four_decimals(at_j)) if rounded else (at_i, at_j)


def _four_decimals(x: Array) -> Array:
    return namespace(x).trunc(0.5 + x * 10000.0) / 10000.0
