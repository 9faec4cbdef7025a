"""Statistics of an index: what its columns are like, how they go together, and what each is worth.

Functions of arrays (`correlate`, `principal_components`, `cronbach_alpha`, `describe`) raise where a number
cannot be had; functions of a built index give tables that say why in the column `missing`.
"""

from multivector.indicators.composite.statistics.availability import availability, availability_by_group
from multivector.indicators.composite.statistics.components import principal_components
from multivector.indicators.composite.statistics.correlation import correlate
from multivector.indicators.composite.statistics.correlation_tables import (
    correlation_flags,
    correlations,
    denominator_correlations,
)
from multivector.indicators.composite.statistics.cronbach import cronbach_alpha
from multivector.indicators.composite.statistics.describe import describe, describe_stage
from multivector.indicators.composite.statistics.every import frames
from multivector.indicators.composite.statistics.node_tables import components, cronbach, effective_weights
from multivector.indicators.composite.statistics.outranking import outranking
from multivector.indicators.composite.statistics.trends import trends

__all__ = [
    "availability",
    "availability_by_group",
    "components",
    "correlate",
    "correlation_flags",
    "correlations",
    "cronbach",
    "cronbach_alpha",
    "denominator_correlations",
    "describe",
    "describe_stage",
    "effective_weights",
    "frames",
    "outranking",
    "principal_components",
    "trends",
]
