"""The signed networks of the reference, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from multivector.indicators.blocs import SignedNetwork, edges_of


@pytest.fixture(scope="session")
def signed(shared: Path) -> Path:
    return shared / "reference" / "signed"


@pytest.fixture(scope="session")
def reference_network(signed: Path) -> Callable[[str], SignedNetwork]:
    """A network of the reference by its name; its files are read once."""
    names = {"a": "source", "b": "target", "source": "key"}
    by_name = {
        str(key): frame.rename(names)
        for file, column in (("cow_signed_edges", "period"), ("read_highland_tribes_edges", "network"))
        for (key,), frame in pl.read_csv(signed / f"{file}.csv").group_by(column)
    }
    return lambda name: edges_of(by_name[name])
