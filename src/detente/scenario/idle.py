"""Options that nothing in a scenario speaks of: to change them changes nothing for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from detente.scenario.expression import Name
from detente.scenario.model import NATURE, Cut, LevelScale, Ranking, Scenario

SPOKEN_IN = (
    "options",
    "preferences",
    "rules",
    "outcomes",
    "views",
    "misperceptions",
    "pressures",
    "strategies",
    "shocks",
    "plans",
)
"""Parts of a scenario that can make an option matter: by an interest, a rule, a condition, a commitment."""


@lru_cache(maxsize=64)
def idle(scenario: Scenario) -> frozenset[str]:
    """Options of parties that no interest, rule, outcome, condition, commitment, cut or hazard names.

    A party that moves such an option alone gains and loses nothing, and so does everybody else. Where states
    are ranked by number, every option tells states apart and none is idle.
    """
    if any(isinstance(preference, Ranking) for preference in scenario.preferences):
        return frozenset()
    spoken = {name for part in SPOKEN_IN for name in _named(getattr(scenario, part))}
    return frozenset(
        option.id for option in scenario.options if option.owner != NATURE and option.id not in spoken
    )


def _named(thing: Any) -> Iterator[str]:
    """Every option that a part of a scenario names."""
    match thing:
        case Name(name):
            yield name
        case LevelScale(option):
            yield option
        case Cut(by=option):
            yield option
        case (str() as option, str()):  # what a strategy commits, a plan does, a shock sets
            yield option
        case tuple():
            for each in thing:
                yield from _named(each)
        case _ if is_dataclass(thing):
            for field in fields(thing):
                yield from _named(getattr(thing, field.name))
