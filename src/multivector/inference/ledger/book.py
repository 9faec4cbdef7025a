"""A ledger as a value: its forecasts, what became of each, and the two ways to add to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Literal

from multivector.errors import LedgerError
from multivector.inference.ledger.chain import FIRST, Sealed
from multivector.inference.ledger.entry import Forecast, Resolution
from multivector.inference.ledger.storage import append, read_lines


@dataclass(frozen=True)
class Book:
    """What a ledger's lines say together.

    Attributes
    ----------
    forecasts : in the order in which they were stored. resolutions : by forecast, the latest last.
    recorded : when each forecast was stored, by its id.
    lines, head : number of lines and the last digest, by which a printed record can be held to its ledger.
    """

    path: Path
    forecasts: tuple[Forecast, ...]
    resolutions: dict[str, tuple[Resolution, ...]]
    recorded: dict[str, str]
    lines: int
    head: str

    @cached_property
    def _by_id(self) -> dict[str, Forecast]:
        return {each.id: each for each in self.forecasts}

    def forecast(self, key: str) -> Forecast:
        """The forecast of that id.

        Raises
        ------
        LedgerError : there is none; the message names near ones.
        """
        if key in self._by_id:
            return self._by_id[key]
        known = list(self._by_id)
        near = get_close_matches(key, known, 3, 0.3) or known[:5]
        named = f"one of {', '.join(near)}" if near else "store a forecast first"
        raise LedgerError(f"no forecast {key[:200]!r} in the ledger", where=str(self.path), repair=named)

    def latest(self, key: str) -> Resolution | None:
        """The latest resolution of a forecast: the one that is scored."""
        said = self.resolutions.get(key, ())
        return said[-1] if said else None

    def status(self, key: str, today: dt.date) -> Literal["open", "overdue", "yes", "no"]:
        """What became of a forecast by a day."""
        said = self.latest(key)
        if said is not None:
            return "yes" if said.outcome else "no"
        return "overdue" if self.forecast(key).due < today else "open"


def open_ledger(path: str | Path) -> Book:
    """Read a ledger and check every line of it.

    Raises
    ------
    LedgerError : names file, line, what does not fit, and the repair.
    """
    return _book(Path(path), read_lines(Path(path)))


def _book(path: Path, lines: Sequence[Sealed]) -> Book:
    forecasts: dict[str, Forecast] = {}
    recorded: dict[str, str] = {}
    resolutions: dict[str, tuple[Resolution, ...]] = {}
    for number, line in enumerate(lines, 1):
        entry = line.entry
        known = entry.id in forecasts
        if isinstance(entry, Forecast) == known:
            what = "has the id of another forecast" if known else "resolves a forecast that is not there"
            raise LedgerError(
                f"{what}: {entry.id}", where=f"{path}, line {number}", repair="restore the file from a copy"
            )
        if isinstance(entry, Forecast):
            forecasts[entry.id], recorded[entry.id] = entry, line.recorded
        else:
            resolutions[entry.id] = (*resolutions.get(entry.id, ()), entry)
    head = lines[-1].sha256 if lines else FIRST
    return Book(path, tuple(forecasts.values()), resolutions, recorded, len(lines), head)


def add_forecasts(path: Path, forecasts: Sequence[Forecast], now: dt.datetime | None = None) -> Book:
    """Store forecasts, all or none.

    Raises
    ------
    LedgerError : an id that is already there, or a ledger that does not hold. StorageError : not written.
    """

    def choose(lines: list[Sealed]) -> Sequence[Forecast]:
        known = {each.id for each in _book(path, lines).forecasts}
        for forecast in forecasts:
            if forecast.id in known:
                raise LedgerError(
                    f"the id {forecast.id} is already there; what was stored stays",
                    where=str(path),
                    repair="give another --id to store a new forecast on the same question",
                )
            known.add(forecast.id)
        return forecasts

    return _book(path, append(path, choose, now))


def add_resolutions(
    path: Path, choose: Callable[[Book], Sequence[Resolution]], now: dt.datetime | None = None
) -> Book:
    """Store what `choose` makes of the ledger as it stands, under its lock; it never begins one."""
    return _book(path, append(path, lambda lines: choose(_book(path, lines)), now, begin=False))
