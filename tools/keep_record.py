"""Write a region's record.csv: what `multivector hindcast` scored, by target year, for its briefs to read.

    python tools/keep_record.py [REGION]

Takes minutes where the hindcast is not yet in the cache.
"""

from __future__ import annotations

import sys

import polars as pl

from multivector.atlas import load_region
from multivector.desk.cache import remembered
from multivector.desk.kept_scores import FILE, keep
from multivector.files import write_text_whole
from multivector.inference.hindcast import family_of, hindcast
from multivector.inference.hindcast.baselines import baselines_of

KEPT = {"arms_share_5y": 0.0, "un_distance": None}


def main() -> None:
    """Score the families that briefs print and keep the means."""
    region = load_region(sys.argv[1] if len(sys.argv) > 1 else "central-eurasia")
    parts = []
    for name, above in KEPT.items():
        baselines = {baseline.name for baseline in baselines_of(family_of(region, name))}
        parts.append(keep(hindcast(region, name, remember=remembered).cells, name, baselines, above))
    print(write_text_whole(region.path / FILE, pl.concat(parts).write_csv()))


if __name__ == "__main__":
    main()
