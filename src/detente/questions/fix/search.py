"""The cheapest combination of changes where no program finds it: by trying them, cheap ones first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, inf
from typing import Generic, TypeVar

from detente.questions.fix.edits import Edit

Edits = tuple[Edit, ...]
Outcome = TypeVar("Outcome")
MOST_TOGETHER = 3


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
    ordered = sorted((edits for edits in candidates if price(edits) < below), key=price)
    tried = [Trial(edits, price(edits), judge(edits)) for edits in ordered[:budget]]
    exact = len(ordered) <= budget
    singles = sorted(
        (trial for trial in tried if does(trial.result)), key=lambda trial: (trial.price, -merit(trial.result))
    )
    best = singles[0] if singles else None
    spent = len(tried)
    alone = near = sorted(tried, key=lambda trial: -merit(trial.result))
    for many in range(2, MOST_TOGETHER + 1):
        bound = below if best is None else best.price
        pool = [trial for trial in alone if trial.price < bound]
        left = budget - spent
        while pool and comb(len(pool), many) > left:
            pool.pop()
            exact = False
        together = _together(pool, many, judge, does, price, bound)
        spent += len(together)
        near = sorted([*near, *together], key=lambda trial: -merit(trial.result))
        best = next((trial for trial in together if does(trial.result)), best)
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
    """Combinations of so many, cheap ones first, up to the first that does or costs as much as the bound."""
    groups = [sum((trial.edits for trial in group), ()) for group in combinations(pool, many)]
    groups = [edits for edits in groups if _compatible(edits)]
    tried: list[Trial[Outcome]] = []
    for edits in sorted(groups, key=price):
        if price(edits) >= bound:
            break
        tried.append(Trial(edits, price(edits), judge(edits)))
        if does(tried[-1].result):
            break
    return tried


def _compatible(edits: Edits) -> bool:
    """Whether nothing is changed twice."""
    touched = [(edit.kind, edit.party, edit.other, edit.what if edit.kind != "venue" else "") for edit in edits]
    return len(set(touched)) == len(touched)
