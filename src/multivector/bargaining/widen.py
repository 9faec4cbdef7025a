"""Cells that are points, as in KTAB's files, given a width that somebody assumes."""

from __future__ import annotations

from multivector.bargaining.cell import Cell
from multivector.bargaining.issue import Issue
from multivector.bargaining.stakes import TOP
from multivector.errors import InputError


def widened(issue: Issue, percent: float) -> Issue:
    """The issue with every cell of no width made an interval about its mode; cells that have a width stay.

    Parameters
    ----------
    percent : half of the width: of the scale for positions and saliences, of the value itself for capabilities. What
        would leave the scale ends there. Nothing but the one who asks for it stands behind it.

    Raises
    ------
    InputError : not above 0 and below 100.
    """
    if not 0 < percent < 100:
        raise InputError(f"a spread of {percent:g} per cent", repair="give one above 0 and below 100")
    part = percent / 100

    def about(cell: Cell, half: float, low: float, high: float) -> Cell:
        if cell.width:
            return cell
        ends = {"low": max(cell.mode - half, low), "high": min(cell.mode + half, high)}
        return cell.model_copy(update=ends)

    scales = {each.name: each for each in issue.dimensions}
    stakeholders = tuple(
        each.model_copy(
            update={
                "capability": about(each.capability, part * each.capability.mode, 0.0, float("inf")),
                "position": {
                    name: about(
                        cell,
                        part * (scales[name].high - scales[name].low),
                        scales[name].low,
                        scales[name].high,
                    )
                    for name, cell in each.position.items()
                },
                "salience": {name: about(cell, part * TOP, 0.0, TOP) for name, cell in each.salience.items()},
            }
        )
        for each in issue.stakeholders
    )
    return issue.model_copy(update={"stakeholders": stakeholders})
