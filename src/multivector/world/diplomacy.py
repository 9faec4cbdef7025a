"""Where signed ties and engagement start: read from a region as it was known at the end of a year.

Nothing in it is dated after the origin. What is not known enters as a prior, and a mask says where: an actor
without a position stands at the mean of the others (`positions`), a power's effort without data is its prior
(`efforts`), a treaty or a rivalry whose source has stopped is taken to last. A pair of whose treaties nothing
was ever read, as of a group and its partners, is not shifted by any.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.atlas.dates import day_of, span
from multivector.atlas.groups import groups_of
from multivector.world.efforts import Array, efforts, institutions
from multivector.world.event_pairs import EventPairs, event_pairs
from multivector.world.positions import positions

TREATIES = "alliance"
FULL_OBLIGATION = 3.0
_BEGINNING = date(1, 1, 1)


@dataclass(frozen=True, eq=False)
class Diplomacy:
    """Arrays at the origin.

    Attributes
    ----------
    actors : the region's states, then its powers: the axes a and b.
    position, position_error : [a] ideal points and their standard errors; position_known : [a].
    obligation : [a, b] 0 none to 1 defence, by treaties; obligation_known : [a, b].
    rivalry : [a, b] 1 where the pair are rivals; rivalry_known : [a, b].
    events : what moved pairs up to the origin.
    effort, effort_known : [y, g, i] multiples of a power's own median, the origin's year last.
    institutions : [g, i] standing institutions; institutions_known : [g].
    """

    origin: int
    actors: tuple[str, ...]
    states: tuple[str, ...]
    powers: tuple[str, ...]
    position: Array
    position_error: Array
    position_known: NDArray[np.bool_]
    obligation: Array
    obligation_known: NDArray[np.bool_]
    rivalry: Array
    rivalry_known: NDArray[np.bool_]
    events: EventPairs
    effort: Array
    effort_known: Array
    institutions: Array
    institutions_known: NDArray[np.bool_]

    @property
    def hash(self) -> str:
        """SHA-256 over every array and name."""
        digest = hashlib.sha256(repr((self.origin, self.actors, self.powers, self.events.kinds)).encode())
        events = [getattr(self.events, field.name) for field in fields(self.events)]
        for value in (*(getattr(self, field.name) for field in fields(self)), *events):
            if isinstance(value, np.ndarray):
                digest.update(repr(value.shape).encode())
                digest.update(np.ascontiguousarray(value).tobytes())
        return digest.hexdigest()


def diplomacy_at(region: Region, origin: int) -> Diplomacy:
    """Read what was known at the end of year `origin`.

    Raises
    ------
    InputError : fewer than two actors have a position, or an event's kind has no prior.
    """
    actors = (*region.states, *region.powers)
    position, error, known = positions(region, actors, origin)
    obligation, obligation_known = _obligations(region, actors, origin)
    rivalry, rivalry_known = _rivalries(region, actors, origin)
    effort, effort_known = efforts(region, origin)
    number, institutions_known = institutions(region, origin)
    return Diplomacy(
        origin=origin,
        actors=actors,
        states=region.states,
        powers=region.powers,
        position=position,
        position_error=error,
        position_known=known,
        obligation=obligation,
        obligation_known=obligation_known,
        rivalry=rivalry,
        rivalry_known=rivalry_known,
        events=event_pairs(region, actors, _BEGINNING, day_of(origin)),
        effort=effort,
        effort_known=effort_known,
        institutions=number,
        institutions_known=institutions_known,
    )


def _obligations(region: Region, actors: tuple[str, ...], origin: int) -> tuple[Array, NDArray[np.bool_]]:
    """The last treaty obligation of each pair, 0 to 1, and whether it is young enough to be known."""
    shape = (len(actors), len(actors))
    level, known = np.zeros(shape), np.zeros(shape, bool)
    if TREATIES not in region.layers:
        return level, known
    panel = region.tie(TREATIES, region.first_year, origin, states=actors)["value"]
    panel = panel.transpose("state", "partner", "year").reindex(partner=list(actors))
    cells, years = panel.to_numpy().astype(float), panel["year"].to_numpy()
    max_age = float(str(region.row("layers", "layer", TREATIES)["max_age"]))
    found = np.isfinite(cells)
    newest = cells.shape[-1] - 1 - np.argmax(found[..., ::-1], axis=-1)
    last = np.take_along_axis(cells, newest[..., None], axis=-1)[..., 0]
    usable = found.any(axis=-1)
    for group in groups_of(region):  # treaties bind members; their sum is no level of obligation
        if group in actors:
            usable[actors.index(group), :] = usable[:, actors.index(group)] = False
    level = np.where(usable, np.nan_to_num(last) / FULL_OBLIGATION, 0.0)
    known = usable & (origin - years[newest] <= max_age)
    return np.maximum(level, level.T), known | known.T


def _rivalries(region: Region, actors: tuple[str, ...], origin: int) -> tuple[Array, NDArray[np.bool_]]:
    """Who are rivals at the year's end, and of which pairs a source says so up to that year."""
    place = {code: k for k, code in enumerate(actors)}
    rivals = np.zeros((len(actors), len(actors)))
    known = np.zeros(rivals.shape, bool)
    if "rivalries" not in region.tables:
        return rivals, known
    day = day_of(origin)
    listed = region.table("rivalries").filter(pl.col("a").is_in(actors) & pl.col("b").is_in(actors))
    for row in listed.iter_rows(named=True):
        begin, end, stop = (span(row[name] or "") for name in ("from", "to", "known_to"))
        if begin is None or begin[0] > day or (end and end[1] < day):
            continue
        a, b = place[row["a"]], place[row["b"]]
        rivals[a, b] = rivals[b, a] = 1.0
        if not (stop and stop[1] < day):
            known[a, b] = known[b, a] = True
    return rivals, known
