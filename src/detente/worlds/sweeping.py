"""Worlds measured and kept: what a file holds already is not measured again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from detente.errors import RefusedError
from detente.worlds.measure import Measure, Record
from detente.worlds.run import measured
from detente.worlds.store import Store, facts_of

BATCH, PAUSE = 500, 1.0  # worlds, or seconds, after which what is known is kept
MOST = 1_000_000

Progress = Callable[[str, float], None]


def swept(
    measure: Measure,
    wanted: Sequence[int],
    workers: int | None,
    file: str | Path | None,
    retry: bool,
    tell: Progress,
) -> dict[int, Record]:
    """The records of worlds by their numbers: those that a file holds already, then the others as they come.

    Parameters
    ----------
    measure : Measure
    wanted : numbers of worlds.
    workers : as of `measured`.
    file : keeps what is measured; None: nothing does.
    retry : measure those again that the file holds as failed.
    tell : told what is being done, and which share is done.

    Raises
    ------
    RefusedError
        No number has a spread; the file holds worlds of something else; no such seed, or number of workers.
    """
    if not measure.worlds.inputs:
        raise RefusedError(
            "no number of the scenario has a spread, so that all its worlds are the same. Write `3 ± 1`, "
            "`3 (2..5)` or `2..5` for a number of which you are unsure."
        )
    refuse_seed(measure.seed)
    if workers is not None and workers < 1:
        raise RefusedError(f"--workers is {workers}; at least one process is at work.")
    with ExitStack() as stack:
        store = None if file is None else stack.enter_context(Store(file, facts_of(measure)))
        if store is not None and retry:
            store.forget_failed()
        return _completed(measure, wanted, workers, store, tell)


def refuse_seed(seed: int) -> None:
    """Refuse a seed that is none."""
    if not 0 <= seed < 1 << 63:
        raise RefusedError(f"--seed is {seed}; it is a whole number from 0 on.")


def _completed(
    measure: Measure, wanted: Sequence[int], workers: int | None, store: Store | None, tell: Progress
) -> dict[int, Record]:
    known = {} if store is None else {record.world: record for record in store.records()}
    left = [world for world in wanted if world not in known]
    fresh = _counted(measured(measure, left, workers), len(left), tell)
    for batch in _batches(fresh):
        known.update((record.world, record) for record in batch)
        if store is not None:
            store.add(batch)
    return known


def _counted(records: Iterable[Record], many: int, tell: Progress) -> Iterator[Record]:
    began = time.monotonic()
    tell(f"world 1 of {many:,}", 0.0)
    for done, record in enumerate(records, 1):
        pace = done / max(time.monotonic() - began, 1e-9)
        tell(
            f"{done:,} of {many:,} worlds, {pace:.3g} a second, {(many - done) / pace:.0f} s left", done / many
        )
        yield record


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    since = time.monotonic()
    for record in records:
        batch.append(record)
        if len(batch) >= BATCH or time.monotonic() - since > PAUSE:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch
