"""Principal-component weights: what the children have in common decides."""

from __future__ import annotations

from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.statistics.components import principal_components


def pca(x: Floats, names: Names = NAMELESS) -> Floats:
    """Squared loadings on the first principal component, which sum to one.

    A child that loads with the other sign pulls against the rest, and its square hides that: `against`
    names it. Axes: x [u, n], over the units known in full -> w [n].

    Raises
    ------
    InputError : a child that is constant or known of fewer than three units.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 1.6.
    """
    weights: Floats = principal_components(x, names).loadings[0] ** 2
    return weights


def against(x: Floats, names: Names = NAMELESS) -> tuple[str, ...]:
    """Each child with a negative loading on the first component, as a sentence."""
    first = principal_components(x, names)
    return tuple(
        f"{names.child(n)} loads {loading:.3g} on the first principal component "
        f"({first.share[0]:.0%} of the variance): it pulls against the others, yet weighs {loading**2:.3g}"
        for n, loading in enumerate(first.loadings[0])
        if loading < 0
    )
