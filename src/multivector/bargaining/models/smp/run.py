"""Running the Spatial Model of Politics: draws in chunks, chunks in threads, until every draw has come to rest."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.bargaining.models.smp import exact
from multivector.bargaining.models.smp.batch import Actors, State, step
from multivector.bargaining.models.smp.election import unsettled
from multivector.bargaining.models.smp.formulas import LEAST_MOVEMENT
from multivector.bargaining.models.smp.luck import luck
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.models.smp.turns import Process, Turns
from multivector.bargaining.stakes import TOP, Stakes
from multivector.errors import InputError, IssueError
from multivector.fanout import fan_out

Keep = Literal["turns", "final", "process"]
Floats = NDArray[np.float64]

Form = Literal["plain", "arrays", "compiled"]

STRETCH: Final = 5
"""Turns a compiled call; after it, draws that have come to rest are left out."""
MOST_DRAWS: Final = 64
CELLS: Final = 2**16
"""Pairs of actors a compiled call, so that its arrays stay in a core's cache; an accelerator takes more."""
CELLS_ON_ACCELERATOR: Final = 2**24
CELLS_OF_ARRAYS: Final = 2**13
"""Pairs of actors a turn of the form of arrays, which keeps more of them at hand."""

FEW: Final = 2**22
"""Triples of actors over all draws up to which plain arrays are quicker than compiling."""

_NOTHING: Final = {"target": -1, "taken": -1}
"""What is recorded of a turn after the end; NaN for the rest."""


def run_smp(
    stakes: Stakes,
    options: SMPOptions | None = None,
    *,
    follow: ArrayLike | None = None,
    keep: Keep = "turns",
    form: Form | None = None,
    threads: int | None = None,
) -> Turns:
    """Play the Spatial Model of Politics from these stakes until movement ceases.

    Each turn every actor challenges at most one other, the one from whose position it expects to gain most;
    each challenge makes a bargain; each actor then takes the bargain, of those on its table, that would win
    an election among all actors, and moves to its side of it.

    Parameters
    ----------
    stakes : with any leading axes of draws.
    options : what may be chosen; KTAB's defaults if left out.
    follow : [n, n], how ideals follow positions: after each turn an actor's ideal is the sum of the new
        positions by its row, and its old ideal for what the row leaves of 1. If left out, ideals are the
        positions, as in KTAB's CSV input. KTAB calls this ideal adjustment.
    keep : positions of all "turns", of the "final" one only, or all turns with the "process" behind them.
    form : how to compute: "plain", draw by draw, which the others are held against; "arrays", many draws
        together in NumPy; or "compiled", the same in JAX, which takes seconds to compile for every combination
        of options and number of actors and is quicker thereafter. All agree to 1e-9. If left out, arrays play
        what they have done before the other is compiled.
    threads : how many; no number changes a result.

    Raises
    ------
    IssueError : in some draw all actors stand at the same position.
    InputError : `follow` or `keep` does not hold.
    ComputationError : in every draw an election of a Markov model did not settle. Where that befalls some
        draws only, `Turns.settled` tells them.

    Notes
    -----
    Where KTAB divides zero by zero in a later turn because all positions are equally likely to be elected (two
    equal camps; complete agreement), everybody is neutral to risk here.

    Source: KTAB (see `SMPOptions`); Efird, Lester & Wise 2016, doi:10.1017/jea.2015.4.
    """
    options = options or SMPOptions()
    _require_disagreement(stakes)
    if keep not in ("turns", "final", "process"):
        raise InputError(f"keep is {keep!r}", repair="use one of turns, final, process")
    rule = None if follow is None else _follow(follow, stakes.n)
    n, d = stakes.n, stakes.d
    flat = (
        stakes.capability.reshape(-1, n),
        stakes.salience.reshape(-1, n, d) / TOP,
        stakes.position.reshape(-1, n, d) / TOP,
    )
    if form is None:
        form = "arrays" if len(flat[0]) * n**3 <= FEW else "compiled"
    if form == "plain":
        states, records = _play_plain(flat, rule, options, keep)
    else:
        states, records = _play(flat, rule, options, keep, form, threads)
    settled = states["settled"]
    if not settled.any():
        raise unsettled(options.pce, "" if stakes.batch == () else "every draw")
    for name, array in records.items():
        array[~settled] = _NOTHING.get(name, np.nan)
    shaped = {name: array.reshape(*stakes.batch, *array.shape[1:]) for name, array in records.items()}
    position = TOP * shaped.pop("position")
    if "bargain" in shaped:
        shaped["bargain"] = TOP * shaped["bargain"]
    return Turns(
        stakes,
        np.concatenate((stakes.position[..., None, :, :], position), axis=-3),
        states["turns"].reshape(stakes.batch),
        states["quiet"].reshape(stakes.batch),
        settled.reshape(stakes.batch),
        Process(**shaped) if keep == "process" else None,
    )


