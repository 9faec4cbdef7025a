"""Every computed row of the balance vectors, to 1e-12: from the copy in the tests, and from the folder."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import multivector.indicators as ind

VECTORS = Path(__file__).parent / "vectors"
TOLERANCE = 1e-12

OF_A_MIX: dict[str, Callable[[np.ndarray, np.ndarray | None], float]] = {
    "hhi": lambda p, u: ind.hhi(p),
    "hhi_norm": lambda p, u: ind.hhi_normalised(p),
    "shannon_nats": lambda p, u: ind.shannon(p),
    "evenness_pielou": lambda p, u: ind.evenness(p),
    "eff_partners_hill1": lambda p, u: ind.hill_number(p, 1),
    "eff_partners_hill2": lambda p, u: ind.hill_number(p, 2),
    "top_share": lambda p, u: ind.top_share(p),
    "js_distance_to_target": ind.js_distance,
    "kl_to_target": ind.kl_divergence,
    "tv_distance_to_target": ind.tv_distance,
    "gini": lambda p, u: ind.gini(p),
}
# The vectors name the cases of two poles and of ideal points by their arguments.
OF_POLES = {
    "axis_score_0_100": ind.axis_score,
    "tent_balance": ind.tent,
    "engaged_balance_geo": ind.engaged_balance,
}
POLES = {
    "axis_a30_b70": (30, 70),
    "axis_a50_b50": (50, 50),
    "axis_a0_b10": (0, 10),
    "axis_a12_b4": (12, 4),
}
# The poles follow from the vectors themselves: -0.3 lies at 0.21875 and 0.6 at 0.5 of the way.
IDEAL_POLES = (-1.0, 2.2)


def rows(folder: Path) -> Iterator[tuple[str, str, float]]:
    with (folder / "balance_test_vectors.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            yield row["case"], row["measure"], float(row["value"])


def inputs(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    shares, targets = defaultdict(list), defaultdict(list)
    with (folder / "balance_test_inputs.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            shares[row["case"]].append(float(row["share"]))
            if row["target"]:
                targets[row["case"]].append(float(row["target"]))
    return {c: np.array(v) for c, v in shares.items()}, {c: np.array(v) for c, v in targets.items()}


def votes(folder: Path) -> np.ndarray:
    with (folder / "unga_toy_votes.csv").open(newline="") as file:
        return np.array([[float(row[c]) for c in "xAB"] for row in csv.DictReader(file)]).T


def bounds(case: str) -> dict[str, float]:
    found = ind.hhi_bounds([0.94], partners=float(case.removeprefix("bounds_top94_k")))
    return {"hhi_lower": float(found.low), "hhi_upper": float(found.high)}


def ideal(case: str) -> dict[str, float]:
    x = float(case.removeprefix("idealpoint_i"))
    return {
        "equidistance": float(ind.equidistance(x, *IDEAL_POLES)),
        "position01": float(ind.ideal_position(x, *IDEAL_POLES)),
    }


def opposed(folder: Path) -> dict[str, float]:
    found = ind.opposed_votes(*votes(folder))
    return {"with_A": float(found.with_a), "with_B": float(found.with_b), "abstain": float(found.abstain)}


def of_layers(layers: np.ndarray) -> dict[str, float]:
    return {
        "mean": float(np.mean(layers)),
        "gmean": float(ind.geometric_mean(layers)),
        "min": float(ind.worst_layer(layers)),
    }


def asymmetry(flow: float, small: float, big: float) -> dict[str, float]:
    return {
        "dep_small_on_big": float(ind.dependence_asymmetry(flow, small, 0.0, big)),
        "dep_big_on_small": float(ind.dependence_asymmetry(flow, big, 0.0, small)),
        "asymmetry": float(ind.dependence_asymmetry(flow, small, flow, big)),
    }


def computed(case: str, measure: str, folder: Path) -> float:
    shares, targets = inputs(folder)
    if measure in OF_A_MIX:
        return float(OF_A_MIX[measure](shares[case], targets.get(case)))
    kind = case.partition("_")[0]
    found: Callable[[], dict[str, float]] = {
        "axis": lambda: {name: float(function(*POLES[case])) for name, function in OF_POLES.items()},
        "bounds": lambda: bounds(case),
        "idealpoint": lambda: ideal(case),
        "unga": lambda: opposed(folder),
        "layers5": lambda: of_layers(shares[case]),
        "asym": lambda: asymmetry(*shares[case]),
    }[kind]
    return found()[measure]


@pytest.mark.parametrize(
    ("case", "measure", "value"), [pytest.param(*r, id="-".join(r[:2])) for r in rows(VECTORS)]
)
def test_vector(case: str, measure: str, value: float) -> None:
    assert computed(case, measure, VECTORS) == pytest.approx(value, abs=TOLERANCE, rel=0)


def test_all_vectors_are_here() -> None:
    assert len(list(rows(VECTORS))) == 101


def test_opposed_votes_report_how_many_there_were() -> None:
    found = ind.opposed_votes(*votes(VECTORS))
    assert int(found.n) == 6
    assert float(found.balance) == pytest.approx(1 - (1 / 2 - 1 / 6))


@pytest.mark.reference
def test_every_row_of_the_reference_folder(shared: Path) -> None:
    folder = shared / "reference" / "balance"
    off = {
        (case, measure): (found, value)
        for case, measure, value in rows(folder)
        if not math.isclose(found := computed(case, measure, folder), value, abs_tol=TOLERANCE, rel_tol=0)
    }
    assert off == {}


@pytest.mark.reference
@pytest.mark.parametrize(
    "name", ["balance_test_inputs.csv", "balance_test_vectors.csv", "unga_toy_votes.csv"]
)
def test_the_copy_is_the_reference(shared: Path, name: str) -> None:
    assert (VECTORS / name).read_bytes() == (shared / "reference" / "balance" / name).read_bytes()
