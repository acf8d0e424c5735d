"""Talks held elsewhere: what a strategy reaches in each place, and how long that lasts there.

A venue works through four channels. Three of them (guarantors, assurance, attitudes) change what states are
worth; composure changes only how surely parties choose. So the costly part is done once per way of being worth
something, and every composure only weighs the same choices anew. Options of nature move in no walk, so they are
held at the status quo, which leaves fewer states and the same course.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from detente.errors import RefusedError
from detente.play import noisy_play
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case, conduct_of
from detente.play.durability import Forks, forks, lasting, require_gains, rounds
from detente.play.first_passage import Passage
from detente.play.shocks import chanced, hazards
from detente.play.stages import Mixture, Stage, play
from detente.questions.named import outcome_named
from detente.questions.subject import require_states
from detente.scenario.change import held, meet
from detente.scenario.model import Attitude, Number, Scenario, Strategy, Venue
from detente.states.state_graph import Bools, Floats

Channel = Literal["composure", "guarantor", "assurance", "attitudes"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
Composure = tuple[float, ...]  # per party


def only(venue: Venue, channels: Collection[Channel]) -> Venue:
    """A venue of which only some channels work."""
    return replace(
        venue,
        composure=venue.composure if "composure" in channels else (),
        guarantors=venue.guarantors if "guarantor" in channels else (),
        assurance=venue.assurance if "assurance" in channels else (),
        attitudes=venue.attitudes if "attitudes" in channels else (),
    )


def channels_of(venue: Venue) -> tuple[Channel, ...]:
    """The channels through which a venue works at all."""
    used = (venue.composure, venue.guarantors, venue.assurance, venue.attitudes)
    return tuple(channel for channel, content in zip(CHANNELS, used, strict=True) if content)


@dataclass(frozen=True)
class Loan:
    """What a place changes in what states are worth; places that lend the same share their work."""

    guarantors: tuple[str, ...]
    assurance: tuple[tuple[str, float], ...]
    attitudes: tuple[tuple[str, str, float], ...]
    guarantee: float


UNAIDED = Loan((), (), (), 0.0)


def loan(venue: Venue, guarantee: float) -> Loan:
    """What a venue changes in what states are worth; its composure apart."""
    sworn = tuple(sorted(set(venue.guarantors))) if guarantee > 0 else ()
    return Loan(
        guarantors=sworn,
        assurance=tuple(sorted((party, one.central) for party, one in venue.assurance if one.central)),
        attitudes=tuple((one.holder, one.other, one.value.central) for one in venue.attitudes),
        guarantee=guarantee if sworn else 0.0,
    )


@dataclass(frozen=True, eq=False)
class Bargain:
    """What a strategy comes to under one loan.

    `success` is that on the aim, of movers who choose as the case's do; `noisy` that of movers who choose by
    logit, per composure asked for. `reached` is where it ends inside the aim (states of the whole graph), and
    `forks` are the choices from there on, None where it never does.
    """

    success: float
    noisy: Mapping[Composure, float]
    reached: Mixture
    forks: Forks | None

    def passage(self, composure: Composure) -> Passage | None:
        """How long what is reached lasts at some composure, and what ends it."""
        return None if self.forks is None else lasting(self.forks, composure, rounds=1)

    def rounds(self, composure: Composure) -> float:
        """Expected rounds at some composure: 0 where the aim is never reached, inf where it may never end."""
        return 0.0 if self.forks is None else rounds(self.forks, composure)


class Hosting:
    """A strategy whose talks may be held anywhere.

    `composure` is that of every party where talks are held nowhere in particular; `held` the stages that move.

    Raises
    ------
    RefusedError
        There is no aim, a party is known only by order, nobody meets, or the strategy cannot begin.
    """

    def __init__(self, scenario: Scenario, strategy: Strategy, foresight: str | None = None) -> None:
        self.scenario, self.held = scenario, held(strategy)
        self.case = Case(scenario, conduct_of(scenario, foresight))
        if self.case.aim is None:
            raise RefusedError("venues are ranked by success on the aim, and the scenario has none. Add `aim`.")
        require_states(outcome_named(scenario, self.case.aim), self.case.outcomes[self.case.aim])
        require_gains(self.case.free.graph)
        self.composure: Composure = self.case.conduct.composure
        self._calm = self.case.variant.calm(self.case.start)
        self._inside: Bools = self.case.outcomes[self.case.aim][self._calm.home]
        self._start = Mixture(np.array([self._calm.at(self.case.start)], dtype=np.int64), np.ones(1))
        self.lapses = self.case.lapses(strategy)
        self._stages = self.case.plan(_anywhere(strategy, self.held)).stages

    def composed(self, venue: Venue, baseline: Composure | None = None, factor: float = 1.0) -> Composure:
        """Composure of every party in a venue, on top of a baseline; what the venue adds may be scaled."""
        shifts = {party: one.central * factor for party, one in venue.composure}
        pairs = zip(self.scenario.parties, baseline or self.composure, strict=True)
        return tuple(max(own + shifts.get(party.id, 0.0), 0.0) for party, own in pairs)

    def bargain(self, terms: Loan, composures: Iterable[Composure] = ()) -> Bargain:
        """What the strategy comes to under a loan, and with noisy movers of some composures."""
        cached = self._ground(terms)
        stages = self._hosted(cached, self.composure)
        course = play(stages, self._start)
        reached = course.within(self._inside)
        return Bargain(
            success=course.success(self._inside),
            noisy={
                one: noisy_play.success(self._hosted(cached, one), self._start, self._inside)
                for one in composures
            },
            reached=Mixture(self._calm.home[reached.states], reached.chances),
            forks=self._forks(cached, reached),
        )

    def _ground(self, terms: Loan) -> CachedGraph:
        """The states under a loan."""
        if terms == UNAIDED:
            return self._base
        place = Venue(
            "",
            guarantors=terms.guarantors,
            assurance=tuple((party, Number(share)) for party, share in terms.assurance),
            attitudes=tuple(Attitude(one, other, Number(by)) for one, other, by in terms.attitudes),
        )
        moved = meet(self.scenario, place, terms.guarantee)
        return CachedGraph(self._calm.changed(moved).graph)

    @cached_property
    def _base(self) -> CachedGraph:
        return CachedGraph(self._calm.graph)

    def _hosted(self, cached: CachedGraph, composure: Composure) -> tuple[Stage, ...]:
        """The stages, those that are held somewhere on this ground and with this composure."""
        return tuple(
            replace(
                stage,
                cached=cached if place in self.held else self._base,
                conduct=replace(
                    stage.conduct, composure=composure if place in self.held else stage.conduct.composure
                ),
                until=None if stage.until is None else stage.until[self._calm.home],
            )
            for place, stage in enumerate(self._stages)
        )

    def _forks(self, cached: CachedGraph, reached: Mixture) -> Forks | None:
        """What parties choose among once the aim is reached, with what the place lends still lent."""
        if not len(reached.states):
            return None
        conduct = self.case.conduct
        return forks(
            cached, conduct.foresight, conduct.initiative, self._inside, reached, self._hazards, self.lapses
        )

    @cached_property
    def _hazards(self) -> Floats:
        whole = self.case.free.graph
        return hazards(chanced(self.scenario, whole), whole.states)[:, self._calm.home]


def _anywhere(strategy: Strategy, places: Collection[int]) -> Strategy:
    """The strategy with no venue for the stages that are to be held elsewhere."""
    stages = enumerate(strategy.stages)
    return replace(
        strategy, stages=tuple(replace(one, venue=None) if place in places else one for place, one in stages)
    )