States = dict[str, NDArray[Any]]
Played = tuple[States, dict[str, NDArray[Any]]]
"""Of every draw [draw] how many "turns", whether "quiet" and "settled"; and records that begin with [draw, t]."""


def _play_plain(
    flat: tuple[Floats, Floats, Floats], follow: Floats | None, options: SMPOptions, keep: Keep
) -> Played:
    """Every draw by itself, in NumPy."""
    played = [
        _one(exact.Actors(capability, salience, follow), position, options, number)
        for number, (capability, salience, position) in enumerate(zip(*flat, strict=True))
    ]
    turns = np.array([len(found) for found, _ in played])
    quiet = np.array([ended for _, ended in played])
    records = {}
    for name in _kept(keep):
        of_draws = [np.stack([getattr(turn, name) for turn in found]) for found, _ in played]
        records[name] = np.stack([_filled(name, each, int(turns.max())) for each in of_draws])
    if keep == "final":
        records["position"] = records["position"][:, -1:]
    return {"turns": turns, "quiet": quiet, "settled": np.ones(len(played), bool)}, records


def _one(actors: exact.Actors, x: Floats, options: SMPOptions, number: int) -> tuple[list[exact.Turn], bool]:
    """The turns of one draw, and whether it came to rest."""
    ideal, first = x, 0.0
    found: list[exact.Turn] = []
    for t in range(options.turns):
        lot = None
        if options.choice == "Stochastic":
            lot = luck(options.seed, np.array([number]), np.array([t]), len(x))[:, 0]
        found.append(exact.turn(actors, options, x, ideal, lot))
        after = found[-1].position
        movement = float(np.linalg.norm(after - x, axis=1).sum())
        first = movement if t == 0 else first
        x, ideal = after, exact.follow(actors, after, ideal)
        if t >= 1 and movement < options.quiet * (first + LEAST_MOVEMENT):
            return found, True
    return found, False


def _filled(name: str, record: NDArray[Any], turns: int) -> NDArray[Any]:
    """A record [t, ...] with as many turns as the longest run: positions stay, the rest is nothing."""
    if name == "position":
        return np.concatenate((record, np.repeat(record[-1:], turns - len(record), axis=0)))
    after = np.full((turns - len(record), *record.shape[1:]), _NOTHING.get(name, np.nan), record.dtype)
    return np.concatenate((record, after))


def _kept(keep: Keep) -> tuple[str, ...]:
    if keep != "process":
        return ("position",)
    return ("position", "risk", "target", "probability", "gain", "bargain", "votes", "taken", "chance")


