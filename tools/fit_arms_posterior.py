"""Write the posterior of the arms parameters: `posterior.csv` and its manifest, in the region's folder.

Draws from the wide priors are simulated from every origin of the register; for each origin T they are
weighted by how well they forecast what had happened by T, and equally likely rows are written.

    python tools/fit_arms_posterior.py [draws=512] [members=8] [rows=128] [seed=11]

Minutes on two cores; finished origins are kept in a folder for temporary files and found again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from multivector.atlas import Region, load_region
from multivector.files import write_text_whole
from multivector.inference.hindcast import Family, family_of
from multivector.inference.models.arms_fit import RATE, Sweep, equal_draws, fit_at
from multivector.inference.models.arms_paths import simulate_shares
from multivector.inference.models.arms_priors import WidePriors
from multivector.world.ensemble import code_hash
from multivector.world.posterior import FILE, MANIFEST, PosteriorTable

FIRST_SWEEP = 1999  # the first whole five-year window of the register
FIRST = 2001  # until then no window but of one year ahead has come true
HORIZONS = (1, 2, 3, 5)
INPUTS = ("ties/arms.csv", "hindcast.toml", "parameters.csv")


def main() -> None:
    """Sweep, fit at each origin, write."""
    draws, members, rows, seed = (
        int(a) for a in [*sys.argv[1:], *("512", "8", "128", "11")[len(sys.argv) - 1 :]]
    )
    region = load_region()
    family = family_of(region, "arms_share_5y")
    sweep = simulate(region, family, draws, members, seed)
    fits = {origin: fit_at(sweep, family, origin) for origin in range(FIRST, family.years[-1] + 1)}
    table = PosteriorTable(
        sweep.names, {o: equal_draws(sweep, fit, rows, seed + o) for o, fit in fits.items()}, "own_fit_arms"
    )
    manifest = {
        "region": f"{region.id}@{region.version}",
        "inputs": input_hashes(region),
        "code": code_hash(),
        "draws": draws,
        "members": members,
        "rows": rows,
        "seed": seed,
        "horizons": list(HORIZONS),
        "highest_rate": RATE,
        "fits": {
            o: {"rate": round(f.rate, 4), "effective_draws": round(f.effective_draws, 1)}
            for o, f in fits.items()
        },
    }
    write_text_whole(region.path / FILE, table.as_csv())
    write_text_whole(region.path / MANIFEST, json.dumps(manifest, indent=2) + "\n")
    for origin, fit in fits.items():
        median = np.median(table.rows[origin], axis=0)
        said = ", ".join(f"{name} {value:.3g}" for name, value in zip(table.names, median, strict=True))
        print(f"{origin}: rate {fit.rate:.2f}, effective draws {fit.effective_draws:.0f}; medians: {said}")


def input_hashes(region: Region) -> dict[str, str]:
    """SHA-256 of every file that a fit depends on; the posterior itself is in the same folder."""
    return {name: hashlib.sha256((region.path / name).read_bytes()).hexdigest() for name in INPUTS}


def simulate(region: Region, family: Family, draws: int, members: int, seed: int) -> Sweep:
    """What every draw gives from every origin."""
    wide = WidePriors.of(region)
    values = wide.draw(draws, seed)
    folder = Path(tempfile.gettempdir()) / "multivector-arms-sweep"
    folder.mkdir(exist_ok=True)
    shares = {}
    for origin in range(FIRST_SWEEP, family.years[-1]):
        content = f"{input_hashes(region)} {code_hash()} {origin} {draws} {members} {seed}"
        path = folder / f"{hashlib.sha256(content.encode()).hexdigest()[:32]}.npy"
        if not path.is_file():
            made = simulate_shares(
                region, family, origin, values, members=members, horizons=HORIZONS, seed=seed
            )
            np.save(path, made)
            print(f"simulated from {origin}", flush=True)
        shares[origin] = np.load(path)
    return Sweep(wide.names, values, HORIZONS, shares)


if __name__ == "__main__":
    main()
