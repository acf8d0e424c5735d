"""Who stands in the way: spoilers, whose moves cost success, and holdouts, whom a promise would win over.

With h(s) the probability of success from s, in the stage that is being played:

- a *spoiler* is a move s → t that play does take; its damage is expected visits to s × probability of the move
  there × (h(s) − h(t)) where that is positive, summed over the stages;
- a *holdout* is a party that, at a state where a stage comes to rest, has a move t with h(t) > h(s) that it
  does not want: it would take it for a promise of U(s) − anticipated(t) (and the least bit more), in its spans.
  For each party the smallest such promise is found, over its moves and over the likeliest states of rest: in
  each stage the six likeliest, all that are as likely as the sixth, and none that is less probable than 1 %.
  Of promises alike the one that raises success most counts, then the earlier stage, then the lower states.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.move_index import own_moves
from detente.play.stages import Course, Phase, Stage, values_from
from detente.states.state_graph import Bools, Floats

SLIGHT = 1e-9  # differences of probability up to this are rounding
LIKELY = 0.01  # states of rest less probable than this make nobody a holdout
RESTS = 6  # so many states of rest per stage are searched for holdouts, and those as likely as the last
DIGITS = 9  # promises and probabilities that agree in so many are alike


@dataclass(frozen=True)
class Spoiler:
    """A move that costs success: who makes it (a party, or a table's name), from where to where, how much."""

    party: int | None
    table: str | None
    start: int
    end: int
    phase: int
    damage: float


@dataclass(frozen=True)
class Holdout:
    """A party that a promise (in its spans) would bring to move from a state of rest, and what that would add.

    `raises` is the probability of resting there times the rise of the probability of success.
    """

    party: int
    start: int
    end: int
    phase: int
    promise: float
    raises: float


def spoilers(course: Course, worth: tuple[Floats, ...], most: int = 5) -> tuple[Spoiler, ...]:
    """The moves that cost most success, worst first.

    Parameters
    ----------
    course : the strategy as played.
    worth : per phase, probability of success from every local state (`stages.values`).
    most : how many to return.
    """
    found: dict[tuple[int | str, int, int], tuple[float, int]] = {}
    for index, (phase, local) in enumerate(zip(course.phases, worth, strict=True)):
        for who, start, end, damage in _damages(phase, local):
            before, where = found.get((who, start, end), (0.0, index))
            found[who, start, end] = (before + damage, where)
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], str(item[0])))[:most]
    return tuple(
        Spoiler(
            party=None if isinstance(who, str) else who,
            table=who if isinstance(who, str) else None,
            start=start,
            end=end,
            phase=where,
            damage=damage,
        )
        for (who, start, end), (damage, where) in ranked
    )


def _damages(phase: Phase, local: Floats) -> list[tuple[int | str, int, int, float]]:
    """The most damaging moves of one phase: mover, from, to (states of the free graph), damage."""
    walk, home = phase.walk, phase.home
    source, target = walk.source, walk.target
    loss = np.maximum(local[source] - local[target], 0.0)
    damage = np.where(loss > SLIGHT, phase.visits[source] * walk.chance * loss, 0.0)
    worst = np.argsort(-damage, kind="stable")
    worst = worst[damage[worst] > SLIGHT]
    parties = len(phase.cached.graph.parties)
    return [
        (
            int(walk.mover[k]) if walk.mover[k] < parties else phase.stage.tables[walk.mover[k] - parties].id,
            int(home[source[k]]),
            int(home[target[k]]),
            float(damage[k]),
        )
        for k in worst
    ]


def holdouts(
    course: Course, stages: tuple[Stage, ...], worth: tuple[Floats, ...], inside: Bools
) -> tuple[Holdout, ...]:
    """Per party the smallest promise that would open a move towards success; the smallest first.

    Parties known only by order are left out: a promise has no size for them.

    Parameters
    ----------
    course : the strategy as played.
    stages : its stages.
    worth : per phase, probability of success from every local state (`stages.values`).
    inside : (state,) the aim.
    """
    best: dict[int, Holdout] = {}
    for index, (phase, local) in enumerate(zip(course.phases, worth, strict=True)):
        for candidate in _candidates(phase, index, stages[index:], local, inside):
            known = best.get(candidate.party)
            if known is None or _order(candidate) < _order(known):
                best[candidate.party] = candidate
    return tuple(sorted(best.values(), key=lambda found: (*_order(found)[:2], found.party)))


def _order(found: Holdout) -> tuple[float, float, int, int, int]:
    """The smallest promise first, then what raises success most; ties by stage and states."""
    rounded = round(found.promise, DIGITS), -round(found.raises, DIGITS)
    return *rounded, found.phase, found.start, found.end


def _candidates(
    phase: Phase, index: int, remaining: tuple[Stage, ...], local: Floats, inside: Bools
) -> list[Holdout]:
    """Moves from a phase's likeliest rests that would raise success, with the promise each would take."""
    rests = _rests(phase)
    moves = [
        (rest, party, target)
        for rest in rests
        for party in range(len(phase.cached.graph.parties))
        if phase.cached.graph.cardinal[party] and phase.stage.conduct.initiative[party] > 0
        for target in own_moves(phase.cached.move_index, party, int(phase.walk.states[rest]))
    ]
    if not moves:
        return []
    targets = np.unique([target for _, _, target in moves])
    after = values_from(remaining, phase.cached.home[targets], inside)
    found = []
    for rest, party, target in moves:
        rise = float(after[np.searchsorted(targets, target)] - local[rest])
        if rise > SLIGHT:
            found.append(_holdout(phase, index, rest, party, int(target), rise))
    return found


def _rests(phase: Phase) -> list[int]:
    """Local states in which a phase rests, likeliest first; not those that met its `until`."""
    sizes, arrived = np.diff(phase.endings.begin), np.round(phase.arrived, DIGITS)
    enough = np.flatnonzero((arrived >= LIKELY) & (sizes == 1))
    found = [(float(arrived[one]), int(phase.endings.members(int(one))[0])) for one in enough]
    left = sorted((-chance, int(phase.home[rest]), rest) for chance, rest in found if not phase.until[rest])
    last = left[min(len(left), RESTS) - 1][0] if left else 0.0
    return [rest for chance, _, rest in left if chance <= last]


def _holdout(phase: Phase, index: int, rest: int, party: int, target: int, rise: float) -> Holdout:
    cached = phase.cached
    concept = phase.stage.conduct.foresight[party]
    worths, span = cached.worths(party), float(cached.graph.spans[party]) * cached.graph.grid
    start = int(phase.walk.states[rest])
    ahead = cached.outlook.at(party, concept, np.array([target]))[0]
    promise = float(worths[cached.graph.ranks[party, start]] - worths[ahead]) / span
    share = float(phase.arrived[phase.endings.component[rest]])
    return Holdout(party, int(cached.home[start]), int(cached.home[target]), index, promise, share * rise)
