"""What it is worth to repair a relation: success with attitudes raised, singly, in pairs and on average.

To repair a dyad is to raise the attitudes of its two parties to each other by a step, each to 1 at most. The
value of a set of dyads is the success of the strategy with all of them repaired, under noisy movers. Everything
is played anew for every set; how many states that may take is limited, and what was left out is said.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from detente.questions.progress import Progress
from detente.questions.regards import STRONGEST, Dyad, Regards, Trial, raised
from detente.questions.relations.mechanism import Turn, turn
from detente.states.state_graph import Floats
from detente.trade.game import shapley

Item = TypeVar("Item")
Found = TypeVar("Found")
# In hundredths: steps tried upwards, the grid on which the first that differs is narrowed, and the widest step,
# from the least attitude to the largest.
COARSE, FINE, WIDEST = 25, 1, 200
DIFFERENT = 1e-6
MOST_STATES = 13_000_000  # to be worked out for one question; further pairs are left out
MOST_SETS = 3_000  # of dyads to be played for one question, however few states that takes
BATCH = 8


@dataclass(frozen=True)
class Least:
    """The least step found that changes success with the case's own movers, and that success."""

    step: float
    success: float


@dataclass(frozen=True)
class Single:
    """One dyad repaired, and with its views mended instead: success by noisy movers."""

    dyad: Dyad
    success: float
    least: Least | None
    mended: float | None
    views: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Pair:
    """Two dyads repaired together."""

    first: Dyad
    second: Dyad
    success: float


@dataclass(frozen=True)
class Repairs:
    """What repairs are worth.

    `base` and `central` are success as things are, with noisy movers and with the case's own. `singles` are in
    the order of the parties; `strongest` are up to six dyads, with the Shapley value of each in `shares` (they
    add up to `together` less `base`); `possible` counts the pairs there are.
    """

    base: float
    central: float
    singles: tuple[Single, ...]
    strongest: tuple[Dyad, ...]
    shares: tuple[float, ...]
    together: float
    pairs: tuple[Pair, ...]
    possible: int


def repairs(regards: Regards, step: float, progress: Progress) -> Repairs:
    """Play a strategy with dyads repaired: each alone, the six strongest in every combination, and pairs.

    The strongest are those that add most alone; of equals those with the smaller least step, then in the order
    of the parties. Pairs beyond those among the six follow in that order until a limit is reached.
    """
    trials = _Trials(regards, step, progress)
    dyads = tuple(combinations(range(len(regards.attitudes)), 2))
    base, central = trials.one(()), trials.central
    trials.all([(dyad,) for dyad in dyads], "dyads singly", 0.1)
    least = trials.each(dyads, trials.least, "least steps", 0.4)
    mended = trials.each(dyads, trials.mended, "views", 0.45)
    singles = tuple(
        Single(dyad, trials.one((dyad,)), step_needed, success, trials.pictured(dyad))
        for dyad, step_needed, success in zip(dyads, least, mended, strict=True)
    )
    order = [single.dyad for single in sorted(singles, key=_weakness)]
    strongest = tuple(order[:STRONGEST])
    groups = [_members(strongest, members) for members in range(1 << len(strongest))]
    trials.all(groups, "combinations of the strongest", 0.7)
    shares = shapley(len(strongest), lambda members: trials.one(groups[members]))
    possible = list(combinations(order, 2))
    trials.within(sorted(possible, key=lambda pair: order.index(pair[0]) + order.index(pair[1])))
    pairs = tuple(Pair(*pair, trials.one(pair)) for pair in combinations(dyads, 2) if trials.knows(pair))
    return Repairs(base, central, singles, strongest, shares, trials.one(strongest), pairs, len(possible))


def how(regards: Regards, single: Single, central: float) -> Turn | None:
    """How one dyad's least step brings more success about than there is; None where it does not."""
    if single.least is None or single.least.success <= central:
        return None
    better = raised(regards.attitudes, (single.dyad,), single.least.step)
    return turn(
        regards.course(regards.attitudes, regards.views), regards.course(better, regards.views), single.dyad
    )


def _weakness(single: Single) -> tuple[float, float]:
    return -round(single.success, 9), single.least.step if single.least else 2.0


def _members(dyads: Sequence[Dyad], members: int) -> tuple[Dyad, ...]:
    return tuple(dyad for place, dyad in enumerate(dyads) if members >> place & 1)


