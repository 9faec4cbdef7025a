"""The mean of positions by their chance of winning pairwise contests: a probabilistic Condorcet election."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.models.model import Floats
from multivector.bargaining.stakes import TOP, Stakes

_NOBODY = 1e-8
"""Strength of a coalition that nobody joins (KTAB), so that a contest of indifferents is even."""


def first_of_kind(position: Floats) -> np.ndarray:
    """`[..., n]`: true for the first actor at each position `[..., n, d]`; later ones offer nothing new."""
    same = np.all(position[..., :, None, :] == position[..., None, :, :], axis=-1)
    first: np.ndarray = ~np.any(np.tril(same, k=-1), axis=-1)
    return first


def election(weight: Floats, utility: Floats, option: np.ndarray) -> Floats:
    """Chance `[..., m]` that each option wins, by the conditional rule, with proportional votes.

    Parameters
    ----------
    weight : `[..., n]` of the voters.
    utility : `[..., n, m]` of each option to each voter.
    option : `[..., m]`, false for options that do not stand.

    Notes
    -----
    Coalitions `C_ij = 1e-8 + sum_k w_k max(u_ki - u_kj, 0)`, `p_ij = C_ij / (C_ij + C_ji)`, and
    `P_i` proportional to `prod_j p_ij` over the options that stand. Source: KAPSARC, KTAB, 2019.
    """
    m = utility.shape[-1]
    strength = np.empty((*utility.shape[:-2], m, m))
    for i in range(m):  # one option at a time keeps the memory at n m
        gap = np.maximum(utility[..., :, i, None] - utility, 0.0)
        strength[..., i, :] = _NOBODY + np.einsum("...k,...kj->...j", weight, gap)
    log = np.log(strength) - np.log(strength + np.swapaxes(strength, -1, -2))
    log = np.where(option[..., None, :], log, 0.0).sum(axis=-1)
    log = np.where(option, log, -np.inf)
    chance = np.exp(log - log.max(axis=-1, keepdims=True))
    found: Floats = chance / chance.sum(axis=-1, keepdims=True)
    return found


@dataclass(frozen=True)
class CondorcetMean:
    """`E = sum_o P_o x_o` over the positions that are held, each counted once.

    Utility falls with distance, `u_io = 1 - sqrt(sum_d s_id^2 (x_id - o_d)^2 / sum_d s_id^2) / 100`; voters
    weigh `c_i sum_d s_id`; `P` as in `election`. Holding a position twice does not raise its chance twice.
    """

    name: str = "pce-mean"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        squares = stakes.salience**2
        total = squares.sum(axis=-1, keepdims=True)
        part = squares / np.where(total > 0, total, 1.0)
        apart = (stakes.position[..., :, None, :] - stakes.position[..., None, :, :]) / TOP
        utility = 1.0 - np.sqrt(np.sum(part[..., :, None, :] * apart**2, axis=-1))
        chance = election(stakes.weight.sum(axis=-1), utility, first_of_kind(stakes.position))
        mean: Floats = np.sum(chance[..., None] * stakes.position, axis=-2)
        return mean
