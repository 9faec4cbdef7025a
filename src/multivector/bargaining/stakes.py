"""What each actor has at stake on one issue, as arrays: capability, position and salience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.errors import IssueError

TOP: Final = 100.0
"""Upper end of the scales of position and salience; the lower end is 0."""

LARGEST: Final = 1e100
"""No number that people give is larger, and no capability smaller than one over it; beyond, products overflow."""

_SLACK: Final = 1e-9
"""Rounding allowed where saliences add up to the whole, and where positions were computed."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stakes:
    """Capability, position and salience of `n` actors over `d` dimensions, with any leading axes of draws.

    Parameters
    ----------
    capability : `[..., n]`, above 0, on any scale; only its ratios matter.
    position : `[..., n, d]`, on 0 to 100: where the actor stands.
    salience : `[..., n, d]`, on 0 to 100: how much the actor cares. Over the dimensions of an actor it sums
        to 100 at most; the rest is for matters outside the issue. Some actor cares in every draw.
    names : of the actors, two or more, all different. Empty: "1", "2", ...
    dimensions : names of the dimensions, all different. Empty: "1", "2", ...

    The three arrays are kept as float64 with their leading axes broadcast against each other, and are
    read-only.

    Raises
    ------
    IssueError : names the actor, the dimension and the draw of the first value that does not hold.

    Notes
    -----
    An actor's weight on a dimension is capability times salience (Bueno de Mesquita 1994; the compromise
    model of Achen 2006), see `weight`.
    """

    capability: Floats
    position: Floats
    salience: Floats
    names: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        capability, position, salience = _shaped(self.capability, self.position, self.salience)
        n, d = position.shape[-2:]
        names = _named(self.names, n, "actor")
        dimensions = _named(self.dimensions, d, "dimension")
        if n < 2:
            raise IssueError(
                f"{n} actor{'' if n == 1 else 's'}: nobody to bargain with",
                where=f"actor {names[0]}" if names else "",
                repair="give two actors or more (KTAB wants three)",
            )
        for field, value in (
            ("capability", capability), ("position", position), ("salience", salience),
            ("names", names), ("dimensions", dimensions),
        ):  # fmt: skip
            object.__setattr__(self, field, value)
        self._check()
        for array in (capability, position, salience):
            array.setflags(write=False)

    @property
    def n(self) -> int:
        """How many actors."""
        return int(self.position.shape[-2])

    @property
    def d(self) -> int:
        """How many dimensions."""
        return int(self.position.shape[-1])

    @property
    def batch(self) -> tuple[int, ...]:
        """Lengths of the leading axes; empty for one set of stakes."""
        return self.position.shape[:-2]

    @property
    def weight(self) -> Floats:
        """Capability times salience, `[..., n, d]`; salience as a share of 1."""
        weight: Floats = self.capability[..., None] * self.salience / TOP
        return weight

    def at(self, index: Any) -> Stakes:
        """The stakes at `index` of the leading axes: one draw (a number) or several (a slice, an array)."""
        return replace(
            self,
            capability=self.capability[index],
            position=self.position[index],
            salience=self.salience[index],
        )

    def moved(self, position: ArrayLike) -> Stakes:
        """The same actors at other positions `[..., n, d]`, such as those of a later turn.

        What rounding carried past an end of the scale is put back on it.
        """
        x = np.asarray(position, dtype=np.float64)
        near = np.clip(x, 0.0, TOP)
        return replace(self, position=np.where(np.abs(x - near) < _SLACK, near, x))

    def require_disagreement(self, where: str = "") -> None:
        """Refuse stakes in which, in some draw, every actor stands at the same place.

        Raises
        ------
        IssueError : nothing is left to bargain over, and models that divide by the spread are undefined.
        """
        same = np.all(self.position == self.position[..., :1, :], axis=(-2, -1))
        if np.any(same):
            place = _draw(np.argwhere(same)[0])
            raise IssueError(
                "all actors stand at the same position: there is nothing to bargain over",
                where=", ".join(part for part in (where, place) if part),
                repair="check the position column; if they do agree, that position is the forecast",
            )

    def _check(self) -> None:
        self._require(self.capability > 0, "capability", "is not above 0",
                      "give a capability above 0, or leave the actor out")  # fmt: skip
        self._require((self.capability >= 1 / LARGEST) & (self.capability <= LARGEST), "capability",
                      "is too small or too large to compute with",
                      "multiply or divide all capabilities by one number: only their ratios count")  # fmt: skip
        for what in ("position", "salience"):
            array = getattr(self, what)
            self._require(
                (array >= 0) & (array <= TOP), what, "is off the scale of 0 to 100",
                f"give a {what} from 0 to 100; rescale all {what}s if they are on another scale",
            )  # fmt: skip
        total = self.salience.sum(axis=-1)
        over = np.argwhere(total > TOP + _SLACK)
        if over.size:
            *draw, i = over[0]
            raise IssueError(
                f"salience sums to {total[tuple(over[0])]:.12g} over {self.d} dimensions, more than 100",
                where=_place(f"actor {self.names[i]} (row {i + 1})", draw),
                repair=f"lower the saliences of {self.names[i]} so that they sum to 100 at most",
            )
        nobody = np.argwhere(np.all(total == 0, axis=-1))
        if len(nobody):
            raise IssueError(
                "no actor cares about the issue: every salience is 0",
                where=_draw(nobody[0]),
                repair="give at least one actor a salience above 0",
            )

    def _require(self, holds: NDArray[np.bool_], what: str, fault: str, repair: str) -> None:
        """Name the first value of the array `what` for which `holds` is false; a missing one fails too."""
        wrong = np.argwhere(~(holds & np.isfinite(getattr(self, what))))
        if not len(wrong):
            return
        value = float(getattr(self, what)[tuple(wrong[0])])
        if what == "capability":
            *draw, i = wrong[0]
            place = f"actor {self.names[i]} (row {i + 1}), capability"
        else:
            *draw, i, k = wrong[0]
            place = f"actor {self.names[i]} (row {i + 1}), {what} on dimension {self.dimensions[k]}"
        found = f"{value:.12g} {fault}"
        if np.isnan(value):
            found, repair = "is missing", f"give the {what} of {self.names[i]} a number"
        raise IssueError(found, where=_place(place, draw), repair=repair)


