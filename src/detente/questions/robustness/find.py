"""On which numbers does a strategy's success turn?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isinf
from pathlib import Path

import numpy as np

from detente.answers.answer import common
from detente.errors import RefusedError, UnknownNameError
from detente.play.case import conduct_of
from detente.questions.named import foresight_named
from detente.questions.progress import Progress, silence
from detente.questions.robustness.answer import BoxSeen, EdgeSeen, GroupSeen, InputSeen, LimitSeen, Robustness
from detente.scenario.judgements import Judgement, along, groups_of
from detente.scenario.model import Interest, Scenario
from detente.states.state_graph import Bools, Floats
from detente.states.vocabulary import quantity_text
from detente.worlds.boxes import Box, boxes
from detente.worlds.edges import Change, Edge
from detente.worlds.edges import edges as edges_of
from detente.worlds.measure import Measure
from detente.worlds.shares import CERTAIN, share
from detente.worlds.sweeping import MOST, swept
from detente.worlds.turning import Turning, enough, explained, ruled_out, turning
from detente.worlds.worlds import SEED

LEAST = 20
"""Fewer worlds say nothing about what an answer turns on."""
CLOSE = 0.05  # points on either side
PER_INPUT = 3  # worlds for every number of a group
FEW = 10  # numbers that are moved alone where a world takes long


def robustness(
    scenario: Scenario,
    strategy: str | None = None,
    outcome: str | None = None,
    worlds: int = 200,
    foresight: str | None = None,
    edges: int | None = None,
    seed: int = SEED,
    workers: int | None = None,
    store: str | Path | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """How far a strategy's success hangs on numbers of which the scenario is unsure, and on which.

    Over worlds: indices of the first order for every number and for groups of them, and boxes of beliefs under
    which it succeeds or fails (patient rule induction; Friedman and Fisher 1999). From the central numbers: how
    far a single one may move until the verdict flips.

    Parameters
    ----------
    scenario : Scenario
    strategy : str, optional
        Its id. When absent: the one with the highest mean success over the worlds.
    outcome : str, optional
        What it is to reach. When absent: the aim.
    worlds, foresight, seed, workers, store
        As of `sweep`; a sweep's file serves here.
    edges : int
        How many numbers are moved alone to the ends of their spreads, those with the highest index first. When
        absent: all where worlds are looked at the fast way (under SEQ, mostly), else 10.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Robustness

    Raises
    ------
    UnknownNameError
        For a strategy, an outcome or a concept that does not exist.
    RefusedError
        No number has a spread, there is no aim, fewer than 20 worlds, or something came out in none.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    tell = progress or silence
    measure = Measure(scenario, seed, foresight)
    aim = _outcome(scenario, outcome)
    conduct = conduct_of(scenario, foresight)
    if strategy is not None and strategy not in measure.strategies:
        raise UnknownNameError("strategy", strategy, measure.strategies)
    if not LEAST <= worlds <= MOST:
        raise RefusedError(f"--worlds is {worlds:,}; from {LEAST} to {MOST:,} can tell something.")
    if edges is not None and edges < 0:
        raise RefusedError(f"--edges is {edges}; it is 0 or more.")
    found = swept(
        measure, range(1, worlds + 1), workers, store, False, lambda what, done: tell(what, 0.8 * done)
    )
    whole = [found[world] for world in range(1, worlds + 1) if not found[world].failed]
    if len(whole) < LEAST:
        raise RefusedError(
            f"something came out in {len(whole)} of {worlds} worlds only; `detente sweep` says why."
        )
    table = np.array([record.values for record in whole])
    drawn = measure.worlds.values(1, worlds)[[record.world - 1 for record in whole]]
    means = {one: table[:, measure.columns.index(f"{one}.success.{aim}")] for one in measure.strategies}
    chosen = strategy or max(means, key=lambda one: float(means[one].mean()))
    answer = means[chosen]
    turned = turning(drawn, answer)
    order = np.lexsort((-np.abs(turned.high - turned.low), -turned.index))
    first = measure.worlds.inputs[0]
    central = measure.successes([(first, first.number.central)], chosen, aim)[0]
    many = edges if edges is not None else len(order) if measure.quick is not None else FEW
    tried = [measure.worlds.inputs[place] for place in order[:many].tolist()]
    foresights = conduct.foresight
    return Robustness(
        **common(scenario, measure.worlds.calm.whole.size),
        worlds=len(whole),
        seed=seed,
        foresight=foresight_named(foresights),
        foresights=dict(zip((party.id for party in scenario.parties), foresights, strict=True)),
        strategy=chosen,
        chosen=strategy is not None,
        outcome=aim,
        failed=worlds - len(whole),
        verdict=verdict(central),
        central=central,
        success=share(answer),
        holding=float((answer > 0.5).mean()),
        enough=enough(float(np.clip(answer.mean(), 0, 1)), CLOSE),
        together=tuple(names for names, _ in groups_of(scenario)),
        subjects=_subjects(measure),
        inputs=tuple(_input(measure.worlds.inputs[place], turned, place) for place in order.tolist()),
        groups=_groups(measure.worlds.inputs, drawn, answer),
        succeeds=_boxes(measure.worlds.inputs, turned, drawn, answer > 0.5),
        fails=_boxes(measure.worlds.inputs, turned, drawn, answer <= 0.5),
        edges=tuple(_edges(measure, chosen, aim, tried, verdict(central), tell)),
        tried=len(tried),
    )


