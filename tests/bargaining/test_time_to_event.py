"""Questions of when: the cure model against SciPy's Weibull, and the laws of the three readings."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from multivector.bargaining import Stakes, time_to_event
from multivector.bargaining.issue_file import issue_of
from multivector.bargaining.time_to_event import READINGS, waiting_of
from multivector.errors import IssueError


def point(value):
    return {"low": value, "mode": value, "high": value}


def cell(low, mode, high):
    return {"low": low, "mode": mode, "high": high, "evidence": "assumed"}


MARKS = [
    {"at": 100, "means": "at once", "years": point(0.25)},
    {"at": 50, "means": "in four years", "years": point(4), "never": point(0.2)},
    {"at": 0, "means": "never", "never": point(1)},
]


def question(marks=MARKS, **more):
    content = {
        "id": "bridge", "title": "t", "question": "When does the bridge open?", "as_of": "2025-01-01",
        "dimensions": [{"name": "when", "marks": marks}], "shape": point(1.5),
        "stakeholders": [
            {"name": name, "capability": cell(1, 2, 3), "position": cell(*at), "salience": cell(10, 50, 90)}
            for name, at in (("Town", (80, 90, 100)), ("Ferry", (0, 10, 30)), ("Crown", (30, 50, 80)))
        ],
    }  # fmt: skip
    return issue_of(content | more)


ISSUE = question(consent=["Town", "Crown"])
TIMES = [0, 0.5, 1, 2, 4, 8, 16, 1e6]


def stakes_at(*positions, weight=(1.0, 1.0, 1.0)) -> Stakes:
    return Stakes(np.array(weight), np.array(positions, float)[:, None], np.full((3, 1), 50.0), ISSUE.names)


def test_marks_are_met_and_log_years_are_linear_between_them():
    median, never = waiting_of(ISSUE.dimensions[0], [100, 75, 50, 25, 0])
    assert median == pytest.approx([0.25, 1.0, 4.0, 4.0, 4.0])
    assert never == pytest.approx([0, 0.1, 0.2, 0.6, 1])


def test_one_stakeholder_waits_as_a_weibull_with_a_cured_share():
    waiting = time_to_event(
        ISSUE, stakes_at(50, 0, 100, weight=(1, 1e-12, 1e-12)), reading="lottery", years=TIMES
    )
    scale = 4 / np.log(2) ** (1 / 1.5)
    assert waiting.cdf == pytest.approx(0.8 * stats.weibull_min.cdf(TIMES, 1.5, scale=scale), abs=1e-9)
    assert waiting.never == pytest.approx(0.2, abs=1e-9)
    assert waiting.quantile(0.4) == pytest.approx(4.0)


@pytest.mark.parametrize("reading", READINGS)
@given(
    at=st.lists(st.floats(0, 100), min_size=3, max_size=3),
    weight=st.lists(st.floats(0.1, 9), min_size=3, max_size=3),
)
def test_every_reading_is_a_distribution_whose_rest_is_never(reading, at, weight):
    waiting = time_to_event(ISSUE, stakes_at(*at, weight=weight), reading=reading, years=TIMES)
    assert np.all(np.diff(waiting.cdf) >= -1e-12)
    assert waiting.cdf[0] == 0
    assert waiting.cdf[-1] + waiting.never == pytest.approx(1, abs=1e-9)


@given(st.floats(1, 100))
def test_stakeholders_that_agree_are_one_under_pools(at):
    alone = time_to_event(ISSUE, stakes_at(at, at, at), reading="lottery", years=TIMES)
    effort = time_to_event(ISSUE, stakes_at(at, at, at, weight=(5, 1, 2)), reading="effort", years=TIMES)
    assert effort.cdf == pytest.approx(alone.cdf, abs=1e-12)
    assert effort.never == pytest.approx(alone.never, abs=1e-12)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3))
def test_a_lottery_lies_between_its_tickets_and_consent_below_the_least_of_them(at):
    each = [time_to_event(ISSUE, stakes_at(x, x, x), reading="lottery", years=TIMES).cdf for x in at]
    lottery = time_to_event(ISSUE, stakes_at(*at), reading="lottery", years=TIMES).cdf
    consent = time_to_event(ISSUE, stakes_at(*at), reading="consent", years=TIMES).cdf
    assert np.all((np.min(each, axis=0) - 1e-12 <= lottery) & (lottery <= np.max(each, axis=0) + 1e-12))
    assert consent == pytest.approx(each[0] * each[2])  # Town and Crown; the Ferry is not asked


def test_effort_adds_hazards_in_proportion():
    times = np.linspace(0.01, 6, 400)
    each = [
        time_to_event(ISSUE, stakes_at(x, x, x), reading="lottery", years=times).cdf for x in (90, 20, 50)
    ]
    hazards = [-np.gradient(np.log1p(-cdf), times) for cdf in each]
    effort = time_to_event(ISSUE, stakes_at(90, 20, 50, weight=(3, 2, 5)), reading="effort", years=times).cdf
    mixed = -np.gradient(np.log1p(-effort), times)
    assert mixed == pytest.approx(0.3 * hazards[0] + 0.2 * hazards[1] + 0.5 * hazards[2], rel=1e-9)


def test_dates_are_not_averaged():
    """Half at once and half never is no forecast of the middle."""
    waiting = time_to_event(ISSUE, stakes_at(100, 0, 100, weight=(1, 1, 1e-12)), reading="lottery")
    assert waiting.by(dt.date(2027, 1, 1)) == pytest.approx(0.5, abs=1e-3)
    assert waiting.by(dt.date(2050, 1, 1)) == pytest.approx(0.5, abs=1e-6)
    assert waiting.never == pytest.approx(0.5)
    assert waiting.quantile(0.51) == np.inf


def test_two_stakeholders_by_hand():
    """Positions 75 and 50: medians 1 and 4 years, shares of never 0.1 and 0.2; three quarters of the weight at 75."""
    early, late = ((1 - never) * (1 - 2.0 ** -((t / m) ** 1.5)) for t, m, never in ((2, 1, 0.1), (2, 4, 0.2)))
    pair = stakes_at(75, 50, 50, weight=(3.0, 1.0, 1e-30))
    found = {
        reading: time_to_event(ISSUE, pair, reading=reading, years=[2]).cdf[0]
        for reading in ("lottery", "effort")
    }
    assert found["lottery"] == pytest.approx(0.75 * early + 0.25 * late)
    assert found["effort"] == pytest.approx(1 - (1 - early) ** 0.75 * (1 - late) ** 0.25)
    one = question(consent=["Crown"])
    assert time_to_event(one, stakes_at(0, 0, 50), years=[2]).cdf[0] == pytest.approx(late)


def test_a_scale_on_which_early_is_low_says_the_same():
    mirrored = question([{**mark, "at": 100 - mark["at"]} for mark in MARKS], consent=["Town", "Crown"])
    for reading in READINGS:
        ours = time_to_event(ISSUE, stakes_at(90, 20, 50), reading=reading, years=TIMES)
        other = time_to_event(mirrored, stakes_at(10, 80, 50), reading=reading, years=TIMES)
        assert other.cdf == pytest.approx(ours.cdf, abs=1e-15)
        assert other.never == pytest.approx(ours.never, abs=1e-15)


def test_days_outside_the_times_are_not_guessed():
    waiting = time_to_event(ISSUE, stakes_at(100, 50, 50), reading="lottery")
    assert waiting.by(dt.date(2024, 1, 1)) == 0
    assert waiting.by(dt.date(2055, 1, 1)) == pytest.approx(waiting.cdf[-1])
    with pytest.raises(
        IssueError, match=r"(?s)2060-01-01 lies after .* 30 years from 2025-01-01.*that reach it"
    ):
        waiting.by(dt.date(2060, 1, 1))
    for years in (np.inf, 1e7):
        with pytest.raises(IssueError, match="is no day"):
            waiting.date(years)


def test_before_the_first_of_the_times_it_rises_from_nothing():
    late = time_to_event(ISSUE, stakes_at(75, 75, 75), reading="lottery", years=[2, 5, 10])
    first = late.cdf[0]
    assert first > 0.5
    for day in (dt.date(2024, 12, 31), dt.date(2025, 1, 1)):
        assert late.by(day) == 0
    assert late.by(dt.date(2026, 1, 1)) == pytest.approx(first * 365 / 365.25 / 2)
    assert late.by(dt.date(2027, 1, 1)) == pytest.approx(first, abs=1e-3)
    assert late.quantile(0.01) == pytest.approx(2 * 0.01 / first)
    assert late.quantile(float(first)) == pytest.approx(2.0)
    assert late.pooled().years.tolist() == [2, 5, 10]


def test_waits_that_end_at_once_or_in_ages_are_numbers():
    marks = [
        {"at": 0, "means": "now", "years": point(1e-99)},
        {"at": 100, "means": "later", "years": point(1e99)},
    ]
    issue = question(marks, shape=point(20))
    waiting = time_to_event(issue, stakes_at(0, 100, 100), reading="lottery", years=[0, 1])
    assert waiting.cdf == pytest.approx([0, 1 / 3])


def test_draws_carry_cells_marks_and_shape_and_pool_to_their_mean():
    wide = [{**MARKS[0], "years": {"low": 0.1, "mode": 0.3, "high": 1}}, *MARKS[1:]]
    waiting = time_to_event(question(wide), draws=200, seed=3, years=TIMES)
    assert waiting.cdf.shape == (200, len(TIMES))
    assert np.array_equal(waiting.cdf, time_to_event(question(wide), draws=200, seed=3, years=TIMES).cdf)
    assert waiting.pooled().cdf == pytest.approx(waiting.cdf.mean(axis=0))
    assert waiting.quantile(0.1).shape == waiting.by(dt.date(2026, 1, 1)).shape == (200,)
    assert waiting.date(1.0) == dt.date(2026, 1, 1)


def test_shares_other_than_the_weights_may_be_given():
    given_shares = time_to_event(
        ISSUE, stakes_at(100, 0, 50), reading="lottery", share=[2, 0, 2], years=TIMES
    )
    assert given_shares.never == pytest.approx(0.5 * 0 + 0.5 * 0.2)


def test_consent_is_the_reading_where_it_is_named():
    assert np.array_equal(
        time_to_event(ISSUE, draws=20).cdf, time_to_event(ISSUE, draws=20, reading="consent").cdf
    )
    assert np.array_equal(
        time_to_event(question(), draws=20).cdf, time_to_event(ISSUE, draws=20, reading="lottery").cdf
    )


SCALES = {
    "no date": (
        [MARKS[0], {"at": 50, "means": "some day"}, MARKS[2]],
        "'some day' has no date",
        "give it years",
    ),
    "an end": (MARKS[:2], "an end of the scale has no mark", "at both ends"),
    "one date": ([MARKS[0], MARKS[2]], "fewer than two marks have years", "at least two"),
    "both ways": (
        [{"at": at, "means": str(at), "years": point(y)} for at, y in ((0, 1), (50, 5), (100, 2))],
        r"years \(low\) rises and falls along the scale: 1, 5, 2",
        "order the marks",
    ),
    "at once": ([{**MARKS[0], "years": point(0)}, *MARKS[1:]], "years from 0", "0.1"),
    "no share": ([{**MARKS[0], "never": point(2)}, *MARKS[1:]], "never is a share", "from 0 to 1"),
}


@pytest.mark.parametrize("case", SCALES)
def test_a_scale_of_dates_that_does_not_hold_is_said(case):
    marks, what, repair = SCALES[case]
    with pytest.raises(IssueError, match=rf"(?s){what}.*repair: .*{repair}"):
        question(marks)


def test_what_time_to_event_cannot_answer_is_said():
    plain = question([])
    with pytest.raises(IssueError, match=r"(?s)is no question of when.*`years` and `never`"):
        time_to_event(plain)
    with pytest.raises(IssueError, match=r"(?s)no reading 'vote'.*lottery, effort, consent"):
        time_to_event(ISSUE, reading="vote")
    with pytest.raises(IssueError, match=r"(?s)nobody's consent.*name those"):
        time_to_event(question(), reading="consent")
    with pytest.raises(IssueError, match=r"times must rise"):
        time_to_event(ISSUE, years=[1, 1])
    with pytest.raises(IssueError, match=r"stakes are not those of the issue"):
        time_to_event(ISSUE, Stakes(np.ones(2), np.array([[1.0], [2.0]]), np.ones((2, 1))))
    with pytest.raises(IssueError, match=r"stakes have several axes"):
        time_to_event(ISSUE, Stakes(np.ones((2, 2, 3)), np.full((3, 1), 50.0), np.ones((3, 1)), ISSUE.names))
    with pytest.raises(IssueError, match=r"shares are negative or sum to 0"):
        time_to_event(ISSUE, stakes_at(1, 2, 3), share=[0, 0, 0])
    with pytest.raises(IssueError, match=r"(?s)no as_of.*waiting counts"):
        question(as_of=None)
