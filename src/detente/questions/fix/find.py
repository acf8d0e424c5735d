"""What is the least that would make an outcome hold, or be reached?"""

from __future__ import annotations

from detente.concepts import named
from detente.errors import UnknownNameError
from detente.play.case import Case, conduct_of
from detente.questions.ends import best_end
from detente.questions.fix.answer import Fix
from detente.questions.fix.held import held
from detente.questions.fix.reached import reached
from detente.questions.progress import Progress, silence
from detente.questions.subject import asked_of, goal_of, require_states
from detente.scenario.expression import Name
from detente.scenario.model import Scenario, Strategy
from detente.states import variant as variants
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

    The aim is to hold where the strategy ends that assess puts first; another outcome, or the aim where no
    strategy gets there, in its state that is nearest to holding (least shortfall, then best margin; with the
    shocks as they stand today where the outcome allows). Per kind of change the single changes
    and the least combination that make it hold. Promises by their closed form, attitudes and commitments by
    programs where these are exact, the rest by search.

    Parameters
    ----------
    scenario : Scenario
    outcome : str, optional
        What is to hold or to be reached; the scenario's aim when absent. A state does as well: its number, or
        `OPTION=level`, several with commas between them.
    concept : str, optional
        How far parties look ahead; `iseq` when absent. With `reach`: each party's own in the scenario, else
        `iseq`.
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
    return asked_of(_fix(goal.scenario, goal.outcome, outcome is not None, concept, reach, tell), scenario)


def _fix(
    scenario: Scenario, wanted: str, chosen: bool, concept: str | None, reach: str | None, tell: Progress
) -> Fix:
    if concept is not None:
        named(concept)
    strategy = None if reach is None else _strategy(scenario, reach)
    tell("states and payoffs", 0.0)
    graph = compile_graph(scenario)
    inside = condition(scenario, graph, Name(wanted))
    require_states(wanted, inside)
    if strategy is not None:
        return reached(scenario, graph, wanted, strategy, concept, tell)
    best = None
    if not chosen and scenario.aim == wanted:
        tell("where the best strategy ends", 0.05)
        best = best_end(Case(variants.whole(scenario, graph), conduct_of(scenario, concept)))
    return held(scenario, graph, wanted, inside, concept, best, tell)


def _strategy(scenario: Scenario, wanted: str) -> Strategy:
    for strategy in scenario.strategies:
        if strategy.id == wanted:
            return strategy
    raise UnknownNameError("strategy", wanted, [strategy.id for strategy in scenario.strategies])