def _shaped(capability: ArrayLike, position: ArrayLike, salience: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Own float64 copies with one shape of leading axes."""
    try:
        c, x, s = (np.asarray(each, dtype=np.float64) for each in (capability, position, salience))
        if c.ndim < 1 or x.ndim < 2 or s.ndim < 2:
            raise ValueError("too few axes")
        batch = np.broadcast_shapes(c.shape[:-1], x.shape[:-2], s.shape[:-2])
        n, d = x.shape[-2:]
        if c.shape[-1] != n or s.shape[-2:] != (n, d) or d < 1:
            raise ValueError("actors or dimensions differ")
        return (
            np.array(np.broadcast_to(c, (*batch, n))),
            np.array(np.broadcast_to(x, (*batch, n, d))),
            np.array(np.broadcast_to(s, (*batch, n, d))),
        )
    except (ValueError, TypeError) as error:
        shapes = ", ".join(str(np.shape(each)) for each in (capability, position, salience))
        raise IssueError(
            f"arrays of shapes {shapes} do not fit together as capability, position, salience",
            repair="give numbers: capability [..., n], position [..., n, d] and salience [..., n, d], d at least 1",
        ) from error


def _named(names: tuple[str, ...], count: int, what: str) -> tuple[str, ...]:
    if not names:
        return tuple(str(i + 1) for i in range(count))
    names = tuple(names)
    if len(names) != count:
        raise IssueError(f"{len(names)} names for {count} {what}s", repair=f"give one name to each {what}")
    for i, name in enumerate(names):
        if name in names[:i]:
            raise IssueError(
                f"two {what}s are named {name!r}",
                where=f"rows {names.index(name) + 1} and {i + 1}",
                repair=f"give each {what} a name of its own, or merge the two rows",
            )
    return names


def _draw(index: Any) -> str:
    return f"draw {', '.join(str(int(i)) for i in index)}" if len(index) else ""


def _place(place: str, draw: Any) -> str:
    return f"{place}, {_draw(draw)}" if len(draw) else place
