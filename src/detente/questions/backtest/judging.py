"""How the model sees one state, one move, and what happened between two dates."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import log2

import numpy as np

from detente.answers.answer import finite
from detente.errors import RefusedError
from detente.play import straight_ways
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case
from detente.play.chain import Conduct
from detente.play.move_index import own_moves
from detente.play.table_deals import Table
from detente.questions.backtest.answer import (
    ALIKE,
    NOTHING,
    TALKS,
    WALK,
    AgreementSeen,
    MoveJudged,
    MoveMade,
    Offer,
    Period,
    StateJudged,
)
from detente.questions.backtest.path import Dated
from detente.questions.backtest.reasons import made
from detente.questions.named import moved, named, party_named
from detente.scenario import model
from detente.states.state_graph import Floats, Int64


class Judge:
    """A case, the foresights under which it is looked at besides its own, and the floor under every chance."""

    def __init__(self, case: Case, beside: dict[str, Conduct], own: str, floor: float) -> None:
        self.case, self.beside, self.own, self.floor = case, beside, own, floor
        self.tables = self._tables()
        self._held: list[tuple[Floats, Floats, float]] = []

    def best_share(self) -> float:
        """The share of the walk, by hundredths, whose mixture with `alike` makes the periods seen likeliest."""
        return max((hundredths / 100 for hundredths in range(100)), key=self._bits)

    def _bits(self, share: float) -> float:
        chances = (
            straight_ways.within(share * walk + (1.0 - share) * alike, rounds)
            for walk, alike, rounds in self._held
        )
        return sum(map(log2, chances))

    def state(self, seen: Dated) -> StateJudged:
        """The state at a date."""
        cached, place = self._around([seen.state])
        here = int(place[0])
        margins = {
            name: [self._margin(cached, conduct, party, here) for party in self._parties]
            for name, conduct in {self.own: self.case.conduct, **self.beside}.items()
        }
        chances = straight_ways.one_round(cached, self.case.conduct, place)[0]
        found = [self._best_move(cached, party, here, chances) for party in self._parties]
        leaving = [one for one in found if one is not None and one.open]
        return StateJudged(
            date=seen.date,
            named=seen.named,
            **named(self.case.scenario, self.case.free.graph, seen.state),
            rests={name: not any(leaves for leaves, _ in own) for name, own in margins.items()},
            margin={name: self._least([margin for _, margin in own]) for name, own in margins.items()},
            open=tuple(sorted(leaving, key=lambda one: -(one.expects or 0.0))),
        )

    def period(self, before: Dated, after: Dated, rounds: float) -> Period:
        """What happened between two dates."""
        start = self._given(before, after)
        cached, place = self._around([start, after.state])
        straight = straight_ways.between(cached, int(place[0]), int(place[1]))
        alike = straight_ways.alike(cached, straight)
        walk = straight_ways.of_walk(cached, self.case.conduct, straight)
        models = {WALK: walk}
        if self.tables:
            models[TALKS] = straight_ways.of_walk(cached, self.case.conduct, straight, self.tables)
        for name, conduct in self.beside.items():
            models[name] = straight_ways.of_walk(cached, conduct, straight)
        models[NOTHING] = straight_ways.nothing(straight)
        models = {name: (1.0 - self.floor) * chances + self.floor * alike for name, chances in models.items()}
        models[ALIKE] = alike
        reached = straight_ways.within(alike, rounds) > 0
        if reached:
            self._held.append((walk, alike, rounds))
        return Period(
            since=before.date,
            until=after.date,
            rounds=rounds,
            given=dict(moved(self.case, before.state, start).changes),
            moves=self._moves(cached, straight, models[WALK]),
            worth={
                party_named(cached.graph, party): self._gain(cached, party, int(place[0]), int(place[1]))
                for party in self._parties
            },
            agreements=self._agreements(cached, straight),
            offers=self._offers(cached, straight),
            chance=straight_ways.within(walk, rounds),
            bits={
                name: log2(straight_ways.within(chances, rounds)) if reached else None
                for name, chances in models.items()
            },
        )

    def _around(self, states: list[int]) -> tuple[CachedGraph, Int64]:
        """The part of the free graph that moves can come to from some states, and where these stand in it."""
        every = np.array(states, dtype=np.int64)
        cached = self.case.free.around(every)
        return cached, cached.place(every)

    @property
    def _parties(self) -> range:
        return range(len(self.case.free.graph.parties))

    def _tables(self) -> tuple[Table, ...]:
        """Every table at which gains can be weighed; of those alike but for their names only the first."""
        cardinal = self.case.free.graph.cardinal
        every = self.case.stage(model.Stage(tables=tuple(table.id for table in self.case.scenario.tables)))
        different = {replace(table, id=""): table for table in reversed(every.tables)}
        return tuple(
            table
            for table in every.tables
            if table in different.values() and all(cardinal[member] for member in table.members)
        )

    def _given(self, before: Dated, after: Dated) -> int:
        """The state before, with what nobody can move as it is after."""
        graph = self.case.free.graph
        old, new = graph.levels(before.state), graph.levels(after.state)
        mixed = tuple(
            late if axis.owner < 0 or axis.moves == "fixed" else early
            for axis, early, late in zip(graph.axes, old, new, strict=True)
        )
        state = graph.find(mixed)
        if state is None:
            raise RefusedError(
                f"what changed by itself between {before.date} and {after.date} breaks a rule while the "
                "parties stand as before. Observe a date in between."
            )
        return state

    def _moves(
        self, cached: CachedGraph, straight: straight_ways.Straight, chances: Floats
    ) -> tuple[MoveMade, ...]:
        """What each party changed, in the order that the walk makes likeliest."""
        way = straight_ways.likeliest(chances)
        found = []
        for here, there in itertools.pairwise(way):
            state, target = int(straight.states[here]), int(straight.states[there])
            party = straight.movers[(here ^ there).bit_length() - 1]
            round_ = straight_ways.one_round(cached, self.case.conduct, straight.states[[here]])[0]
            judged = self._judged(cached, party, state, target, round_)
            found.append(made(self.case, cached, judged, party, state, target))
        return tuple(found)

    def _agreements(self, cached: CachedGraph, straight: straight_ways.Straight) -> tuple[AgreementSeen, ...]:
        if not self.tables:
            return ()
        steps = straight_ways.steps_of_walk(cached, self.case.conduct, straight, self.tables)
        parties = len(self._parties)
        found = []
        for here, there, who, chance in steps:
            if who >= parties:
                table = self.tables[who - parties]
                members = tuple(party_named(cached.graph, member) for member in table.members)
                ends = (int(cached.home[straight.states[place]]) for place in (here, there))
                found.append(AgreementSeen(table.id, members, moved(self.case, *ends), chance))
        return tuple(sorted(found, key=lambda one: (one.move.state, -one.chance, one.table)))

    def _offers(self, cached: CachedGraph, straight: straight_ways.Straight) -> tuple[Offer, ...]:
        start, found = int(straight.states[0]), []
        for table in self.tables:
            if not straight.movers or not set(straight.movers) <= set(table.members):
                continue
            _, targets = cached.of_table(table, self.case.conduct.foresight).moves(straight.states[:1])
            if len(targets) and int(targets[0]) != int(straight.states[-1]):
                end = int(targets[0])
                members = tuple(party_named(cached.graph, member) for member in table.members)
                gains = (self._gain(cached, member, start, end) or 0.0 for member in table.members)
                move = moved(self.case, int(cached.home[start]), int(cached.home[end]))
                found.append(Offer(table.id, members, move, dict(zip(members, gains, strict=True))))
        return tuple(found)

    def _gain(self, cached: CachedGraph, party: int, before: int, after: int) -> float | None:
        """What a state is worth more than another to a party."""
        ranks = cached.graph.ranks[party]
        return self._worth(cached, party, int(ranks[before]), int(ranks[after]))

    def _best_move(
        self, cached: CachedGraph, party: int, state: int, chances: dict[tuple[int, int], float]
    ) -> MoveJudged | None:
        """A party's best move; None where it can make none."""
        moves = own_moves(cached.move_index, party, state)
        if not len(moves):
            return None
        return self._judged(cached, party, state, self._likes(cached, self.case.conduct, party, moves), chances)

    def _judged(
        self, cached: CachedGraph, party: int, state: int, target: int, chances: dict[tuple[int, int], float]
    ) -> MoveJudged:
        concept, ranks = self.case.conduct.foresight[party], cached.graph.ranks[party]
        moves = own_moves(cached.move_index, party, state)
        ahead = dict(zip(moves.tolist(), cached.outlook.at(party, concept, moves).tolist(), strict=True))
        best = self._likes(cached, self.case.conduct, party, moves)
        here, there, home = int(ranks[state]), int(ahead[target]), cached.home
        rival = max(here, ahead[best])
        instead = best != target and ahead[best] > here and ahead[best] > there
        return MoveJudged(
            party=party_named(cached.graph, party),
            move=moved(self.case, int(home[state]), int(home[target])),
            open=there > here,
            gain=self._worth(cached, party, here, int(ranks[target])),
            expects=self._worth(cached, party, here, there),
            chance=chances.get((party, target), 0.0),
            instead=moved(self.case, int(home[state]), int(home[best])) if instead else None,
            short=self._worth(cached, party, there, rival),
        )

    def _likes(self, cached: CachedGraph, conduct: Conduct, party: int, moves: Int64) -> int:
        """The move with the highest anticipated value, then the highest payoff, then the first."""
        ahead = cached.outlook.at(party, conduct.foresight[party], moves)
        order = np.lexsort((-moves, cached.graph.ranks[party, moves], ahead))
        return int(moves[order[-1]])

    def _margin(
        self, cached: CachedGraph, conduct: Conduct, party: int, state: int
    ) -> tuple[bool, float | None]:
        """Whether a party has an open move, and by how much it has none."""
        moves = own_moves(cached.move_index, party, state)
        if not len(moves):
            return False, np.inf
        best = int(cached.outlook.at(party, conduct.foresight[party], moves).max())
        here = int(cached.graph.ranks[party, state])
        return best > here, self._worth(cached, party, best, here)

    def _worth(self, cached: CachedGraph, party: int, before: int, after: int) -> float | None:
        """What a rank is worth more than another, in the party's spans; None of one known only by order."""
        if not cached.graph.cardinal[party]:
            return None
        worths = cached.worths(party)
        return float((worths[after] - worths[before]) / (cached.graph.spans[party] * cached.graph.grid))

    @staticmethod
    def _least(margins: list[float | None]) -> float | None:
        known = [margin for margin in margins if margin is not None]
        return finite(min(known)) if len(known) == len(margins) else None
