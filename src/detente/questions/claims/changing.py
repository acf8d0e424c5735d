"""What a term changes: the crisis as it would be, and a strategy as it would be carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from detente.scenario.change import close_channel, held, shift_attitude, strike_shock, throughout
from detente.scenario.claim_terms import ATTEMPT, CRISIS, Change
from detente.scenario.model import Cardinal, Number, Preference, Scenario, Strategy

Changes = tuple[Change, ...]


def of_crisis(changes: Iterable[Change]) -> Changes:
    """The changes of the crisis itself, in the order in which they are made."""
    return tuple(sorted((one for one in changes if one.kind in CRISIS), key=lambda one: CRISIS.index(one.kind)))


def changed(scenario: Scenario, changes: Changes) -> Scenario:
    """The crisis as it would be."""
    for change in changes:
        scenario = _CRISIS[change.kind](scenario, change)
    return scenario


def attempted(strategy: Strategy, changes: Iterable[Change]) -> Strategy:
    """The strategy as it would be carried out.

    A level is bound in every stage, whoever holds the option and whatever the stage commits; a venue stands in
    for those that the strategy names, or is that of every stage with a table where it names none.

    Raises
    ------
    RefusedError
        A venue is asked for, and nobody meets.
    """
    for change in sorted(changes, key=lambda one: one.kind != "stage"):
        if change.kind in ATTEMPT:
            strategy = _ATTEMPT[change.kind](strategy, change)
    return strategy


def levels_of(changes: Iterable[Change]) -> dict[str, str]:
    """The levels that changes set, by option."""
    return {change.of[0]: change.value for change in changes if change.kind == "level"}


def _after(scenario: Scenario, change: Change) -> Scenario:
    return strike_shock(scenario, change.of[0])


def _truth(scenario: Scenario, change: Change) -> Scenario:
    return replace(scenario, views=())


def _weight(scenario: Scenario, change: Change) -> Scenario:
    party, name = change.of
    pairs = zip(scenario.parties, scenario.preferences, strict=True)
    weighed = (_weighed(each, name, change) if known.id == party else each for known, each in pairs)
    return replace(scenario, preferences=tuple(weighed))


def _weighed(preference: Preference, name: str, change: Change) -> Preference:
    assert isinstance(preference, Cardinal)
    weight = Number(float(change.value))
    interests = preference.interests
    return Cardinal(tuple(replace(one, weight=weight) if one.name == name else one for one in interests))


def _attitude(scenario: Scenario, change: Change) -> Scenario:
    holder, other = change.of
    now = {(one.holder, one.other): one.value.central for one in scenario.attitudes}
    return shift_attitude(scenario, holder, other, float(change.value) - now.get((holder, other), 0.0))


def _attitudes(scenario: Scenario, change: Change) -> Scenario:
    there = _attitude(scenario, change)
    return _attitude(there, replace(change, of=change.of[::-1]))


def _composure(scenario: Scenario, change: Change) -> Scenario:
    calm = Number(float(change.value))
    parties = (replace(one, composure=calm) if one.id == change.of[0] else one for one in scenario.parties)
    return replace(scenario, parties=tuple(parties))


def _channel(scenario: Scenario, change: Change) -> Scenario:
    target, _, words = change.of[0].rpartition(":")
    return close_channel(
        scenario, target.strip() or scenario.pressures[0].target, words.strip().replace("-", " ")
    )


def _level(strategy: Strategy, change: Change) -> Strategy:
    stages = (
        replace(stage, commit=tuple((dict(stage.commit) | levels_of([change])).items()))
        for stage in strategy.stages
    )
    return replace(strategy, stages=tuple(stages))


def _venue(strategy: Strategy, change: Change) -> Strategy:
    moved = held(strategy)
    stages = enumerate(strategy.stages)
    return replace(
        strategy,
        stages=tuple(replace(one, venue=change.value) if at in moved else one for at, one in stages),
    )


def _stage(strategy: Strategy, change: Change) -> Strategy:
    left_out = int(change.value) - 1
    stages = enumerate(strategy.stages)
    return replace(strategy, stages=tuple(one for place, one in stages if place != left_out))


def _open(strategy: Strategy, change: Change) -> Strategy:
    return throughout(strategy, table=change.of[0])


def _close(strategy: Strategy, change: Change) -> Strategy:
    stages = (
        replace(stage, tables=tuple(table for table in stage.tables if table != change.of[0]))
        for stage in strategy.stages
    )
    return replace(strategy, stages=tuple(stages))


_CRISIS: dict[str, Callable[[Scenario, Change], Scenario]] = {
    "after": _after,
    "views": _truth,
    "weight": _weight,
    "attitudes": _attitudes,
    "attitude": _attitude,
    "composure": _composure,
    "channel": _channel,
}
_ATTEMPT: dict[str, Callable[[Strategy, Change], Strategy]] = {
    "level": _level,
    "venue": _venue,
    "stage": _stage,
    "open": _open,
    "close": _close,
}
