"""What commands share before they compute: the scenario's region, and what is kept between runs.

Kept are compiled code and small tables of results, in the user's cache folder. A table's file is named by
the hash of everything that it depends on, so that nothing stale is ever read; deleting the folder is safe.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl

from multivector.atlas import Region, load_region
from multivector.errors import StorageError
from multivector.files import write_whole
from multivector.world.scenario import Scenario, check_scenario, load_scenario


def region_of(scenario: str, region: str = "") -> tuple[Region, Scenario]:
    """The scenario and the region that it is about, checked against each other."""
    what = load_scenario(scenario)
    atlas = load_region(region or what.region)
    check_scenario(what, atlas, scenario)
    return atlas, what


def cache_folder() -> Path:
    """The user's cache folder for multivector; it may not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "multivector"


def keep_compiled_code() -> None:
    """Let JAX keep compiled code between runs; without a writable cache folder it compiles anew."""
    import jax

    folder = cache_folder() / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.5)


def remembered(depends_on: str, compute: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """A small table of results: read if it is kept, else computed and kept.

    Parameters
    ----------
    depends_on : names everything that the table depends on: hashes of data, parameters and code, seed.
    """
    path = cache_folder() / "results" / f"{hashlib.sha256(depends_on.encode()).hexdigest()[:32]}.parquet"
    try:
        if path.is_file():
            return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        pass  # an unreadable file is as good as none: it is computed and written again
    table = compute()
    try:
        write_whole(path, table.write_parquet)
    except StorageError:
        return table  # a full or read-only cache must not stop the work
    return table
