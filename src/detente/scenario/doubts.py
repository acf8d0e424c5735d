"""Quantities that may divide by zero or leave 0 to 1: what only a look at the states can settle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from detente.scenario.bounds import extremes
from detente.scenario.draft import Path
from detente.scenario.expression import Arithmetic, Expression, walk
from detente.scenario.model import Cardinal, Interest, LevelScale, Scenario

_TINY = 1e-9  # payoffs forgive as much


class Doubt(NamedTuple):
    """A hazard, or an interest, that may be no number in some state; and where it stands in the document."""

    path: Path
    about: Expression | Interest


def doubts(scenario: Scenario) -> Iterator[Doubt]:
    """Every hazard that may divide by zero, and every interest that may do so or leave 0 to 1.

    Read without computing states, so a doubt may turn out to be none: what `rules` forbid is not looked at, and
    what `pressure`, `retained` and `risk` are at a state stays open.
    """
    for option in scenario.options:
        if option.hazard is not None and _may_fail(scenario, option.hazard):
            yield Doubt(("options", option.id, "hazard"), option.hazard)
    for shock in scenario.shocks:
        if _may_fail(scenario, shock.hazard):
            yield Doubt(("shocks", shock.id, "hazard"), shock.hazard)
    for path, interests in _interests(scenario):
        for index, interest in enumerate(interests):
            low, high = extremes(scenario, interest.quantity)
            within = low >= -_TINY and high <= 1 + _TINY
            if not within or _may_fail(scenario, interest.quantity):
                yield Doubt((*path, index, interest.sense), interest)


def _interests(scenario: Scenario) -> Iterator[tuple[Path, tuple[Interest, ...]]]:
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            yield ("interests", party.id), preference.interests
    for view in scenario.views:
        yield ("views", view.holder, "of", view.other), view.interests


def _may_fail(scenario: Scenario, quantity: Expression | LevelScale) -> bool:
    """Whether a divisor may be 0, or the whole too large to be a number."""
    if isinstance(quantity, LevelScale):
        return False
    divisors = [part.right for part in walk(quantity) if isinstance(part, Arithmetic) and part.operator == "/"]
    ranges = [extremes(scenario, divisor) for divisor in divisors]
    whole = extremes(scenario, quantity)
    return not all(map(math.isfinite, whole)) or any(low <= 0 <= high for low, high in ranges)
