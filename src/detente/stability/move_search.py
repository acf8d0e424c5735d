"""Which moves are open under iterated foresight, asked one by one: exact, and no state judged without need.

At first nothing is known but what states are worth, and a short search tells most. Where it does not, a round
over all states is made and it is searched for longer on its bounds, about as long as the next round will take,
and so on; at the latest the last round tells.
"""

from __future__ import annotations

import numpy as np

from detente.stability.closure.closures import Field
from detente.stability.closure.grid import FAR, NONE, Grid
from detente.stability.closure.search import BRIEFLY, NO, OPEN_QUESTION, YES, ask
from detente.stability.closure.ways import SPENT, Desk, Game, desk_for
from detente.stability.iterated import Bounds, resumed, tighten
from detente.stability.pictures import circle, mutual
from detente.states.state_graph import Bools, Int32, Int64

CLOSED, OPEN, UNDETERMINED = NO, YES, OPEN_QUESTION

_FIRST_ROUNDS = 1
_PATIENCE = 1000  # cells looked at for one question before any round is made
_MORE_PATIENCE = 10_000  # and afterwards
_AT_FIRST = 5_000  # cells looked at for all questions before any round is made
_AT_ONCE = 16  # afterwards a round takes as long as looking at one in so many cells of every mind
_MOST_MOVES = 1 << 24
_MOST_NUMBERS = 1 << 28


