"""A scenario of KTAB's Spatial Model of Politics, as its files hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from multivector.bargaining.issue import MOST_DIMENSIONS, MOST_STAKEHOLDERS, Issue
from multivector.bargaining.issue_file import issue_of
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.raw import require_plain
from multivector.bargaining.stakes import Floats, Stakes
from multivector.errors import IssueError

FEWEST_ACTORS: Final = 3
MOST_ACTORS: Final = 250
LONGEST_NAME: Final = 25


@dataclass(frozen=True, eq=False)
class KtabScenario:
    """Stakes, and what a KTAB file says beside them.

    Parameters
    ----------
    name, description : of the scenario.
    stakes : of its actors, without leading axes.
    descriptions : of the actors, in their order; empty for none.
    seed : of the random numbers, as the file writes it (decimal or hexadecimal); empty in CSV.
    parameters : model parameters by KTAB's names, as `SMPOptions.of` takes them; empty in CSV.
    adjustments : triples (actor whose ideal adjusts, actor to whose position, share), see `adjustment`.
    """

    name: str
    description: str
    stakes: Stakes
    descriptions: tuple[str, ...] = ()
    seed: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    adjustments: tuple[tuple[str, str, float], ...] = ()

    @property
    def adjustment(self) -> Floats:
        """The matrix `a[i, j]`: the share of i's new ideal that is j's position; the identity, then the triples."""
        matrix = np.eye(self.stakes.n)
        index = {name: i for i, name in enumerate(self.stakes.names)}
        for adjusting, reference, share in self.adjustments:
            matrix[index[adjusting], index[reference]] = share
        return matrix

    @property
    def options(self) -> SMPOptions:
        """Options of the Spatial Model as the file sets them, seed included; KTAB's defaults where it sets none."""
        return SMPOptions.of({**self.parameters, "seed": seed_number(self.seed)})

    def issue(self) -> Issue:
        """The scenario as an issue. KTAB's files carry no evidence: every cell is assumed, and a point."""
        ground = {"evidence": "assumed", "note": "a number of a KTAB file, which gives no ground for it"}
        stakes = self.stakes

        def cell(value: float) -> dict[str, object]:
            return {"low": float(value), "mode": float(value), "high": float(value), **ground}

        return issue_of(
            {
                "id": re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:64] or "scenario",
                "title": self.name or "a scenario without a name",
                "question": self.description or self.name or "a scenario without a description",
                "as_of": None,
                "dimensions": [{"name": name} for name in stakes.dimensions],
                "stakeholders": [
                    {
                        "name": name,
                        "capability": cell(stakes.capability[i]),
                        "position": {
                            k: cell(x) for k, x in zip(stakes.dimensions, stakes.position[i], strict=True)
                        },
                        "salience": {
                            k: cell(s) for k, s in zip(stakes.dimensions, stakes.salience[i], strict=True)
                        },
                    }
                    for i, name in enumerate(stakes.names)
                ],
            },
            where=self.name,
        )


def seed_number(text: str) -> int:
    """A seed as KTAB's files write it, decimal (zeros in front allowed) or hexadecimal; 0 where there is none.

    Raises
    ------
    ValueError : no whole number of 64 bits.
    """
    number = int(text, 16 if text[:2].lower() == "0x" else 10) if text else 0
    if not 0 <= number < 2**64:
        raise ValueError("not 64 bits")
    return number


def require_ktab(scenario: KtabScenario) -> None:
    """Refuse what KTAB's own readers do not take.

    Raises
    ------
    IssueError : leading axes, fewer than 3 or more than 250 actors, a name of more than 25 characters, or
        a text that a spreadsheet would compute.
    """
    stakes = scenario.stakes
    if stakes.batch:
        raise IssueError("stakes with axes of draws", repair="write one draw: stakes.at(0)")
    if not FEWEST_ACTORS <= stakes.n <= MOST_ACTORS:
        raise IssueError(
            f"{stakes.n} actors; KTAB takes {FEWEST_ACTORS} to {MOST_ACTORS}",
            repair="write the issue as YAML",
        )
    for row, name in enumerate(stakes.names, start=1):
        if len(name) > LONGEST_NAME:
            raise IssueError(
                f"{name!r} has {len(name)} characters; KTAB takes {LONGEST_NAME}",
                where=f"actor {row}",
                repair="shorten the name",
            )
    for text in (
        scenario.name,
        scenario.description,
        *scenario.descriptions,
        *stakes.names,
        *stakes.dimensions,
    ):
        require_plain(text, "")


def stakes_at(
    file: str,
    where: list[str],
    names: list[str],
    dimensions: list[str],
    rows: list[tuple[float, list[float], list[float]]],
) -> Stakes:
    """Stakes from a row for each actor, with errors that say where in the file (`where`, one for each actor)."""
    _require_counts(file, where, dimensions)
    _require_own_names(where, names)
    for place, name, row in zip(where, names, rows, strict=True):
        _require_row(place, name, dimensions, *row)
    capability, position, salience = (np.array(column) for column in zip(*rows, strict=True))
    try:
        stakes = Stakes(capability, position, salience, tuple(names), tuple(dimensions))
        stakes.require_disagreement()
    except IssueError as error:
        raise IssueError(error.what, where=file, repair=error.repair) from error
    for k, name in enumerate(dimensions):
        if not salience[:, k].any():
            raise IssueError(
                f"nobody cares about dimension {name}: every salience is 0",
                where=file,
                repair="give at least one actor a salience above 0 on it, or leave the dimension out",
            )
    return stakes


def _require_counts(file: str, where: list[str], dimensions: list[str]) -> None:
    if len(where) < 2:
        raise IssueError(
            f"{len(where)} actor{'' if len(where) == 1 else 's'}: nobody to bargain with",
            where=where[0] if where else file,
            repair="give two actors or more (KTAB itself wants three)",
        )
    for count, what, most in (
        (len(where), "actors", MOST_STAKEHOLDERS),
        (len(dimensions), "dimensions", MOST_DIMENSIONS),
    ):
        if count > most:
            raise IssueError(f"{count:,} {what}", where=file, repair=f"give {most:,} {what} at most")
    for k, name in enumerate(dimensions):
        if name in dimensions[:k]:
            raise IssueError(
                f"dimensions {dimensions.index(name) + 1} and {k + 1} are both named {name!r}",
                where=file,
                repair="give each dimension a name of its own",
            )


def _require_own_names(where: list[str], names: list[str]) -> None:
    seen: dict[str, str] = {}
    for place, name in zip(where, names, strict=True):
        if name in seen:
            raise IssueError(
                f"a second actor named {name!r}; the first is at {seen[name]}",
                where=place,
                repair="give each actor a name of its own, or merge the two",
            )
        seen[name] = place


def _require_row(
    place: str, name: str, dimensions: list[str], c: float, x: list[float], s: list[float]
) -> None:
    """The checks of `Stakes` on one row, said at the row's place: it stands beside a stand-in that holds."""
    stand_in = np.eye(1, len(dimensions))
    pair = (name, f"beside {name}")
    try:
        Stakes(np.array([c, 1.0]), np.array([x, x]), np.vstack([s, stand_in]), pair, tuple(dimensions))
    except IssueError as error:
        actor = f"actor {name}" if f"({name})" not in place else ""
        which = error.where.replace(f"actor {name} (row 1)", actor).lstrip(", ")
        what = f"{which}: {error.what}" if which else error.what
        raise IssueError(what, where=place, repair=error.repair) from error
