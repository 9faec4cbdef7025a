"""Every indicator of the index that a region's data can give, by its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from multivector.indicators.middle_power import (
    balancing,
    challenges,
    connectivity,
    cooperation,
    economy,
    initiatives,
    reform,
)
from multivector.indicators.middle_power.definition import indicators
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid

Reader = Callable[[Facts], Grid]
MODULES = (economy, balancing, cooperation, connectivity, initiatives, reform, challenges)


def readers() -> Mapping[str, Reader]:
    """The function of each indicator that has one: it bears the indicator's code as its name."""
    return {
        code: getattr(module, code) for code in indicators() for module in MODULES if hasattr(module, code)
    }


def read(facts: Facts) -> Mapping[str, Grid]:
    """Every indicator of the definition; one without a reader is blank and says what would give it."""
    known = readers()
    return {
        code: known[code](facts)
        if code in known
        else Grid.blank(facts.shape, f"not in the region's data; {each.needs} would give it")
        for code, each in indicators().items()
    }
