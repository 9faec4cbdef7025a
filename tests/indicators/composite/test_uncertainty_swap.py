"""The smallest change of weights that swaps two units: optimal by its conditions, and by building again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from multivector.errors import InputError
from multivector.indicators.composite import build
from multivector.indicators.composite.recipe_file import read_recipe
from multivector.indicators.composite.uncertainty import Swap, nearest_tie, read_plan, swap_of

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "asem"
DATA, META = EXAMPLE / "data.csv", EXAMPLE / "meta.csv"
NOISE = [{"name": "weights", "what": "noise", "share": 0.25}]


def asem(method: str = "arithmetic", low: float = 1.0, **aggregate: Any) -> dict[str, Any]:
    content = dict(read_recipe(EXAMPLE / "recipe.toml").plain())
    stages = [
        {**stage, "low": low} if stage["do"] == "normalise" else stage for stage in content["stage"][:-1]
    ]
    return {**content, "stage": [*stages, {"do": "aggregate", "method": method, **aggregate}], "vary": NOISE}


def swapped(recipe: dict[str, Any], a: str, b: str, **how: Any) -> Swap:
    return swap_of(read_plan(recipe, DATA, META), a, b, **how)


def rebuilt(recipe: dict[str, Any], shares: dict[str, float]) -> dict[str, float]:
    """Scores of the top after a build with these weights of the elements right below it."""
    index = build({**recipe, "weights": {"values": shares}}, DATA, META)
    return dict(zip(map(str, index.units), index.scores.sel(element="Index").values.tolist(), strict=True))


def test_two_elements_have_one_tie() -> None:
    """w d1 + (1 - w) d2 = 0 has one solution, whatever the norm."""
    for norm in ("L1", "L2"):
        found = nearest_tie(np.array([0.5, 0.5]), np.array([3.0, -1.0]), norm)
        assert found == pytest.approx([0.25, 0.75])


def test_closed_form_where_no_weight_reaches_zero() -> None:
    w, d = np.array([0.3, 0.3, 0.4]), np.array([2.0, 1.0, -1.5])
    across = d - d.mean()
    assert nearest_tie(w, d) == pytest.approx(w - across * (w @ d) / (across @ across), abs=1e-15)
    # Least moved: from the element that speaks most for the upper unit to the one that speaks most against.
    step = (w @ d) / (d[0] - d[2])
    assert nearest_tie(w, d, "L1") == pytest.approx(w + np.array([-step, 0.0, step]))


@settings(max_examples=80, deadline=None)
@given(
    arrays(np.float64, 6, elements=st.floats(0.01, 1.0)),
    arrays(np.float64, 6, elements=st.floats(-50.0, 50.0).filter(lambda d: abs(d) > 1e-2)),
)
def test_nearest_by_the_conditions_of_an_optimum(w: np.ndarray, d: np.ndarray) -> None:
    """Karush, Kuhn and Tucker: w' - w = m + n d where w' > 0, and no less than that where w' = 0."""
    assume((d > 0).any() and (d < 0).any())
    found = nearest_tie(w, d)
    assert found is not None
    assert found.min() >= 0
    assert found.sum() == pytest.approx(w.sum())
    assert found @ d == pytest.approx(0.0, abs=1e-7 * np.abs(d).max())
    free = found > 1e-9
    system = np.stack([np.ones_like(d), d / np.abs(d).max()], axis=1)
    multipliers = np.linalg.lstsq(system[free], (found - w)[free], rcond=None)[0]
    slack = found - w - system @ multipliers
    assert np.abs(slack[free]).max() < 1e-6
    assert free.sum() <= 2 or slack.min() > -1e-6  # two free weights fix both multipliers by themselves
    least = nearest_tie(w, d, "L1")
    assert least is not None
    assert np.abs(least - w).sum() <= np.abs(found - w).sum() + 1e-9
    assert np.sqrt(((found - w) ** 2).sum()) <= np.sqrt(((least - w) ** 2).sum()) + 1e-9


def test_one_sided_differences_cannot_tie() -> None:
    assert nearest_tie(np.array([0.5, 0.5]), np.array([1.0, 0.0])) is None
    assert nearest_tie(np.array([0.5, 0.5]), np.array([2.0, 1.0])) is None


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_units_tie_when_built_with_the_weights_found_and_swap_one_step_further(method: str) -> None:
    recipe = asem(method)
    found = swapped(recipe, "KAZ", "BRN")
    assert found.possible
    at = rebuilt(recipe, dict(zip(found.elements, found.after.tolist(), strict=True)))
    assert at["KAZ"] == pytest.approx(at["BRN"], rel=1e-9)
    past = np.maximum(found.after + 1e-3 * (found.after - found.before), 0.0)
    beyond = rebuilt(recipe, dict(zip(found.elements, past.tolist(), strict=True)))
    assert beyond[found.lower] > beyond[found.upper]


def test_weights_of_pillars_and_of_indicators() -> None:
    recipe = asem()
    pillars, indicators = swapped(recipe, "POL", "ITA", level=2), swapped(recipe, "ITA", "POL", level=1)
    assert len(pillars.elements) == 8
    assert len(indicators.elements) == 49
    assert pillars.before.sum() == pytest.approx(1.0)
    # More weights to turn: none of them must move as far.
    assert indicators.distance < pillars.distance
    index = build(recipe, DATA, META).stages["Normalised"]
    values = index.sel(unit=[indicators.upper, indicators.lower], element=list(indicators.elements)).values
    assert values @ indicators.after == pytest.approx(np.full(2, values[0] @ indicators.after))
    assert swapped(recipe, "POL", "ITA", level=1, norm="L1").frame().filter(pl.col("change") != 0).height == 2


def test_a_unit_that_is_nowhere_lower_cannot_be_passed() -> None:
    found = swapped(asem(), "CHE", "LAO")
    assert not found.possible
    assert "CHE stays above LAO: CHE is nowhere lower in Conn, Sust" in str(found)
    assert np.isnan(found.distance)
    assert (found.after == found.before).all()


def test_swaps_that_cannot_be_asked_for() -> None:
    mixed = asem("geometric", levels={"4": {"method": "arithmetic"}})
    assert swapped(mixed, "POL", "HUN").elements == ("Conn", "Sust")
    for recipe, how, message in (
        (mixed, {"level": 1}, "not linear in these weights .aggregated by geometric, arithmetic"),
        (asem("median"), {}, "not linear in these weights .aggregated by median"),
        (asem(), {"level": 4}, "level 4 do not make up Index"),
    ):
        with pytest.raises(InputError, match=message):
            swapped(recipe, "POL", "HUN", **how)
    with pytest.raises(InputError, match="no unit 'XXX'"):
        swapped(asem(), "POL", "XXX")
