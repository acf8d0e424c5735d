"""Where should talks be held, and why there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from detente.answers.answer import common
from detente.answers.durability import Duration
from detente.answers.venues import (
    Asymmetry,
    ChannelEffect,
    Contrast,
    EndedBy,
    Hosted,
    Lent,
    Parity,
    Standing,
    Supposed,
    Venues,
    VenueSeen,
    Warmed,
)
from detente.dynamics.first_passage import LONG, Passage
from detente.errors import RefusedError, UnknownNameError
from detente.flows.game import shapley
from detente.scenario.change import GUARANTEE
from detente.scenario.model import Number, Scenario, Strategy, Venue
from detente.staging.hosting import (
    CHANNELS,
    UNAIDED,
    Bargain,
    Composure,
    Hosting,
    Loan,
    channels_of,
    loan,
    only,
)
from detente.staging.progress import Progress, silence
from detente.staging.shocks import shocks

FACTORS = (0.5, 1.0, 2.0)  # composure of parties by themselves, and what venues add to it, in the sweep
STRONGEST = 0.1  # guarantor's interest at the end of the sweep
RATIOS = (0.125, 0.25, 0.5, 0.75, 1.0)  # composure of the weaker party as a share of the stronger's
CERTAIN = 1e-12
DIGITS = 9  # success and duration that agree in so many are alike


def venues(
    scenario: Scenario,
    strategy: str | None = None,
    foresight: str | None = None,
    guarantee: float = GUARANTEE,
    weaker: str | None = None,
    progress: Progress | None = None,
) -> Venues:
    """What a strategy reaches in each place, how long that lasts there, and what about the place matters.

    Each venue stands in for those that the strategy names (where it names none: in every stage with a table).
    It changes composure, guarantors' interests, assurance and attitudes, during the talks and for as long as
    what they reach lasts; nothing else. Venues are ranked by success on the aim, then by expected rounds. What
    a venue adds, compared with the same talks nowhere in particular, is split among its four channels by exact
    Shapley values, for success with noisy movers, since that of the central case moves in steps.

    Parameters
    ----------
    scenario : Scenario
    strategy : str, optional
        Whose talks. When absent: the first strategy that names a venue.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own in the scenario, else `seq`.
        Durations under different concepts cannot be compared.
    guarantee : float
        A guarantor's interest in the aim, as a share of the weights it already has, between 0 and 1.
    weaker : str, optional
        The party whose weakness the question of asymmetry is about. When absent: the one for whose composure
        the places differ most.
    progress : callable, optional
        Told what is being worked on, and the share that is done.

    Returns
    -------
    Venues

    Raises
    ------
    UnknownNameError
        For a strategy, a concept or a party that does not exist.
    RefusedError
        Without venues, strategies or an aim; where a party is known only by order, nobody meets, or the
        strategy cannot begin; for a guarantee out of bounds, or a weaker party that places mean nothing to.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    chosen = _chosen(scenario, strategy)
    _admit(scenario, guarantee, weaker)
    tell = progress or silence
    tell("states and payoffs", 0.0)
    hosting = Hosting(scenario, chosen, foresight)
    tour = _Tour(hosting, guarantee, tell)
    seen = _ranked(tour)
    sweep, standings = _swept(tour, [one.venue for one in seen])
    tell("done", 1.0)
    foresights = hosting.case.conduct.foresight
    return Venues(
        **common(scenario, hosting.case.free.graph.states),
        strategy=chosen.id,
        title=chosen.title,
        aim=scenario.aim or "",
        foresight=foresights[0] if len(set(foresights)) == 1 else "mixed",
        foresights=dict(zip(hosting.case.free.graph.parties, foresights, strict=True)),
        guarantee=guarantee,
        stages=tuple(place + 1 for place in hosting.held),
        replaces=tuple(dict.fromkeys(stage.venue for stage in chosen.stages if stage.venue)),
        nowhere=tour.hosted(UNAIDED, hosting.composure),
        venues=seen,
        contrast=_contrast(seen),
        sweep=sweep,
        standings=standings,
        asymmetry=_asymmetry(tour, weaker),
    )


