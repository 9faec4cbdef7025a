"""The first region, read for the index once."""

from __future__ import annotations

import pytest

import multivector as mv
from multivector.indicators.middle_power.facts import Facts


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(mv.load_region("central-eurasia"), (2022, 2023, 2024))
