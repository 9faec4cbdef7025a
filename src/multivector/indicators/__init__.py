"""Measures: pure functions of arrays, the same for data, for checking a claim and for simulated quarters."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from multivector.indicators.across_layers import exposure, geometric_mean, worst_layer
from multivector.indicators.balance import measure_balance
from multivector.indicators.concentration import gini, hhi, hhi_normalised, top_share
from multivector.indicators.dependence import dependence, dependence_asymmetry, share
from multivector.indicators.distance import js_distance, kl_divergence, tv_distance
from multivector.indicators.evenness import evenness, hill_number, shannon
from multivector.indicators.leverage import leverage, leverage_asymmetry
from multivector.indicators.mix_bounds import MixBounds, mix_bounds
from multivector.indicators.poles import axis_score, engaged_balance, equidistance, ideal_position, tent
from multivector.indicators.priors import leverage_faults
from multivector.indicators.table import COLUMNS, BalanceTable
from multivector.indicators.top_shares import Bounds, evenness_bounds, hhi_bounds
from multivector.indicators.votes import OpposedVotes, opposed_votes

if TYPE_CHECKING:
    from multivector.indicators import blocs, composite, middle_power, power, similarity

_PARTS = ("blocs", "composite", "middle_power", "power", "similarity")
"""Families of measures, each loaded when it is first used."""

__all__ = [
    "COLUMNS",
    "BalanceTable",
    "Bounds",
    "MixBounds",
    "OpposedVotes",
    "axis_score",
    "blocs",
    "composite",
    "dependence",
    "dependence_asymmetry",
    "engaged_balance",
    "equidistance",
    "evenness",
    "evenness_bounds",
    "exposure",
    "geometric_mean",
    "gini",
    "hhi",
    "hhi_bounds",
    "hhi_normalised",
    "hill_number",
    "ideal_position",
    "js_distance",
    "kl_divergence",
    "leverage",
    "leverage_asymmetry",
    "leverage_faults",
    "measure_balance",
    "middle_power",
    "mix_bounds",
    "opposed_votes",
    "power",
    "shannon",
    "share",
    "similarity",
    "tent",
    "top_share",
    "tv_distance",
    "worst_layer",
]


def __getattr__(name: str) -> Any:
    """Load a family of measures."""
    if name not in _PARTS:
        raise AttributeError(f"multivector.indicators has no {name!r}")
    return import_module(f"multivector.indicators.{name}")
