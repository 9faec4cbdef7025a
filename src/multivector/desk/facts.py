"""What the register itself says about suppliers and their buyers: levels, gaps, lumps. No model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.world.inputs import covered_years
from multivector.world.run import WINDOW_YEARS

LOOK_BACK = 10  # years
QUIET = 3  # years without a delivery that count as silence


@dataclass(frozen=True)
class Flow:
    """Deliveries of one supplier to one state up to a year, in the layer's unit.

    `latest` is the last year with a delivery; `years_with` counts years with one in the last ten;
    `largest` is the biggest year's part in their `total`.
    """

    state: str
    total: float
    years_with: int
    largest: float
    latest: int | None


@dataclass(frozen=True, eq=False)
class Register:
    """Deliveries of arms as the region's table has them, read once."""

    region: Region

    @cached_property
    def first(self) -> int:
        """The first covered year."""
        return covered_years(self.region, "arms")[0]

    @cached_property
    def last(self) -> int:
        """The last covered year."""
        return covered_years(self.region, "arms")[1]

    @cached_property
    def unit(self) -> str:
        """The unit of the layer."""
        return str(self.region.row("layers", "layer", "arms")["unit"])

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """Who can deliver; a group is listed beside its members and never summed with them."""
        return tuple(self._panel[0])

    @cached_property
    def _panel(self) -> tuple[list[str], NDArray[np.float64]]:
        values = self.region.tie("arms", self.first, self.last)["value"].transpose("year", "state", "partner")
        return values["partner"].to_numpy().tolist(), np.nan_to_num(values.to_numpy())

    @cached_property
    def _single(self) -> NDArray[np.bool_]:
        actors = self.region.table("actors")
        groups = set(actors.filter(actors["kind"] == "group")["code"])
        return np.array([code not in groups for code in self.partners])

    def _years(self, first: int, last: int) -> NDArray[np.float64]:
        return self._panel[1][first - self.first : last - self.first + 1]

    def shares(self, last: int) -> NDArray[np.float64]:
        """Shares [i, j] in the five years that end with `last`; missing where nothing was delivered."""
        window = self._years(last - WINDOW_YEARS + 1, last).sum(axis=0)
        total = window[:, self._single].sum(axis=1, keepdims=True)
        return np.asarray(np.divide(window, total, out=np.full_like(window, np.nan), where=total > 0))

    def share(self, state: str, partner: str, last: int) -> float:
        """One share in the five years that end with `last`."""
        return float(self.shares(last)[self.region.states.index(state), self.partners.index(partner)])

    def suppliers(self, state: str, last: int, least: float) -> list[tuple[str, float]]:
        """Single suppliers with at least `least` of a state's five years, the largest first."""
        row = self.shares(last)[self.region.states.index(state)]
        pairs = [
            (code, float(share))
            for code, share, single in zip(self.partners, row, self._single, strict=True)
            if single and share >= least
        ]
        return sorted(pairs, key=lambda pair: -pair[1])

    def a_year(self, supplier: str | None, first: int, last: int, *, without: str = "") -> float:
        """Mean deliveries a year to all states together (but one), by one supplier or by all."""
        chosen = self._single if supplier is None else np.array([code == supplier for code in self.partners])
        states = np.array([state != without for state in self.region.states])
        return float(self._years(first, last)[:, states][:, :, chosen].sum()) / (last - first + 1)

    def outlier(self, supplier: str, before: tuple[int, int], after: tuple[int, int]) -> str:
        """The state whose absence changes the change in the supplier's part most; empty if by under a tenth.

        A region's sum can be one state's story: whoever quotes it must know.
        """

        def change(without: str) -> float:
            parts = []
            for span in (before, after):
                total = self.a_year(None, *span, without=without)
                parts.append(self.a_year(supplier, *span, without=without) / total if total else float("nan"))
            return parts[1] - parts[0]

        whole = change("")
        moves = {state: abs(change(state) - whole) for state in self.region.states}
        known = {state: move for state, move in moves.items() if np.isfinite(move)}
        state = max(known, key=lambda code: known[code]) if known else ""
        return state if state and known[state] >= 0.1 else ""

    def flows(self, supplier: str, last: int) -> tuple[Flow, ...]:
        """One `Flow` a state, as known at the end of `last`."""
        column = self.partners.index(supplier)
        out = []
        for i, state in enumerate(self.region.states):
            series = self._years(self.first, last)[:, i, column]
            recent = series[-LOOK_BACK:]
            delivered = np.flatnonzero(series > 0)
            total = float(recent.sum())
            out.append(
                Flow(
                    state,
                    total,
                    int((recent > 0).sum()),
                    float(recent.max() / total) if total > 0 else float("nan"),
                    self.first + int(delivered[-1]) if delivered.size else None,
                )
            )
        return tuple(out)
