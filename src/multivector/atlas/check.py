"""Checking a region folder: every fault at once, each with its place and its repair."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from multivector.atlas.cells import check_cells, check_columns, check_key, check_references, typed
from multivector.atlas.declare import TABLES, TIES, Table, declared
from multivector.atlas.read import read_table, read_text
from multivector.atlas.rules import check_rules
from multivector.errors import Fault

MAX_FILES = 500
_SETTINGS = {"id": str, "title": str, "version": str, "first_year": int, "last_year": int,
             "states": list, "powers": list}  # fmt: skip


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
    return sorted(
        (
            file
            for file in path.rglob("*")
            if file.is_file()
            and not any(part.startswith((".", "__")) for part in file.relative_to(path).parts)
        ),
        key=lambda file: file.relative_to(path).as_posix(),
    )


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
    files = files_of(path)
    if len(files) > MAX_FILES:
        folder.faults.append(
            Fault(".", None, "", f"{len(files)} files", "is too large for a region",
                  f"name a region folder; it holds at most {MAX_FILES} files")
        )  # fmt: skip
        return folder
    folder.settings, faults = _settings(path)
    folder.faults += faults
    _read_tables(path, files, folder)
    for name, frame in folder.texts.items():
        if table := declared(name):
            folder.faults += _form(frame, table, f"{name}.csv")
    folder.faults += _references(folder.texts)
    folder.faults += _settings_references(folder.settings, folder.texts)
    folder.faults += check_rules(folder.texts)
    return folder


def _read_tables(path: Path, files: list[Path], folder: Folder) -> None:
    for table in TABLES:
        if not table.optional and not (path / f"{table.name}.csv").is_file():
            columns = ",".join(column.name for column in table.columns)
            folder.faults.append(
                Fault(f"{table.name}.csv", None, "", "", "the file is missing", f"add it with the columns {columns}")
            )
    for file in files:
        name = file.relative_to(path).as_posix()
        if file.suffix != ".csv":
            continue
        frame, faults = read_table(file, name)
        folder.faults += faults
        if frame is not None:
            folder.texts[name.removesuffix(".csv")] = frame


def _form(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    yield from check_columns(frame, table, file)
    for column in table.columns:
        if column.name in frame.columns:
            yield from check_cells(frame, column, file)
    yield from check_key(frame, table, file)


def _known(texts: Mapping[str, pl.DataFrame], table: str, column: str) -> frozenset[str]:
    frame = texts.get(table)
    if frame is None or column not in frame.columns:
        return frozenset()
    return frozenset(frame[column].drop_nulls().to_list())


def _references(texts: Mapping[str, pl.DataFrame]) -> Iterator[Fault]:
    """Codes, sources, layers and indicators that no row declares."""
    codes, sources = _known(texts, "actors", "code"), _known(texts, "sources", "key")
    layers, indicators = _known(texts, "layers", "layer"), _known(texts, "indicators", "indicator")
    for name, frame in texts.items():
        table, file = declared(name), f"{name}.csv"
        for column in table.columns if table else ():
            if column.name not in frame.columns:
                continue
            several = column.kind in ("codes", "sources")
            if column.kind in ("code", "codes") and codes:
                yield from check_references(frame, column.name, codes, file, "no actor has this code",
                                            "actors.csv", several)  # fmt: skip
            if column.kind in ("source", "sources") and sources:
                yield from check_references(frame, column.name, sources, file, "no source has this key",
                                            "sources.csv", several)  # fmt: skip
        if name.startswith("ties/") and table is TIES and layers and name[5:] not in layers:
            yield Fault(file, None, "", name[5:], "no layer has this name", "add a row to layers.csv")
        if name == "coverage" and "layer" in frame.columns:
            yield from check_references(frame, "layer", layers, file, "no layer has this name", "layers.csv", False)
        if name == "observations" and "indicator" in frame.columns:
            yield from check_references(frame, "indicator", indicators, file, "no indicator has this name",
                                        "indicators.csv", False)  # fmt: skip
    for layer in sorted(layers):
        if f"ties/{layer}" not in texts:
            yield Fault(f"ties/{layer}.csv", None, "", "", "the layer has no readable table",
                        "add the table, or remove the layer from layers.csv")  # fmt: skip


def _settings(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """`region.toml` and its faults."""
    name = "region.toml"
    text, faults = read_text(path / name, name)
    if text is None:
        return {}, faults
    try:
        settings = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [Fault(name, None, "", "", f"is not TOML: {error}", "mend the line that the message names")]
    for key, kind in _SETTINGS.items():
        value = settings.get(key)
        if value is None:
            faults.append(Fault(name, None, key, "", "the key is missing", f"add {key} = ..."))
        elif not isinstance(value, kind) or isinstance(value, bool) or value in ("", []):
            faults.append(Fault(name, None, key, str(value)[:60], f"should be a {_word(kind)}", "write one"))
        elif kind is list and not all(isinstance(code, str) for code in value):
            faults.append(Fault(name, None, key, str(value)[:60], "should list codes", 'write ["AAA", "BBB"]'))
    for key in settings.keys() - _SETTINGS.keys():
        faults.append(Fault(name, None, key, "", "no declaration knows this key",
                            f"remove it; the keys are {', '.join(_SETTINGS)}"))  # fmt: skip
    return settings, faults


def _word(kind: type) -> str:
    return {"str": "text", "int": "whole number", "list": "list of actors' codes"}[kind.__name__]


def _settings_references(settings: Mapping[str, Any], texts: Mapping[str, pl.DataFrame]) -> Iterator[Fault]:
    codes = _known(texts, "actors", "code")
    for key in ("states", "powers"):
        listed = settings.get(key)
        if not isinstance(listed, list) or not codes:
            continue
        for code in listed:
            if not isinstance(code, str):
                continue
            if code not in codes:
                yield Fault("region.toml", None, key, code, "no actor has this code", "add it to actors.csv")
            if listed.count(code) > 1:
                yield Fault("region.toml", None, key, code, "the code stands twice", "keep one")
    both = set(_codes(settings, "states")) & set(_codes(settings, "powers"))
    for code in sorted(both):
        yield Fault("region.toml", None, "powers", code, "is a state and a power at once", "keep it in one list")


def _codes(settings: Mapping[str, Any], key: str) -> list[str]:
    listed = settings.get(key)
    return [code for code in listed if isinstance(code, str)] if isinstance(listed, list) else []
