"""Fan-out: do a list of tasks on a few threads or processes, in order, with a progress bar where watched.

JAX releases the interpreter lock while a compiled chunk runs, so threads are enough for a run of minutes.
Processes are for long runs: each starts an interpreter and compiles once.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 4  # tasks a process, waiting or done, before the oldest result must be taken


def default_threads() -> int:
    """Threads to use: one a core that this process may use, four at most."""
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def fan_out(
    work: Callable[[Task], Result], tasks: Iterable[Task], threads: int | None = None
) -> Iterator[Result]:
    """Results of `work` over `tasks`, in the order of the tasks whatever thread finished first."""
    with ThreadPoolExecutor(threads or default_threads()) as pool:
        yield from pool.map(work, tasks)


class WorkerLostError(Exception):
    """A worker process died before its task was done; other tasks' results may be lost too."""


def fan_out_processes(
    work: Callable[[Task], Result], tasks: Iterable[Task], processes: int
) -> Iterator[Result]:
    """The same over fresh processes; `work`, tasks and results travel between them.

    Tasks are taken up only a few ahead of the results, so that memory does not grow with their number.

    Raises
    ------
    WorkerLostError : a worker was killed (out of memory, by hand).
    """
    fresh = multiprocessing.get_context("spawn")  # a fork would copy threads' locks in mid-use
    with ProcessPoolExecutor(processes, fresh, _leave_with, (os.getpid(),)) as pool:
        try:
            waiting: deque[Future[Result]] = deque()
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) >= _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerLostError(str(error)) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _leave_with(parent: int) -> None:
    """In a worker: a thread that ends the process once its parent is gone, however the parent died."""

    def watch() -> None:
        while os.getppid() == parent:
            threading.Event().wait(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def watched(results: Iterable[Result], total: int, label: str, *, show: bool = True) -> Iterator[Result]:
    """The same results; draws a progress bar on standard error if that is a terminal."""
    if not (show and sys.stderr.isatty()):
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, description=label, total=total, console=Console(stderr=True), transient=True)
