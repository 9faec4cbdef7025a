"""Which models stand beside the baselines, by family. A model's file is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from multivector.atlas import Region
from multivector.inference.hindcast.family import Forecaster

MODELS: Mapping[str, tuple[Callable[[Region], Forecaster], ...]] = MappingProxyType({})


def models_of(region: Region, family: str) -> tuple[Forecaster, ...]:
    """The models that forecast a family, ready to be asked."""
    return tuple(make(region) for make in MODELS.get(family, ()))
