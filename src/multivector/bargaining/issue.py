"""An issue: a question, its scale, and each stakeholder's capability, position and salience with their ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from multivector.bargaining.cell import Cell, Interval, Strict, Text, fault
from multivector.bargaining.scale import Dimension
from multivector.bargaining.stakeholder import Source, Stakeholder
from multivector.bargaining.stakes import TOP, Floats, Stakes
from multivector.errors import IssueError

Part = Literal["low", "mode", "high"]
Attribute = Literal["capability", "position", "salience"]
LEGISLATION: Final = "eu-legislation"
"""The kind of issue that the calibration was made from."""
Kind = Literal["", "eu-legislation"]
"""A kind of issue of which past cases were scored: legislation of the European Union. Empty is any other."""

MOST_STAKEHOLDERS: Final = 1000
MOST_DIMENSIONS: Final = 20
_STEEPEST: Final = 20
"""The steepest shape: nearly all waits then end within a fifth of their median."""
_FIRST_DAY: Final = dt.date(1500, 1, 1)
_LAST_DAY: Final = dt.date(2500, 1, 1)
_WIDE_OF_SCALE: Final = 0.2
_WIDE_OF_MODE: Final = 0.25
"""What is assumed spans at least a fifth of the scale; for capability, a quarter of its mode."""


def _day(given: object) -> object:
    """A day as ISO writes it, or as YAML reads it; a bare number or a time of day is none."""
    if isinstance(given, str):
        try:
            given = dt.date.fromisoformat(given)
        except ValueError:
            return given
    if type(given) is dt.date and not _FIRST_DAY <= given < _LAST_DAY:
        raise fault(f"the day {given}", f"write a day from {_FIRST_DAY} to {_LAST_DAY}, as 2025-03-01")
    return given


class Placed(NamedTuple):
    """A cell with its place in the table: which stakeholder, attribute and (but for capability) dimension."""

    stakeholder: str
    attribute: Attribute
    dimension: str
    cell: Cell


class Issue(Strict):
    """One issue, as an analyst writes it down.

    Parameters
    ----------
    id : by which it is called: small letters, digits and dashes.
    title, question : of the issue, in words.
    as_of : the day as of which the table stands; what came later is not in it. Null where it is not known.
    region : id of the region it belongs to; empty for none.
    kind : `eu-legislation` for a controversy over a proposal of the European Union's legislation, the kind that the
        calibration was made from; empty for any other.
    dimensions : one or more, each with its scale and what places on it mean.
    stakeholders : two or more.
    sources : those that cells name and the region does not have.
    consent : of a question of when, the stakeholders without whom it cannot happen.
    shape : of a question of when, the Weibull shape of waiting: 1 is a constant hazard, more keeps to the date.
    notes : what a reader should know.

    Raises
    ------
    pydantic.ValidationError : one fault for each thing that does not hold; `issue_file.issue_of` and
        `read_issue` make an IssueError of them.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Annotated[Text, Field(min_length=1)]
    question: Annotated[Text, Field(min_length=1)]
    as_of: Annotated[dt.date, BeforeValidator(_day)] | None
    region: Annotated[Text, Field(max_length=60)] = ""
    kind: Kind = ""
    dimensions: Annotated[tuple[Dimension, ...], Field(strict=False, max_length=MOST_DIMENSIONS)]
    stakeholders: Annotated[tuple[Stakeholder, ...], Field(strict=False, max_length=MOST_STAKEHOLDERS)]
    sources: Annotated[tuple[Source, ...], Field(strict=False, max_length=500)] = ()
    consent: Annotated[tuple[str, ...], Field(strict=False)] = ()
    shape: Interval = Interval(low=1.0, mode=1.5, high=3.0)
    notes: Annotated[tuple[Text, ...], Field(strict=False, max_length=50)] = ()

    @model_validator(mode="before")
    @classmethod
    def _cells_of_one_dimension(cls, data: Any) -> Any:
        """Where there is one dimension, a cell may stand without the dimension's name."""
        dimensions, stakeholders = (_get(data, key) for key in ("dimensions", "stakeholders"))
        if (
            not isinstance(dimensions, list | tuple)
            or len(dimensions) != 1
            or not isinstance(stakeholders, list)
        ):
            return data
        name = _get(dimensions[0], "name")
        return {**data, "stakeholders": [_named(each, str(name)) for each in stakeholders]}

    @model_validator(mode="after")
    def _holds(self) -> Self:
        if not self.dimensions:
            raise fault("no dimension", "give one or more, each with a name", ("dimensions",))
        self._check_names()
        for i, each in enumerate(self.stakeholders):
            self._check_cells(i, each)
        self._check_sources()
        if any(each.is_when for each in self.dimensions):
            if len(self.dimensions) > 1:
                raise fault("a question of when has one dimension", "ask the rest in issues of their own")
            if self.as_of is None:
                raise fault(
                    "a question of when has no as_of", "write the day from which waiting counts", ("as_of",)
                )
        if not 0 < self.shape.low <= self.shape.high <= _STEEPEST:
            raise fault(
                f"a shape from {self.shape.low:.12g} to {self.shape.high:.12g}",
                f"give a shape above 0, of {_STEEPEST} at most",
                ("shape",),
            )
        for i, name in enumerate(self.consent):
            if name not in self.names:
                raise fault(
                    f"consent names nobody: {name!r}", "name stakeholders of the issue", ("consent", i)
                )
            if name in self.consent[:i]:
                raise fault(f"consent names {name!r} twice", "name each once", ("consent", i))
        for k, dimension in enumerate(self.dimensions):
            if not any(each.salience[dimension.name].mode for each in self.stakeholders):
                raise fault(
                    f"nobody cares about {dimension.name}: every salience has its mode at 0",
                    "give at least one stakeholder a salience above 0 on it, or leave the dimension out",
                    ("dimensions", k),
                )
        try:
            self.stakes().require_disagreement()
        except IssueError as error:
            raise fault(error.what, error.repair, ("stakeholders",)) from error
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the stakeholders, in the order of the file."""
        return tuple(each.name for each in self.stakeholders)

    @property
    def is_when(self) -> bool:
        """Whether it is a question of when, answered by `time_to_event` and not by a place on the scale."""
        return self.dimensions[0].is_when

    @property
    def reference_point(self) -> Floats | None:
        """Where the issue stands if nobody agrees, `[d]` on 0 to 100; None unless every dimension says so."""
        points = [
            each.to_top(each.reference_point) for each in self.dimensions if each.reference_point is not None
        ]
        return np.array(points) if len(points) == len(self.dimensions) else None

    def cells(self) -> Iterator[Placed]:
        """Every cell: of each stakeholder capability, then positions, then saliences by dimension."""
        for each in self.stakeholders:
            yield Placed(each.name, "capability", "", each.capability)
            for dimension in self.dimensions:
                yield Placed(each.name, "position", dimension.name, each.position[dimension.name])
            for dimension in self.dimensions:
                yield Placed(each.name, "salience", dimension.name, each.salience[dimension.name])

    def stakes(self, part: Part = "mode") -> Stakes:
        """The table as arrays, at the mode (or low, or high) of every cell; positions moved to 0..100.

        At `high`, saliences over several dimensions are scaled down to sum to 100, as in `draw_stakes`.
        """
        values = np.array([getattr(placed.cell, part) for placed in self.cells()])
        return self.stakes_of(values)

    def stakes_of(self, values: Floats) -> Stakes:
        """Arrays from a value for each cell, `[..., cells]` in the order of `cells`."""
        n, d = len(self.stakeholders), len(self.dimensions)
        table = values.reshape(*values.shape[:-1], n, 1 + 2 * d)
        position = np.stack(
            [dimension.to_top(table[..., 1 + k]) for k, dimension in enumerate(self.dimensions)], axis=-1
        )
        salience = table[..., 1 + d :]
        over = np.maximum(salience.sum(axis=-1, keepdims=True) / TOP, 1.0)
        return Stakes(
            table[..., 0], position, salience / over, self.names, tuple(each.name for each in self.dimensions)
        )

    def thin(self) -> tuple[Placed, ...]:
        """Cells that are assumed, and yet narrow: less than a fifth of the scale, for capability of the mode's quarter."""
        spans = {each.name: each.high - each.low for each in self.dimensions}
        return tuple(
            placed
            for placed in self.cells()
            if placed.cell.evidence == "assumed" and placed.cell.width < _least_width(placed, spans)
        )

    def _check_names(self) -> None:
        if len(self.stakeholders) < 2:
            raise fault(
                f"{len(self.stakeholders)} stakeholder{'' if len(self.stakeholders) == 1 else 's'}: nobody to bargain with",
                "give two stakeholders or more",
                ("stakeholders",),
            )
        for key, names in (
            ("stakeholders", self.names),
            ("dimensions", tuple(each.name for each in self.dimensions)),
            ("sources", tuple(each.key for each in self.sources)),
        ):
            for i, name in enumerate(names):
                if name in names[:i]:
                    raise fault(
                        f"{name!r} stands twice: numbers {names.index(name) + 1} and {i + 1}",
                        "give each a name of its own, or merge the two",
                        (key, i),
                    )

    def _check_cells(self, i: int, each: Stakeholder) -> None:
        known = [dimension.name for dimension in self.dimensions]
        for attribute in ("position", "salience"):
            cells: dict[str, Cell] = getattr(each, attribute)
            for name in cells:
                if name not in known:
                    raise fault(f"no dimension is named {name!r}", f"use: {', '.join(known)}",
                                ("stakeholders", i, attribute, name))  # fmt: skip
            for name in known:
                if name not in cells:
                    raise fault(f"{each.name} has no {attribute} on {name}", f"add low, mode and high for {name}",
                                ("stakeholders", i, attribute))  # fmt: skip
        for dimension in self.dimensions:
            cell = each.position[dimension.name]
            if cell.low < dimension.low or cell.high > dimension.high:
                raise fault(
                    f"the position of {each.name} on {dimension.name} runs from {cell.low:.12g} to {cell.high:.12g}, off the "
                    f"scale of {dimension.low:.12g} to {dimension.high:.12g}",
                    "move it onto the scale, or widen the scale",
                    ("stakeholders", i, "position", dimension.name),
                )

    def _check_sources(self) -> None:
        known = {each.key for each in self.sources}
        for placed in self.cells():
            source = placed.cell.source
            if source and not self.region and ":" not in source and source not in known:
                raise fault(
                    f"the source {source!r} of the {placed.attribute} of {placed.stakeholder} is not listed",
                    "add it under sources",
                    ("stakeholders", self.names.index(placed.stakeholder), placed.attribute),
                )


def _least_width(placed: Placed, spans: Mapping[str, float]) -> float:
    if placed.attribute == "capability":
        return _WIDE_OF_MODE * placed.cell.mode
    return _WIDE_OF_SCALE * (TOP if placed.attribute == "salience" else spans[placed.dimension])


def _get(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, Mapping) else None


def _named(stakeholder: Any, dimension: str) -> Any:
    if not isinstance(stakeholder, Mapping):
        return stakeholder
    bare = {
        key: {dimension: stakeholder[key]}
        for key in ("position", "salience")
        if isinstance(stakeholder.get(key), Mapping) and {"low", "mode", "high"} & set(stakeholder[key])
    }
    return {**stakeholder, **bare}
