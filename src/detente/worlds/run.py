"""Many worlds at once: each world is measured once, and none that breaks costs another.

Where there is a fast way, threads of this process share the worlds; otherwise processes do.
A world whose process ends (killed, out of memory) is tried once more alone; when that process ends too, the
world is recorded as failed.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as ready

from detente.errors import RefusedError
from detente.stability.closure.closures import cores
from detente.worlds.measure import Measure, Record

AHEAD = 2  # worlds that wait for every process
FEW = 4  # worlds that take less time than it takes to start processes
PORTION = 50  # worlds that a thread takes at a time

_measure: Measure | None = None


def measured(measure: Measure, worlds: Iterable[int], workers: int | None = None) -> Iterator[Record]:
    """The records of worlds as they come, in whatever order.

    Parameters
    ----------
    measure : Measure
    worlds : their numbers.
    workers : processes or threads; one for every core when absent, where that pays. 1: this one.
    """
    left = dict.fromkeys(worlds)
    if left and measure.quick is not None:
        yield from _threaded(measure, list(left), workers or cores())
        return
    count = workers or (cores() if len(left) > FEW else 1)
    if count == 1:
        yield from map(measure.of, left)
        return
    while left:
        suspects = yield from _shared(measure, left, count)
        for world in suspects:
            if (yield from _shared(measure, {world: None}, 1)):
                yield Record(world, reason="the process that measured it ended, twice.")
            left.pop(world, None)


def _threaded(measure: Measure, worlds: list[int], count: int) -> Iterator[Record]:
    """Measure worlds the fast way, some at a time."""
    portions = [worlds[first : first + PORTION] for first in range(0, len(worlds), PORTION)]
    if count == 1 or len(portions) == 1:
        for portion in portions:
            yield from measure.several(portion)
        return
    pool = ThreadPoolExecutor(min(count, len(portions)))
    try:
        for records in pool.map(measure.several, portions):
            yield from records
    finally:
        pool.shutdown(cancel_futures=True)


def _shared(measure: Measure, left: dict[int, None], count: int) -> Generator[Record, None, list[int]]:
    """Measure worlds, and take those that are done off the list; returns those under way as a process ended."""
    pool = ProcessPoolExecutor(min(count, len(left)), get_context("spawn"), _begin, (measure,))
    waiting: dict[Future[Record], int] = {}
    queue = iter(list(left))
    try:
        _started(pool)
        while True:
            while len(waiting) < AHEAD * count and (world := next(queue, None)) is not None:
                waiting[pool.submit(_of, world)] = world
            if not waiting:
                return []
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                record = future.result()
                del waiting[future], left[record.world]
                yield record
    except BrokenProcessPool:
        return sorted(waiting.values())
    finally:
        _end(pool)


def _started(pool: ProcessPoolExecutor) -> None:
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise RefusedError(
            "no further process could be started. In a script, ask under `if __name__ == '__main__':`, or ask "
            "with workers=1."
        ) from error


def _begin(measure: Measure) -> None:
    """Make a new process ready; it ends when the one that began it does, and Ctrl-C is that one's to take."""
    global _measure
    _measure = measure
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    ready([sentinel])
    os._exit(1)


def _of(world: int) -> Record:
    assert _measure is not None
    return _measure.of(world)


def _end(pool: ProcessPoolExecutor) -> None:
    """Leave nobody at work."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
