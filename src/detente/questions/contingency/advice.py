"""Which plan to begin with after a shock."""

from __future__ import annotations

from collections.abc import Sequence

from detente.questions.contingency.answer import Aftermath, PlanSeen

SLIGHT = 0.005  # of a party's span: less is told as nothing
CLOSE = 9  # decimals of a probability that tell two apart


def advised(unplanned: Aftermath, plans: Sequence[PlanSeen]) -> str | None:
    """The plan to begin with, as its id; None where none is better than no plan.

    Plans are compared by, in this order: the likeliest clash that is brought about, the aim, any clash, by how
    many more parties gain by it than lose, and whether it sticks. Among equals the first in the document.
    """
    tried = [plan for plan in plans if plan.kept is not None]
    best = max(tried, key=_merit, default=None)
    return best.id if best is not None and _merit(best)[:-1] > (*_fate(unplanned), 0) else None


def _merit(plan: PlanSeen) -> tuple[float, float, float, int, bool]:
    assert plan.kept is not None
    gains = [gain for gain in plan.gains.values() if gain is not None and abs(gain) >= SLIGHT]
    return (*_fate(plan.kept), sum(1 if gain > 0 else -1 for gain in gains), bool(plan.credible))


def _fate(end: Aftermath) -> tuple[float, float, float]:
    """Greater is better."""
    numbers = (-max(end.brings.values(), default=0.0), end.aim or 0.0, -end.clash)
    one, two, three = (round(number, CLOSE) for number in numbers)
    return one, two, three
