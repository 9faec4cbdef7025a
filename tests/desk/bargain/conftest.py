"""An invented issue of three stakeholders, on a scale of any length, and one bargain over it that tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from multivector.bargaining.bargain import Bargain, bargain_over

DRAWS = 120
TOWNS = (
    ("upper town", (30, 40, 50), (0.0, 0.1, 0.3), (60, 80, 95)),
    ("lower town", (40, 60, 70), (0.7, 0.9, 1.0), (30, 50, 60)),
    ("boatmen", (5, 10, 20), (0.2, 0.5, 0.6), (40, 70, 90)),
)
"""Capability, position as a part of the scale, salience: each at its least, its mode and its most."""
DATES = (
    {"at": 0, "means": "never", "never": {"low": 1, "mode": 1, "high": 1}},
    {"at": 20, "means": "in ten years", "years": {"low": 8, "mode": 10, "high": 15}},
    {"at": 50, "means": "next year", "years": {"low": 0.5, "mode": 1, "high": 2}},
)


def cell(three: tuple[float, ...], scale: Callable[[float], float] = float, **more: Any) -> dict[str, Any]:
    low, mode, high = (scale(x) for x in three)
    return {"low": low, "mode": mode, "high": high, "evidence": "assumed", **more}


def issue_on(
    length: float = 50.0, low: float = 0.0, marks: Any = (), unit: str = "", **more: Any
) -> dict[str, Any]:
    """What an issue file holds, with positions on a scale of that length."""
    return {
        "id": "lock",
        "title": "Who pays for the lock",
        "question": "Which share falls to the upper town?",
        "as_of": "2024-02-29",
        "dimensions": [
            {"name": "share", "unit": unit, "low": low, "high": low + length, "marks": list(marks)}
        ],
        "stakeholders": [
            {
                "name": name,
                "capability": cell(capability),
                "position": cell(position, lambda x: low + x * length),
                "salience": cell(salience),
            }
            for name, capability, position, salience in TOWNS
        ],
    } | more


def issue_on_two() -> dict[str, Any]:
    """The same towns over two things at once, on scales of 1 and of 1000."""
    return issue_on() | {
        "dimensions": [{"name": "share", "high": 1}, {"name": "tolls", "high": 1000}],
        "stakeholders": [
            {
                "name": name,
                "capability": cell(capability),
                "position": {"share": cell(at), "tolls": cell(at[::-1], lambda x: 1000 * (1 - x))},
                "salience": {each: cell(care, lambda x: x / 2) for each in ("share", "tolls")},
            }
            for name, capability, at, care in TOWNS
        ],
    }


Over = Callable[..., Bargain]


@pytest.fixture(scope="session")
def over(tmp_path_factory: pytest.TempPathFactory) -> Over:
    """A bargain over what an issue file holds; `draws` and other words are those of `bargain_over`."""

    def made(content: dict[str, Any], **asked: Any) -> Bargain:
        path = tmp_path_factory.mktemp("issue") / "lock.yaml"
        path.write_text(yaml.safe_dump(content), "utf-8")
        return bargain_over(path, **{"draws": DRAWS, "seed": 1} | asked)

    return made


@pytest.fixture(scope="session")
def lock() -> Callable[..., dict[str, Any]]:
    return issue_on


@pytest.fixture(scope="session")
def two_dimensions() -> Callable[[], dict[str, Any]]:
    return issue_on_two


@pytest.fixture(scope="session")
def small(over: Over) -> Bargain:
    return over(issue_on(unit="per cent"))


@pytest.fixture(scope="session")
def when(over: Over) -> Bargain:
    return over(issue_on(marks=DATES, consent=["boatmen", "lower town"]))


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """One of KTAB's files, whose cells are all points, under a name with a space."""
    path = tmp_path / "three towns.csv"
    path.write_text(
        "three,,3,1,\nActor,Description,Power,Position,Salience\na,,10,0,50\nb,,20,60,40\nc,,5,100,90\n",
        "utf-8",
    )
    return path