def _chosen(scenario: Scenario, id: str | None) -> Strategy:
    if not scenario.venues:
        raise RefusedError("the scenario has no venues to compare. Add `venues`, with what each changes.")
    if not scenario.strategies:
        raise RefusedError("the scenario has no strategy, so there are no talks to hold. Add `strategies`.")
    known = {strategy.id: strategy for strategy in scenario.strategies}
    if id is not None:
        if id not in known:
            raise UnknownNameError("strategy", id, tuple(known))
        return known[id]
    for strategy in scenario.strategies:
        if any(stage.venue for stage in strategy.stages):
            return strategy
    raise RefusedError(f"no strategy names a venue. Say whose talks: one of {', '.join(known)}.")


def _admit(scenario: Scenario, guarantee: float, weaker: str | None) -> None:
    if not 0 <= guarantee <= 1:
        raise RefusedError(f"guarantee is {guarantee:g}; it is a share between 0 and 1.")
    if weaker is not None:
        touched = [party for party, _, _ in _touched(scenario)]
        parties = [party.id for party in scenario.parties]
        if weaker not in parties:
            raise UnknownNameError("party", weaker, parties)
        if weaker not in touched:
            raise RefusedError(
                f"no place changes the composure of {weaker}. Choose among {', '.join(touched)}."
            )


class _Tour:
    """The talks in every place that has to be tried, each way of being worth something worked out once."""

    def __init__(self, hosting: Hosting, guarantee: float, tell: Progress) -> None:
        self.hosting, self.guarantee, self.scenario = hosting, guarantee, hosting.scenario
        self.guarantees = tuple(sorted({0.0, guarantee, STRONGEST}))
        self.shocks = [shock.option for shock in shocks(self.scenario, hosting.case.free.graph)]
        wanted = self._wanted()
        self.bargains: dict[Loan, Bargain] = {}
        for done, (terms, composures) in enumerate(wanted.items()):
            tell(f"talks held elsewhere, {done + 1} of {len(wanted)}", (1 + done) / (2 + len(wanted)))
            self.bargains[terms] = hosting.bargain(terms, composures)
        self._lengths: dict[tuple[Loan, Composure], float] = {}

    def _wanted(self) -> Mapping[Loan, Iterable[Composure]]:
        """What is lent in each case, and the composures whose noisy success is asked for."""
        wanted: dict[Loan, dict[Composure, None]] = {UNAIDED: {self.hosting.composure: None}}
        for venue in self.scenario.venues:
            for part in _parts(venue):
                wanted.setdefault(loan(part, self.guarantee), {})[self.hosting.composed(part)] = None
            for guarantee in self.guarantees:
                wanted.setdefault(loan(venue, guarantee), {})
        return wanted

    def length(self, terms: Loan, composure: Composure) -> float:
        """Expected rounds, 0 where the aim is never reached; beyond a billion they are all alike."""
        if (terms, composure) not in self._lengths:
            rounds = self.bargains[terms].rounds(composure)
            self._lengths[terms, composure] = 2 * LONG if LONG < rounds < float("inf") else rounds
        return self._lengths[terms, composure]

    def success(self, terms: Loan, composure: Composure) -> float:
        """Success with noisy movers."""
        return self.bargains[terms].noisy[composure]

    def merit(self, terms: Loan, composure: Composure) -> tuple[float, float]:
        """What venues are ranked by, higher is better: success, then duration."""
        length = self.length(terms, composure)
        return round(self.bargains[terms].success, DIGITS), float(f"{length:.{DIGITS}g}")

    def hosted(self, terms: Loan, composure: Composure) -> Hosted:
        """What the talks come to under some terms."""
        bargain = self.bargains[terms]
        pairs = zip(bargain.reached.states.tolist(), bargain.reached.chances.tolist(), strict=True)
        passage = bargain.passage(composure)
        return Hosted(
            success=bargain.success,
            noisy=self.success(terms, composure),
            ends=tuple(state + 1 for state, _ in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))),
            lasts=None if passage is None else _duration(passage),
            ended_by=None if passage is None else self._ended_by(passage),
        )

    def _ended_by(self, passage: Passage) -> EndedBy | None:
        cause = int(passage.exits.argmax()) if len(passage.exits) else 0
        chance = float(passage.exits[cause]) if len(passage.exits) else 0.0
        if chance <= 0:
            return None
        parties = self.hosting.case.free.graph.parties
        if cause < len(parties):
            return EndedBy(parties[cause], None, chance)
        return EndedBy(None, self.shocks[cause - len(parties)], chance)


