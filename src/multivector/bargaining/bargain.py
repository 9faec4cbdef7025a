"""One issue at the bargaining table, computed: settlements, the calibrated forecast, dates, the process. No words yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue import LEGISLATION, Issue
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.stakes import Floats, Stakes
from multivector.bargaining.widen import widened
from multivector.errors import InputError, IssueError

if TYPE_CHECKING:
    from multivector.bargaining.analysis.quantity import Quantity
    from multivector.bargaining.analysis.variants import Variants
    from multivector.bargaining.calibration.distribution import Distribution
    from multivector.bargaining.models.model import Model
    from multivector.bargaining.models.smp.turns import Turns
    from multivector.bargaining.time_to_event import Reading
    from multivector.bargaining.waiting import Waiting

SMP: Final = "smp"
EXCHANGE: Final = "exchange"
NASH: Final = "nash"
PROCESS_DRAWS: Final = 400
_PROCESS_CELLS: Final = 4e7
"""Most draws times pairs of actors times turns that are kept of a process: about a third of a gigabyte."""
FEWEST_DRAWS: Final = 30
_SPATIAL_WORK: Final = 5e8
"""Most draws times actors cubed that the Spatial Model plays: a few minutes; 2,000 draws of 60 actors."""
VARIANTS: Final = 3
"""Families of models that share the draws of cells and models together."""
BLOCK: Final = 5000
"""Draws of the calibrated forecast at a time, so that memory stays bounded; worths are of so many at most."""
AHEAD: Final = 5
"""Years after the as-of date by which a question of when is asked unless another day is named."""


@dataclass(frozen=True, eq=False)
class Bargain:
    """An issue with what the models make of it, each part computed when it is first asked for.

    Parameters
    ----------
    issue : the table of stakeholders.
    name : as it is called in tables; a scenario's own name for KTAB's files.
    at_modes : the stakes at the mode of every cell; KTAB's own numbers for its files.
    draws, seed : of the cells.
    options : of the Spatial Model.
    follow : who adjusts its ideal to whom, for KTAB's files that say so.
    given, region, spread, chosen : as `bargain_over` was asked: name or file, region, half a width, options.
    """

    issue: Issue
    name: str
    at_modes: Stakes
    draws: int = 2000
    seed: int = 0
    options: SMPOptions = field(default_factory=SMPOptions)
    follow: Floats | None = None
    given: str = ""
    region: str = ""
    spread: float | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def drawn(self) -> Stakes:
        """Draws of every cell."""
        return draw_stakes(self.issue, self.draws, self.seed)

    @cached_property
    def played(self) -> Turns:
        """The Spatial Model at the modes, with its process."""
        from multivector.bargaining.models.smp.run import run_smp

        return run_smp(self.at_modes, self.options, follow=self.follow, keep="process")

    @cached_property
    def ended(self) -> Floats:
        """Where actors end over the first draws in the Spatial Model, `[spatial_draws, n, d]`."""
        from multivector.bargaining.models.smp.run import run_smp

        drawn = self.drawn.at(slice(self.spatial_draws))
        return run_smp(drawn, self.options, follow=self.follow, keep="final").final

    @property
    def spatial_draws(self) -> int:
        """Draws that the Spatial Model plays: all but of many actors, since its time grows with the cube of their number."""
        return min(self.draws, max(FEWEST_DRAWS, int(_SPATIAL_WORK / self.at_modes.n**3)))

    @cached_property
    def process(self) -> Turns:
        """The Spatial Model over the first draws (400 at most, fewer of many actors), with its process."""
        from multivector.bargaining.models.smp.run import run_smp

        most = int(_PROCESS_CELLS / (self.at_modes.n**2 * self.options.turns))
        count = max(1, min(self.spatial_draws, PROCESS_DRAWS, most))
        return run_smp(self.drawn.at(slice(count)), self.options, follow=self.follow, keep="process")

    @cached_property
    def rested(self) -> Turns:
        """The draws of `process` that came to rest; all of them where none did."""
        return self.process.at(self.process.quiet) if self.process.quiet.any() else self.process

    @cached_property
    def variants(self) -> Variants:
        """Draws of cells and models together."""
        from multivector.bargaining.analysis.variants import draw_variants

        return draw_variants(self.issue, min(self.draws, VARIANTS * self.spatial_draws), self.seed)

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models that say something of this issue.

        An exchange needs two dimensions (on one it is the compromise mean), and Nash bargaining a reference point.
        """
        from multivector.bargaining.models.registry import MODELS

        fit = tuple(name for name in MODELS if name != EXCHANGE or self.at_modes.d > 1)
        return fit if self.issue.reference_point is None else (*fit, NASH)

    def model(self, name: str) -> Model:
        """The model of that name, with this issue's options and reference point.

        Raises
        ------
        InputError : there is none of that name, or it needs a reference point and the issue has none.
        """
        from multivector.bargaining.models.nash import Nash
        from multivector.bargaining.models.registry import named_model
        from multivector.bargaining.models.spatial import SpatialModel

        if name == NASH:
            if self.issue.reference_point is None:
                raise InputError(
                    "Nash bargaining needs to know where the issue stands if nobody agrees",
                    where=self.name,
                    repair="give each dimension a reference_point",
                )
            return Nash(self.issue.reference_point)
        found = named_model(name)
        return SpatialModel(found.settles_at, self.options) if isinstance(found, SpatialModel) else found

    def settlement(self, name: str) -> tuple[Floats, Floats]:
        """A model's settlement at the modes `[d]` and over its draws `[draws, d]`, on 0 to 100."""
        from multivector.bargaining.models.spatial import SpatialModel

        model = self.model(name)
        if isinstance(model, SpatialModel):  # one run serves its mean, median and chance of election
            drawn = self.drawn.at(slice(self.spatial_draws))
            return model.settle(self.at_modes, self.played.final), model.settle(drawn, self.ended)
        return model.outcome(self.at_modes), model.outcome(self.drawn)

    @cached_property
    def forecast(self) -> Distribution:
        """The headline: the chances that past issues give, `[d, 101]`, mean over the draws."""
        from multivector.bargaining.calibration.calibrated import calibrated
        from multivector.bargaining.calibration.distribution import Distribution

        blocks = [slice(first, first + BLOCK) for first in range(0, self.draws, BLOCK)]
        return Distribution(sum(calibrated(self.drawn.at(k)).cdf.sum(axis=0) for k in blocks) / self.draws)

    @property
    def outside(self) -> str:
        """Why the record of past issues does not speak for this one; empty where it does."""
        from multivector.bargaining.calibration.calibrated import outside

        return outside(self.at_modes, legislation=self.issue.kind == LEGISLATION, when=self.issue.is_when)

    @cached_property
    def waiting(self) -> dict[Reading, Waiting]:
        """Of a question of when, the pooled distribution of the date in each reading; empty for others."""
        from multivector.bargaining.time_to_event import time_to_event

        return {
            reading: time_to_event(self.issue, self.drawn, reading=reading, seed=self.seed).pooled()
            for reading in self.readings
        }

    @property
    def readings(self) -> tuple[Reading, ...]:
        """How stakeholders' dates may be put together here; none where the question is not when."""
        from multivector.bargaining.time_to_event import READINGS

        if not self.issue.is_when:
            return ()
        return tuple(each for each in READINGS if each != "consent" or self.issue.consent)

    @property
    def day(self) -> dt.date:
        """The day by which a question of when is asked unless another is named.

        Raises
        ------
        IssueError : the issue has no as-of date, as only a question of when must.
        """
        as_of = self.issue.as_of
        if as_of is None:
            raise IssueError("has no as-of date", where=self.name, repair="write as_of: the day of the table")
        leap = as_of.month == 2 and as_of.day == 29
        return as_of.replace(year=as_of.year + AHEAD, day=28 if leap else as_of.day)

    def dimension(self, name: str = "") -> int:
        """The number of a dimension; the first where none is named.

        Raises
        ------
        InputError : the issue has no dimension of that name.
        """
        names = self.at_modes.dimensions
        if name and name not in names:
            raise InputError(
                f"{self.name} has no dimension {name!r}", repair=f"take one of {', '.join(names)}"
            )
        return names.index(name) if name else 0

    def quantity(
        self, model: str = "", dimension: str = "", by: dt.date | None = None, reading: str = ""
    ) -> Quantity:
        """What levers and targets are asked of: the chance by a day for a question of when, else a settlement.

        Parameters
        ----------
        model : of the settlement; the compromise mean where none is named, since no other has come nearer to past
            outcomes. Naming one asks for the settlement even of a question of when.
        dimension : of the settlement.
        by, reading : of the chance; five years after the as-of date, and consent where somebody's is needed, else a
            lottery.
        """
        from multivector.bargaining.analysis.quantity import chance_by, settlement

        if self.issue.is_when and not model:
            taken = reading or ("consent" if self.issue.consent else "lottery")
            return chance_by(self.issue, by or self.day, taken)  # type: ignore[arg-type]
        name = f"{SMP}-mean" if model == SMP else model or "compromise"
        return settlement(self.issue, self.model(name), self.dimension(dimension))


