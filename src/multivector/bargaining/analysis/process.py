"""What happens on the way to a settlement, over many draws: bands of positions, who challenges whom, coalitions.

Who moves whom, and by how much, is `Turns.moves`. Draws are all leading axes of the turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp.turns import Floats, Turns
from multivector.errors import InputError


def bands(turns: Turns, levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Floats:
    """Quantiles `[q, t, n, d]` of every actor's position, turn by turn, over the draws.

    A draw that ended earlier counts with where it ended; one whose election did not settle does not count.
    """
    flat = _settled(turns, turns.position)
    return np.asarray(np.quantile(flat, tuple(levels), axis=0), np.float64)


def challenged(turns: Turns) -> Floats:
    """`[i, j]`: share of settled draws in which i challenges j in some turn (needs the process).

    Raises
    ------
    InputError : the process of the run was not kept.
    """
    if turns.process is None:
        raise InputError("the process of this run was not kept", repair="run it with keep='process'")
    flat = _settled(turns, turns.process.target)
    n = flat.shape[-1]
    share = np.zeros((n, n))
    for j in range(n):
        share[:, j] = (flat == j).any(axis=1).mean(axis=0)
    return share


@dataclass(frozen=True)
class Coalition:
    """Actors who end together. Draws are those whose elections settled.

    Parameters
    ----------
    members : names, in the order of the stakes.
    together : share of draws in which two of them end within the distance asked, mean over the pairs; 1 for one
        actor alone. In a large group it lies far above `all_together`.
    all_together : share of draws in which all of them at once end within that distance, the farthest two included.
    position : mean of where they end, over members and draws, by dimension, on 0 to 100.
    weight : their share of all capability times salience, mean over draws.
    """

    members: tuple[str, ...]
    together: float
    all_together: float
    position: tuple[float, ...]
    weight: float


def coalitions(turns: Turns, *, within: float = 5.0, at_least: float = 0.5) -> tuple[Coalition, ...]:
    """Groups of actors whose members end near each other in most draws, the heaviest first.

    Average linkage (Sokal & Michener 1958) on `1 - together`: two groups join while, on average over their pairs,
    the share of draws in which a pair ends `within` so many points is `at_least` that. Everybody is in one group;
    most may be alone in theirs. Five points and half of the draws are our choice.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    share = turns.together(within)
    n = len(share)
    apart = 1.0 - share[np.triu_indices(n, 1)]
    label = fcluster(linkage(apart, "average"), 1.0 - at_least + 1e-12, "distance")
    final = _settled(turns, turns.final)
    weight = _settled(turns, turns.stakes.weight.sum(axis=-1))
    weight = (weight / weight.sum(axis=-1, keepdims=True)).mean(axis=0)
    found = []
    for each in np.unique(label):
        (who,) = np.nonzero(label == each)
        pairs = share[np.ix_(who, who)][np.triu_indices(len(who), 1)]
        found.append(
            Coalition(
                tuple(turns.stakes.names[i] for i in who),
                float(pairs.mean()) if pairs.size else 1.0,
                float((np.ptp(final[:, who], axis=1).max(axis=-1) <= within).mean()),
                tuple(float(x) for x in final[:, who].mean(axis=(0, 1))),
                float(weight[who].sum()),
            )
        )
    return tuple(sorted(found, key=lambda group: (-group.weight, group.members)))


def _settled(turns: Turns, array: NDArray[Any]) -> NDArray[Any]:
    """The draws of an array that begins with the axes of draws, in a row, but for those whose election did not settle."""
    flat = array.reshape(turns.settled.size, *array.shape[turns.settled.ndim :])
    return flat[turns.settled.reshape(-1)]
