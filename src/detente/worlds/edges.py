"""Knife edges: how far one number may move, all others as they are, until a verdict is another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.scenario.judgements import Judgement, with_numbers
from detente.scenario.model import Scenario

HALVINGS = 6
"""The edge is found to a 64th of the way to the end of the spread."""

Verdict = str
Judge = Callable[[Scenario], Verdict]


@dataclass(frozen=True)
class Edge:
    """Where a verdict flips as one number moves towards an end of its spread.

    `kept` and `flipped` are values next to each other on either side of the edge, `way` is how much of the way
    to that end it takes (0 to 1), and `verdict` is the one beyond.
    """

    judgement: Judgement
    kept: float
    flipped: float
    way: float
    verdict: Verdict


def edges(scenario: Scenario, known: Judgement, judge: Judge, verdict: Verdict) -> tuple[Edge, ...]:
    """The edges of one number: for each end of its spread at which the verdict is another, where it flips.

    A verdict that flips and flips back before the end is not seen.

    Parameters
    ----------
    scenario : with central numbers.
    known : a number of it that has a spread.
    judge : says the verdict on a scenario.
    verdict : that on the scenario itself.
    """
    spread = known.number.spread
    assert spread is not None
    found = []
    for end in (max(spread.low, known.low), min(spread.high, known.high)):
        if end == known.number.central:
            continue
        beyond = judge(_with(scenario, known, end))
        if beyond != verdict:
            found.append(_between(scenario, known, judge, verdict, end, beyond))
    return tuple(sorted(found, key=lambda edge: edge.way))


def _between(
    scenario: Scenario, known: Judgement, judge: Judge, verdict: Verdict, end: float, beyond: Verdict
) -> Edge:
    central, kept, flipped = known.number.central, 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (kept + flipped) / 2
        found = judge(_with(scenario, known, central + middle * (end - central)))
        if found == verdict:
            kept = middle
        else:
            flipped, beyond = middle, found
    before, after = (central + way * (end - central) for way in (kept, flipped))
    return Edge(known, before, after, flipped, beyond)


def _with(scenario: Scenario, known: Judgement, value: float) -> Scenario:
    return with_numbers(scenario, {place: replace(known.number, central=value) for place in known.places})
