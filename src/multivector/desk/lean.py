"""What commands share before they compute: the scenario's region, and compiled code kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

from multivector.atlas import Region, load_region
from multivector.world.scenario import Scenario, check_scenario, load_scenario


def region_of(scenario: str, region: str = "") -> tuple[Region, Scenario]:
    """The scenario and the region that it is about, checked against each other."""
    what = load_scenario(scenario)
    atlas = load_region(region or what.region)
    check_scenario(what, atlas, scenario)
    return atlas, what


def keep_compiled_code() -> None:
    """Let JAX keep compiled code between runs, in the user's cache folder; without one, it compiles anew."""
    import jax

    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "multivector" / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.5)
