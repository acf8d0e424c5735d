"""Will it stick: how long play stays inside a set of states, when parties may slip (model, section 6).

Each round a shock may end it, or a commitment that somebody has kept so far may be quietly dropped: hazards
compete and come first. What is dropped ends it only where that leads outside; else it goes on. Otherwise a
party, drawn by initiative, chooses by logit among three: to stay, its best alternative inside the set, its
best alternative outside (best by anticipated value, ties uniformly), with weights exp(composure · value /
span); staying is valued at the payoff of the state, moving at its anticipated value. Nobody is bound and no
table is open. (Logit dynamics: Blume 1993; quantal response: McKelvey and Palfrey 1995.)

Which choices a party stands before does not depend on composure or hazards, so that is worked out once; every
what-if only weighs the choices anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import RefusedError
from detente.play.cached_graph import CachedGraph
from detente.play.first_passage import Passage, expected_rounds, first_passage
from detente.play.move_index import Int32, MoveIndex, allowed, find, own_moves, pattern_of
from detente.play.outlook import Foresight
from detente.play.shocks import competing
from detente.play.stages import Lapse, Mixture, dropped
from detente.stability.compiled import native, step
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NONE = -1  # rank of the best alternative where there is none
FAINT = -90.0  # chances below e^-90 (1e-39) are taken as that: far above 1e9 rounds either way


ALIKE = 1e-9  # spans: margins this close are the same


@dataclass(frozen=True, eq=False)
class Forks:
    """Every state inside that play may come to, and what each party would choose from there.

    `inner[local, party]` is the gain (anticipated value less payoff, in spans) of the party's best alternative
    inside, `outer` that of its best alternative outside; -inf where there is none. The best alternatives inside
    of party p at a local state are `target[first[k]:first[k + 1]]` (local), k = local · parties + p.
    """

    states: Int64  # (local,), of the ground
    start: Floats  # (local,)
    inner: Floats  # (local, party)
    outer: Floats  # (local, party)
    first: Int64  # (local · party + 1,)
    target: Int64
    hazards: Floats  # (local, upset): the shocks, then the commitments that may be dropped
    drawn: Floats  # (party,) chance to be drawn
    falls: Int64  # (local, lapse) where play goes on once it is dropped; -1 where that is outside


@dataclass(frozen=True, eq=False)
class Chain:
    """The forks as chances of one round: staying inside (self-loops included), and leaving by each cause.

    Causes are the parties, then the shocks, then the commitments that are dropped.
    """

    inside: csr_array  # (local, local)
    exits: Floats  # (local, cause)


@dataclass(frozen=True)
class Break:
    """How a party breaks it most often: from a state inside to one outside (of the ground).

    `share` is the part of the party's exits made from that state; `gain` what it anticipates, in spans.
    """

    start: int
    end: int
    share: float
    gain: float


def forks(
    cached: CachedGraph,
    foresight: Foresight,
    initiative: Sequence[float],
    inside: Bools,
    start: Mixture,
    hazards: Floats,
    lapses: Sequence[Lapse] = (),
) -> Forks:
    """What each party would choose at every state inside that play may come to.

    Parameters
    ----------
    ground : the free graph: no commitments, no tables.
    foresight : a concept's name per party.
    initiative : (party,) relative chance to be drawn; nobody moves where all are 0, and nobody without an
        option of its own is drawn.
    inside : (state,) the states that are to last.
    start : where play begins; only what lies inside counts, scaled to 1.
    hazards : (shock, state) chance per round that each shock happens.
    lapses : commitments that may be dropped wherever they stand.

    Raises
    ------
    RefusedError
        A party is known only by order, or the start lies wholly outside.
    """
    graph = cached.graph
    require_gains(graph)
    within = inside[start.states]
    if not within.any():
        raise RefusedError("play does not begin where it is to last.")
    weights = np.where(_can_move(graph), np.asarray(initiative, dtype=np.float64), 0.0)
    part, back = cached.part(start.states[within])
    ahead, begin = part.outlook.rows(foresight), np.searchsorted(back, start.states[within])
    falling, odds = _falling(part.graph, lapses)
    local, first, target, best_inner, best_outer = _explore(
        part.move_index, ahead, inside[back], weights, begin, falling
    )
    states, place = back[local], np.full(len(back), -1, dtype=np.int64)
    place[local] = np.arange(len(local))
    begun = np.zeros(len(states))
    begun[: within.sum()] = start.chances[within]
    return Forks(
        states=states,
        start=begun / begun.sum(),
        inner=_gains(part, local, best_inner),
        outer=_gains(part, local, best_outer),
        first=first,
        target=target,
        hazards=np.hstack([np.clip(hazards[:, states].T, 0.0, 1.0), odds[:, local].T]),
        drawn=weights / weights.sum() if weights.sum() > 0 else weights,
        falls=np.where(falling[:, local] < 0, -1, place[falling[:, local]]).T,
    )


def _falling(graph: StateGraph, lapses: Sequence[Lapse]) -> tuple[Int64, Floats]:
    """Where every state leads when a commitment is dropped that stands there, and the chance: (lapse, state).

    -1 and 0 where it does not stand, stands so without having been committed, or cannot go back.
    """
    states = np.arange(graph.states, dtype=np.int64)
    leads = np.full((len(lapses), graph.states), -1, dtype=np.int64)
    for place, lapse in enumerate(lapses):
        stands = graph.codes // graph.strides[lapse.axis] % graph.axes[lapse.axis].size == lapse.level
        led = dropped(graph, states[stands], lapse)
        leads[place, stands] = np.where(led == states[stands], -1, led)
    return leads, np.where(leads < 0, 0.0, np.array([[lapse.chance] for lapse in lapses]).reshape(-1, 1))


def _can_move(graph: StateGraph) -> Bools:
    """Per party whether it has an option that it may change: who has none takes no turn."""
    movable = {axis.owner for axis in graph.axes if axis.size > 1 and axis.moves != "fixed"}
    return np.array([party in movable for party in range(len(graph.parties))], dtype=np.bool_)


def require_gains(graph: StateGraph) -> None:
    """Refuse where a party is known only by order: how long something lasts weighs gains."""
    ordinal = [party for party, known in zip(graph.parties, graph.cardinal, strict=True) if not known]
    if ordinal:
        raise RefusedError(
            f"how long something lasts weighs gains, and {', '.join(ordinal)} "
            f"{'is' if len(ordinal) == 1 else 'are'} known only by an order of states. "
            "Give every party interests with weights."
        )


def chain(forks: Forks, composure: Sequence[float], hazard: Sequence[float] | None = None) -> Chain:
    """The chances of one round.

    Parameters
    ----------
    forks : the choices.
    composure : (party,) at least 0, per span.
    hazard : (shock,) factor on each hazard; 1 by default, and for what is dropped.
    """
    from scipy.sparse import csr_array

    stay, inner, outer = _chosen(forks, np.asarray(composure, dtype=np.float64))
    factors = np.ones(forks.hazards.shape[1])
    factors[: len(hazard or ())] = hazard or ()
    calm, upsets = competing(np.clip(forks.hazards * factors, 0.0, 1.0))
    lost = upsets[:, upsets.shape[1] - forks.falls.shape[1] :]
    goes_on, lapse = np.nonzero(forks.falls >= 0)
    drawn = forks.drawn[None, :] * calm[:, None]
    stays = (drawn * stay).sum(axis=1) if forks.drawn.any() else calm
    count, ties = len(forks.states), np.diff(forks.first)
    local = np.arange(count, dtype=np.int64)
    rows = np.concatenate([np.repeat(np.repeat(local, drawn.shape[1]), ties), local, goes_on])
    each = (drawn * inner).ravel() / np.maximum(ties, 1)
    chances = np.concatenate([np.repeat(each, ties), stays, lost[goes_on, lapse]])
    columns = np.concatenate([forks.target, local, forks.falls[goes_on, lapse]])
    inside = csr_array((chances, (rows, columns)), shape=(count, count))
    lost[goes_on, lapse] = 0.0
    return Chain(inside, np.hstack([drawn * outer, upsets]))


def lasting(
    forks: Forks, composure: Sequence[float], hazard: Sequence[float] | None = None, rounds: int = 50
) -> Passage:
    """How long play stays inside, and by which cause it leaves: the parties, the shocks, what is dropped."""
    one = chain(forks, composure, hazard)
    return first_passage(one.inside, one.exits, forks.start, rounds)


def rounds(forks: Forks, composure: Sequence[float], hazard: Sequence[float] | None = None) -> float:
    """Expected rounds inside, and nothing else; inf where play may stay for ever."""
    one = chain(forks, composure, hazard)
    return expected_rounds(one.inside, one.exits, forks.start)


def likeliest_break(
    cached: CachedGraph, foresight: Foresight, forks: Forks, often: Floats, inside: Bools, party: int
) -> Break | None:
    """The move by which a party breaks it most often; None where it never does.

    Among alternatives that it anticipates alike, the one with the highest payoff is shown.

    Parameters
    ----------
    often : (local,) how often, in expectation, the party leaves from each state: visits × chance.
    """
    if not often.sum() > 0:
        return None
    local = int(often.argmax())
    state = int(forks.states[local])
    part, back = cached.part(forks.states[[local]])
    end = _way_out(part, back, foresight, inside, party, state)
    return Break(state, end, float(often[local] / often.sum()), float(forks.outer[local, party]))


def slips(
    cached: CachedGraph,
    foresight: Foresight,
    forks: Forks,
    often: Floats,
    inside: Bools,
    party: int,
    clash: Bools,
) -> tuple[float, float]:
    """The parts of a party's exits by which it does not expect to gain: of all, and of those into a clash.

    Parameters
    ----------
    often : (local,) how often, in expectation, the party leaves from each state: visits × chance.
    clash : (state,) the states of the outcomes in which parties' plans collide.

    Returns
    -------
    The share of slips among its exits, and the share of slips that lead into a clash.
    """
    slipped = np.flatnonzero((often > 0) & (forks.outer[:, party] <= ALIKE))
    part, back = cached.part(forks.states)
    ends = [_way_out(part, back, foresight, inside, party, int(state)) for state in forks.states[slipped]]
    into = clash[np.array(ends, dtype=np.int64)]
    total = often.sum()
    return float(often[slipped].sum() / total), float(often[slipped][into].sum() / total)


def _way_out(
    part: CachedGraph, back: Int64, foresight: Foresight, inside: Bools, party: int, state: int
) -> int:
    """A party's best alternative outside; of those it anticipates alike the one with the highest payoff."""
    targets = own_moves(part.move_index, party, int(np.searchsorted(back, state)))
    targets = targets[~inside[back[targets]]]
    ahead, ranks = part.outlook.at(party, foresight[party], targets), part.ranks[party, targets]
    return int(back[targets[np.lexsort((-targets, ranks, ahead))[-1]]])


