"""A built index as a folder of CSV files: whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import polars as pl

from multivector.errors import InputError, StorageError
from multivector.indicators.composite.recipe_file import toml
from multivector.indicators.composite.result import Composite

MANIFEST = "manifest.json"
KIND = "multivector index"


def write(
    index: Composite,
    out: str | Path,
    *,
    inputs: Mapping[str, Path] | None = None,
    tables: Mapping[str, pl.DataFrame] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Path:
    """Write an index into a folder; an index that was written there before is replaced.

    Files: `stages.csv`, `ranks.csv`, `log.csv`, `weights.csv`, `availability.csv` and `treatment.csv` where
    the recipe screens and treats, a file for each of `tables`, `recipe.toml` as used, and `manifest.json`
    with the SHA-256 of every input and every other file. The same index gives the same bytes.

    Parameters
    ----------
    index : from `build`.
    out : the folder; what stands above it is made.
    inputs : the files that the index was built from, by what they are.
    tables : further tables by file name without its ending.
    settings : what else decided the tables, for the manifest.

    Raises
    ------
    InputError : `out` is a file, holds something else than an index, or holds one of the inputs.
    StorageError : it could not be written; what was there before is left.
    """
    folder, given = Path(out).resolve(), dict(inputs or {})
    require_place(folder, given)
    parts = {name: index.frame(name) for name in ("stages", "ranks", "log", "weights", *index.tables)}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        for name, frame in {**parts, **(tables or {})}.items():
            frame.write_csv(fresh / f"{name}.csv")
        (fresh / "recipe.toml").write_text(toml(index.recipe), encoding="utf-8", newline="")
        manifest = json.dumps(_manifest(index, fresh, given, settings or {}), ensure_ascii=False, indent=2)
        (fresh / MANIFEST).write_text(manifest + "\n", encoding="utf-8", newline="")
        _settle(fresh)
        _swap(fresh, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Path(out)


def require_place(out: str | Path, inputs: Mapping[str, Path]) -> None:
    """Refuse a folder that `write` would refuse: before a long computation, not after it.

    Raises
    ------
    InputError : `out` is a file, holds something else than an index, or holds one of the inputs.
    """
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=str(folder), repair="name a folder for the index")
    for what, path in inputs.items():
        if folder.resolve() in path.resolve().parents:
            raise InputError(
                f"holds the {what} that the index is built from: {path}",
                where=str(folder),
                repair="name another folder; an index replaces its folder whole",
            )
    if folder.is_dir() and any(folder.iterdir()) and not _is_index(folder):
        raise InputError(
            "holds files that are no index",
            where=str(folder),
            repair="name a folder that is new, empty or an index written before",
        )


def _is_index(folder: Path) -> bool:
    """Whether everything in a folder was written by `write`."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        return False
    return {path.name for path in folder.iterdir()} <= {MANIFEST, *manifest.get("files", {})}


def _manifest(
    index: Composite, folder: Path, inputs: Mapping[str, Path], settings: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "kind": KIND,
        "multivector": metadata.version("multivector"),
        "name": index.recipe.name,
        "units": len(index.units),
        "indicators": len(index.framework.indicators),
        "settings": dict(settings),
        "inputs": {what: {"file": path.name, "sha256": _sha256(path)} for what, path in inputs.items()},
        "files": {path.name: _sha256(path) for path in sorted(folder.iterdir())},
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _settle(folder: Path) -> None:
    """All bytes on the disk before the folder gets its name."""
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _swap(fresh: Path, folder: Path) -> None:
    """Give the fresh folder its name; what had it goes only when the new one stands."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.old."))
    folder.rename(old / "index")
    try:
        fresh.rename(folder)
    except OSError:
        (old / "index").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"cannot be written: {error.strerror or error}; nothing was left behind",
        where=str(folder),
        repair="choose a folder that can be written and has room",
    )
