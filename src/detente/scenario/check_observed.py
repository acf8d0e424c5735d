"""Rules on what was observed and asked: dates follow each other, states can exist, windows open and close."""

from __future__ import annotations

import itertools

from detente.scenario.bounds import Bounds
from detente.scenario.clock import first_day, last_day
from detente.scenario.draft import Draft
from detente.scenario.expression import to_text
from detente.scenario.model import Observation, Option, Scenario


def dates_follow_each_other(draft: Draft) -> None:
    """Every observation is later than the one before it; a month means its last day."""
    observed = _scenario(draft).observed
    for before, after in itertools.pairwise(observed):
        if last_day(after.date) <= last_day(before.date):
            what = f"{after.date} is not later than {before.date}, which stands before it."
            hint = "Put dates in order; a month means its last day, and a year too."
            draft.problem(draft.place("observed", after.date), what, hint)


def observed_states_can_exist(draft: Draft) -> None:
    """What was observed breaks no rule, and no option went where it cannot go."""
    scenario = _scenario(draft)
    options = {option.id: option for option in scenario.options}
    standing = {option.id: level for option, level in zip(scenario.options, scenario.status_quo, strict=True)}
    for place, seen in enumerate(scenario.observed):
        for name, level in seen.levels:
            if name in options and level in options[name].levels:
                if place:
                    _way(draft, seen, options[name], standing[name], level)
                standing[name] = level
        _rules(draft, scenario, seen, standing)


def forecasts_have_a_window(draft: Draft) -> None:
    """A window closes after it opens, and the scenario's clock says how long it is."""
    scenario = _scenario(draft)
    for asked in scenario.forecasts:
        if last_day(asked.until) <= first_day(asked.since):
            what = f"the window of '{asked.id}' closes at {asked.until}, not after it opens ({asked.since})."
            draft.problem(
                draft.place("forecasts", asked.id, "until"), what, "Write a later date, or an earlier `from`."
            )
    if scenario.forecasts and scenario.round is None:
        what = "`forecasts` ask about time, and the scenario does not say how long a round is."
        draft.problem(draft.place("forecasts"), what, "Add e.g. `round: {length: 6 months}`.")


def _way(draft: Draft, seen: Observation, option: Option, before: str, level: str) -> None:
    if before not in option.levels:
        return
    step = option.levels.index(level) - option.levels.index(before)
    allowed = {"both": True, "up": step > 0, "down": step < 0, "fixed": False}[option.moves]
    if step and not allowed:
        moves = "not at all" if option.moves == "fixed" else f"only {option.moves}"
        what = f"'{option.id}' moves {moves}, so it cannot have gone from {before} to {level}."
        hint = "Correct the level, here or at an earlier date, or change `moves`."
        draft.problem(draft.place("observed", seen.date, option.id), what, hint)


def _rules(draft: Draft, scenario: Scenario, seen: Observation, standing: dict[str, str]) -> None:
    bounds = Bounds(scenario)
    for rule in scenario.rules:
        if bounds.of(rule.must, standing) == (0.0, 0.0):
            what = f"how things stood at {seen.date} breaks this rule: {to_text(rule.must)}."
            hint = "Correct a level, also one that still stands from an earlier date, or the rule."
            draft.problem(draft.place("observed", seen.date), what, hint)


def _scenario(draft: Draft) -> Scenario:
    assert draft.scenario is not None
    return draft.scenario
