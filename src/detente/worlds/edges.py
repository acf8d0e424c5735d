"""Knife edges: how far one number may move, all others as they are, until a verdict is another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from detente.scenario.judgements import Judgement, with_numbers
from detente.scenario.model import Scenario

HALVINGS = 6
"""The edge is found to a 64th of the way to the end of the spread."""

Verdict = str
Change = tuple[Judgement, float]
"""A number, and another value of it."""
Judge = Callable[[Sequence[Change]], list[Verdict]]
"""The verdict on a scenario under each of some changes, each made alone."""


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


def edges(numbers: Sequence[Judgement], judge: Judge, verdict: Verdict) -> tuple[Edge, ...]:
    """The edges of numbers, each moved alone, the nearest first.

    For each end of a spread at which the verdict is another one: where it flips on the way there. A verdict
    that flips and flips back before the end is not seen.

    Parameters
    ----------
    numbers : those to be moved, each with a spread.
    judge : says the verdict under changes, many at a time.
    verdict : that with every number where it is.
    """
    ends = [(known, end) for known in numbers for end in _ends(known) if end != known.number.central]
    beyond = [(one, found) for one, found in zip(ends, judge(ends), strict=True) if found != verdict]
    ways = [_Way(known, end, found) for (known, end), found in beyond]
    for _ in range(HALVINGS):
        middles = [way.at((way.kept + way.flipped) / 2) for way in ways]
        for way, found in zip(ways, judge(middles) if ways else [], strict=True):
            way.halve(found, verdict)
    return tuple(sorted((way.edge for way in ways), key=lambda edge: edge.way))


def changed(scenario: Scenario, change: Change) -> Scenario:
    """A scenario with one number changed."""
    known, value = change
    return with_numbers(scenario, {place: replace(known.number, central=value) for place in known.places})


def _ends(known: Judgement) -> tuple[float, float]:
    spread = known.number.spread
    assert spread is not None
    return max(spread.low, known.low), min(spread.high, known.high)


@dataclass
class _Way:
    """The way of a number to an end of its spread: how far a verdict is kept, from where it is flipped."""

    known: Judgement
    end: float
    verdict: Verdict
    kept: float = 0.0
    flipped: float = 1.0

    def at(self, way: float) -> Change:
        """The number so much of the way on."""
        central = self.known.number.central
        return self.known, central + way * (self.end - central)

    def halve(self, found: Verdict, verdict: Verdict) -> None:
        """Narrow the edge down by the verdict in the middle."""
        middle = (self.kept + self.flipped) / 2
        if found == verdict:
            self.kept = middle
        else:
            self.flipped, self.verdict = middle, found

    @property
    def edge(self) -> Edge:
        """The edge as far as it is known."""
        return Edge(self.known, self.at(self.kept)[1], self.at(self.flipped)[1], self.flipped, self.verdict)
