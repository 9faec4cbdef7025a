"""Families of models, each with a prior and the options that a reader of its sources may choose."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from multivector.bargaining.models.expected_utility import READINGS, ExpectedUtility
from multivector.bargaining.models.model import Model
from multivector.bargaining.models.registry import named_model
from multivector.bargaining.models.smp.options import CHOICES, SMPOptions
from multivector.bargaining.models.spatial import SpatialModel
from multivector.errors import InputError

Options = Mapping[str, str]


@dataclass(frozen=True)
class Family:
    """Models of one kind.

    Parameters
    ----------
    name : of the family.
    prior : chance that the right model is of this family, against that of the others; only ratios matter.
    options : what may be chosen, and the values of each, all as likely. None: the family is one model.
    model : the model of a choice.

    Raises
    ------
    InputError : a prior below 0, an option without values.
    """

    name: str
    prior: float
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    model: Callable[[Any], Model] = lambda chosen: named_model(chosen["kind"])

    def __post_init__(self) -> None:
        if not 0 <= self.prior < np.inf:
            raise InputError(
                f"the prior of {self.name} is {self.prior}", repair="give a number from 0 upwards"
            )
        for name, values in self.options.items():
            if not values:
                raise InputError(
                    f"{self.name} has no value of {name}", repair="give one or more, or leave it out"
                )

    @property
    def models(self) -> int:
        """How many there are."""
        return int(np.prod([len(values) for values in self.options.values()], dtype=object))

    def every(self) -> list[Options]:
        """All choices."""
        return [
            dict(zip(self.options, values, strict=True))
            for values in itertools.product(*self.options.values())
        ]

    def balanced(self, count: int, rng: np.random.Generator) -> list[Options]:
        """`count` choices at random: of each option every value comes up as often as the others, but for one."""
        columns = [
            [values[i] for i in rng.permutation(np.resize(rng.permutation(len(values)), count))]
            for values in self.options.values()
        ]
        return [dict(zip(self.options, row, strict=True)) for row in zip(*columns, strict=True)]


def _spatial(chosen: Options) -> Model:
    options = {name: value for name, value in chosen.items() if name != "settles_at"}
    return SpatialModel(chosen["settles_at"], SMPOptions.of(options))  # type: ignore[arg-type]


def _expected_utility(chosen: Options) -> Model:
    return ExpectedUtility(READINGS[chosen["reading"]], settles_at=chosen["settles_at"])  # type: ignore[arg-type]


FAMILIES: Final[tuple[Family, ...]] = (
    Family(
        "spatial",
        1.0,
        MappingProxyType({
            **{name: values for name, values in CHOICES.items() if name != "choice"},
            # The third way of commitment is the second to the last bit: third parties stay out.
            "commitment": ("SemiCommit", "NoCommit"),
            "settles_at": ("mean", "median", "pce"),
        }),
        _spatial,
    ),
    Family(
        "expected-utility",
        1.0,
        MappingProxyType({"reading": tuple(READINGS), "settles_at": ("mean", "median")}),
        _expected_utility,
    ),
    Family(
        "means",
        1.0,
        MappingProxyType({
            "kind": ("compromise", "weighted-median", "pce-mean", "mean", "salience-mean", "capability-mean")
        }),
    ),
)  # fmt: skip
"""The prior of an analyst who does not know which kind of model is right: each as likely as the others.

On past issues of the European Union the compromise mean errs least (see the page on calibration); a prior from
such a record is made with `dataclasses.replace(family, prior=...)`.
"""
