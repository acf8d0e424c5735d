"""What no state reaches and what every state shares is warned of; what some state does is not."""

from __future__ import annotations

from detente.scenario.load import loads
from detente.scenario.unreached import unreached

QUARRY = """
detente: 1
title: A quarry
parties: {A: {}, B: {}}
options: {A.dig: {levels: [none, some, deep]}, B.road: {}}
rules: [{must: A.dig != deep or B.road}]
outcomes: {pit: A.dig == deep, mud: A.dig == DEPTH and not B.road}
interests:
  A: [{wants: A.dig >= some, weight: 1}, {wants: B.road or A.dig < LEVEL, weight: 1}]
  B: [{avoids: {A.dig: {none: 0, some: 0.5, deep: 1}}, weight: 1}]
strategies:
  s: {sponsors: [B], stages: [{}, {until: mud and A.dig > none}]}
"""


def told(depth: str = "some", level: str = "some") -> list[str]:
    scenario = loads(QUARRY.replace("DEPTH", depth).replace("LEVEL", level))
    return [f"{'.'.join(map(str, path))}: {what}" for path, what, _ in unreached(scenario)]


def test_what_some_states_reach_is_not_warned_of() -> None:
    assert told() == []


def test_an_outcome_without_a_state_and_a_stage_that_waits_for_it() -> None:
    assert told(depth="deep") == [
        "outcomes.mud.where: no state is in the outcome 'mud': A.dig == deep and not B.road.",
        "strategies.s.stages.1.until: 'mud and A.dig > none' holds in no state, "
        "so the stage waits for it in vain.",
    ]


def test_an_interest_that_is_the_same_in_every_state() -> None:
    """The rules leave no state in which the quarry is deep and no road leads to it."""
    assert told(level="deep") == [
        "interests.A.1.wants: A wants 'B.road or A.dig < deep', which is 1 in every state."
    ]
