"""Issues of one proposal together, and the procedure by which they were decided."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from multivector.bargaining import Stakes
from multivector.bargaining.calibration import PastIssue, outcomes
from multivector.bargaining.calibration.council import agenda_setter
from multivector.bargaining.calibration.proposals import outcomes_together, stakes_together
from multivector.bargaining.models import Exchange, named_model

CAPABILITY = {"com": 10.0, "ep": 10.0, "north": 10.0, "south": 5.0}


def issue(name: str, proposal: str, **actors: tuple[float, float]) -> PastIssue:
    """Actors with position and salience."""
    place, salience = np.array(list(actors.values())).T
    stakes = Stakes([CAPABILITY[a] for a in actors], place[:, None], salience[:, None], tuple(actors))
    return PastIssue(name, proposal, stakes, 50.0, 0.0, 2005)


ISSUES = (
    issue("i1", "p", com=(0, 90), north=(100, 30), south=(60, 80)),
    issue("i2", "q", com=(20, 50), north=(40, 50), ep=(90, 50)),
    issue("i3", "p", com=(0, 30), ep=(10, 40), north=(100, 90)),
)


def test_issues_of_a_proposal_are_dimensions_of_one_stakes() -> None:
    both = stakes_together([ISSUES[0], ISSUES[2]])
    assert both.names == ("com", "north", "south", "ep")
    assert both.dimensions == ("i1", "i3")
    np.testing.assert_array_equal(both.capability, [10, 10, 5, 10])
    np.testing.assert_array_equal(both.position, [[0, 0], [100, 100], [60, 50], [50, 10]])
    np.testing.assert_allclose(both.salience * 1.2, [[90, 30], [30, 90], [80, 0], [0, 40]])


def test_who_has_no_position_and_the_factor_on_salience_leave_means_as_they_were() -> None:
    compromise = named_model("compromise")
    np.testing.assert_allclose(outcomes_together(compromise, ISSUES), outcomes(compromise, ISSUES))
    found = outcomes_together(Exchange(), ISSUES)
    assert found[1] == pytest.approx(outcomes(compromise, ISSUES)[1])
    # the commission gets i1, for which it cares, and the north gets i3
    assert found[0] < outcomes(compromise, ISSUES)[0] - 1
    assert found[2] > outcomes(compromise, ISSUES)[2] + 1


def test_the_procedure_of_a_past_issue() -> None:
    consulted = agenda_setter(ISSUES[1])
    assert consulted is not None
    assert (consulted.setter, consulted.voters, consulted.vetoes) == ("com", ("north",), ())
    assert consulted.threshold == 232 / 321
    shares = {1996: 62 / 87, 2003: 62 / 87, 2008: 255 / 345, 2018: 260 / 352}
    for year, share in shares.items():
        made = agenda_setter(replace(ISSUES[1], year=year, codecision=True))
        assert made is not None
        assert (made.threshold, made.vetoes) == (share, ("ep",))
    together = agenda_setter(replace(ISSUES[0], unanimity=True, codecision=True))
    assert together is not None
    assert (together.threshold, together.voters, together.vetoes) == (1.0, ("north", "south"), ())
    assert agenda_setter(replace(ISSUES[1], reference_point=None)) is None
    assert agenda_setter(issue("i4", "r", north=(0, 50), south=(100, 50))) is None