def firmest(cached: CachedGraph, foresight: Foresight, among: Int64) -> Int64:
    """The states with the best margin among some: all that hold alike, to a step of the payoffs' grid.

    After each party, states that already hold less than the leader does in the end are left out.
    """
    part, back = cached.part(among)
    among, least = np.searchsorted(back, among), np.full(len(among), np.inf)
    for party, concept in enumerate(foresight):
        best = _best(part.move_index, party, among, part.outlook.row(party, concept))
        least = np.minimum(least, -_gain(part, party, among, best))
        leader = among[[int(least.argmax())]]
        kept = least >= margins(part, foresight, leader) - ALIKE
        among, least = among[kept], least[kept]
    return back[among]


def margins(cached: CachedGraph, foresight: Foresight, among: Int64) -> Floats:
    """By how much each of some states holds, in spans of the party with the least; inf: nobody has a move."""
    part, back = cached.part(among)
    among, least = np.searchsorted(back, among), np.full(len(among), np.inf)
    for party, concept in enumerate(foresight):
        best = _best(part.move_index, party, among, part.outlook.row(party, concept))
        least = np.minimum(least, -_gain(part, party, among, best))
    return least


def _gains(cached: CachedGraph, states: Int64, best: Int32) -> Floats:
    """Gain of the best alternative per state and party, in spans; -inf where there is none."""
    rows = [_gain(cached, party, states, best[:, party]) for party in range(best.shape[1])]
    return np.stack(rows, axis=1)


