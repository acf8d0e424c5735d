"""How do the strategies fare if the numbers are off?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from detente.answers.answer import common, finite
from detente.errors import RefusedError
from detente.play.case import BY_ITSELF, conduct_of
from detente.questions.progress import Progress, silence
from detente.questions.sweep.answer import FailedWorld, ShareSeen, StrategySwept, Sweep
from detente.scenario.model import Scenario
from detente.states.state_graph import Bools, Floats
from detente.worlds.measure import Measure, Record
from detente.worlds.run import measured
from detente.worlds.shares import paired, wilson
from detente.worlds.store import Store, facts_of
from detente.worlds.worlds import SEED

CERTAIN = 1e-9  # a chance that falls short of 1 by less is certainty
BATCH, PAUSE = 500, 1.0  # worlds, or seconds, after which what is known is kept
MOST = 1_000_000


def sweep(
    scenario: Scenario,
    worlds: int = 100,
    foresight: str | None = None,
    seed: int = SEED,
    workers: int | None = None,
    store: str | Path | None = None,
    shard: str | None = None,
    retry: bool = False,
    inputs: bool = False,
    progress: Progress | None = None,
) -> Sweep:
    """How every strategy fares over worlds in which each number is drawn from its spread.

    World k has the same numbers whoever asks, and however many worlds are asked for.

    Parameters
    ----------
    scenario : Scenario
    worlds : int
        How many; their numbers are 1, 2, ….
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`.
    seed : int
        Other seeds, other worlds.
    workers : int, optional
        Processes at work; one for every core when absent. 1 stays in this process.
    store : path, optional
        Keep the worlds in this file as they come. Worlds that it holds already are not measured again.
    shard : str, optional
        `I/N`: only every N-th world from the I-th on. Shards of one sweep are put together by `detente merge`.
    retry : bool
        Try those worlds again that the store holds as failed.
    inputs : bool
        Tell the drawn numbers of every world too.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Sweep

    Raises
    ------
    RefusedError
        No number has a spread; the store holds worlds of something else; a shard that is none.
    UnknownNameError
        For a concept that does not exist.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    measure = Measure(scenario, seed, foresight)
    conduct = conduct_of(scenario, foresight)
    wanted = _wanted(worlds, shard)
    if not measure.worlds.inputs:
        raise RefusedError(
            "no number of the scenario has a spread, so that all its worlds are the same. Write `3 ± 1`, "
            "`3 (2..5)` or `2..5` for a number of which you are unsure."
        )
    if not 0 <= seed < 1 << 63:
        raise RefusedError(f"--seed is {seed}; it is a whole number from 0 on.")
    if workers is not None and workers < 1:
        raise RefusedError(f"--workers is {workers}; at least one process is at work.")
    with ExitStack() as stack:
        kept = stack.enter_context(Store(store, facts_of(measure))) if store is not None else None
        found = _found(measure, wanted, workers, kept, retry, progress or silence)
    records = [found[world] for world in wanted if world in found]
    whole = [record for record in records if not record.failed]
    table = np.array([record.values for record in whole]).reshape(len(whole), len(measure.columns))
    aim = scenario.aim or None
    return Sweep(
        **common(scenario, measure.worlds.calm.whole.size),
        worlds=len(whole),
        seed=seed,
        foresight=conduct.foresight[0] if len(set(conduct.foresight)) == 1 else "mixed",
        foresights=dict(zip((party.id for party in scenario.parties), conduct.foresight, strict=True)),
        aim=aim,
        unsure=len(measure.worlds.inputs),
        wanted=len(wanted),
        failed=tuple(FailedWorld(record.world, record.reason) for record in records if record.failed),
        strategies=_swept(measure, table, aim) if whole else (),
        inputs=tuple(known.address for known in measure.worlds.inputs) if inputs else (),
        columns=measure.columns,
        table=tuple(_told(measure, whole, inputs)),
    )


def _wanted(worlds: int, shard: str | None) -> range:
    if not 1 <= worlds <= MOST:
        raise RefusedError(f"--worlds is {worlds:,}; from 1 to {MOST:,} can be drawn.")
    if shard is None:
        return range(1, worlds + 1)
    parts = re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*", shard)
    place, many = (int(part) for part in parts.groups()) if parts else (0, 0)
    if not 1 <= place <= many:
        raise RefusedError(f"--shard {shard} is no part of a whole. Write e.g. 1/8, for the first of eight.")
    return range(place, worlds + 1, many)


def _found(
    measure: Measure,
    wanted: Sequence[int],
    workers: int | None,
    store: Store | None,
    retry: bool,
    tell: Progress,
) -> dict[int, Record]:
    """The records of all worlds wanted: those that are kept already, then the others as they come."""
    if store is not None and retry:
        store.forget_failed()
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


def _swept(measure: Measure, table: Floats, aim: str | None) -> tuple[StrategySwept, ...]:
    """Every strategy, best mean success in the aim first."""
    column = dict(zip(measure.columns, table.T, strict=True))
    strategies, outcomes = measure.scenario.strategies or (BY_ITSELF,), measure.scenario.outcomes
    success = {
        one.id: {known.id: share(column[f"{one.id}.success.{known.id}"]) for known in outcomes}
        for one in strategies
    }
    if aim is None:
        return tuple(StrategySwept(one.id, one.title or one.id, success[one.id]) for one in strategies)
    reached = {one.id: column[f"{one.id}.success.{aim}"] for one in strategies}
    rank = {one.id: column[f"{one.id}.rank"] for one in strategies}
    firsts = np.sum([ranks == 1 for ranks in rank.values()], axis=0)
    order = sorted(strategies, key=lambda one: (-success[one.id][aim].mean, float(rank[one.id].mean())))
    return tuple(
        StrategySwept(
            strategy=one.id,
            title=one.title or one.id,
            success=success[one.id],
            lasting=share(column[f"{one.id}.lasting"]),
            behind=paired(reached[order[0].id], reached[one.id]),
            first=share(rank[one.id] == 1),
            alone=float(((rank[one.id] == 1) & (firsts == 1)).mean()),
            rank=float(rank[one.id].mean()),
        )
        for one in order
    )


def share(chances: Floats | Bools) -> ShareSeen:
    """What is seen of a chance over worlds."""
    mean = float(np.clip(chances.mean(), 0, 1))
    certain, never = float((chances >= 1 - CERTAIN).mean()), float((chances <= CERTAIN).mean())
    return ShareSeen(mean, *wilson(mean, len(chances)), certain, never)


def _told(measure: Measure, records: Sequence[Record], inputs: bool) -> Iterator[tuple[float | None, ...]]:
    for record in records:
        drawn = measure.worlds.values(record.world, 1)[0].tolist() if inputs else []
        yield (float(record.world), *drawn, *(finite(value) for value in record.values))
