"""Which families there are, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.inference.hindcast.arms import arms_share_5y, arms_tie, supplier_concentration
from multivector.inference.hindcast.family import Family
from multivector.inference.hindcast.un import un_distance, un_ideal_point

FAMILIES: Mapping[str, Callable[[Region], Family]] = MappingProxyType(
    {
        "arms_share_5y": arms_share_5y,
        "supplier_concentration": supplier_concentration,
        "arms_tie": arms_tie,
        "un_ideal_point": un_ideal_point,
        "un_distance": un_distance,
    }
)


def check_name(name: str) -> None:
    """Whether there is such a family.

    Raises
    ------
    InputError : names the families that exist.
    """
    if name not in FAMILIES:
        raise InputError(
            f"no hindcast family {name!r}", where="family", repair=f"name one of {', '.join(FAMILIES)}"
        )


def family_of(region: Region, name: str) -> Family:
    """A family of the region by its name.

    Raises
    ------
    InputError : no such family, or the region's `hindcast.toml` fixes no protocol for it.
    """
    check_name(name)
    return FAMILIES[name](region)
