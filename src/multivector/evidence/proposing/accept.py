"""A person's yes: the row of a claim goes into a region folder, with the claim as its source.

Either the folder holds without a fault afterwards, or it stays as it was.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

from multivector.atlas import Region, check_region, load_region
from multivector.atlas.declare import declared
from multivector.atlas.load import EMBEDDED
from multivector.errors import Fault, InputError, RegionError, StorageError
from multivector.evidence.checking import check_claims
from multivector.evidence.proposing.propose import Proposal, held_by, propose_rows
from multivector.evidence.proposing.row import precision_of, source_of
from multivector.evidence.records import Claim
from multivector.files import write_whole


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written: the file of the region, the rows, the source that they name, the region's new hash."""

    file: str
    rows: tuple[Mapping[str, str], ...]
    source: str
    region_hash: str


def accept(
    claims: Iterable[Claim],
    claim_id: str,
    folder: str | Path,
    *,
    by: str,
    given: Mapping[str, str] | None = None,
    on: date | None = None,
    check: Callable[[Path], Sequence[Fault]] = check_region,
    where: str = "claims",
) -> Accepted:
    """Append the rows of one claim to a region folder, and the claim to its `sources.csv`.

    Parameters
    ----------
    claims : among them the claim; the others are not touched.
    claim_id : which one.
    folder : a region folder of your own; the region that comes with the package is never written.
    by : who accepts; stands in the note of the source, with the day.
    given : cells that the claim does not give, or that the person writes otherwise, by column.
    on : the day; today when left out.
    check : what must find no fault in the folder afterwards.
    where : the file that the claims come from, for the message where the claim is not among them.

    Raises
    ------
    InputError : no such claim; it proposes no row; cells are missing or unknown; the folder may not be written.
    RegionError : the folder has faults, or would have them with the row. Nothing was written.
    StorageError : a file cannot be written; the folder is as it was.
    """
    claims = list(claims)
    chosen = next((claim for claim in claims if claim.id == claim_id), None)
    if chosen is None:
        raise _no_such(claim_id, [claim.id for claim in claims], where)
    if not by.strip():
        raise InputError("nobody accepts", where="by", repair="say who: --by NAME")
    path = _own(folder)
    with _alone(path):
        region = load_region(path)
        proposals = _proposals(chosen, region)
        rows = [_completed(proposal, given or {}, region) for proposal in proposals]
        table = f"{proposals[0].table}.csv"
        if not (path / table).is_file():
            raise InputError(
                f"the region has no {table}",
                where=str(path),
                repair="add the table with its row of column names",
            )
        source = _source_row(chosen, by.strip(), on or date.today(), given or {})
        texts = {
            "sources.csv": _appended(path / "sources.csv", [source]),
            table: _appended(path / table, rows),
        }
        _try_out(path, texts, check)
        _write(path, texts)
        return Accepted(table, tuple(rows), source["key"], load_region(path).hash)


def _no_such(claim_id: str, known: list[str], where: str) -> InputError:
    near = get_close_matches(claim_id, known, 3)
    return InputError(
        f"there is no claim {claim_id}",
        where=where,
        repair=f"did you mean {' or '.join(near)}?"
        if near
        else "name an id of the claims file; multivector propose lists those that give a row",
    )


