"""A run that is killed, whenever, and run again gives the arrays of a run that was left alone."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from multivector.world import ensemble
from refworld.facts import facts
from refworld.ours import RefPlan

MOMENTS = 20
MEMBERS, SEED, BLOCK = 3200, 5, 16

RUN = f"""
import jax
jax.config.update("jax_compilation_cache_dir", cache)
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
from multivector.world import ensemble
from refworld.facts import facts
from refworld.ours import RefPlan
ensemble.BLOCK = {BLOCK}
ensemble.run_ensemble(RefPlan(facts()), {BLOCK}, {SEED}, store=store, progress=False)
ready.send("ready")
ensemble.run_ensemble(RefPlan(facts()), {MEMBERS}, {SEED}, store=store, progress=False)
"""
# Every run is a process of its own; they are forked from one that has imported the libraries and done no more.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["jax", "multivector.world.ensemble", "refworld.facts", "refworld.ours"])


@pytest.fixture(scope="module")
def undisturbed():
    return ensemble.run_ensemble(RefPlan(facts()), MEMBERS, SEED, progress=False)


def start(store: Path, cache: Path) -> tuple[BaseProcess, Connection]:
    """A run, and the end of a pipe that says when its first block is stored (or is closed by its death)."""
    heard, ready = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(
        target=exec, args=(RUN, {"store": store, "cache": str(cache), "ready": ready}), daemon=True
    )
    process.start()
    ready.close()
    return process, heard


def _lose_half_of(store: Path, moment: random.Random) -> None:
    """Once most blocks are there, delete half: what is lost is computed anew, the same to the bit."""
    stored = sorted(store.glob("*.npz"))
    if len(stored) > MEMBERS // BLOCK // 2:
        for path in moment.sample(stored, len(stored) // 2):
            path.unlink()


def kill_within(process: BaseProcess, seconds: float) -> bool:
    """Let it live so long and kill it with -9; whether it was still alive."""
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def test_killed_at_twenty_random_moments_nothing_is_lost(tmp_path, undisturbed, monkeypatch):
    store, cache = tmp_path / "blocks", tmp_path / "compiled"
    moment = random.Random(20261122)
    killed = 0
    for number in range(MOMENTS):
        _lose_half_of(store, moment)  # so that there is always work to be killed in
        process, heard = start(store, cache)
        if number % 4:  # every fourth dies while it starts, the others in the middle of blocks
            heard.recv()
        killed += kill_within(process, moment.uniform(0.0, 0.4))
        heard.close()
    stored = list(store.glob("*.npz"))
    assert killed == MOMENTS
    assert len(stored) > 0
    monkeypatch.setattr(ensemble, "BLOCK", BLOCK)
    resumed = ensemble.run_ensemble(RefPlan(facts()), MEMBERS, SEED, store=store, progress=False)
    np.testing.assert_array_equal(resumed["y"], undisturbed["y"])


def test_processes_and_the_order_of_tasks_change_nothing(tmp_path, undisturbed):
    plan = RefPlan(facts())
    ensemble.run_ensemble(plan, 1024, SEED, store=tmp_path, progress=False)
    stored = sorted(tmp_path.glob("*.npz"))
    for block in stored[::2]:  # by hash: which blocks are there first has nothing to do with their order
        block.unlink()
    fields = ensemble.run_ensemble(plan, 1024, SEED, store=tmp_path, processes=2, progress=False)
    assert sorted(tmp_path.glob("*.npz")) == stored
    np.testing.assert_array_equal(fields["y"], undisturbed["y"][:, :1024])


def test_a_killed_worker_is_replaced(tmp_path, undisturbed):
    def kill_one_worker() -> None:
        while not done.is_set():
            workers = multiprocessing.active_children()
            if workers and any(tmp_path.glob("*.npz")):
                os.kill(workers[0].pid or 0, signal.SIGKILL)
                victims.append(workers[0].pid)
                return
            done.wait(0.01)

    done, victims = threading.Event(), []
    killer = threading.Thread(target=kill_one_worker)
    killer.start()
    try:
        fields = ensemble.run_ensemble(
            RefPlan(facts()), 2048, SEED, store=tmp_path, processes=2, progress=False
        )
    finally:
        done.set()
        killer.join()
    assert victims
    np.testing.assert_array_equal(fields["y"], undisturbed["y"][:, :2048])
