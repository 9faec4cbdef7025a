"""The models by name: what the command line offers and what the calibration compares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from multivector.bargaining.models.compromise import Compromise
from multivector.bargaining.models.constant import Constant
from multivector.bargaining.models.exchange import Exchange
from multivector.bargaining.models.expected_utility import PAPER, SCHOLZ, ExpectedUtility
from multivector.bargaining.models.means import CapabilityMean, PlainMean, SalienceMean
from multivector.bargaining.models.model import Model
from multivector.bargaining.models.pce import CondorcetMean
from multivector.bargaining.models.spatial import SpatialModel
from multivector.bargaining.models.weighted_median import PlainMedian, WeightedMedian
from multivector.errors import InputError

_ALL: tuple[Model, ...] = (
    Compromise(),
    CapabilityMean(),
    SalienceMean(),
    PlainMean(),
    CondorcetMean(),
    Exchange(),
    SpatialModel("mean"),
    SpatialModel("median"),
    SpatialModel("pce"),
    ExpectedUtility(SCHOLZ, settles_at="mean"),
    ExpectedUtility(SCHOLZ, settles_at="median"),
    ExpectedUtility(PAPER, settles_at="mean"),
    ExpectedUtility(PAPER, settles_at="median"),
    Constant(),
    PlainMedian(),
    WeightedMedian(),
)

MODELS: Final[Mapping[str, Model]] = MappingProxyType({model.name: model for model in _ALL})
"""Models that need nothing but the stakes. `Nash` and `AgendaSetter` need a reference point and are made with one."""


def named_model(name: str) -> Model:
    """The model of that name.

    Raises
    ------
    InputError : there is none; lists those that there are.
    """
    try:
        return MODELS[name]
    except KeyError:
        raise InputError(
            f"no model of bargaining is called {name!r}", repair=f"take one of {', '.join(MODELS)}"
        ) from None
