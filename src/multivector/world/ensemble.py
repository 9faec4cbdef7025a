"""The ensemble: members in chunks, chunks in threads, blocks of chunks in processes and files.

A chunk has a fixed number of members, so that its arrays fit a core's cache and it compiles once. A block
of chunks is one file named by the hash of everything that it depends on, written whole or not at all: a
killed run resumes with the blocks that are there, and its arrays are the same to the bit. Threads share
a process's compiled code; processes take whole blocks and hand them over as files.
"""

from __future__ import annotations

import functools
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from multivector.errors import ComputationError, NotFiniteError
from multivector.fanout import WorkerLostError, fan_out, fan_out_processes, watched
from multivector.files import write_whole

if TYPE_CHECKING:
    from multivector.world.engine import Program

BLOCK = 256  # members a file
CHUNK = 16  # members a compiled call on a processor: 8 to 32 fit a core's cache
CHUNK_ON_ACCELERATOR = 1024  # there a call must be large to fill the device
ATTEMPTS = 3  # how often lost workers are replaced before the run gives up

Fields = dict[str, NDArray[Any]]


class Plan(Protocol):
    """What an ensemble needs to know of what it runs."""

    @property
    def hash(self) -> str:
        """SHA-256 over everything that the arrays are built from."""

    @property
    def program(self) -> Program:
        """What is compiled."""

    def arrays(self, precision: str) -> Any:
        """The numbers that it reads, as a tuple of arrays."""

    def label(self, quarter: int) -> str:
        """A simulated quarter, counted from 0, as people write it."""


def run_ensemble(
    plan: Plan,
    members: int,
    seed: int,
    *,
    store: Path | None = None,
    precision: str = "float32",
    threads: int | None = None,
    processes: int = 1,
    progress: bool = True,
) -> Fields:
    """All members: arrays that begin with [scenario, m, t], named as the world's records.

    Parameters
    ----------
    plan : what is simulated. members, seed : how many, and from which seed.
    store : folder for finished blocks; none keeps everything in memory (or, for processes, in a
        folder that goes when the run is done).
    precision : "float32" in use; "float64" in tests.
    threads, processes : how many of each; neither changes a number.
    """
    job = _Job(plan, seed, precision, store)
    blocks = [range(first, min(first + BLOCK, members)) for first in range(0, members, BLOCK)]
    if processes > 1 and len(blocks) > 1:
        parts = _in_processes(job, blocks, processes, progress)
    else:
        job.compile_once(blocks)
        done = fan_out(job.block, blocks, threads)
        parts = list(watched(done, len(blocks), "simulating", show=progress and len(blocks) > 1))
    fields = {name: np.concatenate([part[name] for part in parts], axis=1) for name in parts[0]}
    _require_finite(fields, job)
    return fields


@dataclass(frozen=True)
class _Job:
    """What every block of a run shares; plain data, so that a process can be handed one."""

    plan: Plan
    seed: int
    precision: str
    store: Path | None

    def block(self, numbers: range) -> Fields:
        """A block of members: read if it is stored, else computed and stored."""
        with _precision(self.precision):
            if self.store is None:
                return self._compute(numbers)
            path = self._path(numbers)
            stored = _load(path) if path.is_file() else None
            if stored is not None:
                return stored
            fields = self._compute(numbers)
            write_whole(path, lambda temporary: _save(temporary, path.stem, fields))
            return fields

    def compile_once(self, blocks: list[range]) -> None:
        """Compile before threads start: each of several at once would compile for itself."""
        stored = self.store is not None and all(self._path(numbers).is_file() for numbers in blocks)
        if len(blocks) > 1 and not stored:
            with _precision(self.precision):
                self._compute(range(1))

    def store_block(self, numbers: range) -> range:
        """The same for another process: the block stays in its file."""
        self.block(numbers)
        return numbers

    def _compute(self, numbers: range) -> Fields:
        import jax
        import jax.numpy as jnp

        chunk = _chunk_size()
        compute = _compiled(self.plan.program)
        arrays = jax.tree.map(jnp.asarray, self.plan.arrays(self.precision))
        key = jax.random.key(self.seed)
        parts: list[dict[str, Any]] = []
        for first in range(numbers.start, numbers.stop, chunk):
            # The last chunk is filled up and cut: one shape, one compilation, the same members.
            fields = compute(arrays, key, jnp.arange(first, first + chunk, dtype=jnp.uint32))
            parts.append({name: np.asarray(leaf)[: numbers.stop - first] for name, leaf in fields.items()})
        return {name: np.swapaxes(np.concatenate([part[name] for part in parts]), 0, 1) for name in parts[0]}

    def _path(self, numbers: range) -> Path:
        """The block's file, named by the hash of everything that it depends on."""
        import jax

        content = f"{self.plan.hash} {self.plan.program} {self.seed} {self.precision} {numbers} "
        content += f"{jax.default_backend()} {_chunk_size()} {code_hash()}"
        return (self.store or Path()) / f"{hashlib.sha256(content.encode()).hexdigest()[:32]}.npz"


