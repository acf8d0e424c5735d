"""What does not matter changes no answer, in random crises that have everything, for every question."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

import detente
from detente.catalogue import QUESTIONS
from detente.errors import DetenteError
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.scenario.model import Cardinal, Interest, LevelScale, Number, Option, Scenario
from metamorphic.test_irrelevance import onlooker, plain, without
from oracles.random_crises import PARTIES, WORDS, random_crisis

ASKED = {
    "relations": {"strategy": "ztalk"},
    "equilibria": {"all": True, "limit": 1000},
    "durability": {"outcome": "zaim"},
}
ASKING = [row.word for row in QUESTIONS if row.word != "overview"]  # that one tells what is in the scenario
Change = Callable[[Scenario], Scenario]
OTHER = {name: f"{chr(ord('w') - place)}{name[::-1]}" for place, name in enumerate((*PARTIES, *WORDS))}
"""Other names, which sort the other way round."""


def shuffled(scenario: Scenario) -> Scenario:
    """Everything that a document lists by name, in another order; of equal strategies the first is shown."""
    rng = random.Random(1)
    parts: dict[str, Any] = {}
    for one, beside in (("parties", "preferences"), ("options", "status_quo")):
        pairs = list(zip(getattr(scenario, one), getattr(scenario, beside), strict=True))
        rng.shuffle(pairs)
        parts[one], parts[beside] = (tuple(column) for column in zip(*pairs, strict=True))
    for section in ("outcomes", "tables", "venues", "attitudes"):
        parts[section] = tuple(rng.sample(getattr(scenario, section), len(getattr(scenario, section))))
    parts["preferences"] = tuple(
        Cardinal(tuple(reversed(held.interests))) if isinstance(held, Cardinal) else held
        for held in parts["preferences"]
    )
    parts["tables"] = tuple(replace(table, members=table.members[::-1]) for table in parts["tables"])
    return replace(scenario, **parts)


def levels_reversed(scenario: Scenario) -> Scenario:
    """The levels of whatever can move both ways, the other way round, and all that is said of each level."""
    turned = {option.id for option in scenario.options if option.moves == "both"}

    def interest(each: Interest) -> Interest:
        wanted = each.quantity
        if isinstance(wanted, LevelScale) and wanted.option in turned:
            return replace(each, quantity=replace(wanted, values=wanted.values[::-1]))
        return each

    def option(each: Option) -> Option:
        return replace(each, levels=each.levels[::-1]) if each.id in turned else each

    return replace(
        scenario,
        options=tuple(option(each) for each in scenario.options),
        preferences=tuple(
            Cardinal(tuple(interest(each) for each in held.interests)) if isinstance(held, Cardinal) else held
            for held in scenario.preferences
        ),
        views=tuple(
            replace(view, interests=tuple(interest(each) for each in view.interests)) for view in scenario.views
        ),
    )


def renamed(scenario: Scenario) -> Scenario:
    text = dumps(scenario)
    for name, other in OTHER.items():
        text = re.sub(rf"\b{name}\b", other, text)
    return loads(text)


def scaled(scenario: Scenario) -> Scenario:
    """One party's weights, all of them times eight: only their ratios count."""
    first, *rest = scenario.preferences
    assert isinstance(first, Cardinal)
    heavier = tuple(replace(each, weight=Number(8 * each.weight.central)) for each in first.interests)
    return replace(scenario, preferences=(Cardinal(heavier), *rest))


def idle_here(scenario: Scenario) -> Scenario:
    """One more option that nobody values, of the party that comes last."""
    extra = Option(f"{PARTIES[2]}.anthem", PARTIES[2], "anthem", levels=("old", "new"))
    return replace(scenario, options=(extra, *scenario.options), status_quo=("old", *scenario.status_quo))


CHANGES: tuple[Change, ...] = (shuffled, levels_reversed, renamed, scaled, idle_here, onlooker)
HIDDEN = ("qcilo.anthem", "expected_Z", "Z")


def told(word: str, scenario: Scenario) -> list[dict[str, Any]] | str:
    """The main table of an answer, as names were before; or how the question is refused."""
    try:
        answer = getattr(detente, word)(scenario, **ASKED.get(word, {}))
    except DetenteError as refused:
        return type(refused).__name__
    return [as_before(record) for record in answer.rows()]


@lru_cache(maxsize=1)
def unchanged(word: str, seed: int) -> list[dict[str, Any]] | str:
    """The same of a crisis as it was drawn, for every change of it."""
    return told(word, loads(random_crisis(seed)))


def figures(found: list[dict[str, Any]] | str, hidden: tuple[str, ...] = ()) -> Any:
    """What is compared of a main table."""
    if isinstance(found, str):
        return found
    return without(
        {plain({key: value for key, value in row.items() if key not in hidden}) for row in found}, *HIDDEN
    )


def as_before(value: Any) -> Any:
    """A value with its names as they were before they were changed."""
    if isinstance(value, dict):
        return {as_before(key): as_before(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_before(item) for item in value]
    if isinstance(value, str):
        for name, other in OTHER.items():
            value = value.replace(other, name)
    return value


FOUND = (18, 48, 49, 58)
"""Crises in which an answer once hung on what does not matter."""
SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.slow) for seed in (*range(2, 16), *FOUND))]
SHOWN = {"roadmap": ("changes", "movers", "table", "to"), "fix": ("alone",), "backtest": ("open",)}
"""Of roads, states or orders of moves that are equally good the first is shown, by the order of states."""


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("word", ASKING)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_does_not_matter_changes_no_answer(word: str, change: Change, seed: int) -> None:
    hidden = SHOWN.get(word, ()) if change in (levels_reversed, shuffled) else ()
    found = told(word, change(loads(random_crisis(seed))))
    assert figures(found, hidden) == figures(unchanged(word, seed), hidden)
