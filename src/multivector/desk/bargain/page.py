"""An issue at the bargaining table as a section of a brief, and as a page of its own."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from multivector.atlas import Region
from multivector.bargaining.bargain import Bargain, bargain_over
from multivector.bargaining.issue_file import as_yaml
from multivector.bargaining.issue_folder import issues_of
from multivector.desk.bargain.evidence import Sources, evidence_of
from multivector.desk.bargain.figures import bargain_section
from multivector.desk.bargain.sentences import bottom_line, record_in_words
from multivector.desk.brief import write_brief
from multivector.desk.context import BriefContext, MetaItem, Reproduce, Section, SourceRow, Table
from multivector.desk.page_sources import with_sources
from multivector.errors import MultivectorError

MORE: Final = "How it may get there, what could move it, and the evidence behind each number"
ASSUMED: Final = SourceRow("assumed-issue", "The analyst's own judgement", "", "", "", "none stated", "")
"""Stands where no cell of an issue has a source, as in KTAB's files."""


def issue_section(bargain: Bargain, region: Region | None) -> tuple[Section, Sources]:
    """What stands behind the answer, and the sources of the issue that the region does not hold."""
    cells, own = evidence_of(bargain.issue, region)
    keys = tuple(dict.fromkeys(key for group in cells.groups for row in group.rows for key in row.sources))
    if not keys:
        keys, own = (ASSUMED.key,), {ASSUMED.key: ASSUMED}
    return bargain_section(bargain, cells, keys), own


@dataclass(frozen=True)
class RegionIssues:
    """The issues of a region as a brief shows them: an overview, a section each, and what they rest on.

    `sources` are those that the region does not hold; `hashes` say which issues the numbers depend on.
    """

    sections: tuple[Section, ...] = ()
    sources: Sources = field(default_factory=dict)
    hashes: tuple[tuple[str, str], ...] = ()


def region_issues(region: Region, draws: int, seed: int) -> RegionIssues:
    """A section for each issue of the region, or why it has none; nothing where the region has no issues."""
    rows, sections, sources, hashes = [], list[Section](), Sources(), []
    for name, path in issues_of(region.path).items():
        try:
            bargain = replace(bargain_over(path, draws=draws, seed=seed), given=name)
            section, own = issue_section(bargain, region)
        except MultivectorError as error:  # without its place: a brief names no folder of this machine
            rows.append((name, f"Not forecast: {error.what}; repair: {error.repair}", ""))
            continue
        answer = bottom_line(bargain)
        rows.append((bargain.issue.title, answer, str(bargain.issue.as_of or "")))
        paragraphs = (bargain.issue.question, answer, *section.paragraphs)
        sections.append(replace(section, paragraphs=paragraphs, folded=MORE))
        sources |= own
        hashes.append((f"issues.{name}", hash_of(bargain)))
    if not rows:
        return RegionIssues()
    overview = Table(("issue", "forecast", "table as of"), tuple(rows))
    first = Section("issues", "Issues at the bargaining table", (record_in_words(),), tables=(overview,))
    return RegionIssues((first, *sections), sources, tuple(hashes))


def write_bargain(bargain: Bargain, out: Path, region: Region | None = None) -> Path:
    """Write a page on one issue, whole or not at all.

    Parameters
    ----------
    bargain : the issue. region : whose sources its cells may name.
    """
    section, own = issue_section(bargain, region)
    issue = bargain.issue
    context = BriefContext(
        title=issue.title,
        question=issue.question,
        bottom_line=bottom_line(bargain),
        kicker="Issue",
        region_title=region.title if region else "",
        region_id=region.id if region else "",
        region_version=region.version if region else "",
        meta=(
            MetaItem("As of", str(issue.as_of or "not stated")),
            MetaItem("Stakeholders", str(bargain.at_modes.n)),
            MetaItem("Draws of the cells", f"{bargain.draws:,}, seed {bargain.seed}"),
        ),
        judgements=(),
        sections=(
            replace(
                section,
                title="What stands behind it",
                paragraphs=(*section.paragraphs, record_in_words()),
            ),
        ),
        assumptions=(),
        sources=(),
        manifest=tuple(manifest_of(bargain)),
        reproduce=_again(bargain, out),
    )
    return write_brief(with_sources(context, region, own), out)


def _again(bargain: Bargain, out: Path) -> Reproduce:
    """The lines that make the same page, and the same numbers in Python, with all that was asked."""
    given = {"region": bargain.region, "spread": bargain.spread, "options": dict(bargain.chosen)}
    asked = {"draws": bargain.draws, "seed": bargain.seed} | {
        key: value for key, value in given.items() if value
    }
    words = ["multivector", "bargain", bargain.given]
    for key, value in asked.items():
        if key == "options":
            for name, option in bargain.chosen.items():
                words += ["--option", f"{name}={','.join(option) if isinstance(option, tuple) else option}"]
        else:
            words += [f"--{key}", str(value).removesuffix(".0")]
    python = ", ".join([repr(bargain.given), *(f"{key}={value!r}" for key, value in asked.items())])
    shown = "bargain.waiting" if bargain.waiting else "bargain.forecast.median"
    return Reproduce(
        f"from multivector.bargaining import bargain_over\n\nbargain = bargain_over({python})\n{shown}",
        shlex.join([*words, "--page", out.name]),
    )


def manifest_of(bargain: Bargain) -> Iterator[tuple[str, str]]:
    """What the numbers of an issue depend on."""
    from multivector import __version__
    from multivector.bargaining.calibration.record import shipped_record

    yield "issue", bargain.name
    yield "issue.sha256", hash_of(bargain)
    yield "draws", str(bargain.draws)
    yield "seed", str(bargain.seed)
    if bargain.spread is not None:
        yield "spread", f"{str(bargain.spread).removesuffix('.0')} %"
    yield "spatial model", str(bargain.options)
    yield "calibrated on", str(shipped_record().source["data"])
    yield "multivector", __version__


def hash_of(bargain: Bargain) -> str:
    """SHA-256 of the issue as it was computed, written as YAML: with the widths of a spread, where one was asked."""
    return hashlib.sha256(as_yaml(bargain.issue).encode()).hexdigest()
