"""The engine: mechanisms must fit together, and a number that stops being one is traced to its birth."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from multivector.errors import MechanismError, NotFiniteError
from multivector.mechanisms.mechanism import Mechanism
from multivector.world.engine import World
from multivector.world.ensemble import run_ensemble
from multivector.world.step import EXPECTED, WORLD
from refworld.facts import facts, reference_draws
from refworld.ours import REFWORLD, RefPlan, RefProgram, reproduce

GROW = Mechanism("growth", "grows", ("stock", "rate"), ("stock", "gain"), lambda stock, rate: (stock, rate))
SELL = Mechanism("sale", "sells", ("gain",), ("sold",), lambda gain: gain)


def world(*mechanisms: Mechanism, **kinds: Any) -> World:
    return World(
        mechanisms, **{"state": ("stock",), "facts": ("rate",), "inputs": (), "records": ("sold",)} | kinds
    )


def test_a_list_that_fits_is_a_world_and_tells_its_flow():
    assert list(world(GROW, SELL).flow()) == [("growth", "stock", "growth"), ("growth", "gain", "sale")]


@pytest.mark.parametrize(
    ("mechanisms", "kinds", "said"),
    [
        (
            (SELL, GROW),
            {},
            "sale reads 'gain', which nobody wrote before it\n  repair: put it after growth, which writes it",
        ),
        (
            (SELL,),
            {"state": ()},
            "sale reads 'gain', which nobody wrote before it\n  repair: add a mechanism",
        ),
        ((GROW, SELL), {"facts": ("rate", "sold")}, "sale writes 'sold', which is given from outside"),
        ((GROW, SELL, replace(SELL, name="again")), {}, "again overwrites 'sold' of sale unread"),
        ((GROW, SELL, SELL), {}, "mechanism 'sale' is there twice"),
        ((GROW, SELL), {"inputs": ("stock",)}, "field 'stock' is there twice"),
        ((GROW, SELL), {"state": ("stock", "idle")}, "state 'idle' is written by nobody"),
        ((GROW, SELL), {"records": ("profit",)}, "'profit' is recorded and written by nobody"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(mechanisms, kinds, said):
    with pytest.raises(MechanismError, match=re.escape(said)):
        world(*mechanisms, **kinds)


def test_a_mechanism_that_gives_too_little_is_named():
    short = replace(GROW, apply=lambda stock, rate: (stock,))
    with pytest.raises(MechanismError, match="growth gives 1 arrays and writes 2 fields"):
        world(short, SELL).step({"stock": 1.0}, {"rate": 2.0}, {})


@pytest.mark.parametrize("whole", [WORLD, EXPECTED, REFWORLD], ids=["region", "expected", "refworld"])
def test_every_flow_is_read_or_recorded(whole):
    read = {field for mechanism in whole.mechanisms for field in mechanism.reads}
    for mechanism in whole.mechanisms:
        assert set(mechanism.writes) <= read | set(whole.records)
    assert set(whole.facts) | set(whole.inputs) <= read


@dataclass(frozen=True)
class Breaking(RefProgram):
    """RefWorld with a mechanism that goes wrong for one member in one quarter."""

    @property
    def world(self) -> World:
        broken = replace(
            REFWORLD.mechanisms[4],
            apply=lambda **fields: jnp.where(
                fields["eps"][0, 0] > 1e6, jnp.nan, REFWORLD.mechanisms[4].apply(**fields)
            ),
        )
        mechanisms = (*REFWORLD.mechanisms[:4], broken, *REFWORLD.mechanisms[5:])
        return replace(REFWORLD, mechanisms=mechanisms)


@dataclass(frozen=True, eq=False)
class BreakingPlan(RefPlan):
    """The plan of it."""

    @property
    def program(self) -> Breaking:
        return Breaking(given=True)


def test_a_nan_is_traced_to_mechanism_quarter_member_and_field():
    draws = reference_draws()
    draws.eps[2, 17, 0, 0] = 1e7
    with pytest.raises(
        NotFiniteError,
        match="'align' stops being a number in alignment in quarter 18, member 2; 1 member in all",
    ):
        run_ensemble(BreakingPlan(facts(), draws), 4, 0, precision="float64", progress=False)


@pytest.mark.reference
def test_refworld_on_this_engine_gives_the_reference(shared):
    y, align = reproduce(facts(), reference_draws())
    for name, ours in (("ref_y", y), ("ref_align", align)):
        table = np.loadtxt(shared / "reference" / "refworld" / f"{name}.csv", delimiter=",", skiprows=1)
        np.testing.assert_allclose(ours.reshape(len(table), -1), table[:, 2:], atol=1e-12, rtol=0)