def _in_processes(job: _Job, blocks: list[range], processes: int, progress: bool) -> list[Fields]:
    """Blocks by processes, through files; a killed worker costs the block that it was at."""
    if job.store is None:
        with tempfile.TemporaryDirectory(prefix="multivector-") as folder:
            stored = _Job(job.plan, job.seed, job.precision, Path(folder))
            return _in_processes(stored, blocks, processes, progress)
    for attempt in range(ATTEMPTS):
        try:
            done = fan_out_processes(job.store_block, blocks, processes)
            for _ in watched(done, len(blocks), "simulating", show=progress):
                pass
            break
        except WorkerLostError as error:
            if attempt == ATTEMPTS - 1:
                raise ComputationError(
                    "worker processes were killed, again and again",
                    repair="run the same command again with fewer processes: finished blocks are kept",
                ) from error
    return [job.block(numbers) for numbers in blocks]


def _precision(precision: str) -> AbstractContextManager[Any]:
    """JAX computes in 32 bits unless told otherwise, thread by thread."""
    import jax

    context: AbstractContextManager[Any] = jax.enable_x64(precision == "float64")
    return context


def _chunk_size() -> int:
    """Members a compiled call, by device: the one place where the device matters."""
    import jax

    return CHUNK if jax.default_backend() == "cpu" else CHUNK_ON_ACCELERATOR


@functools.cache
def _compiled(program: Program) -> Callable[..., dict[str, Any]]:
    """The chunk, compiled once a process for each shape; plans of one program share it."""
    import jax

    from multivector.world.engine import simulate

    def chunk(arrays: Any, key: Any, numbers: Any) -> dict[str, Any]:
        return jax.vmap(lambda number: simulate(program, arrays, key, number))(numbers)

    return jax.jit(chunk)


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
        named: dict[str, Any] = {"block": np.array(block), **fields}
        np.savez_compressed(file, **named)


def _load(path: Path) -> Fields | None:
    """The block, or None where the file is damaged or another's: it is computed and written again."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["block"]) != path.stem:
                return None
            return {name: stored[name] for name in stored.files if name != "block"}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def _require_finite(fields: Fields, job: _Job) -> None:
    """Refuse a run in which a number stopped being one, and say where that began."""
    whole = fields.pop("finite")
    for values in fields.values():
        if not np.isfinite(values).all():
            whole = whole & np.isfinite(values).reshape(*whole.shape, -1).all(axis=-1)
    bad = np.flatnonzero(~whole.all(axis=0))
    if bad.size:
        raise _origin_of(int(bad[0]), bad.size, job)


def _origin_of(member: int, count: int, job: _Job) -> NotFiniteError:
    import jax
    import jax.numpy as jnp

    from multivector.world.engine import find_not_finite

    with _precision(job.precision):
        arrays = jax.tree.map(jnp.asarray, job.plan.arrays(job.precision))
        found = find_not_finite(job.plan.program, arrays, jax.random.key(job.seed), member)
    quarter = "before the first quarter" if found.quarter is None else f"in {job.plan.label(found.quarter)}"
    return NotFiniteError(
        f"{found.field!r} stops being a number in {found.mechanism} {quarter}, member {member}; "
        f"{count} member{'s' if count > 1 else ''} in all",
        repair="look at the priors and levers that it reads: zero or less where more is needed",
    )