def _gain(cached: CachedGraph, party: int, states: Int64, best: Int32) -> Floats:
    graph, worths = cached.graph, cached.worths(party)
    gain = (worths[best] - worths[graph.ranks[party, states]]) / (graph.spans[party] * graph.grid)
    return np.where(best == NONE, -np.inf, gain)


def _chosen(forks: Forks, composure: Floats) -> tuple[Floats, Floats, Floats]:
    """Chances to stay, to move inside and to move outside, once a party is drawn: (local, party) each."""
    inner, outer = (
        np.where(np.isneginf(gain), -np.inf, composure * np.where(np.isneginf(gain), 0.0, gain))
        for gain in (forks.inner, forks.outer)
    )
    highest = np.maximum(np.maximum(inner, outer), 0.0)
    weights = [
        np.where(np.isneginf(appeal), 0.0, np.exp(np.maximum(appeal - highest, FAINT)))
        for appeal in (np.zeros_like(inner), inner, outer)
    ]
    total = weights[0] + weights[1] + weights[2]
    return weights[0] / total, weights[1] / total, weights[2] / total


@native
def _explore(
    move_index: MoveIndex, ahead: Int32, inside: Bools, initiative: Floats, starts: Int64, falling: Int64
) -> tuple[Int64, Int64, Int64, Int32, Int32]:
    """Breadth first from the starts along the best alternatives inside and where what is dropped leads inside.

    See `Forks` for what is returned.
    """
    parties = initiative.size
    local = np.full(inside.size, -1, dtype=np.int64)
    states = np.empty(max(64, starts.size), dtype=np.int64)
    first, target = np.zeros(64 * parties + 1, dtype=np.int64), np.empty(256, dtype=np.int64)
    inner, outer = np.empty((64, parties), dtype=np.int32), np.empty((64, parties), dtype=np.int32)
    out = np.empty(move_index.offset.size, dtype=np.int64)
    known, moves, at = 0, 0, 0
    for state in starts:
        states[known] = state
        local[state] = known
        known += 1
    while at < known:
        if at == inner.shape[0]:
            inner, outer = _taller(inner), _taller(outer)
            first = _longer(first, 2 * at * parties + 1)
        for party in range(parties):
            ties, best_in, best_out = 0, NONE, NONE
            if initiative[party] > 0.0:
                ties, best_in, best_out = _alternatives(
                    move_index, party, states[at], inside, ahead[party], out
                )
            inner[at, party], outer[at, party] = best_in, best_out
            if moves + ties > target.size:
                target = _longer(target, 2 * (moves + ties))
            for goal in out[:ties]:
                if local[goal] < 0:
                    if known == states.size:
                        states = _longer(states, 2 * known)
                    states[known] = goal
                    local[goal] = known
                    known += 1
                target[moves] = local[goal]
                moves += 1
            first[at * parties + party + 1] = moves
        for lapse in range(falling.shape[0]):
            goal = falling[lapse, states[at]]
            if goal >= 0 and inside[goal] and local[goal] < 0:
                if known == states.size:
                    states = _longer(states, 2 * known)
                states[known] = goal
                local[goal] = known
                known += 1
        at += 1
    return states[:known], first[: known * parties + 1], target[:moves], inner[:known], outer[:known]