class _Trials:
    """The strategy under sets of repairs, each played once, on two threads where there are two cores."""

    def __init__(self, regards: Regards, step: float, progress: Progress) -> None:
        self.regards, self.step, self.progress = regards, step, progress
        self.share, self.worked = 0.0, 0
        self.central = regards.central(regards.attitudes, regards.views).success
        self._known: dict[frozenset[Dyad], Trial] = {}

    def knows(self, dyads: Iterable[Dyad]) -> bool:
        """Whether a set has been played."""
        return frozenset(dyads) in self._known

    def one(self, dyads: Iterable[Dyad]) -> float:
        """Success with some dyads repaired."""
        self.all([frozenset(dyads)], "", self.share)
        return self._known[frozenset(dyads)].success

    def all(self, groups: Iterable[Collection[Dyad]], what: str, until: float) -> None:
        """Play all these sets that have not been played."""
        wanted = [group for group in groups if not self.knows(group)]
        views, play = self.regards.views, self.regards.smooth
        trials = self.each(wanted, lambda group: play(self.raised(group, self.step), views), what, until)
        for group, trial in zip(wanted, trials, strict=True):
            self._known[frozenset(group)] = trial
            self.worked += trial.states

    def within(self, pairs: Sequence[tuple[Dyad, Dyad]]) -> None:
        """Play pairs, the first ones first, until the limit of states or of sets is reached."""
        left = [pair for pair in pairs if not self.knows(pair)]
        for begin in range(0, len(left), BATCH):
            dearest = max(trial.states for trial in self._known.values())
            if self.worked + BATCH * dearest > MOST_STATES or len(self._known) + BATCH > MOST_SETS:
                return
            part = (begin + BATCH) / len(left)
            self.all(left[begin : begin + BATCH], "dyads in pairs", 0.7 + 0.3 * min(1.0, part))

    def each(
        self, items: Sequence[Item], work: Callable[[Item], Found], what: str, until: float
    ) -> list[Found]:
        """Work on all items, two at a time; an interrupt leaves out what has not begun."""
        begun, found = self.share, []
        crew = ThreadPoolExecutor(min(2, os.cpu_count() or 1))
        try:
            for done, result in enumerate(crew.map(work, items), 1):
                found.append(result)
                self.progress(what, begun + (until - begun) * done / len(items))
        finally:
            crew.shutdown(cancel_futures=True)
        self.share = until
        return found

    def raised(self, dyads: Iterable[Dyad], step: float) -> Floats:
        """Attitudes with some dyads repaired by a step."""
        return raised(self.regards.attitudes, dyads, step)

    def pictured(self, dyad: Dyad) -> tuple[tuple[int, int], ...]:
        """Views that one of the two holds of the other."""
        return tuple(pair for pair in (dyad, dyad[::-1]) if pair in self.regards.views)

    def mended(self, dyad: Dyad) -> float | None:
        """Success when the two see each other as they are; None where they do already."""
        wrong = self.pictured(dyad)
        if not wrong:
            return None
        return self.regards.smooth(self.regards.attitudes, self.regards.views - set(wrong)).success

    def least(self, dyad: Dyad) -> Least | None:
        """The least step of one dyad that changes success with the case's movers; None up to attitudes of 1.

        Steps are tried upwards in quarters; the first quarter that ends elsewhere is bisected to hundredths.
        """
        same = 0
        room = 1.0 - min(self.regards.attitudes[dyad], self.regards.attitudes[dyad[::-1]])
        for tried in range(COARSE, WIDEST + 1, COARSE):
            found = self._central(dyad, tried)
            if abs(found - self.central) > DIFFERENT:
                return self._narrowed(dyad, same, tried, found)
            if tried >= 100 * room:
                return None
            same = tried
        return None

    def _narrowed(self, dyad: Dyad, same: int, differs: int, found: float) -> Least:
        while differs - same > FINE:
            middle = (same + differs) // 2
            there = self._central(dyad, middle)
            if abs(there - self.central) > DIFFERENT:
                differs, found = middle, there
            else:
                same = middle
        return Least(differs / 100, found)

    def _central(self, dyad: Dyad, hundredths: int) -> float:
        return self.regards.central(self.raised((dyad,), hundredths / 100), self.regards.views).success
