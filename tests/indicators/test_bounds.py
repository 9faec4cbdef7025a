"""Bounds hold for every completion of what is known, and some completion reaches them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import multivector.indicators as ind
from multivector.errors import InputError

NEAR = 1e-7


def split(total: float, cap: float, cells: int, rng: np.random.Generator) -> np.ndarray:
    """A random way to put `total` into `cells` of at most `cap`, by giving the cells random turns."""
    found = np.zeros(cells)
    left = total
    for n, cell in enumerate(rng.permutation(cells)):
        later = (cells - n - 1) * cap
        least, most = max(0.0, left - later), min(cap, left)
        found[cell] = least + rng.random() * (most - least) if n < cells - 1 else left
        left -= found[cell]
    return found


@st.composite
def censored(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """A whole mix and the number of its largest shares that were published."""
    weights = np.array(draw(st.lists(st.floats(0.001, 1), min_size=2, max_size=9)))
    whole = np.sort(weights / weights.sum())[::-1]
    return whole, whole[: draw(st.integers(1, len(whole)))]


@given(censored(), st.integers(0, 2**32 - 1))
def test_bounds_from_top_shares_hold_for_every_completion(case, seed) -> None:
    whole, top = case
    k = len(whole)
    rest = split(max(0.0, 1 - top.sum()), top[-1], k - len(top), np.random.default_rng(seed))
    for mix in (whole, np.concatenate([top, rest])):
        assume(abs(mix.sum() - 1) < 1e-9)
        for partners in (k, k + 4, math.inf):
            low, high = ind.hhi_bounds(top, partners)
            assert low - NEAR <= ind.hhi(mix) <= high + NEAR
        low, high = ind.evenness_bounds(top, k)
        assert low - NEAR <= ind.evenness(mix) <= high + NEAR


@given(censored())
def test_bounds_from_top_shares_are_reached(case) -> None:
    whole, top = case
    k, rest = len(whole), max(0.0, 1 - top.sum())
    even = np.concatenate([top, np.full(k - len(top), rest / max(k - len(top), 1))])
    assert ind.hhi_bounds(top, k).low == pytest.approx(ind.hhi(even), abs=NEAR)
    assert ind.evenness_bounds(top, k).high == pytest.approx(ind.evenness(even), abs=NEAR)
    packed = np.zeros(k)
    packed[: len(top)] = top
    for cell in range(len(top), k):
        packed[cell] = min(top[-1], 1 - packed.sum())
    assert ind.hhi_bounds(top, k).high == pytest.approx(ind.hhi(packed), abs=NEAR)
    assert ind.evenness_bounds(top, k).low == pytest.approx(ind.evenness(packed), abs=NEAR)


def test_more_published_shares_narrow_the_bounds() -> None:
    mix = [0.4, 0.25, 0.15, 0.1, 0.06, 0.04]
    widths = [float(np.subtract(*reversed(ind.hhi_bounds(mix[:n])))) for n in range(1, 6)]
    assert widths == sorted(widths, reverse=True)


def test_ragged_lists_side_by_side() -> None:
    low, high = ind.hhi_bounds([[0.5, 0.3], [0.6, np.nan], [np.nan, np.nan]])
    # 0.5, 0.3 and a rest of 0.2: nothing or one more of 0.2; 0.6 and a rest of 0.4; nothing known.
    np.testing.assert_allclose(low, [0.34, 0.36, np.nan], atol=1e-12)
    np.testing.assert_allclose(high, [0.38, 0.52, np.nan], atol=1e-12)


@pytest.mark.parametrize(
    ("top", "partners"),
    [
        pytest.param([0.7, 0.32], math.inf, id="shares over one"),
        pytest.param([0.5, 0.1], 3, id="the rest does not fit under the smallest share"),
        pytest.param([0.5, 0.3], 1, id="more shares than partners"),
    ],
)
def test_a_contradiction_is_missing(top: list[float], partners: float) -> None:
    assert np.isnan(ind.hhi_bounds(top, partners)).all()


def test_percents_are_refused() -> None:
    with pytest.raises(InputError, match="divided by 100"):
        ind.hhi_bounds([94.0])


@st.composite
def ranges(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, float]:
    k = draw(st.integers(2, 7))
    share = st.one_of(st.just(0.0), st.floats(0.01, 1))
    ends = np.sort(
        np.array([[draw(share), draw(share)] for _ in range(k)]) / draw(st.sampled_from([1, 3, 8]))
    )
    low, high = ends[:, 0], ends[:, 1]
    room = draw(st.floats(0.2, 1))
    assume(low.sum() <= room)
    assume(high.sum() > 0)
    return low, high, room


def inside(low: np.ndarray, high: np.ndarray, room: float, rng: np.random.Generator) -> np.ndarray:
    """A random mix within the ranges and the room: a random point, drawn towards the lower ends."""
    point = rng.uniform(low, high)
    over = point.sum() - room
    if over > 0:
        point = np.maximum(point - (point - low) * over / (point - low).sum(), low)
    # Half of the points sit at the ends, where the extremes are.
    snapped = np.where(rng.random(len(low)) < 0.5, low, point)
    return snapped if snapped.sum() > 0 else point


@settings(max_examples=60)
@given(ranges(), st.integers(0, 2**32 - 1))
def test_bounds_from_ranges_hold_for_every_mix_inside(case, seed) -> None:
    low, high, room = case
    found = ind.mix_bounds(low, high, room)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        mix = inside(low, high, room, rng)
        if not mix.sum() > 0:
            continue
        for name, value in {
            "evenness": ind.evenness(mix),
            "hhi": ind.hhi(mix),
            "top_share": ind.top_share(mix),
            "exposure": ind.exposure(mix),
        }.items():
            least, most = getattr(found, name)
            assert least - NEAR <= value <= most + NEAR, name


@given(ranges())
def test_bounds_from_ranges_are_no_wider_than_a_search_finds(case) -> None:
    """The evenest mix is at least as even as any that a plain grid of levels gives."""
    low, high, room = case
    levels = [np.clip(t, low, high) for t in np.linspace(1e-6, 1, 100)]
    feasible = [mix for mix in levels if mix.sum() <= room]
    assume(feasible)
    found = ind.mix_bounds(low, high, room)
    assert found.evenness.high >= max(ind.evenness(mix) for mix in feasible) - NEAR
    assert found.hhi.low <= min(ind.hhi(mix) for mix in feasible) + NEAR


def test_known_shares_leave_no_width() -> None:
    mix = np.array([0.4, 0.2, 0.1])
    found = ind.mix_bounds(mix, mix)
    assert found.evenness.low == found.evenness.high == pytest.approx(ind.evenness(mix))
    assert found.hhi.low == pytest.approx(found.hhi.high)
    assert found.exposure == pytest.approx((0.7, 0.7))


def test_by_hand() -> None:
    # One power at 0.5; the other anywhere in 0..0.5: from captive to even.
    found = ind.mix_bounds([0.5, 0.0], [0.5, 0.5])
    assert found.evenness == pytest.approx((0, 1))
    assert found.hhi == pytest.approx((0.5, 1))
    assert found.top_share == pytest.approx((0.5, 1))
    # With room for 0.75 only, the second gets 0.25 at most: shares 2/3 and 1/3.
    found = ind.mix_bounds([0.5, 0.0], [0.5, 0.5], room=0.75)
    assert found.hhi.low == pytest.approx(5 / 9)
    assert found.top_share.low == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("low", "high", "room"),
    [
        pytest.param([0.6, 0.6], [0.7, 0.7], 1.0, id="no room"),
        pytest.param([np.nan, 0.1], [0.2, 0.3], 1.0, id="an end is missing"),
    ],
)
def test_what_cannot_be_told_is_missing(low, high, room) -> None:
    assert all(np.isnan(bound).all() for bound in ind.mix_bounds(low, high, room))


def test_without_ties_the_exposure_is_nothing_and_there_is_no_mix() -> None:
    found = ind.mix_bounds([0.0, 0.0], [0.0, 0.0])
    assert found.exposure == (0.0, 0.0)
    assert all(np.isnan(bound).all() for bound in found[:3])


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        pytest.param([0.4], [0.2], "not ranges", id="upside down"),
        pytest.param([0.1, 0.1], [0.2], "shapes", id="two lengths"),
        pytest.param([0.0] * 15, [0.1] * 15, "15 open ranges", id="too many"),
    ],
)
def test_bad_ranges_are_refused(low, high, says) -> None:
    with pytest.raises(InputError, match=says):
        ind.mix_bounds(low, high)
