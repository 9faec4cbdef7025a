"""Principal components of standardised columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.statistics.columns import complete, require_varied


@dataclass(frozen=True, eq=False)
class Components:
    """Components c in falling order: standard deviation [c], share of the variance [c], loadings [c, n]."""

    deviation: Floats
    share: Floats
    loadings: Floats


def principal_components(x: Floats, names: Names = NAMELESS) -> Components:
    """Eigenvectors of the correlation matrix of x [u, n], over the units known in full.

    Each component's sign is free; here its loadings sum to zero or more.

    Raises
    ------
    InputError : a column that is constant or known of fewer than three units (or of no three together).

    Source: K. Pearson, Philosophical Magazine 2 (1901) 559-572; OECD and JRC, Handbook on Constructing
    Composite Indicators (2008), section 1.4.
    """
    require_varied(x, "principal component", names)
    rows = complete(x)
    require_varied(rows, "principal component over the units known in full", names)
    standard = (rows - rows.mean(axis=0)) / rows.std(axis=0, ddof=1)
    _, singular, vectors = np.linalg.svd(standard, full_matrices=False)
    variance = singular**2 / (len(rows) - 1)
    turned = np.where(vectors.sum(axis=1, keepdims=True) < 0, -vectors, vectors)
    return Components(np.sqrt(variance), variance / variance.sum(), turned)
