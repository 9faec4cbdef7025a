"""Every fault of a region folder, the files included that only later parts of the program read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from multivector.atlas import Region, check_region, load_region
from multivector.desk.mapdata import load_map
from multivector.errors import Fault, MultivectorError, RegionError


def region_faults(path: Path) -> list[Fault]:
    """Tables first; then map, and where the tables hold, priors, hindcast protocol, scenarios and issues."""
    faults = check_region(path)
    faults += list(_told(path, "map.toml", partial(load_map, path)))
    if not check_region(path):
        faults += list(_with_region(load_region(path)))
    return list(dict.fromkeys(faults))


def _with_region(region: Region) -> Iterator[Fault]:
    from multivector.indicators import leverage_faults
    from multivector.inference.protocol import Protocol
    from multivector.world.parameters import Priors
    from multivector.world.posterior import FILE as POSTERIOR
    from multivector.world.scenario_file import load_scenario

    if "leverage" in region.tables:
        yield from leverage_faults(region)
    if "parameters" in region.tables:
        yield from Priors.read(region).faults()
        if (region.path / POSTERIOR).is_file():
            yield from _told(region.path, POSTERIOR, partial(_read_posterior, region))
    if (region.path / "hindcast.toml").is_file():
        yield from _told(region.path, "hindcast.toml", partial(Protocol.of, region))
    for issue in sorted((region.path / "issues").glob("*.y*ml")):
        yield from _told(region.path, f"issues/{issue.name}", partial(_read_issue, issue, region))
    for scenario in sorted((region.path / "scenarios").glob("*.y*ml")):
        yield from _told(region.path, f"scenarios/{scenario.name}", partial(load_scenario, scenario, region))


def _read_issue(path: Path, region: Region) -> None:
    from multivector.bargaining.issue_file import read_issue
    from multivector.bargaining.issue_sources import require_sources

    require_sources(read_issue(path), region, str(path))


def _read_posterior(region: Region) -> None:
    from multivector.world.parameters import Priors, require_allowed
    from multivector.world.posterior import PosteriorTable

    table = PosteriorTable.of(region)
    for rows in table.rows.values():
        require_allowed(Priors.read(region), table.names, rows)


def _told(path: Path, file: str, read: Callable[[], object]) -> Iterator[Fault]:
    """What reading a file says is wrong with it."""
    try:
        read()
    except RegionError as error:
        yield from error.faults
    except MultivectorError as error:
        yield Fault(file, None, "", "", error.what, error.repair or "see the docs of this file")