def _own(folder: str | Path) -> Path:
    path = Path(folder)
    inside = path.is_dir() and path.resolve().is_relative_to(EMBEDDED.resolve())
    if inside or not path.is_dir():
        names = {each.parent.name.replace("_", "-"): each.parent for each in EMBEDDED.glob("*/region.toml")}
        comes_with = inside or str(folder) in names
        origin = path if inside else names.get(str(folder), next(iter(names.values())))
        raise InputError(
            "a region that comes with multivector is never written"
            if comes_with
            else "there is no such folder",
            where=str(folder),
            repair=f"copy the region folder first: cp -r {origin} my-region; then --region my-region",
        )
    return path.resolve()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One person at a time: of two who accept at once, the second reads what the first wrote."""
    try:
        import fcntl  # a part of POSIX: where it is missing, two at once must take turns by themselves
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _proposals(claim: Claim, region: Region) -> tuple[Proposal, ...]:
    if source_of(claim) in set(region.table("sources")["key"]):
        raise InputError(
            f"claim {claim.id} was accepted before",
            where=str(region.path / "sources.csv"),
            repair="nothing is owed; to take it back, remove its rows and its source by hand",
        )
    drafted = propose_rows([claim], region, check_claims([claim], region))
    if not drafted.rows:
        raise InputError(
            f"claim {claim.id} gives no row: {drafted.left_out[0].why}",
            where=claim.doc,
            repair="see multivector propose for the claims that give one",
        )
    return drafted.rows


def _completed(proposal: Proposal, given: Mapping[str, str], region: Region) -> dict[str, str]:
    strange = [name for name in given if name not in proposal.cells or name == "source"]
    if strange:
        raise InputError(
            f"{proposal.table}.csv has no cell {', '.join(strange)} to set",
            where=f"claim {proposal.claim.id}",
            repair=f"set one of {', '.join(name for name in proposal.cells if name != 'source')}",
        )
    cells = {**proposal.cells, **given}
    if "date_precision" in cells:
        cells["date_precision"] = precision_of(cells["date"])
    table = declared(proposal.table)
    lacks = [c.name for c in table.columns if c.required and not cells.get(c.name)] if table else []
    if lacks:
        raise InputError(
            f"the claim does not give {', '.join(lacks)}, which {proposal.table}.csv needs",
            where=f"claim {proposal.claim.id}, “{proposal.claim.quote[:80]}”",
            repair="look it up and say it: " + " ".join(f"--set {name}=..." for name in lacks),
        )
    known = held_by(region, proposal.table, cells)
    if known:
        raise InputError(
            f"the region has it: {known}",
            where=f"claim {proposal.claim.id}",
            repair="if the text says more or better, mend that row by hand",
        )
    return cells


def _source_row(claim: Claim, by: str, on: date, given: Mapping[str, str]) -> dict[str, str]:
    said = f"“{claim.quote}”, characters {claim.char_start} to {claim.char_end}; {claim.stance}"
    by_hand = f"; set by hand: {', '.join(f'{k} {v}' for k, v in given.items())}" if given else ""
    return {
        "key": source_of(claim), "title": f"Claim in {claim.doc}",
        "publisher": claim.article_author or claim.doc, "year": "", "url": "",
        "licence": "not stated; only a fact taken", "read_on": on.isoformat(), "rank": "",
        "note": " ".join(f"{said}; accepted by {by} on {on.isoformat()}{by_hand}".split()),
    }  # fmt: skip


def _appended(path: Path, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The file's bytes as they are, then the rows in the order of its own columns."""
    data = path.read_bytes()
    header = next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    end = "\r\n" if b"\r\n" in data else "\n"
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator=end)
    writer.writerows([row.get(column.strip(), "") for column in header] for row in rows)
    gap = b"" if data.endswith((b"\n", b"\r")) else end.encode()
    return data + gap + lines.getvalue().encode("utf-8")


def _try_out(path: Path, texts: Mapping[str, bytes], check: Callable[[Path], Sequence[Fault]]) -> None:
    with TemporaryDirectory(prefix="multivector-") as folder:
        trial = Path(folder) / path.name
        shutil.copytree(path, trial)
        for name, data in texts.items():
            (trial / name).write_bytes(data)
        faults = check(trial)
    if faults:
        listed = [replace(fault, what=f"{fault.what} (nothing was written)") for fault in faults]
        raise RegionError(f"{path} with the row", listed)


def _write(path: Path, texts: Mapping[str, bytes]) -> None:
    """Every file whole; where a later one fails the earlier ones get their old bytes back."""
    before = {name: (path / name).read_bytes() for name in texts}
    done: list[str] = []
    try:
        for name, data in texts.items():
            write_whole(path / name, lambda temporary, data=data: temporary.write_bytes(data))  # type: ignore[misc]
            done.append(name)
    except StorageError:
        for name in done:
            (path / name).write_bytes(before[name])
        raise
