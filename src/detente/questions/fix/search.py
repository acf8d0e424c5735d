"""The cheapest combination of changes where no program finds it: by trying them, cheap ones first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from math import comb, inf
from typing import Generic, TypeVar

from detente.questions.fix.edits import Edit, Written, written

Edits = tuple[Edit, ...]
Outcome = TypeVar("Outcome")
Item = TypeVar("Item")
MOST_TOGETHER = 3
DIGITS = 9
"""Figures this close are the same."""


@dataclass(frozen=True, eq=False)
class Trial(Generic[Outcome]):
    """Changes that were tried together, what they cost, and what came of it."""

    edits: Edits
    price: float
    result: Outcome


@dataclass(frozen=True, eq=False)
class Found(Generic[Outcome]):
    """What a search found: changes that do alone (cheapest first), and the cheapest combination, if any does.

    `nearest` is what came nearest where nothing did; `exact` says that everything cheaper was tried.
    """

    singles: tuple[Trial[Outcome], ...]
    least: Trial[Outcome] | None
    nearest: Trial[Outcome] | None
    tried: int
    exact: bool


def search(
    candidates: Sequence[Edits],
    judge: Callable[[Edits], Outcome],
    does: Callable[[Outcome], bool],
    merit: Callable[[Outcome], float],
    price: Callable[[Edits], float],
    budget: int,
    below: float = inf,
) -> Found[Outcome]:
    """Try every change alone, then together two by two and three by three, within a budget of trials.

    What costs the same and comes as near is tried all together or not at all, so that the order of the
    candidates decides nothing; only the cheapest are tried alone even where they are more than the budget. Of
    those that cost the same and come as near the first by name is the least.

    Parameters
    ----------
    candidates : what may be done; each may be several edits that belong together.
    judge : what comes of some edits.
    does : whether that is enough.
    merit : how near it comes; the nearest are combined first when there are too many combinations.
    price : what some edits cost; adding edits never makes them cheaper.
    budget : how many trials.
    below : only what costs less than this is of interest.
    """

    def cheapness(trial: Trial[Outcome]) -> tuple[float, float]:
        return round(trial.price, DIGITS), -round(merit(trial.result), DIGITS)

    def nearness(trial: Trial[Outcome]) -> tuple[float, float]:
        return cheapness(trial)[::-1]

    def cheapest(trial: Trial[Outcome]) -> tuple[tuple[float, float], Written]:
        return cheapness(trial), written(trial.edits)

    def nearest_first(trial: Trial[Outcome]) -> tuple[tuple[float, float], Written]:
        return nearness(trial), written(trial.edits)

    ordered = sorted((edits for edits in candidates if price(edits) < below), key=price)
    first = _whole_groups(ordered, lambda edits: round(price(edits), DIGITS), most=budget, least=1)
    tried = [Trial(edits, price(edits), judge(edits)) for edits in first]
    exact = len(first) == len(ordered)
    singles = sorted((trial for trial in tried if does(trial.result)), key=cheapest)
    best = singles[0] if singles else None
    spent = len(tried)
    alone = near = sorted(tried, key=nearest_first)
    for many in range(2, MOST_TOGETHER + 1):
        bound = below if best is None else best.price
        useful = [trial for trial in alone if trial.price < bound]
        pool = _whole_groups(useful, nearness, most=_most_together(many, budget - spent))
        exact = exact and len(pool) == len(useful)
        together = _together(pool, many, judge, does, price, bound)
        spent += len(together)
        near = sorted([*near, *together], key=nearest_first)
        best = min((trial for trial in together if does(trial.result)), key=cheapest, default=best)
    larger = sum(price(edits) for edits in ordered[: MOST_TOGETHER + 1])
    beyond = len(ordered) > MOST_TOGETHER and larger < (below if best is None else best.price)
    nearest = near[0] if near and best is None else None
    return Found(tuple(singles), best, nearest, spent, exact and not beyond)


def _together(
    pool: Sequence[Trial[Outcome]],
    many: int,
    judge: Callable[[Edits], Outcome],
    does: Callable[[Outcome], bool],
    price: Callable[[Edits], float],
    bound: float,
) -> list[Trial[Outcome]]:
    """Combinations of so many, cheap ones first, up to those as cheap as one that does, or to the bound."""
    groups = [sum((trial.edits for trial in group), ()) for group in combinations(pool, many)]
    groups = [edits for edits in groups if _compatible(edits)]
    affordable = sorted((edits for edits in groups if price(edits) < bound), key=price)
    tried: list[Trial[Outcome]] = []
    for _, alike in groupby(affordable, key=lambda edits: round(price(edits), DIGITS)):
        judged = [Trial(edits, price(edits), judge(edits)) for edits in alike]
        tried += judged
        if any(does(trial.result) for trial in judged):
            break
    return tried


def _whole_groups(
    ordered: Sequence[Item], figure: Callable[[Item], object], most: int, least: int = 0
) -> list[Item]:
    """At most so many of what is in order, no group of equal figure cut; the least groups in any case."""
    kept: list[Item] = []
    for place, (_, group) in enumerate(groupby(ordered, key=figure)):
        alike = list(group)
        if place >= least and len(kept) + len(alike) > most:
            break
        kept += alike
    return kept


def _most_together(many: int, budget: int) -> int:
    """How many things have no more combinations of so many than the budget."""
    most = many - 1
    while comb(most + 1, many) <= budget:
        most += 1
    return most


def _compatible(edits: Edits) -> bool:
    """Whether nothing is changed twice."""
    touched = [(edit.kind, edit.party, edit.other, edit.what if edit.kind != "venue" else "") for edit in edits]
    return len(set(touched)) == len(touched)
