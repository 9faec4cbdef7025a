"""What the tools that rebuild the region's tables share: reading, writing, codes, digits."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

REGION = Path(__file__).resolve().parents[1] / "src/multivector/regions/central_eurasia"
Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write(name: str, columns: str, rows: Iterable[Iterable[object]]) -> None:
    path = REGION / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle, lineterminator="\n")
        table.writerow(columns.split(","))
        table.writerows(rows)


def codes(*kinds: str) -> list[str]:
    """The region's actors of these kinds, in its order."""
    return [row["code"] for row in read(REGION, "actors.csv") if row["kind"] in kinds]


def focus() -> list[str]:
    """States and powers: those whose own ties and observations are kept."""
    return codes("state", "power")


def short(number: float | str) -> str:
    """At most six significant digits below a million, whole numbers above: no source knows more."""
    value = float(number)
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
