"""The expected-utility model of Bueno de Mesquita, in named readings."""

from multivector.bargaining.models.expected_utility.readings import PAPER, READINGS, SCHOLZ, Reading
from multivector.bargaining.models.expected_utility.run import (
    ExpectedUtility,
    round_dyads,
    run_expected_utility,
)

__all__ = [
    "PAPER",
    "READINGS",
    "SCHOLZ",
    "ExpectedUtility",
    "Reading",
    "round_dyads",
    "run_expected_utility",
]
