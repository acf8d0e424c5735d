"""What is the least that would make an outcome hold, or be reached?"""

from __future__ import annotations

from detente.concepts import named
from detente.errors import UnknownNameError
from detente.questions.fix.answer import Fix
from detente.questions.fix.held import held
from detente.questions.fix.reached import reached
from detente.questions.progress import Progress, silence
from detente.questions.subject import asked_of, goal_of, require_states
from detente.scenario.expression import Name
from detente.scenario.model import Scenario, Strategy
from detente.states.compile import compile_graph
from detente.states.evaluate import condition


def fix(
    scenario: Scenario,
    outcome: str | None = None,
    concept: str | None = None,
    reach: str | None = None,
    progress: Progress | None = None,
) -> Fix:
    """The cheapest changes after which an outcome holds, or with `reach` is reached for certain by a strategy.

    For an outcome that is to hold: its state that is nearest to holding (least shortfall, then best margin;
    with the shocks as they stand today where the outcome allows), and per kind of change the single changes
    and the least combination that make it hold. Promises by their closed form, attitudes and commitments by
    programs where these are exact, the rest by search.

    Parameters
    ----------
    scenario : Scenario
    outcome : str, optional
        What is to hold or to be reached; the scenario's aim when absent. A state does as well: its number, or
        `OPTION=level`, several with commas between them.
    concept : str, optional
        How far parties look ahead. When absent: sequential stability, or Nash where the outcome already holds
        under that; with `reach` each party's own in the scenario, else sequential stability.
    reach : str, optional
        A strategy that is to reach the outcome.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Fix

    Raises
    ------
    UnknownNameError
        For an outcome, a concept or a strategy that does not exist.
    RefusedError
        Without an outcome to fix, or when no state belongs to it.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    tell = progress or silence
    goal = goal_of(scenario, outcome, "nothing is said to hold")
    return asked_of(_fix(goal.scenario, goal.outcome, concept, reach, tell), scenario)


def _fix(scenario: Scenario, wanted: str, concept: str | None, reach: str | None, tell: Progress) -> Fix:
    if concept is not None:
        named(concept)
    strategy = None if reach is None else _strategy(scenario, reach)
    tell("states and payoffs", 0.0)
    graph = compile_graph(scenario)
    inside = condition(scenario, graph, Name(wanted))
    require_states(wanted, inside)
    if strategy is not None:
        return reached(scenario, graph, wanted, strategy, concept, tell)
    return held(scenario, graph, wanted, inside, concept, tell)


def _strategy(scenario: Scenario, wanted: str) -> Strategy:
    for strategy in scenario.strategies:
        if strategy.id == wanted:
            return strategy
    raise UnknownNameError("strategy", wanted, [strategy.id for strategy in scenario.strategies])
