"""Two builds side by side."""

from __future__ import annotations

import numpy as np
import pytest

from multivector.errors import InputError
from multivector.indicators.composite import Composite, build
from multivector.indicators.composite.compare import compare

from .conftest import EXAMPLE, small


def test_a_build_agrees_with_itself(built: Composite) -> None:
    found = compare(built, built)
    assert found.agreement["kendall"] == pytest.approx(1.0)
    assert (found.agreement["units"], found.agreement["moved"]) == (51, 0)
    assert str(found).startswith("pearson 1, spearman 1, kendall 1, units 51, moved 0, mean_abs_rank_diff 0,")


def test_two_ways_of_aggregating(built: Composite) -> None:
    """Differences, signs and agreement, from the two builds' own ranks."""
    stages = [stage.model_dump() for stage in built.recipe.stage]
    stages[-2] |= {"low": 1.0, "high": 100.0}
    stages[-1] = {"do": "aggregate", "method": "geometric"}
    other = build({"name": "other", "stage": stages}, EXAMPLE / "data.csv", EXAMPLE / "meta.csv")
    found = compare(built, other)
    a, b = (index.ranks.sel(element="Index").values for index in (built, other))
    ours = {row["uCode"]: row for row in found.frame.iter_rows(named=True)}
    for u, unit in enumerate(built.units):
        assert (ours[unit]["rank_a"], ours[unit]["rank_b"]) == (a[u], b[u])
        assert ours[unit]["rank_diff"] == b[u] - a[u]
    assert found.agreement["mean_abs_rank_diff"] == pytest.approx(np.abs(a - b).mean())
    assert found.agreement["max_abs_rank_diff"] == np.abs(a - b).max() == abs(found.frame["rank_diff"][0])
    assert found.agreement["moved"] == (a != b).sum()
    back = compare(other, built).frame.sort("uCode")
    assert back["rank_diff"].to_list() == (-found.frame.sort("uCode")["rank_diff"]).to_list()


def test_ranks_are_among_those_in_both() -> None:
    screened = small(
        {"do": "screen", "least_available": 0.9}, {"do": "normalise"}, {"do": "aggregate"},
        data={"u3": {"b": None}},
    )  # fmt: skip
    found = compare(small(), screened).frame
    gone = found.filter(uCode="u3").row(0, named=True)
    assert gone["score_a"] is not None
    assert [gone[name] for name in ("score_b", "rank_a", "rank_b", "rank_diff")] == [None] * 4
    assert sorted(found["rank_a"].drop_nulls()) == [1, 2, 3]


def test_what_cannot_be_compared() -> None:
    index = small()
    with pytest.raises(InputError, match="build a has no node 'X'"):
        compare(index, index, "X")
    renamed = small(data={f"u{n}": {"uCode": f"v{n}"} for n in range(1, 5)})
    with pytest.raises(InputError, match="0 units are scored in both"):
        compare(index, renamed)
