"""What comfort is worth to the weaker of two parties and to the stronger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.play.first_passage import LONG
from detente.questions.venues.answer import Asymmetry, Parity
from detente.questions.venues.hosting import UNAIDED
from detente.questions.venues.talks import Tour
from detente.scenario.model import Number, Scenario

RATIOS = (0.125, 0.25, 0.5, 0.75, 1.0)  # composure of the weaker party as a share of the stronger's


def comforted(scenario: Scenario) -> list[tuple[str, float, float]]:
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


def asymmetry(tour: Tour, weaker: str | None) -> Asymmetry | None:
    """What the same comfort is worth to either of two parties while the weaker one's composure catches up.

    The weaker one is asked for, else the scenario says so, else it is the one that places differ most for; the
    other is whom the scenario says to be stronger, else the one that they differ for next.
    """
    touched = {party: (low, high) for party, low, high in comforted(tour.scenario)}
    stated = {party.id: party.weaker_than for party in tour.scenario.parties if party.weaker_than is not None}
    said = weaker or next((party for party in touched if party in stated), None)
    who = said or next(iter(touched), None)
    other = stated.get(who or "") or next((party for party in touched if party != who), None)
    if who is None or other is None or tour.bargains[UNAIDED].forks is None:
        return None
    low, high = touched[who]
    parties = tour.hosting.case.free.graph.parties
    pair = _Pair(parties.index(who), parties.index(other), low, high)
    points = tuple(_parity(tour, pair, ratio) for ratio in RATIOS)
    if any(point is None for point in points):
        return None
    return Asymmetry(who, other, said is None, low, high, tuple(point for point in points if point))


def _parity(tour: Tour, pair: _Pair, ratio: float) -> Parity | None:
    composure = list(tour.hosting.composure)
    composure[pair.weaker] = ratio * composure[pair.stronger]
    plain = tour.length(UNAIDED, tuple(composure))
    worth = [_comfort(tour, composure, party, pair) for party in (pair.weaker, pair.stronger)]
    if not 0 < plain <= LONG or None in worth:
        return None
    return Parity(ratio, plain, worth[0] or 0.0, worth[1] or 0.0)


def _comfort(tour: Tour, composure: Sequence[float], party: int, pair: _Pair) -> float | None:
    """By which share it lasts longer with the most comfort for a party than with the least."""
    least, most = (
        tour.length(
            UNAIDED,
            tuple(max(own + by, 0.0) if place == party else own for place, own in enumerate(composure)),
        )
        for by in (pair.low, pair.high)
    )
    return most / least - 1 if 0 < least <= LONG and 0 < most <= LONG else None
