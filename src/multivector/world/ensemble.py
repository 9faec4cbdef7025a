"""The ensemble: members in chunks, chunks in threads, finished blocks in files.

A chunk has a fixed number of members, so that its arrays fit a core's cache and it compiles once. A block
of chunks is one file named by the hash of everything that it depends on, written whole or not at all: a
killed run resumes with the blocks that are there, and its arrays are the same to the bit.
"""

from __future__ import annotations

import functools
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import NotFiniteError
from multivector.fanout import fan_out, watched
from multivector.files import write_whole
from multivector.world.plan import Plan
from multivector.world.step import Record

CHUNK = 16  # members a compiled call; 8 to 32 fit a core's cache
BLOCK = 256  # members a file

Fields = dict[str, NDArray[np.floating[Any]]]


def run_ensemble(
    plan: Plan,
    members: int,
    seed: int,
    *,
    store: Path | None = None,
    precision: str = "float32",
    threads: int | None = None,
    progress: bool = True,
) -> Fields:
    """All members: arrays that begin with [scenario, m, t], named as in `Record`.

    Parameters
    ----------
    plan : what is simulated. members, seed : how many, and from which seed.
    store : folder for finished blocks; none keeps everything in memory.
    precision : "float32" in use; "float64" in tests.
    """
    blocks = [range(first, min(first + BLOCK, members)) for first in range(0, members, BLOCK)]
    with _precision(precision):
        compute = _chunk(plan, seed, precision)

    def block(numbers: range) -> Fields:
        with _precision(precision):
            return find_or_compute(numbers)

    def find_or_compute(numbers: range) -> Fields:
        if store is None:
            return _compute(compute, numbers)
        path = store / f"{_block_name(plan, seed, precision, numbers)}.npz"
        stored = _load(path) if path.is_file() else None
        if stored is not None:
            return stored
        fields = _compute(compute, numbers)
        write_whole(path, lambda temporary: _save(temporary, path.stem, fields))
        return fields

    done: Iterator[Fields] = watched(
        fan_out(block, blocks, threads), len(blocks), "simulating", show=progress and len(blocks) > 1
    )
    parts = list(done)
    fields = {name: np.concatenate([part[name] for part in parts], axis=1) for name in Record._fields}
    _require_finite(fields)
    return fields


def _precision(precision: str) -> AbstractContextManager[Any]:
    """JAX computes in 32 bits unless told otherwise, thread by thread."""
    import jax

    context: AbstractContextManager[Any] = jax.enable_x64(precision == "float64")
    return context


@functools.cache
def _compiled(names: tuple[str, ...]) -> Callable[..., Record]:
    """The chunk, compiled once a process for each shape; plans of one shape share it."""
    import jax

    from multivector.world.member import simulate

    def chunk(arrays: Any, key: Any, numbers: Any) -> Record:
        return jax.vmap(lambda number: simulate(names, arrays, key, number))(numbers)

    return jax.jit(chunk)


def _chunk(plan: Plan, seed: int, precision: str) -> Callable[[range], Record]:
    """A function from member numbers to their records."""
    import jax
    import jax.numpy as jnp

    compute = _compiled(plan.names)
    arrays = jax.tree.map(jnp.asarray, plan.arrays(precision))
    key = jax.random.key(seed)
    return lambda numbers: compute(arrays, key, jnp.arange(numbers.start, numbers.stop, dtype=jnp.uint32))


def _compute(compute: Callable[[range], Record], numbers: range) -> Fields:
    parts = []
    for first in range(numbers.start, numbers.stop, CHUNK):
        # The last chunk is filled up and cut: one shape, one compilation, the same members.
        record = compute(range(first, first + CHUNK))
        parts.append([np.asarray(leaf)[: numbers.stop - first] for leaf in record])
    return {
        name: np.swapaxes(np.concatenate([part[k] for part in parts]), 0, 1)
        for k, name in enumerate(Record._fields)
    }


def _block_name(plan: Plan, seed: int, precision: str, numbers: range) -> str:
    content = f"{plan.hash} {seed} {precision} {numbers} {CHUNK} {code_hash()}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]


@functools.cache
def code_hash() -> str:
    """Hash of all our code and of the libraries that compute: changed code must not find old files."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(" ".join(metadata.version(name) for name in ("jax", "jaxlib", "numpy")).encode())
    for path in sorted(package.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _save(path: Path, block: str, fields: Fields) -> None:
    with path.open("wb") as file:
        np.savez_compressed(file, block=np.array(block), **fields)  # type: ignore[arg-type]


def _load(path: Path) -> Fields | None:
    """The block, or None where the file is damaged or another's: it is computed and written again."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["block"]) != path.stem:
                return None
            return {name: stored[name] for name in Record._fields}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def _require_finite(fields: Fields) -> None:
    for name, values in fields.items():
        bad = ~np.isfinite(values)
        if bad.any():
            where = np.argwhere(bad)[0]
            raise NotFiniteError(
                f"{name} is not a number in {int(bad.any(axis=tuple(range(2, bad.ndim))).any(axis=0).sum())} "
                f"members, first in member {where[1]}, step {where[2]}",
                repair="look at the priors: a parameter of zero or below where a positive one is needed",
            )