def _play(
    flat: tuple[Floats, Floats, Floats],
    follow: Floats | None,
    options: SMPOptions,
    keep: Keep,
    form: Form,
    threads: int | None,
) -> Played:
    """All draws in chunks, a stretch of turns at a time; only draws that still move go on."""
    count, n, _ = flat[2].shape
    compiled = form == "compiled"
    size = _chunk(n, count) if compiled else max(1, CELLS_OF_ARRAYS // n**2)
    states = _start(flat[2])
    records: dict[str, list[NDArray[Any]]] = {name: [] for name in _kept(keep)}
    going = np.arange(count)
    while going.size:
        before = states["position"].copy()
        jobs = [going[first : first + size] for first in range(0, going.size, size)]
        work = functools.partial(
            _compiled if compiled else _arrays, flat, follow, options, keep == "process", states, size
        )
        # The first alone, so that it is compiled once.
        parts = [work(jobs[0]), *fan_out(work, jobs[1:], threads)]
        if keep != "final":
            for name, stretches in records.items():
                stretches.append(_stretched(name, parts, jobs, before))
        going = going[~states["done"][going]]
    if keep == "final":
        return states, {"position": states["position"][:, None]}
    turns = states["turns"]
    last = int(turns.max())
    whole = {name: np.concatenate(stretches, axis=1)[:, :last] for name, stretches in records.items()}
    ended = np.arange(last) >= turns[:, None]
    for name, array in whole.items():
        if name != "position":
            array[ended] = _NOTHING.get(name, np.nan)
    return states, whole


def _chunk(n: int, count: int) -> int:
    """Draws a compiled call: a power of two, so that few shapes are compiled."""
    import jax

    processor = jax.default_backend() == "cpu"
    most = max(1, (CELLS if processor else CELLS_ON_ACCELERATOR) // n**2)
    most = min(most, MOST_DRAWS) if processor else most
    return int(2 ** min(int(np.log2(most)), int(np.ceil(np.log2(count)))))


def _start(position: Floats) -> States:
    count = len(position)
    return {
        "position": position.copy(), "ideal": position.copy(), "first": np.zeros(count),
        "turns": np.zeros(count, np.int64), "done": np.zeros(count, bool), "quiet": np.zeros(count, bool),
        "settled": np.ones(count, bool),
    }  # fmt: skip


def _arrays(
    flat: tuple[Floats, Floats, Floats], follow: Floats | None, options: SMPOptions, process: bool,
    states: States, size: int, going: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:  # fmt: skip
    """A turn of some draws: writes their states and returns records [draw, t, ...]."""
    actors, state = _last(flat, follow, states, going)
    state, records = step(actors, state, going, options, process)
    _write(states, state, going)
    return {name: np.moveaxis(array, -1, 0)[:, None] for name, array in records.items()}


def _compiled(
    flat: tuple[Floats, Floats, Floats], follow: Floats | None, options: SMPOptions, process: bool,
    states: States, size: int, going: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:  # fmt: skip
    """The same for a stretch of turns."""
    import jax
    import jax.numpy as jnp

    from multivector.bargaining.models.smp.compiled import advance

    padded = np.concatenate((going, np.repeat(going[-1:], size - going.size)))
    with jax.enable_x64(True):
        actors, state = jax.tree.map(jnp.asarray, _last(flat, follow, states, padded))
        state, records = advance(actors, state, jnp.asarray(padded), options, STRETCH, process)
        _write(states, state, going)
        return {name: np.moveaxis(np.asarray(array), -1, 0)[: going.size] for name, array in records.items()}


def _last(
    flat: tuple[Floats, Floats, Floats], follow: Floats | None, states: States, draws: NDArray[np.int64]
) -> tuple[Actors, State]:
    """The actors and states of some draws, with draws on the last axis."""

    def last(array: NDArray[Any]) -> NDArray[Any]:
        return np.ascontiguousarray(np.moveaxis(array[draws], 0, -1))

    return (
        Actors(last(flat[0]), last(flat[1]), follow),
        State(*(last(states[name]) for name in State._fields)),
    )


def _write(states: States, state: State, going: NDArray[np.int64]) -> None:
    """Take up where the first draws of `state` stand."""
    for name, array in zip(State._fields, state, strict=True):
        states[name][going] = np.moveaxis(np.asarray(array), -1, 0)[: going.size]


def _stretched(
    name: str, parts: Iterable[dict[str, NDArray[Any]]], jobs: list[NDArray[np.int64]], before: Floats
) -> NDArray[Any]:
    """Records [draw, t, ...] of a stretch for all draws: those at rest stay where they were."""
    parts = list(parts)
    shape = parts[0][name].shape[1:]
    if name == "position":
        whole = np.repeat(before[:, None], shape[0], axis=1)
    else:
        whole = np.full((len(before), *shape), _NOTHING.get(name, np.nan), parts[0][name].dtype)
    for part, job in zip(parts, jobs, strict=True):
        whole[job] = part[name]
    return whole


def _require_disagreement(stakes: Stakes) -> None:
    same = np.all(stakes.position == stakes.position[..., :1, :], axis=(-2, -1))
    if np.any(same):
        draw = ", ".join(str(int(i)) for i in np.argwhere(same)[0])
        raise IssueError(
            "all actors stand at the same position: there is nothing to bargain over, and KTAB, which divides "
            "by the spread of the positions' chances, yields NaN",
            where=f"draw {draw}" if draw else "",
            repair="check the positions; if the actors do agree, that position is the forecast",
        )


def _follow(follow: ArrayLike, n: int) -> Floats:
    """The matrix of ideal adjustment, checked."""
    matrix = np.asarray(follow, np.float64)
    if matrix.shape != (n, n):
        raise InputError(
            f"the ideal adjustment has the shape {matrix.shape}",
            repair=f"give a row and a column for each of {n} actors",
        )
    wrong = np.argwhere(~((matrix >= 0) & (matrix <= 1)))
    if wrong.size:
        i, j = (int(index) for index in wrong[0])
        raise InputError(
            f"{matrix[i, j]:g} is no share", where=f"ideal adjustment, row {i + 1}, column {j + 1}",
            repair="give shares from 0 to 1",
        )  # fmt: skip
    over = np.flatnonzero(matrix.sum(axis=1) > 1 + 1e-10)
    if over.size:
        raise InputError(
            f"the shares sum to {matrix[over[0]].sum():g}, more than 1",
            where=f"ideal adjustment, row {over[0] + 1}",
            repair="lower them; what they leave of 1 is the actor's own old ideal",
        )
    return matrix