class MoveSearch:
    """Answers about single moves on a graph that is laid out; whatever was learned serves the next question."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._bounds = resumed(field)
        self._taken = list(self._bounds.rounds)
        self._circles = [circle(self._bounds.minds, place) for place in range(len(self._bounds.minds))]
        self._spent = [0] * len(self._circles)
        self._worth = [
            len(self._bounds.hi[0]) * len(mutual(self._bounds.minds, place)) // _AT_ONCE
            for place in range(len(self._circles))
        ]
        self._game: Game | None = None
        self._desk: Desk | None = None
        if searchable(field, len(self._bounds.minds)):
            self._game = _game(field, self._bounds)
            self._desk = desk_for(field.grid.cells)
        else:
            tighten(field, self._bounds)

    @property
    def rounds(self) -> int:
        """How many rounds over all states were needed so far."""
        return max(self._bounds.rounds)

    @property
    def kept(self) -> int:
        """How many numbers are kept, roughly."""
        return 5 * len(self._bounds.minds) * len(self._bounds.hi[0])

    def opens(self, party: int, starts: Int64, ends: Int64) -> Int64:
        """For each move of the party from a state to a state whether it is OPEN, CLOSED or UNDETERMINED."""
        return self.any_opens(party, starts, ends, np.arange(len(starts) + 1))

    def any_opens(self, party: int, starts: Int64, ends: Int64, first: Int64, briefly: bool = False) -> Int64:
        """For groups of moves, the k-th `first[k]:first[k + 1]`, whether any is OPEN, or UNDETERMINED.

        `briefly`: UNDETERMINED also where a short look does not tell.
        """
        leaves: Int64 = self._field.graph.ranks[party, starts].astype(np.int64)
        return self.exceeds(party, self._cells(ends), leaves, first, briefly)

    def most(self, party: int, states: Int64, first: Int64, floor: Int64) -> Int64:
        """The most that the party anticipates at least in any state of each group; at least the floor.

        No group is empty.
        """
        cells, sizes, low = self._cells(states), np.diff(first), self._low(party)
        found, groups = floor.copy(), np.arange(len(floor))
        while len(groups):
            first = np.concatenate([[0], np.cumsum(sizes)])
            found[groups] = np.maximum(found[groups], np.maximum.reduceat(low[cells], first[:-1]))
            more = self.exceeds(party, cells, np.repeat(found[groups], sizes), first) == OPEN
            more &= self._game is not None
            cells, groups, sizes = cells[np.repeat(more, sizes)], groups[more], sizes[more]
        return found

    def reaches(self, party: int, states: Int64, wanted: Int64) -> Bools:
        """Whether the party anticipates at least `wanted[k]` after arriving in `states[k]`."""
        found: Bools = self.exceeds(party, self._cells(states), wanted - 1, np.arange(len(states) + 1)) == OPEN
        return found

    def values(self, party: int, states: Int64) -> Int32:
        """What the party anticipates at least after arriving in each of some states."""
        left = cells = self._cells(states)
        low = self._low(party)
        while len(left) and self._game is not None:
            answers = self.exceeds(party, left, low[left].astype(np.int64), np.arange(len(left) + 1))
            left = left[answers == OPEN]
        found: Int32 = low[cells]
        return found

    def least(self, party: int) -> Int32:
        """Int32[state]: what is known so far that the party anticipates at least."""
        return self._field.grid.gather(self._low(party))

    def exceeds(self, mind: int, cells: Int64, bounds: Int64, first: Int64, briefly: bool = False) -> Int64:
        """Whether a mind anticipates more than `bounds[k]` in `cells[k]` for any k of each group."""
        if self._game is None or self._desk is None:
            return _read(self._bounds.lo[mind], self._bounds.hi[mind], cells, bounds, first)
        answers = np.empty(len(first) - 1, np.int64)
        while True:
            settled, new = self._take_over(mind), self._taken[mind] == 0
            patience = BRIEFLY if briefly else _PATIENCE if new else _MORE_PATIENCE
            before = int(self._desk.counts[SPENT])
            total = -1 if settled else _AT_FIRST - before if new else self._worth[mind] - self._spent[mind]
            ask(self._game, self._desk, mind, cells, bounds, first, patience, total, answers)
            spent = int(self._desk.counts[SPENT]) - before
            self._spent[mind] += spent
            if settled or not np.any(answers == OPEN_QUESTION) or (briefly and spent <= total):
                return answers
            tighten(self._field, self._bounds, _FIRST_ROUNDS if new else 1, mind)
            self._spent[mind] = 0

    def prepare(self, mind: int, rounds: int) -> None:
        """Make at least so many rounds over all states, for one who asks a mind about many."""
        tighten(self._field, self._bounds, max(0, rounds - self._bounds.rounds[mind]), mind)
        self._take_over(mind)

    def _low(self, mind: int) -> Int32:
        """Int32[cell]: what is known so far that a mind anticipates at least."""
        return self._bounds.lo[mind] if self._game is None else self._game.low[mind]

    def _cells(self, states: Int64) -> Int64:
        place = self._field.grid.place
        return states if place is None else place[states].astype(np.int64)

    def _take_over(self, asked: int) -> bool:
        """Learn from rounds, whoever made them, and keep whatever a search had found beyond.

        Whether further rounds would tell no more about the mind that is asked.
        """
        with self._bounds.tightening:
            for mind, (lo, hi) in enumerate(zip(self._bounds.lo, self._bounds.hi, strict=True)):
                if self._game is not None and self._bounds.rounds[mind] != self._taken[mind]:
                    np.maximum(self._game.low[mind], lo, out=self._game.low[mind])
                    np.minimum(self._game.high[mind], hi, out=self._game.high[mind])
            self._taken = list(self._bounds.rounds)
            return self._bounds.settled_for(self._circles[asked])


def searchable(field: Field, minds: int) -> bool:
    """Whether states are laid out in cells, few enough, and the moves between them can be listed."""
    moves = sum(len(block.members) ** 2 for block in field.grid.blocks if block is not None)
    return field.grid.worthwhile and moves <= _MOST_MOVES and 3 * minds * field.grid.cells <= _MOST_NUMBERS


def _read(lo: Int32, hi: Int32, cells: Int64, bounds: Int64, first: Int64) -> Int64:
    """What bounds tell of groups of questions."""
    surely, maybe = lo[cells] > bounds, hi[cells] > bounds
    some = [np.concatenate([[0], np.cumsum(yes)]) for yes in (surely, maybe)]
    yes, possible = (counted[first[1:]] > counted[first[:-1]] for counted in some)
    found: Int64 = np.where(yes, OPEN, np.where(possible, UNDETERMINED, CLOSED))
    return found


def _game(field: Field, bounds: Bounds) -> Game:
    minds, grid = bounds.minds, field.grid
    ranks = np.stack(bounds.ranks)
    high = np.where(ranks == FAR, NONE, np.stack(bounds.hi))
    low = np.where(ranks == FAR, np.int32(-1), np.stack(bounds.lo))
    others = np.full((len(minds), max(1, len(grid.blocks))), -1, np.int64)
    for place, mind in enumerate(minds):
        moving = [other for other in mind.others if grid.blocks[minds[other].party] is not None]
        others[place, : len(moving)] = moving
    inner, positions, first, starts, shift = _moves(grid)
    party = np.array([mind.party for mind in minds], np.int64)
    return Game(party, others, ranks, low, high, inner, positions, first, starts, shift)


def _moves(grid: Grid) -> tuple[Int64, Int64, Int64, Int64, Int64]:
    """Per party `inner`, `positions` and `first`, then per position where its moves begin, and what they add to
    the cell."""
    inner: list[int] = []
    positions: list[int] = []
    first: list[int] = []
    counts: list[int] = []
    shifts: list[Int64] = []
    for block in grid.blocks:
        first.append(len(counts))
        inner.append(1 if block is None else block.inner)
        positions.append(1 if block is None else block.positions)
        if block is None:
            counts.append(0)
            continue
        rooms = [block.members[a:b] for a, b in zip(block.starts[:-1], block.starts[1:], strict=True)]
        leads = {}
        for room, members in enumerate(rooms):
            onward = block.onward[block.leads[room] : block.leads[room + 1]]
            ahead = np.concatenate([members, *(rooms[other] for other in onward)])
            leads.update({int(member): ahead[ahead != member] for member in members})
        for position in range(block.positions):
            counts.append(len(leads[position]))
            shifts.append((leads[position].astype(np.int64) - position) * block.inner)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    shift = np.concatenate([np.zeros(0, np.int64), *shifts])
    return np.array(inner), np.array(positions), np.array(first), starts, shift
