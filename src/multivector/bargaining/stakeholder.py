"""A stakeholder with its cells, and a source that cells name."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from multivector.bargaining.cell import Cell, Name, Strict, Text, fault
from multivector.bargaining.stakes import LARGEST, TOP


class Source(Strict):
    """A source of the issue; the region's own sources need no entry here.

    Parameters
    ----------
    key : by which cells name it.
    title, publisher, date, url : of the source.
    note : how it was read, or what it may be used for.
    """

    key: Name
    title: Annotated[Text, Field(min_length=1)]
    publisher: Text = ""
    date: Annotated[Text, Field(max_length=40)] = ""
    url: Annotated[Text, Field(max_length=500)] = ""
    note: Text = ""


class Stakeholder(Strict):
    """One stakeholder.

    Parameters
    ----------
    name : of the stakeholder.
    code : a code of the region's, for readers; nothing is computed from it.
    type : a word for its kind, that pages show; nothing is computed from it.
    capability : what it can bring to bear: above 0, on any scale, since only ratios count.
    position : where it stands, on the dimension's scale; a cell for each dimension.
    salience : how much it cares, 0 to 100, at most 100 over all dimensions; a cell for each dimension.
    """

    name: Name
    code: Annotated[Text, Field(max_length=40)] = ""
    type: Annotated[Text, Field(max_length=60)] = ""
    capability: Cell
    position: dict[str, Cell]
    salience: dict[str, Cell]

    @model_validator(mode="after")
    def _holds(self) -> Self:
        if self.capability.low < 1 / LARGEST:
            raise fault(
                f"the capability of {self.name} starts at {self.capability.low:.12g}",
                "give a capability above 0, or leave the stakeholder out",
                ("capability", "low"),
            )
        for name, cell in self.salience.items():
            if cell.low < 0 or cell.high > TOP:
                raise fault(
                    f"the salience of {self.name} runs from {cell.low:.12g} to {cell.high:.12g}",
                    "give saliences from 0 to 100",
                    ("salience", name),
                )
        total = sum(cell.mode for cell in self.salience.values())
        if total > TOP + 1e-9:
            raise fault(
                f"the saliences of {self.name} sum to {total:.12g} over {len(self.salience)} dimensions, more than 100",
                "lower their modes so that they sum to 100 at most; the rest is for matters outside the issue",
                ("salience",),
            )
        return self
