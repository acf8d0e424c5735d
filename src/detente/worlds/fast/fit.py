"""Whether the worlds of a scenario can be looked at the fast way, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from detente.play.case import Case
from detente.play.stages import Stage
from detente.scenario.expression import Expression
from detente.scenario.model import Cardinal, Interest, Scenario
from detente.states.dependencies import dependencies, trades
from detente.states.vocabulary import Quantity
from detente.worlds.fast.ground import Places
from detente.worlds.fast.numbers import Numbers, interests_of

MOST_CELLS = 1 << 21
MOST_POSITIONS = 1 << 14
WIDEST = 1 << 16  # combinations of the options that one interest names
MOST_DEALS = 1 << 24  # combinations of what the members of a table can do


def unfit(case: Case, plans: list[tuple[Stage, ...]], places: Places, numbers: Numbers) -> str:
    """Why the worlds of a scenario are looked at one by one as any crisis is; '' where they need not be."""
    return next(_doubts(case, plans, places, numbers), "")


def _doubts(case: Case, plans: list[tuple[Stage, ...]], places: Places, numbers: Numbers) -> Iterator[str]:
    scenario = case.scenario
    if set(case.conduct.foresight) != {"seq"}:
        yield "somebody looks ahead in another way than by SEQ"
    if case.conduct.choice != "best":
        yield "movers do not take their best moves alone"
    if not all(isinstance(known, Cardinal) for known in scenario.preferences):
        yield "a party is known by an order of states only"
    if any(stage.cached is not case.free for plan in plans for stage in plan):
        yield "a venue changes what states are worth"
    if not places.worthwhile or places.cells > MOST_CELLS or places.first[-1] > MOST_POSITIONS:
        yield "there are too many states"
    if any(sum(one.weight.central for one in part) == 0 for part in _interests(scenario)):
        yield "the weights of a party come to nothing"
    if any(_wide(scenario, one.quantity) for one in interests_of(scenario)):
        yield "an interest names too many options"
    if any(_unsettled(scenario, one) for one in _conditions(scenario)):
        yield "a rule, an outcome or an end of a stage hangs on numbers that may be off"
    for plan in plans:
        for stage in plan:
            if any(prod(places.positions[list(table.members)].tolist()) > MOST_DEALS for table in stage.tables):
                yield "a table has too much to choose from"
    if numbers.lost:
        yield f"{numbers.lost[0]} is not among the numbers that are read"


def _interests(scenario: Scenario) -> Iterator[tuple[Interest, ...]]:
    for known in scenario.preferences:
        if isinstance(known, Cardinal) and known.interests:
            yield known.interests
    yield from (view.interests for view in scenario.views if view.interests)


def _wide(scenario: Scenario, quantity: Quantity) -> bool:
    axes = dependencies(scenario, quantity)
    return prod(len(scenario.options[axis].levels) for axis in axes) > WIDEST


def _conditions(scenario: Scenario) -> Iterator[Expression]:
    yield from (rule.must for rule in scenario.rules)
    yield from (outcome.where for outcome in scenario.outcomes)
    for strategy in scenario.strategies:
        yield from (stage.until for stage in strategy.stages if stage.until is not None)


def _unsettled(scenario: Scenario, condition: Expression) -> bool:
    """Whether where a condition holds may hang on a number that is drawn: on trade."""
    return bool(trades(scenario, condition))
