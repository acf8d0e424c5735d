"""What breaks no rule and is probably not what was meant; nothing of it stops a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from detente.scenario.bounds import Bounds
from detente.scenario.draft import Oversight
from detente.scenario.expression import Expression, Name, Not, to_text
from detente.scenario.model import NATURE, LevelScale, Scenario
from detente.scenario.namesakes import (
    letters_that_look_alike,
    marks_that_nobody_sees,
    names_of_sections,
    one_name_for_two,
    strangers,
    twice_in_a_list,
)
from detente.scenario.numbers import plain_text
from detente.scenario.one_sided import aims_of_one_side
from detente.scenario.reach import Reach, holds
from detente.scenario.unreached import interest_lists, shown, unreached
from detente.scenario.valued import valued

HEAVY = 1000.0
"""A weight so many times the next one leaves the others without effect."""

_ALWAYS = (1.0, 1.0)


def oversights(scenario: Scenario) -> Iterator[Oversight]:
    """Everything that looks unintended and can be seen without computing states."""
    for rule in RULES:
        yield from rule(scenario)


def options_nobody_values(scenario: Scenario) -> Iterator[Oversight]:
    """An option of a party on which no interest depends."""
    cared_for = valued(scenario)
    for option in scenario.options if cared_for is not None else ():
        if cared_for is not None and option.owner != NATURE and option.id not in cared_for:
            what = f"nobody values '{option.id}': no party's interests depend on it."
            yield Oversight(("options", option.id), what, "Say under `interests` who cares, or leave it out.")


def rules_that_always_hold(scenario: Scenario) -> Iterator[Oversight]:
    """A rule that no combination of levels breaks."""
    anywhere = Reach(replace(scenario, rules=()))
    for index, rule in enumerate(scenario.rules):
        if anywhere.meets(Not(rule.must), holds) is False:
            what = f"this rule always holds: {to_text(rule.must)}."
            yield Oversight(("rules", index, "must"), what, "It forbids nothing; is that meant?")


def stages_that_end_at_once(scenario: Scenario) -> Iterator[Oversight]:
    """A first stage whose `until` holds as it begins."""
    bounds = Bounds(scenario)
    for strategy in scenario.strategies:
        stage = strategy.stages[0]
        if stage.until is None:
            continue
        standing = _standing(scenario) | dict(stage.commit)
        if bounds.of(stage.until, standing) == _ALWAYS:
            what = f"'{to_text(stage.until)}' holds as the stage begins, so it ends at once."
            hint = "Write what the stage is to reach."
            yield Oversight(("strategies", strategy.id, "stages", 0, "until"), what, hint)


def aims_that_are_reached(scenario: Scenario) -> Iterator[Oversight]:
    """An aim that holds at the status quo, though strategies are to reach it."""
    if scenario.aim is None or not scenario.strategies:
        return
    if Bounds(scenario).of(Name(scenario.aim), _standing(scenario)) == _ALWAYS:
        what = f"the aim '{scenario.aim}' holds at the status quo already, and strategies are ranked on it."
        yield Oversight(("aim",), what, "Is the status quo as it is meant?")


def interests_that_repeat(scenario: Scenario) -> Iterator[Oversight]:
    """An interest that stands twice in one list, and two of one name."""
    for path, whose, interests in interest_lists(scenario):
        seen: dict[tuple[str, Expression | LevelScale], int] = {}
        names: set[str] = set()
        for index, interest in enumerate(interests):
            here = (*path, index)
            if (interest.sense, interest.quantity) in seen:
                what = f"{whose} {interest.sense} '{shown(interest.quantity)}' twice."
                yield Oversight(here, what, "Keep one, with the weight of both.")
            elif interest.name and interest.name in names:
                what = f"{whose} has two interests called '{interest.name}'."
                yield Oversight(here, what, "Give each a name of its own.")
            seen[interest.sense, interest.quantity] = index
            names.add(interest.name)


def weights_that_drown_the_rest(scenario: Scenario) -> Iterator[Oversight]:
    """A weight a thousand times the next one of its party."""
    for path, whose, interests in interest_lists(scenario):
        weights = [interest.weight.central for interest in interests]
        ordered = sorted(weights)
        if len(weights) < 2 or not ordered[-1] >= HEAVY * ordered[-2] > 0:
            continue
        most, index = ordered[-1], weights.index(ordered[-1])
        what = f"one interest of {whose} weighs {most / ordered[-2]:,.0f} times as much as any other."
        hint = f"Is {plain_text(most)} the weight that is meant?"
        yield Oversight((*path, index, "weight"), what, hint)


def _standing(scenario: Scenario) -> dict[str, str]:
    return {option.id: level for option, level in zip(scenario.options, scenario.status_quo, strict=True)}


RULES: tuple[Callable[[Scenario], Iterator[Oversight]], ...] = (
    options_nobody_values,
    rules_that_always_hold,
    stages_that_end_at_once,
    aims_that_are_reached,
    aims_of_one_side,
    unreached,
    interests_that_repeat,
    weights_that_drown_the_rest,
    one_name_for_two,
    twice_in_a_list,
    strangers,
    names_of_sections,
    letters_that_look_alike,
    marks_that_nobody_sees,
)
