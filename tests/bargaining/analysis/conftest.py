"""Tables for the analyses, made of few numbers."""

from __future__ import annotations

import pytest

from multivector.bargaining.issue_file import issue_of


def _cell(of):
    low, mode, high = (of, of, of) if isinstance(of, int | float) else of
    return {"low": low, "mode": mode, "high": high, "evidence": "assumed"}


@pytest.fixture(scope="session")
def issue_from():
    """`issue_from(actors, dimensions=..., **more)`: actors by name, each (capability, position, salience) of one
    dimension, or with a dict by dimension; a cell is a number or (low, mode, high)."""

    def made(actors, dimensions=({"name": "scale"},), **more):
        names = [each["name"] for each in dimensions]
        stakeholders = []
        for name, (capability, *of) in actors.items():
            position, salience = ((each if isinstance(each, dict) else {names[0]: each}) for each in of)
            stakeholders.append(
                {
                    "name": name,
                    "capability": _cell(capability),
                    "position": {key: _cell(x) for key, x in position.items()},
                    "salience": {key: _cell(x) for key, x in salience.items()},
                }
            )
        return issue_of(
            {
                "id": "made",
                "title": "t",
                "question": "q",
                "as_of": "2025-01-01",
                "dimensions": list(dimensions),
            }
            | {"stakeholders": stakeholders}
            | more
        )

    return made