@step
def _alternatives(
    move_index: MoveIndex, party: int, state: int, inside: Bools, ahead: Int32, out: Int64
) -> tuple[int, int, int]:
    """Write a party's best alternatives inside to `out`; their number, and the best ranks in and outside."""
    first, last = move_index.pattern_first[party], move_index.pattern_first[party + 1]
    code = int(move_index.codes[state])
    before = pattern_of(move_index, party, code)
    base = code - int(move_index.offset[first + before])
    ties, best_in, best_out = 0, NONE, NONE
    for after in range(last - first):
        if after == before or not allowed(move_index, party, before, after):
            continue
        goal = find(move_index, base + int(move_index.offset[first + after]))
        if goal < 0:
            continue
        rank = int(ahead[goal])
        if not inside[goal]:
            best_out = max(best_out, rank)
        elif rank >= best_in:
            ties = ties if rank == best_in else 0
            best_in = rank
            out[ties] = goal
            ties += 1
    return ties, best_in, best_out


@native
def _best(move_index: MoveIndex, party: int, among: Int64, ahead: Int32) -> Int32:
    """Rank of a party's best alternative from each of some states; -1 where it has none."""
    everywhere = np.ones(move_index.codes.size, dtype=np.bool_)
    out = np.empty(move_index.offset.size, dtype=np.int64)
    best = np.empty(among.size, dtype=np.int32)
    for k in range(among.size):
        best[k] = _alternatives(move_index, party, among[k], everywhere, ahead, out)[1]
    return best


@step
def _longer(array: Int64, size: int) -> Int64:
    """The same numbers with more room."""
    longer = np.zeros(size, dtype=np.int64)
    longer[: array.size] = array
    return longer


@step
def _taller(array: Int32) -> Int32:
    """The same rows with twice the room."""
    taller = np.empty((2 * array.shape[0], array.shape[1]), dtype=np.int32)
    taller[: array.shape[0]] = array
    return taller
