"""Work shared out over processes, so that one that dies takes nothing with it but the task it was at.

A second executor (a cluster) would be a second function with the signature of ``run``.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.garbage import collect_seldom

Task = TypeVar("Task")
Result = TypeVar("Result")

_IN_FLIGHT = 2  # tasks handed out for each worker: enough to keep it busy, few enough to suspect when one dies
_HEARTBEAT_S = 0.25


def available_cores() -> int:
    """Cores that this process may use (a container may allow fewer than the machine has)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Losses(Generic[Task, Result]):
    """What stands for the result of a task that was lost: its process died, or it took more than ``seconds``."""

    died: Callable[[Task], Result]
    late: Callable[[Task], Result]
    seconds: float


def run(
    tasks: Sequence[Task],
    work: Callable[[Task], Result],
    losses: Losses[Task, Result],
    workers: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """Results in the order in which they are ready.

    ``work`` is called in a worker process; what it raises is raised here, and ends the run. A worker whose task takes
    too long ends itself, whatever it is doing. When a worker dies, the tasks that were handed out are done again one by
    one, each in a process of its own; the one that loses its process again gets what ``losses`` say. ``meanwhile`` is
    called here once the workers are busy.
    """
    work = partial(_watched, work, losses.seconds)
    waiting = deque(tasks)
    while waiting:
        suspects = yield from _share_out(waiting, work, min(workers, len(waiting)), meanwhile)
        for task in suspects:
            yield _alone(task, work, losses)
        meanwhile = _nothing


def _nothing() -> None:
    pass


def _share_out(
    waiting: deque[Task], work: Callable[[Task], Result], workers: int, meanwhile: Callable[[], None]
) -> Generator[Result, None, list[Task]]:
    """Results until nothing waits, or a worker dies; returns the tasks that were out when it did."""
    out: dict[Future[Result], Task] = {}
    with _pool(workers) as pool:
        try:
            while waiting or out:
                _hand_out(pool, waiting, out, work, workers * _IN_FLIGHT)
                meanwhile()
                meanwhile = _nothing
                for future in wait(out, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    del out[future]
                    yield result
        except BrokenProcessPool:
            return list(out.values())
    return []


def _hand_out(
    pool: ProcessPoolExecutor,
    waiting: deque[Task],
    out: dict[Future[Result], Task],
    work: Callable[[Task], Result],
    limit: int,
) -> None:
    while waiting and len(out) < limit:
        out[pool.submit(work, waiting[0])] = waiting[0]
        waiting.popleft()


def _alone(task: Task, work: Callable[[Task], Result], losses: Losses[Task, Result]) -> Result:
    start = time.monotonic()
    try:
        with _pool(1) as pool:
            return pool.submit(work, task).result()
    except BrokenProcessPool:
        took_too_long = time.monotonic() - start >= losses.seconds
        return losses.late(task) if took_too_long else losses.died(task)


def _watched(work: Callable[[Task], Result], seconds: float, task: Task) -> Result:
    """The work under a watch that needs no lock of the interpreter: a library that hangs is ended too."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return work(task)
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes; when the block is broken off, so is what they are doing.

    A fork is quick and safe here, as nothing that keeps threads has been imported yet; elsewhere than on Linux the
    platform's own way is taken.
    """
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(os.getpid(),)) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise


def _start_worker(parent: int) -> None:
    """One core a worker; Ctrl-C ends it without a traceback; and it ends when the build that started it is gone."""
    collect_seldom()
    os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_HEARTBEAT_S)
    os._exit(1)
