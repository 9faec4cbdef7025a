"""What is kept between runs in the user's cache folder: compiled code and small tables of results.

A table's file is named by the hash of everything that it depends on, our code and its libraries included,
so that nothing stale is ever read; deleting the folder is safe.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl

from multivector.errors import StorageError
from multivector.files import write_whole
from multivector.world.ensemble import code_hash


def cache_folder() -> Path:
    """The user's cache folder for multivector; it may not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "multivector"


def keep_compiled_code() -> None:
    """Let JAX keep compiled code between runs; without a writable cache folder it compiles anew.

    Where JAX has been told a folder already (`JAX_COMPILATION_CACHE_DIR`), that one is kept.
    """
    import jax

    if os.environ.get("JAX_COMPILATION_CACHE_DIR"):
        return
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
    depends_on : names all that the table depends on besides our code: hashes of data and parameters, seed.
    """
    name = hashlib.sha256(f"{depends_on} {code_hash()}".encode()).hexdigest()[:32]
    path = cache_folder() / "results" / f"{name}.parquet"
    try:
        if path.is_file():
            return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        pass  # an unreadable file is as good as none: it is computed and written again
    table = compute()
    content = io.BytesIO()
    table.write_parquet(content)
    try:
        write_whole(path, lambda temporary: temporary.write_bytes(content.getvalue()))
    except StorageError:
        return table  # a full or read-only cache must not stop the work
    return table
