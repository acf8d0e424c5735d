"""Small random crises for tests: several levels, one-way options, rules, ties, attitudes, views, nature."""

from __future__ import annotations

import random
from dataclasses import dataclass

from detente.scenario.expression import Comparison, Expression, Logic, Name, Not, parse
from detente.scenario.model import (
    Attitude,
    Cardinal,
    Interest,
    LevelScale,
    Number,
    Option,
    Outcome,
    Party,
    Preference,
    Rule,
    Scenario,
    Statement,
    Statements,
    View,
)

LEVELS = ("none", "some", "all", "more")


@dataclass(frozen=True)
class Shape:
    """What a random crisis may contain; the defaults allow everything."""

    parties: tuple[int, int] = (2, 4)
    options: tuple[int, int] = (1, 6)
    levels: tuple[int, ...] = (2, 2, 3, 4)
    combinations: int = 400
    one_way: float = 0.3
    rules: int = 2
    nature: float = 0.3
    ordinal: float = 0.15
    attitudes: float = 0.4
    views: float = 0.3


def random_scenario(rng: random.Random, shape: Shape = Shape()) -> Scenario:
    """A crisis whose status quo is feasible; equal seeds give equal crises."""
    parties = tuple(Party(f"P{place}") for place in range(rng.randint(*shape.parties)))
    options = _options(rng, shape, parties)
    status_quo = tuple(rng.choice(option.levels) for option in options)
    outcomes = tuple(Outcome(f"out{place}", random_condition(rng, options)) for place in range(2))
    preferences: tuple[Preference, ...] = tuple(_preference(rng, shape, options, outcomes) for _ in parties)
    cardinal = [
        party.id for party, held in zip(parties, preferences, strict=True) if isinstance(held, Cardinal)
    ]
    pairs = [(one, other) for one in cardinal for other in cardinal if one != other]
    return Scenario(
        id="random",
        title="A random crisis",
        parties=parties,
        options=options,
        preferences=preferences,
        status_quo=status_quo,
        outcomes=outcomes,
        rules=_rules(rng, shape, options, status_quo),
        attitudes=tuple(
            Attitude(one, other, Number(rng.choice([-0.5, -0.1, 0.2, 0.7])))
            for one, other in pairs
            if rng.random() < shape.attitudes
        ),
        views=tuple(
            View(one, other, _interests(rng, options, outcomes))
            for one, other in pairs
            if rng.random() < shape.views
        ),
    )


def _options(rng: random.Random, shape: Shape, parties: tuple[Party, ...]) -> tuple[Option, ...]:
    options: list[Option] = []
    total = 1
    for place in range(rng.randint(*shape.options)):
        owner = rng.choice(parties).id
        hazard = None
        if rng.random() < shape.nature / 3:
            owner, hazard = "nature", parse(rng.choice(["0.25", "0.1 + 0.3", "2 - 0.5", "0 - 1"]))
        count = rng.choice(shape.levels)
        total *= count
        if total > shape.combinations and options:
            break
        levels = LEVELS[:count] if count > 2 else ("no", "yes")
        moves = rng.choice(["up", "down", "fixed"]) if rng.random() < shape.one_way else "both"
        options.append(
            Option(f"{owner}.o{place}", owner, f"o{place}", levels=levels, moves=moves, hazard=hazard)
        )
    return tuple(options)


def random_condition(rng: random.Random, options: tuple[Option, ...], depth: int = 2) -> Expression:
    """A condition on the options."""
    if depth == 0 or rng.random() < 0.4:
        option = rng.choice(options)
        if len(option.levels) == 2 and rng.random() < 0.5:
            return Name(option.id)
        operator = rng.choice(["==", "!=", "<", "<=", ">", ">="])
        return Comparison(Name(option.id), operator, Name(rng.choice(option.levels)))
    if rng.random() < 0.25:
        return Not(random_condition(rng, options, depth - 1))
    sides = (random_condition(rng, options, depth - 1), random_condition(rng, options, depth - 1))
    return Logic(rng.choice(["and", "or", "implies", "iff"]), *sides)


def _rules(
    rng: random.Random, shape: Shape, options: tuple[Option, ...], status_quo: tuple[str, ...]
) -> tuple[Rule, ...]:
    """Rules that the status quo keeps: each is turned round where it would not."""
    from oracles.plain_graph import holds

    rules = []
    here = dict(zip((option.id for option in options), status_quo, strict=True))
    for _ in range(rng.randint(0, shape.rules)):
        condition = random_condition(rng, options)
        rules.append(Rule(condition if holds(options, (), here, condition) else Not(condition)))
    return tuple(rules)


def _preference(
    rng: random.Random, shape: Shape, options: tuple[Option, ...], outcomes: tuple[Outcome, ...]
) -> Preference:
    if rng.random() < shape.ordinal:
        return Statements(tuple(Statement(random_condition(rng, options)) for _ in range(rng.randint(1, 4))))
    return Cardinal(_interests(rng, options, outcomes))


def _interests(
    rng: random.Random, options: tuple[Option, ...], outcomes: tuple[Outcome, ...]
) -> tuple[Interest, ...]:
    return tuple(_interest(rng, options, outcomes) for _ in range(rng.randint(1, 4)))


def _interest(rng: random.Random, options: tuple[Option, ...], outcomes: tuple[Outcome, ...]) -> Interest:
    option = rng.choice(options)
    quantity = rng.choice(
        [
            random_condition(rng, options),
            Name(rng.choice(outcomes).id),
            LevelScale(option.id, tuple(Number(rng.choice([0.0, 0.3, 0.5, 1.0])) for _ in option.levels)),
            parse(f"level({option.id}) / {len(option.levels)}"),
        ]
    )
    hazardous = [option.id for option in options if option.hazard is not None]
    if hazardous and rng.random() < 0.5:
        quantity = parse(f"risk({rng.choice(hazardous)})")
    return Interest(
        sense=rng.choice(["wants", "avoids"]),
        quantity=quantity,
        weight=Number(float(rng.choice([1, 1, 2, 3, 0.5]))),
        relational=rng.random() < 0.8,
    )
