"""Loading a region: found, checked, read, hashed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import MappingProxyType

from multivector.atlas.check import files_of, read_folder
from multivector.atlas.region import Region
from multivector.errors import InputError, RegionError

EMBEDDED = Path(__file__).resolve().parents[1] / "regions"


RECORD = "record.csv"
"""Scores that a region keeps, see `tools/keep_record.py`."""
ISSUES = "issues"
"""Folder of the issues of stakeholders, an input of `multivector bargain` alone."""


def load_region(name_or_path: str | Path = "central-eurasia") -> Region:
    """Load a region that comes with the package, or one from a folder.

    Parameters
    ----------
    name_or_path : the id of an embedded region, or a folder with `region.toml`.

    Raises
    ------
    InputError : there is no such region; the message names those that exist.
    RegionError : the folder has faults; all of them are listed.
    """
    path = folder_of(name_or_path)
    folder = read_folder(path)
    if folder.faults:
        raise RegionError(str(path), folder.faults)
    settings = folder.settings
    return Region(
        id=settings["id"],
        title=settings["title"],
        version=settings["version"],
        hash=folder_hash(path),
        states=tuple(settings["states"]),
        powers=tuple(settings["powers"]),
        first_year=settings["first_year"],
        last_year=settings["last_year"],
        path=path,
        _tables=MappingProxyType(folder.tables()),
    )


def folder_hash(path: Path) -> str:
    """SHA-256 over the names, lengths and contents of a folder's files, in the order of their names.

    The record of scores is left out: it is made from the rest, and must not change what it was made from. So are
    the issues of stakeholders: no measure, run or hindcast reads them.
    """
    digest = hashlib.sha256()
    for file in files_of(path):
        if file == path / RECORD or file.parent == path / ISSUES:
            continue
        data = file.read_bytes()
        name = file.relative_to(path).as_posix().encode("utf-8", "surrogateescape")
        digest.update(b"%s\0%d\0" % (name, len(data)))
        digest.update(data)
    return digest.hexdigest()


def folder_of(name_or_path: str | Path) -> Path:
    """The folder of an embedded region by its id, or the folder given.

    Raises
    ------
    InputError : there is none; the message names the embedded regions.
    """
    folders = sorted(folder.parent for folder in EMBEDDED.glob("*/region.toml"))
    embedded = {folder.name.replace("_", "-"): folder for folder in folders}
    if str(name_or_path) in embedded:
        return embedded[str(name_or_path)]
    path = Path(name_or_path)
    if path.is_dir():
        return path
    raise InputError(
        f"there is no region {str(name_or_path)!r}",
        where="load_region",
        repair=f"name an embedded region ({', '.join(embedded)}) or a folder that holds region.toml",
    )
