"""Scenario files: found by name or path, read, validated, and checked against their region."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from multivector.atlas import Region, load_region
from multivector.errors import ScenarioError
from multivector.world.inputs import covered_years
from multivector.world.parameters import Priors
from multivector.world.scenario import REPAIR, Assumption, Caveat, Lever, Scenario, explain
from multivector.yaml_files import read_yaml


def load_scenario(name: str | Path, region: Region | None = None) -> Scenario:
    """Read a scenario file, or one of a region by its name ("russia-arms-shortfall").

    Raises
    ------
    ScenarioError : with the path of the key, what was found and what would be right.
    """
    path = _find(name)
    content = read_yaml(path, error=ScenarioError, what="scenario").content
    if not isinstance(content, dict):
        raise ScenarioError(
            "the file holds no keys",
            where=str(path),
            repair="begin with `id: my-scenario`; see docs/scenario.md",
        )
    try:
        scenario = Scenario.model_validate(content)
    except ValidationError as error:
        raise ScenarioError(explain(error), where=str(path), repair=REPAIR) from error
    if region is not None:
        check_scenario(scenario, region, str(path))
    return scenario


def region_of(scenario: str | Path, region: str = "") -> tuple[Region, Scenario]:
    """A scenario and the region that it is about (or the one given), checked against each other."""
    what = load_scenario(scenario)
    atlas = load_region(region or what.region)
    check_scenario(what, atlas, str(scenario))
    return atlas, what


def check_scenario(scenario: Scenario, region: Region, where: str) -> None:
    """Refuse actors, sources and parameters that the region does not have."""
    if scenario.region != region.id:
        raise ScenarioError(
            f"the scenario is about {scenario.region!r}, the region given is {region.id!r}", where=where
        )
    first, last = covered_years(region, "arms")
    if not first + 4 <= scenario.start_year <= last:
        raise ScenarioError(
            f"start {scenario.start} is out of range: arms data cover {first} to {last}",
            where=where,
            repair=f"choose a fourth quarter from {first + 4}Q4 to {last}Q4",
        )
    _check_suppliers(scenario, region, where)
    for key, code in [(f"judgements.{j.id}.state", j.state) for j in scenario.judgements] + [
        ("focus", code) for code in scenario.focus
    ]:
        if code not in region.states:
            raise ScenarioError(
                f"{key}: {code!r} is not a state of the region",
                where=where,
                repair=f"use one of: {' '.join(region.states)}",
            )
    known = set(region.table("sources")["key"].to_list())
    sourced: list[Lever | Assumption | Caveat] = [*scenario.levers, *scenario.assumptions, *scenario.caveats]
    for key in (source for part in sourced for source in part.sources):
        if key not in known:
            raise ScenarioError(
                f"the source {key!r} is not in the region's sources.csv",
                where=where,
                repair="add the source there, or use one of its keys",
            )
    priors = Priors.of(region)
    for assumption in scenario.assumptions:
        scenario.negated(assumption)
        if assumption.negate.parameter is not None:
            priors.require(
                assumption.negate.parameter, assumption.negate.value, f"{where}, assumption {assumption.id}"
            )


def _check_suppliers(scenario: Scenario, region: Region, where: str) -> None:
    """Refuse levers on nobody, and shares of a supplier that cannot be chosen."""
    actors = region.table("actors")
    known, groups = set(actors["code"]), set(actors.filter(actors["kind"] == "group")["code"])
    single = (set(region.table("ties/arms")["partner"]) | set(region.powers)) - groups
    for number, lever in enumerate(scenario.levers):
        _check_lever(f"levers.{number}", lever, region, single | (groups & set(region.powers)), where)
    for judgement in scenario.judgements:
        allowed = single if judgement.quantity == "arms_share_5y" else set(region.powers)
        _require(
            f"judgements.{judgement.id}.partner", judgement.partner, known, allowed - {judgement.state}, where
        )
    if scenario.supplier is not None:
        _require("supplier", scenario.supplier, known, single, where)


def _check_lever(key: str, lever: Lever, region: Region, suppliers: set[str], where: str) -> None:
    known = set(region.table("actors")["code"])
    states, powers = set(region.states), set(region.powers)
    both = states | powers
    actors = {"demand": states, "effort": powers, "institution": powers, "event": both, "pact": both}
    _require(f"{key}.actor", lever.actor, known, actors.get(lever.kind, suppliers), where)
    for target in lever.targets:
        allowed = states if lever.kind in {"effort", "institution"} else both
        _require(f"{key}.targets", target, known, allowed - {lever.actor}, where)
    if lever.event is not None:
        kinds = set(region.table("event_kinds")["kind"]) if "event_kinds" in region.tables else set()
        if lever.event not in kinds:
            raise ScenarioError(
                f"{key}.event: event_kinds.csv has no kind {lever.event!r}",
                where=where,
                repair=f"use one of: {' '.join(sorted(kinds))}" if kinds else "add it to event_kinds.csv",
            )


def _require(key: str, code: str, known: set[str], allowed: set[str], where: str) -> None:
    if code in allowed:
        return
    what = "the region has no actor" if code not in known else "cannot stand here:"
    raise ScenarioError(
        f"{key}: {what} {code!r}", where=where, repair=f"use one of: {' '.join(sorted(allowed))}"
    )


def _find(name: str | Path) -> Path:
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.exists():
        return path
    shipped = {
        Path(str(file)).stem: Path(str(file))
        for region in resources.files("multivector").joinpath("regions").iterdir()
        if region.joinpath("scenarios").is_dir()
        for file in region.joinpath("scenarios").iterdir()
        if file.name.endswith(".yaml")
    }
    if str(name) in shipped:
        return shipped[str(name)]
    raise ScenarioError(
        f"there is no scenario {str(name)!r}",
        repair=f"give a .yaml file, or one of: {', '.join(sorted(shipped))}",
    )
