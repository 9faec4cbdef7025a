"""Measures: pure functions of arrays, the same for data, for checking a claim and for simulated quarters."""

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

__all__ = [
    "COLUMNS",
    "BalanceTable",
    "Bounds",
    "MixBounds",
    "OpposedVotes",
    "axis_score",
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
    "mix_bounds",
    "opposed_votes",
    "shannon",
    "share",
    "tent",
    "top_share",
    "tv_distance",
    "worst_layer",
]
