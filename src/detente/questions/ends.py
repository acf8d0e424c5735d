"""Where the best strategy ends: from there every question sets out that is not told to begin elsewhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from detente.play.case import Case
from detente.play.stages import Course, Mixture
from detente.play.verdict import Fare, fared, ranked
from detente.scenario.model import Strategy
from detente.states.state_graph import Bools


@dataclass(frozen=True, eq=False)
class BestEnd:
    """The strategy that assess puts first on the aim, and its course.

    `equals` are the ids of others that fare just as well: the first of the document stands for them. `fares`
    are those of all strategies, best first.
    """

    strategy: Strategy
    course: Course
    equals: tuple[str, ...]
    fares: tuple[tuple[Strategy, Fare], ...]

    def within(self, inside: Bools) -> Mixture:
        """The states inside an outcome in which it ends, by their chances, scaled to 1."""
        final = self.course.final
        kept = inside[final.states]
        return Mixture(final.states[kept], final.chances[kept] / final.chances[kept].sum())


def best_end(case: Case) -> BestEnd | None:
    """The strategy that comes first on the aim; None without an aim, or where no strategy ever gets there."""
    strategies, aim = case.scenario.strategies, case.aim
    if aim is None or not strategies or not case.outcomes[aim].any():
        return None
    case.prepare()
    with ThreadPoolExecutor(max_workers=2) as pool:
        fares = list(
            pool.map(
                lambda one: fared(case.free, case.conduct, case.plan(one), case.start, case.outcomes),
                strategies,
            )
        )
    order = ranked(fares, aim)
    first = order[0][0]
    if not fares[first].success[aim] > 0:
        return None
    equals = tuple(strategies[place].id for place, rank in order[1:] if rank == 1)
    every = tuple((strategies[place], fares[place]) for place, _ in order)
    return BestEnd(strategies[first], fares[first].course, equals, every)
