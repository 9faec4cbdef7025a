"""The invented region, as it is and as a copy that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region

ARCHIPELAGO = Path(__file__).resolve().parents[1] / "regions" / "archipelago"


@pytest.fixture(scope="session")
def archipelago() -> Region:
    """Three invented states, three invented powers; one of these is a group."""
    return load_region(ARCHIPELAGO)


@pytest.fixture(scope="session")
def eurasia() -> Region:
    """The region that comes with the package."""
    return load_region("central-eurasia")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the invented region that a test may break."""
    return Path(shutil.copytree(ARCHIPELAGO, tmp_path / "archipelago"))
