"""Fan-out: do a list of tasks on a few threads, in order, with a progress bar where somebody watches.

JAX releases the interpreter lock while a compiled chunk runs, so threads are enough on one machine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def default_threads() -> int:
    """Threads to use: one a core that this process may use, four at most."""
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def fan_out(
    work: Callable[[Task], Result], tasks: Iterable[Task], threads: int | None = None
) -> Iterator[Result]:
    """Results of `work` over `tasks`, in the order of the tasks whatever thread finished first."""
    with ThreadPoolExecutor(threads or default_threads()) as pool:
        yield from pool.map(work, tasks)


def watched(results: Iterable[Result], total: int, label: str, *, show: bool = True) -> Iterator[Result]:
    """The same results; draws a progress bar on standard error if that is a terminal."""
    if not (show and sys.stderr.isatty()):
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, description=label, total=total, console=Console(stderr=True), transient=True)