def _parts(venue: Venue) -> tuple[Venue, ...]:
    """The venue with every set of its channels, none to all."""
    used = channels_of(venue)
    sets = [tuple(c for bit, c in enumerate(used) if members >> bit & 1) for members in range(1 << len(used))]
    return tuple(only(venue, chosen) for chosen in sets)


def _duration(passage: Passage) -> Duration:
    if passage.never > 0:
        return Duration("never" if passage.never > 1.0 - CERTAIN else "partly", None)
    return Duration("beyond", None) if passage.rounds > LONG else Duration("ends", passage.rounds)


def _places(merits: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """Places from 1; those that are alike share one."""
    return tuple(1 + sum(other > merit for other in merits) for merit in merits)


def _ranked(tour: _Tour) -> tuple[VenueSeen, ...]:
    """The venues, best first."""
    found = tour.scenario.venues
    terms = [(loan(venue, tour.guarantee), tour.hosting.composed(venue)) for venue in found]
    places = _places([tour.merit(*each) for each in terms])
    seen = [
        _seen(tour, venue, place, tour.hosted(*each))
        for venue, place, each in zip(found, places, terms, strict=True)
    ]
    return tuple(sorted(seen, key=lambda one: one.place))


def _seen(tour: _Tour, venue: Venue, place: int, hosted: Hosted) -> VenueSeen:
    effects = _effects(tour, venue)
    rounds = [one.rounds for one in effects]
    return VenueSeen(
        venue=venue.id,
        title=venue.title,
        host=venue.host,
        place=place,
        hosted=hosted,
        composure=_lent(venue.composure),
        guarantors=venue.guarantors,
        assurance=_lent(venue.assurance),
        attitudes=tuple(Warmed(one.holder, one.other, one.value.central) for one in venue.attitudes),
        success=sum(one.success for one in effects),
        rounds=None if None in rounds else sum(one or 0.0 for one in rounds),
        channels=effects,
    )


def _lent(pairs: Iterable[tuple[str, Number]]) -> tuple[Lent, ...]:
    return tuple(Lent(party, amount.central) for party, amount in pairs)


def _effects(tour: _Tour, venue: Venue) -> tuple[ChannelEffect, ...]:
    """What every channel of a venue adds (Shapley 1953); a channel that it has not adds nothing."""
    used, parts = channels_of(venue), _parts(venue)
    terms = [(loan(part, tour.guarantee), tour.hosting.composed(part)) for part in parts]
    success = dict(zip(used, shapley(len(used), lambda members: tour.success(*terms[members])), strict=True))
    lengths = [tour.length(*each) for each in terms]
    numbered = all(0 < length <= LONG for length in lengths)
    rounds = dict(
        zip(used, shapley(len(used), lambda members: lengths[members] if numbered else 0.0), strict=True)
    )
    return tuple(
        ChannelEffect(channel, success.get(channel, 0.0), rounds.get(channel, 0.0) if numbered else None)
        for channel in CHANNELS
    )


def _contrast(seen: Sequence[VenueSeen]) -> Contrast | None:
    """The first place beside the last, channel by channel."""
    first, last = seen[0], seen[-1]
    if first.place == last.place:
        return None
    pairs = zip(first.channels, last.channels, strict=True)
    return Contrast(
        first=first.venue,
        last=last.venue,
        success=first.success - last.success,
        rounds=_less(first.rounds, last.rounds),
        channels=tuple(
            ChannelEffect(one.channel, one.success - other.success, _less(one.rounds, other.rounds))
            for one, other in pairs
        ),
    )


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _swept(tour: _Tour, order: Sequence[str]) -> tuple[tuple[Supposed, ...], tuple[Standing, ...]]:
    """Who leads, and where each venue stands, under other judgements about composure and guarantors."""
    ids = [venue.id for venue in tour.scenario.venues]
    cases, places = [], []
    for factor, comfort, guarantee in product(FACTORS, FACTORS, tour.guarantees):
        merits = _merits(tour, factor, comfort, guarantee)
        places.append(dict(zip(ids, _places(merits), strict=True)))
        cases.append(_supposed(factor, comfort, guarantee, ids, merits))
    standings = tuple(
        Standing(
            venue=id,
            first=sum(place[id] == 1 for place in places) / len(places),
            best=min(place[id] for place in places),
            worst=max(place[id] for place in places),
        )
        for id in order
    )
    return tuple(cases), standings


def _merits(tour: _Tour, factor: float, comfort: float, guarantee: float) -> list[tuple[float, float]]:
    baseline = tuple(own * factor for own in tour.hosting.composure)
    return [
        tour.merit(loan(venue, guarantee), tour.hosting.composed(venue, baseline, comfort))
        for venue in tour.scenario.venues
    ]


def _supposed(
    factor: float, comfort: float, guarantee: float, ids: Sequence[str], merits: Sequence[tuple[float, float]]
) -> Supposed:
    best, worst = max(merits), min(merits)
    numbered = 0 < worst[1] <= LONG and 0 < best[1] <= LONG
    return Supposed(
        composure=factor,
        comfort=comfort,
        guarantee=guarantee,
        first=tuple(id for id, merit in zip(ids, merits, strict=True) if merit == best),
        last=tuple(id for id, merit in zip(ids, merits, strict=True) if merit == worst),
        rounds=best[1] / worst[1] - 1 if numbered else None,
    )


def _touched(scenario: Scenario) -> list[tuple[str, float, float]]:
    """Parties whose composure depends on the place, with the least and the most that a place adds."""
    found = []
    for party in scenario.parties:
        shifts = [dict(venue.composure).get(party.id, Number(0.0)).central for venue in scenario.venues]
        if max(shifts) > min(shifts):
            found.append((party.id, min(shifts), max(shifts)))
    return sorted(found, key=lambda one: one[1] - one[2])


@dataclass(frozen=True)
class _Pair:
    """Two parties of unequal power, by place, and the least and the most comfort."""

    weaker: int
    stronger: int
    low: float
    high: float


def _asymmetry(tour: _Tour, weaker: str | None) -> Asymmetry | None:
    """What the same comfort is worth to either of two parties while the weaker one's composure catches up."""
    touched = _touched(tour.scenario)
    if len(touched) < 2 or tour.bargains[UNAIDED].forks is None:
        return None
    touched.sort(key=lambda one: one[0] != weaker)
    (who, low, high), (other, _, _) = touched[:2]
    parties = tour.hosting.case.free.graph.parties
    pair = _Pair(parties.index(who), parties.index(other), low, high)
    points = tuple(_parity(tour, pair, ratio) for ratio in RATIOS)
    if any(point is None for point in points):
        return None
    return Asymmetry(who, other, weaker is None, low, high, tuple(point for point in points if point))


def _parity(tour: _Tour, pair: _Pair, ratio: float) -> Parity | None:
    composure = list(tour.hosting.composure)
    composure[pair.weaker] = ratio * composure[pair.stronger]
    plain = tour.length(UNAIDED, tuple(composure))
    worth = [_comfort(tour, composure, party, pair) for party in (pair.weaker, pair.stronger)]
    if not 0 < plain <= LONG or None in worth:
        return None
    return Parity(ratio, plain, worth[0] or 0.0, worth[1] or 0.0)


def _comfort(tour: _Tour, composure: Sequence[float], party: int, pair: _Pair) -> float | None:
    """By which share it lasts longer with the most comfort for a party than with the least."""
    least, most = (
        tour.length(
            UNAIDED,
            tuple(max(own + by, 0.0) if place == party else own for place, own in enumerate(composure)),
        )
        for by in (pair.low, pair.high)
    )
    return most / least - 1 if 0 < least <= LONG and 0 < most <= LONG else None
