"""Which models stand beside the baselines, by family. A model's file is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from multivector.atlas import Region
from multivector.inference.hindcast.family import Forecaster

Maker = Callable[[Region], tuple[Forecaster, ...]]


def _arms(region: Region) -> tuple[Forecaster, ...]:
    from multivector.inference.models.arms import arms_forecasters

    return arms_forecasters(region)


def _concentration(region: Region) -> tuple[Forecaster, ...]:
    from multivector.inference.models.concentration import concentration_forecasters

    return concentration_forecasters(region)


def _un_ideal_point(_: Region) -> tuple[Forecaster, ...]:
    from multivector.inference.models.un_positions import UnPositions

    return (UnPositions(),)


def _un_distance(_: Region) -> tuple[Forecaster, ...]:
    from multivector.inference.models.un_positions import UnDistances

    return (UnDistances(),)


def _arms_tie(_: Region) -> tuple[Forecaster, ...]:
    from multivector.inference.models.ties import ArmsTies

    return (ArmsTies(),)


MODELS: Mapping[str, Maker] = MappingProxyType(
    {
        "arms_share_5y": _arms,
        "supplier_concentration": _concentration,
        "arms_tie": _arms_tie,
        "un_ideal_point": _un_ideal_point,
        "un_distance": _un_distance,
    }
)


def models_of(region: Region, family: str) -> tuple[Forecaster, ...]:
    """The models that forecast a family, ready to be asked."""
    return MODELS[family](region) if family in MODELS else ()
