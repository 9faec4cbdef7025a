"""multivector: a region's geopolitics, executable.

    import multivector as mv
    region = mv.load_region("central-eurasia")
    run = mv.run(region, "russia-arms-shortfall", members=500, seed=7)

Names load when they are first used, so that `import multivector` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from multivector import bargaining, indicators
    from multivector.atlas import Region, Snapshot, check_region, load_region
    from multivector.desk.pipeline import Brief, make_brief
    from multivector.errors import MultivectorError
    from multivector.evidence import (
        Claim,
        Document,
        Verdict,
        check_claims,
        read_claims,
        read_documents,
        write_claims,
    )
    from multivector.indicators import BalanceTable, measure_balance
    from multivector.world.run import Run, open_run, run
    from multivector.world.scenario import Scenario
    from multivector.world.scenario_file import load_scenario

_PARTS = ("bargaining", "indicators")
"""Parts that are reached through the package: `mv.indicators.composite.build`, `mv.bargaining.read_issue`."""

_HOME = {
    "Region": "multivector.atlas",
    "Snapshot": "multivector.atlas",
    "check_region": "multivector.atlas",
    "load_region": "multivector.atlas",
    "Brief": "multivector.desk.pipeline",
    "make_brief": "multivector.desk.pipeline",
    "MultivectorError": "multivector.errors",
    "Claim": "multivector.evidence",
    "Document": "multivector.evidence",
    "Verdict": "multivector.evidence",
    "check_claims": "multivector.evidence",
    "read_claims": "multivector.evidence",
    "read_documents": "multivector.evidence",
    "write_claims": "multivector.evidence",
    "BalanceTable": "multivector.indicators",
    "measure_balance": "multivector.indicators",
    "Run": "multivector.world.run",
    "open_run": "multivector.world.run",
    "run": "multivector.world.run",
    "Scenario": "multivector.world.scenario",
    "load_scenario": "multivector.world.scenario_file",
}

__all__ = [
    "BalanceTable",
    "Brief",
    "Claim",
    "Document",
    "MultivectorError",
    "Region",
    "Run",
    "Scenario",
    "Snapshot",
    "Verdict",
    "__version__",
    "bargaining",
    "check_claims",
    "check_region",
    "indicators",
    "load_region",
    "load_scenario",
    "make_brief",
    "measure_balance",
    "open_run",
    "read_claims",
    "read_documents",
    "run",
    "write_claims",
]


def __getattr__(name: str) -> Any:
    """Load a public name from where it lives."""
    if name in _PARTS:
        return import_module(f"multivector.{name}")
    if name not in _HOME:
        raise AttributeError(f"multivector has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
