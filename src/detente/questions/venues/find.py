"""Where should talks be held, and why there?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from detente.answers.answer import common
from detente.errors import RefusedError, UnknownNameError
from detente.play.case import Case, conduct_of
from detente.play.first_passage import LONG
from detente.questions.ends import best_end
from detente.questions.named import foresight_named, round_years
from detente.questions.progress import Progress, silence
from detente.questions.venues.answer import (
    ChannelEffect,
    Contrast,
    Hosted,
    Lent,
    Standing,
    Supposed,
    Venues,
    VenueSeen,
    Warmed,
)
from detente.questions.venues.comfort import asymmetry, comforted
from detente.questions.venues.hosting import CHANNELS, UNAIDED, Hosting, channels_of, loan
from detente.questions.venues.talks import Tour, parts_of
from detente.scenario.change import GUARANTEE
from detente.scenario.model import Number, Scenario, Strategy, Venue
from detente.trade.game import shapley

STEP = 2.0  # composure is judged to a factor of two at best
FACTORS = (1 / STEP, 1.0, STEP)  # on composure of parties by themselves, and on what venues add, in the sweep
HALF_STEPS = (STEP**-0.5, STEP**0.5)


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
        Whose talks. When absent: those of the strategy that assess puts first if it gets to the aim and its
        parties meet, else of the first that names a venue.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`.
        Durations under different concepts cannot be compared.
    guarantee : float
        A guarantor's interest in the aim, as a share of the weights it already has, between 0 and 1.
    weaker : str, optional
        The party whose weakness the question of asymmetry is about. When absent: the one of which the
        scenario says so, else the one for whose composure the places differ most.
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
    _admit(scenario, guarantee, weaker)
    chosen = _chosen(scenario, strategy, foresight)
    tell = progress or silence
    tell("states and payoffs", 0.0)
    hosting = Hosting(scenario, chosen, foresight)
    tour = Tour(hosting, guarantee, tell)
    seen = _ranked(tour)
    sweep, standings = _swept(tour, [one.venue for one in seen])
    tell("done", 1.0)
    foresights = hosting.case.conduct.foresight
    return Venues(
        **common(scenario, hosting.case.free.graph.states),
        strategy=chosen.id,
        title=chosen.title,
        aim=scenario.aim or "",
        foresight=foresight_named(foresights),
        foresights=dict(zip(hosting.case.free.graph.parties, foresights, strict=True)),
        guarantee=guarantee,
        round_years=round_years(scenario),
        stages=tuple(place + 1 for place in hosting.held),
        replaces=tuple(dict.fromkeys(stage.venue for stage in chosen.stages if stage.venue)),
        nowhere=tour.hosted(UNAIDED, hosting.composure),
        venues=seen,
        contrast=_contrast(seen),
        sweep=sweep,
        standings=standings,
        half_step=_half_step(tour, scenario.venue(seen[0].venue)),
        asymmetry=asymmetry(tour, weaker),
    )


def _chosen(scenario: Scenario, id: str | None, foresight: str | None) -> Strategy:
    if not scenario.venues:
        raise RefusedError("the scenario has no venues to compare. Add `venues`, with what each changes.")
    if not scenario.strategies:
        raise RefusedError("the scenario has no strategy, so there are no talks to hold. Add `strategies`.")
    known = {strategy.id: strategy for strategy in scenario.strategies}
    if id is not None:
        if id not in known:
            raise UnknownNameError("strategy", id, tuple(known))
        return known[id]
    best = best_end(Case(scenario, conduct_of(scenario, foresight)))
    if best is not None and any(stage.venue or stage.tables for stage in best.strategy.stages):
        return best.strategy
    for strategy in scenario.strategies:
        if any(stage.venue for stage in strategy.stages):
            return strategy
    raise RefusedError(f"no strategy names a venue. Say whose talks: one of {', '.join(known)}.")


def _admit(scenario: Scenario, guarantee: float, weaker: str | None) -> None:
    if not 0 <= guarantee <= 1:
        raise RefusedError(f"guarantee is {guarantee:g}; it is a share between 0 and 1.")
    if weaker is not None:
        touched = [party for party, _, _ in comforted(scenario)]
        parties = [party.id for party in scenario.parties]
        if weaker not in parties:
            raise UnknownNameError("party", weaker, parties)
        if weaker not in touched:
            raise RefusedError(
                f"no place changes the composure of {weaker}. Choose among {', '.join(touched)}."
            )


def _places(merits: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """Places from 1; those that are alike share one."""
    return tuple(1 + sum(other > merit for other in merits) for merit in merits)


def _ranked(tour: Tour) -> tuple[VenueSeen, ...]:
    """The venues, best first."""
    found = tour.scenario.venues
    terms = [(loan(venue, tour.guarantee), tour.hosting.composed(venue)) for venue in found]
    places = _places([tour.merit(*each) for each in terms])
    seen = [
        _seen(tour, venue, place, tour.hosted(*each))
        for venue, place, each in zip(found, places, terms, strict=True)
    ]
    return tuple(sorted(seen, key=lambda one: one.place))


def _seen(tour: Tour, venue: Venue, place: int, hosted: Hosted) -> VenueSeen:
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


def _effects(tour: Tour, venue: Venue) -> tuple[ChannelEffect, ...]:
    """What every channel of a venue adds (Shapley 1953); a channel that it has not adds nothing."""
    used, parts = channels_of(venue), parts_of(venue)
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


def _swept(tour: Tour, order: Sequence[str]) -> tuple[tuple[Supposed, ...], tuple[Standing, ...]]:
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


def _half_step(tour: Tour, venue: Venue) -> float | None:
    """By which share the duration in a place changes when a judgement of composure is half a step off."""
    terms, own = loan(venue, tour.guarantee), tour.hosting.composure
    moved = [
        *(tour.hosting.composed(venue, tuple(each * factor for each in own)) for factor in HALF_STEPS),
        *(tour.hosting.composed(venue, factor=factor) for factor in HALF_STEPS),
    ]
    plain, *lengths = [tour.length(terms, each) for each in (tour.hosting.composed(venue), *moved)]
    numbered = all(0 < length <= LONG for length in (plain, *lengths))
    return max(abs(length / plain - 1) for length in lengths) if numbered else None


def _merits(tour: Tour, factor: float, comfort: float, guarantee: float) -> list[tuple[float, float]]:
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