def verdict(success: float) -> str:
    """What is said of a strategy: that it succeeds for certain, sometimes or never."""
    return "certain" if success >= 1 - CERTAIN else "never" if success <= CERTAIN else "sometimes"


def _outcome(scenario: Scenario, outcome: str | None) -> str:
    known = [one.id for one in scenario.outcomes]
    if outcome is None and not scenario.aim:
        raise RefusedError(
            "the scenario has no aim, so that nothing says what succeeds. Name an outcome: --outcome."
        )
    wanted = outcome or scenario.aim or ""
    if wanted not in known:
        raise UnknownNameError("outcome", wanted, known)
    return wanted


def _input(known: Judgement, turned: Turning, place: int) -> InputSeen:
    spread = known.number.spread
    assert spread is not None
    return InputSeen(
        address=known.address,
        mutual=known.mutual,
        central=known.number.central,
        low=max(spread.low, known.low),
        high=min(spread.high, known.high),
        index=float(turned.index[place]),
        least=float(turned.low[place]),
        most=float(turned.high[place]),
        matters=bool(turned.matters[place]),
    )


def _subjects(measure: Measure) -> dict[str, str]:
    """What interests without a name are about."""
    return {
        known.address: quantity_text(part.quantity)
        for known in measure.worlds.inputs
        for part in along(measure.scenario, known.places[0])
        if isinstance(part, Interest) and not part.name
    }


def _groups(inputs: Sequence[Judgement], drawn: Floats, answer: Floats) -> tuple[GroupSeen, ...]:
    """Every family of numbers, by what goes with it."""
    places: dict[str, list[int]] = {}
    for place, known in enumerate(inputs):
        places.setdefault(known.family, []).append(place)
    told = {
        name: explained(drawn[:, members], answer)
        for name, members in places.items()
        if len(answer) >= PER_INPUT * len(members)
    }
    sure = dict(zip(told, ruled_out(np.array([chance for _, chance in told.values()])).tolist(), strict=True))
    seen = [
        GroupSeen(name, len(members), told[name][0] if name in told else None, sure.get(name, False))
        for name, members in places.items()
    ]
    return tuple(sorted(seen, key=lambda one: (not one.matters, -(one.index or 0.0))))


def _boxes(inputs: Sequence[Judgement], turned: Turning, drawn: Floats, holds: Bools) -> tuple[BoxSeen, ...]:
    """Boxes on the numbers that matter: on others chance draws them."""
    known = [inputs[place] for place in np.flatnonzero(turned.matters).tolist()]
    return tuple(_box(known, box) for box in boxes(drawn[:, turned.matters], holds))


def _box(known: Sequence[Judgement], box: Box) -> BoxSeen:
    limits = tuple(
        LimitSeen(
            known[place].address,
            known[place].mutual,
            None if isinf(low) else low,
            None if isinf(high) else high,
        )
        for place, (low, high) in box.limits.items()
    )
    return BoxSeen(limits, box.density, box.coverage, box.mass)


def _edges(
    measure: Measure, strategy: str, outcome: str, tried: Sequence[Judgement], now: str, tell: Progress
) -> Iterator[EdgeSeen]:
    """The nearest edge of each number, the nearest of all first."""

    def judged(changes: Sequence[Change]) -> list[str]:
        def told(done: int) -> None:
            tell(f"edges of {changes[done][0].address}", 0.8 + 0.2 * done / len(changes))

        return [verdict(success) for success in measure.successes(changes, strategy, outcome, told)]

    nearest: dict[str, Edge] = {}
    for edge in edges_of(tried, judged, now):
        nearest.setdefault(edge.judgement.address, edge)
    for edge in nearest.values():
        known = edge.judgement
        yield EdgeSeen(known.address, known.mutual, known.number.central, edge.flipped, edge.way, edge.verdict)
