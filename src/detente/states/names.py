"""From indices back to words, and from levels to states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from detente.errors import RefusedError, UnknownNameError
from detente.scenario.expression import to_text
from detente.scenario.model import Scenario
from detente.states.evaluate import levels_at
from detente.states.reading import Reading
from detente.states.state_graph import Floats, Int64, StateGraph

STATUS_QUO = "status-quo"
ALIKE = 1e-9  # chances that differ by less are as large


def level_names(scenario: Scenario, graph: StateGraph, state: int) -> tuple[str, ...]:
    """Level name of every option in a state, in the order of the document."""
    return tuple(
        option.levels[axis.first + level]
        for option, axis, level in zip(scenario.options, graph.axes, graph.levels(state), strict=True)
    )


def alphabetical(scenario: Scenario, graph: StateGraph, states: Int64) -> Int64:
    """(state,) the place of each state among them as a dictionary has it: by option's name, then level's name.

    What breaks a tie by it hangs neither on the order of options nor on that of levels.
    """
    columns = []
    named = sorted(zip(scenario.options, graph.axes, graph.strides, strict=True), key=lambda one: one[0].id)
    for option, axis, stride in named:
        levels = option.levels[axis.first : axis.first + axis.size]
        places = np.argsort(np.argsort(np.array(levels), kind="stable"))
        columns.append(places[graph.codes[states] // stride % axis.size])
    order = np.lexsort(columns[::-1]) if columns else np.arange(len(states))
    found = np.empty(len(states), dtype=np.int64)
    found[order] = np.arange(len(states))
    return found


def likeliest(scenario: Scenario, graph: StateGraph, states: Int64, chances: Floats) -> int:
    """The state with the largest chance; of equals the first in the alphabet."""
    tied = states[chances >= chances.max() - ALIKE]
    return int(tied[alphabetical(scenario, graph, tied).argmin()])


def changes(scenario: Scenario, graph: StateGraph, start: int, end: int) -> dict[str, str]:
    """What a move changes: the options that stand elsewhere after it, each with its new level."""
    before, after = (level_names(scenario, graph, state) for state in (start, end))
    triples = zip(scenario.options, before, after, strict=True)
    return {option.id: level for option, old, level in triples if level != old}


def labels(scenario: Scenario, graph: StateGraph, state: int) -> tuple[str, ...]:
    """Outcomes that hold in a state, in the order of the document."""
    reading = Reading(scenario, levels_at(graph, state))
    return tuple(outcome.id for outcome in scenario.outcomes if reading.condition(outcome.where))


def state_of(scenario: Scenario, graph: StateGraph, levels: Mapping[str, str]) -> int:
    """The state in which options stand at these levels, and all others at the status quo.

    Raises
    ------
    UnknownNameError
        An option or a level that the scenario does not know.
    RefusedError
        The combination is not feasible, or not in this graph.
    """
    options = {option.id: place for place, option in enumerate(scenario.options)}
    wanted = list(scenario.status_quo)
    for option, level in levels.items():
        if option not in options:
            raise UnknownNameError("option", option, list(options))
        wanted[options[option]] = level
    places = []
    for option_at, level in zip(scenario.options, wanted, strict=True):
        if level not in option_at.levels:
            raise UnknownNameError(f"level of {option_at.id}", level, option_at.levels)
        places.append(option_at.levels.index(level))
    held = [level - axis.first for level, axis in zip(places, graph.axes, strict=True)]
    inside = all(0 <= level < axis.size for level, axis in zip(held, graph.axes, strict=True))
    state = graph.find(tuple(held)) if inside else None
    if state is None:
        raise RefusedError(_why_not(scenario, places, levels))
    return state


def status_quo(scenario: Scenario, graph: StateGraph) -> int:
    """The state in which things stand now.

    Raises
    ------
    RefusedError
        The status quo breaks a rule, or an option is held elsewhere in this graph.
    """
    return state_of(scenario, graph, {})


def state_called(scenario: Scenario, graph: StateGraph, words: Sequence[str]) -> int:
    """The state that words name: nothing or `status-quo`, or `OPTION=level` for whatever stands elsewhere.

    Raises
    ------
    UnknownNameError
        An option or a level that the scenario does not know.
    RefusedError
        A word of another form, two levels for one option, or a combination that is not feasible.
    """
    levels: dict[str, str] = {}
    for word in words:
        option, sign, level = (part.strip() for part in word.partition("="))
        if word == STATUS_QUO:
            continue
        if not (option and sign and level):
            raise RefusedError(f"'{word}' names no state. Write {STATUS_QUO}, or OPTION=level.")
        if levels.get(option, level) != level:
            raise RefusedError(f"'{option}' cannot stand at {levels[option]} and at {level}. Keep one.")
        levels[option] = level
    return state_of(scenario, graph, levels)


def _why_not(scenario: Scenario, places: list[int], levels: Mapping[str, str]) -> str:
    what = "the status quo"
    if levels:
        what = "a state with " + ", ".join(f"{option} at {level}" for option, level in levels.items())
    reading = Reading(scenario, {place: np.asarray(level) for place, level in enumerate(places)})
    broken = [to_text(rule.must) for rule in scenario.rules if not reading.condition(rule.must)]
    if broken:
        listed = ", ".join(f"'{rule}'" for rule in broken)
        return f"{what} breaks the rule{'s' if len(broken) > 1 else ''} {listed}."
    return f"{what} is not among the states in which the committed options stand where they are held."