def bargain_over(
    issue: str | Path,
    *,
    region: str | Path = "",
    draws: int = 2000,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
    spread: float | None = None,
) -> Bargain:
    """An issue from a file (YAML, KTAB's CSV or XML) or a region's by name, ready to be computed.

    Parameters
    ----------
    issue, region : as `read_issue` takes them.
    draws, seed : of the cells.
    options : of the Spatial Model by name, over those that KTAB's XML may hold.
    spread : gives cells that are points a width (see `bargaining.widen`).

    Raises
    ------
    IssueError : the file cannot be read, or what it holds does not hold together; every fault with its repair.
    """
    from multivector.bargaining.issue_file import read_issue
    from multivector.bargaining.ktab_csv import read_ktab_csv
    from multivector.bargaining.ktab_xml import read_ktab_xml

    given = dict(options or {})
    asked = str(issue), str(region), spread, given
    read = {".csv": read_ktab_csv, ".xml": read_ktab_xml}.get(Path(issue).suffix.lower())
    if read is None:
        found = _spread(read_issue(issue, region), spread)
        chosen = SMPOptions.of(given)
        return Bargain(found, found.id, found.stakes(), draws, seed, chosen, None, *asked)
    scenario = read(issue)
    return Bargain(
        _spread(scenario.issue(), spread),
        scenario.name or Path(issue).stem,
        scenario.stakes,
        draws,
        seed,
        SMPOptions.of({**asdict(scenario.options), **given}),
        scenario.adjustment if scenario.adjustments else None,
        *asked,
    )


def _spread(issue: Issue, percent: float | None) -> Issue:
    return issue if percent is None else widened(issue, percent)
