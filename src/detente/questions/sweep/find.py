"""How do the strategies fare if the numbers are off?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from detente.answers.answer import common, finite
from detente.errors import RefusedError
from detente.play.case import conduct_of
from detente.questions.named import foresight_named
from detente.questions.progress import Progress, silence
from detente.questions.sweep.answer import FailedWorld, Sweep
from detente.scenario.model import Scenario
from detente.worlds.measure import Measure, Record
from detente.worlds.summary import summary
from detente.worlds.sweeping import MOST, swept
from detente.worlds.worlds import SEED


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
    found = swept(measure, wanted, workers, store, retry, progress or silence)
    records = [found[world] for world in wanted if world in found]
    whole = [record for record in records if not record.failed]
    table = np.array([record.values for record in whole]).reshape(len(whole), len(measure.columns))
    aim = scenario.aim or None
    return Sweep(
        **common(scenario, measure.worlds.calm.whole.size),
        worlds=len(whole),
        seed=seed,
        foresight=foresight_named(conduct.foresight),
        foresights=dict(zip((party.id for party in scenario.parties), conduct.foresight, strict=True)),
        aim=aim,
        unsure=len(measure.worlds.inputs),
        wanted=len(wanted),
        failed=tuple(FailedWorld(record.world, record.reason) for record in records if record.failed),
        strategies=summary(measure, table) if whole else (),
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


def _told(measure: Measure, records: Sequence[Record], inputs: bool) -> Iterator[tuple[float | None, ...]]:
    for record in records:
        drawn = measure.worlds.values(record.world, 1)[0].tolist() if inputs else []
        yield (float(record.world), *drawn, *(finite(value) for value in record.values))
