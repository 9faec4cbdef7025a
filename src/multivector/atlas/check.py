"""Checking a region folder: every fault at once, each with its place and its repair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from multivector.atlas.cells import Place, check_cells, check_columns, check_key, check_references, typed
from multivector.atlas.declare import TABLES, Table, declared
from multivector.atlas.read import MAX_BYTES, read_table
from multivector.atlas.rules import check_rules
from multivector.atlas.settings import check_settings_codes, read_settings
from multivector.errors import Fault

MAX_ENTRIES = 2_000
"""Files and folders of a region; a folder that holds more is none (and `/` is not walked through)."""


@dataclass(slots=True)
class Folder:
    """What a region folder holds, and what is wrong with it."""

    settings: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, pl.DataFrame] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables with their types; only for a folder without faults."""
        frames = {}
        for name, frame in self.texts.items():
            table = declared(name)
            frames[name] = typed(frame, table) if table else frame.drop("row")
        return frames


def files_of(path: Path) -> list[Path]:
    """Every file of a region folder in a fixed order, hidden ones and caches left out."""
    found = (file for file in islice(path.rglob("*"), MAX_ENTRIES + 1) if file.is_file())
    seen = [(file.relative_to(path), file) for file in found]
    kept = [
        (name, file) for name, file in seen if not any(part.startswith((".", "__")) for part in name.parts)
    ]
    return [file for _, file in sorted(kept, key=lambda pair: pair[0].as_posix())]


def check_region(path: str | Path) -> list[Fault]:
    """Every fault of a region folder at once.

    Parameters
    ----------
    path : the folder that holds `region.toml`, the tables and `ties/`.

    Returns
    -------
    list of Fault : file, row (1 is the header), column, value, what is wrong, what repairs it; empty when
    the folder holds. No input makes it raise.
    """
    return read_folder(Path(path)).faults


def read_folder(path: Path) -> Folder:
    """Read and check a region folder."""
    folder = Folder()
    if not path.is_dir():
        folder.faults.append(Fault(str(path), None, "", "", "is not a folder", "name a region folder"))
        return folder
    if len(list(islice(path.rglob("*"), MAX_ENTRIES + 1))) > MAX_ENTRIES:
        what, repair = f"holds more than {MAX_ENTRIES:,} files", "name the folder that holds region.toml"
        folder.faults.append(Fault(str(path), None, "", "", what, repair))
        return folder
    folder.settings, faults = read_settings(path)
    folder.faults += faults
    _read_tables(path, folder)
    for name, frame in folder.texts.items():
        if table := declared(name):
            folder.faults += _form(frame, table, f"{name}.csv")
    folder.faults += _references(folder.texts)
    if codes := _known(folder.texts, "actors", "code"):
        folder.faults += check_settings_codes(folder.settings, codes)
    folder.faults += check_rules(folder.texts)
    return folder


def _read_tables(path: Path, folder: Folder) -> None:
    for table in TABLES:
        if not table.optional and not (path / f"{table.name}.csv").is_file():
            repair = f"add it with the columns {','.join(column.name for column in table.columns)}"
            folder.faults.append(Fault(f"{table.name}.csv", None, "", "", "the file is missing", repair))
    for file in files_of(path):
        name = file.relative_to(path).as_posix()
        if file.suffix == ".csv":
            frame, faults = read_table(file, name)
            folder.faults += faults
            if frame is not None:
                folder.texts[name.removesuffix(".csv")] = frame
        elif (size := file.stat().st_size) > MAX_BYTES:
            repair = f"keep every file under {MAX_BYTES // 2**20} MB"
            folder.faults.append(Fault(name, None, "", f"{size:,} bytes", "the file is too large", repair))


def _form(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    yield from check_columns(frame, table, file)
    yield from check_cells(frame, table, file)
    yield from check_key(frame, table, file)


def _known(texts: Mapping[str, pl.DataFrame], table: str, column: str) -> frozenset[str]:
    frame = texts.get(table)
    if frame is None or column not in frame.columns:
        return frozenset()
    return frozenset(frame[column].drop_nulls().to_list())


_LISTS = {"code": "actor", "codes": "actor", "source": "source", "sources": "source", "layer": "layer",
          "indicator": "indicator", "event": "event", "place": "place", "leg": "leg",
          "role_kind": "role_kind"}  # fmt: skip


def _references(texts: Mapping[str, pl.DataFrame]) -> Iterator[Fault]:
    """Cells that name an actor, a source, a layer, an event ... of which there is no row.

    A list that could not be read is a fault of its own; what names its rows is not blamed for it.
    """
    lists = {
        "actor": _known(texts, "actors", "code"),
        "source": _known(texts, "sources", "key"),
        "layer": _known(texts, "layers", "layer"),
        "indicator": _known(texts, "indicators", "indicator"),
        "event": _known(texts, "events", "id"),
        "place": _known(texts, "places", "place"),
        "leg": _known(texts, "legs", "leg"),
        "role_kind": _known(texts, "role_kinds", "kind"),
    }
    for name, frame in texts.items():
        table, file = declared(name), f"{name}.csv"
        kinds = {column.name: column.kind for column in table.columns} if table else {"source": "sources"}
        for column, kind in kinds.items():
            thing = _LISTS.get(kind)
            if thing and column in frame.columns and lists[thing]:
                several = kind in ("codes", "sources")
                yield from check_references(frame, Place(file, column), lists[thing], thing, several=several)
        layer = name.removeprefix("ties/")
        if layer != name and lists["layer"] and layer not in lists["layer"]:
            yield Fault(file, None, "", layer, "layers.csv has no such layer", "add a row to layers.csv")
    for layer in sorted(lists["layer"]):
        if f"ties/{layer}" not in texts:
            repair = "add the table, or remove the layer from layers.csv"
            yield Fault(f"ties/{layer}.csv", None, "", "", "the layer has no readable table", repair)
