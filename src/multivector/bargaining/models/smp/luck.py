"""Numbers in [0, 1) of a draw, a turn and an actor: counted, not drawn one after the other, on NumPy and JAX alike."""

from __future__ import annotations

from typing import Final

from multivector.bargaining.models.smp.formulas import Array, namespace

_STEP: Final = 0x9E3779B97F4A7C15
_MIX: Final = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def luck(seed: int, draw: Array, turn: Array, n: int) -> Array:
    """Numbers [n, m] for draws [m] after as many turns [m]; neither chunks nor the order of draws change them.

    Each count is mixed into the last one's bits by the finaliser of SplitMix64 (Steele, Lea & Flood 2014,
    doi:10.1145/2660193.2660195), and 53 of the 64 bits are kept.
    """
    xp = namespace(draw)
    bits = xp.full((1, 1), seed % 2**64, xp.uint64)
    for count in (draw[None], turn[None], xp.arange(n)[:, None]):
        bits = _mixed(bits ^ xp.asarray(count, xp.uint64))
    return xp.asarray(bits >> xp.uint64(11), xp.float64) * 2.0**-53


def _mixed(bits: Array) -> Array:
    xp = namespace(bits)
    bits = bits + xp.uint64(_STEP)
    for shift, factor in _MIX:
        bits = (bits ^ (bits >> xp.uint64(shift))) * xp.uint64(factor)
    return bits ^ (bits >> xp.uint64(31))
