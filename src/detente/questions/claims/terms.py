"""What each term of a test comes to, in one world under one foresight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np

from detente.concepts import CONCEPTS, ROWS
from detente.errors import RefusedError
from detente.play.cached_graph import CachedGraph
from detente.play.durability import margins
from detente.questions.claims.changing import Changes, changed, levels_of, of_crisis
from detente.questions.claims.plays import Plays
from detente.questions.regards import STRONGEST, Dyad
from detente.questions.subject import without_clashes
from detente.scenario.change import COMPOSURE, move_venue
from detente.scenario.claim_reading import parties_in
from detente.scenario.claim_terms import ALL, ANY, EACH, PAIRS, Change, Term
from detente.scenario.model import Cardinal, Interest, Scenario
from detente.stability.table import stability
from detente.states.evaluate import condition, trade
from detente.states.names import state_of
from detente.states.state_graph import Bools
from detente.trade.economy import solve

Value = tuple[float, ...] | frozenset[str]
"""A number, or one for each venue; or the venues that are best."""
DIGITS = 9


def value_of(plays: Plays, term: Term) -> Value:
    """What a term comes to; `any` venue is the one in which it comes to most.

    Raises
    ------
    RefusedError
        It cannot be worked out: a strategy cannot begin so, no state is left, gains are not known.
    """
    places = [change for change in term.changes if change.kind == "venue" and change.value in (EACH, ANY)]
    if not places:
        found = _TERMS[term.name](plays, term)
        return found if isinstance(found, frozenset) else (float(found),)
    [place] = places[-1:]
    others = tuple(change for change in term.changes if change.kind != "venue")
    values = [
        number
        for venue in plays.scenario.venues
        for number in value_of(plays, replace(term, changes=(*others, Change("venue", (), venue.id))))
        if isinstance(number, float)
    ]
    if not values:
        raise RefusedError("the scenario has no venues to compare.")
    return tuple(values) if place.value == EACH else (max(values),)


def _success(plays: Plays, term: Term) -> float:
    strategy, outcome = term.of
    return plays.played(strategy, term.changes).success[plays.outcomes.index(outcome)]


def _lasting(plays: Plays, term: Term) -> float:
    strategy, outcome = term.of
    return plays.lasting(strategy, term.changes)[plays.outcomes.index(outcome)]


def _durability(plays: Plays, term: Term) -> float:
    return plays.rounds(term.of[0], term.changes, _venue(term))


def _margin(plays: Plays, term: Term) -> float:
    """The margin of the outcome's firmest state, in spans of the party that is nearest to leaving it."""
    case, [outcome] = plays.case(term.changes), term.of
    inside = case.outcomes[plays.outcomes.index(outcome)]
    calm = without_clashes(case.scenario, case.free.graph, outcome, inside)
    cached, among = _bound(plays, term, calm)
    return float(margins(cached, case.conduct.foresight, np.flatnonzero(among)).max())


def _equilibria(plays: Plays, term: Term) -> float:
    assert term.condition is not None
    case = plays.case(term.changes)
    inside = condition(case.scenario, case.free.graph, term.condition)
    cached, among = _bound(plays, term, inside, needed=False)
    concept = CONCEPTS[ROWS[term.of[0]]]
    return float((stability(cached.graph, (concept,)).equilibria(concept.name) & among).sum())


def _bound(plays: Plays, term: Term, inside: Bools, needed: bool = True) -> tuple[CachedGraph, Bools]:
    """The states in which options stand at the term's levels and cannot move, and which of them are meant."""
    case, levels = plays.case(term.changes), levels_of(term.changes)
    fixed = tuple(
        (axis, option.levels.index(levels[option.id]))
        for axis, option in enumerate(case.scenario.options)
        if option.id in levels
    )
    cached = case.free.restricted(fixed)
    among = inside[cached.home]
    if needed and not among.any():
        raise RefusedError(f"no feasible state is left in '{term.text}'.")
    return cached, among


def _pressure(plays: Plays, term: Term) -> float:
    scenario = changed(plays.scenario, of_crisis(term.changes))
    named = zip(scenario.options, scenario.status_quo, strict=True)
    standing = {option.id: level for option, level in named} | levels_of(term.changes)
    levels = {
        place: np.asarray(option.levels.index(standing[option.id]))
        for place, option in enumerate(scenario.options)
    }
    opens, active, aided = trade(scenario, term.of[0], levels)
    economy = next(one for one in scenario.pressures if one.target == term.of[0])
    return solve(economy, tuple(opens.tolist()), tuple(active.tolist()), tuple(aided.tolist())).pressure


def _repair(plays: Plays, term: Term) -> float:
    """What noisy movers make of a relation mended by `STEP`: the success on the aim that it adds.

    Pairs are those among the dyads that add most alone.
    """
    strategy, dyad = term.of
    regards = plays.regards(strategy, term.changes)

    def worth(*dyads: Dyad) -> float:
        return plays.repaired(strategy, term.changes, regards, dyads)

    base, parties = worth(), list(regards.case.free.graph.parties)
    every = list(combinations(range(len(parties)), 2))
    if dyad not in (ANY, PAIRS):
        one, other = sorted(parties.index(party) for party in parties_in(dyad))
        return worth((one, other)) - base
    alone = {each: worth(each) for each in every}
    if dyad == ANY:
        return max(alone.values()) - base
    strongest = sorted(every, key=lambda each: -round(alone[each], DIGITS))[:STRONGEST]
    return max(worth(*pair) for pair in combinations(strongest, 2)) - base


def _prefers(plays: Plays, term: Term) -> float:
    """The least gain of the parties meant from the second state to the first; see `gains`."""
    return min(gains(plays, term).values())


def gains(plays: Plays, term: Term) -> dict[str, float]:
    """What each party meant gains from the second state of a preference to the first, in its spans.

    Of a party known by order only, and of what another believes it to want, the sign alone.
    """
    graph, scenario = plays.whole.graph, plays.scenario
    better, worse = (state_of(scenario, graph, levels_of(side)) for side in term.sides)
    named = list(graph.parties) if term.of[0] == ALL else [term.of[0]]
    found = {}
    for name in named:
        holder, *other = (graph.parties.index(party) for party in parties_in(name))
        if other or not graph.cardinal[holder]:
            ranks = graph.seen[holder, other[0]] if other else graph.ranks[holder]
            found[name] = float(np.sign(int(ranks[better]) - int(ranks[worse])))
        else:
            payoffs = graph.payoffs[holder]
            found[name] = float(payoffs[better] - payoffs[worse]) / float(graph.spans[holder])
    return found


def _weight(plays: Plays, term: Term) -> float:
    scenario = changed(plays.scenario, of_crisis(term.changes))
    party, name = term.of
    return next(one.weight.central for one in _interests(scenario, party) if one.name == name)


def _interests(scenario: Scenario, party: str) -> tuple[Interest, ...]:
    for view in scenario.views:
        if party == f"{view.holder} of {view.other}":
            return view.interests
    pairs = zip(scenario.parties, scenario.preferences, strict=True)
    return next(each.interests for known, each in pairs if known.id == party and isinstance(each, Cardinal))


def _attitude(plays: Plays, term: Term) -> float:
    scenario = _there(plays, term)
    held = {(one.holder, one.other): one.value.central for one in scenario.attitudes}
    return held.get((term.of[0], term.of[1]), 0.0)


def _composure(plays: Plays, term: Term) -> float:
    party = _there(plays, term).party(term.of[0])
    return COMPOSURE if party.composure is None else party.composure.central


def _there(plays: Plays, term: Term) -> Scenario:
    """The crisis with the term's changes, in its venue."""
    scenario, venue = changed(plays.scenario, of_crisis(term.changes)), _venue(term)
    return scenario if venue is None else move_venue(scenario, venue)


def _venue(term: Term) -> str | None:
    return next((change.value for change in term.changes if change.kind == "venue"), None)


def _status_quo(plays: Plays, term: Term) -> float:
    named = zip(plays.scenario.options, plays.scenario.status_quo, strict=True)
    today = {(option.id, level) for option, level in named}
    return 1.0 if set(levels_of(term.sides[0]).items()) <= today else 0.0


def _best(plays: Plays, term: Term) -> frozenset[str]:
    """The venues than which none does better, by success on the aim, then by how long it lasts there.

    None where all are alike.
    """
    aim = plays.outcomes.index(plays.scenario.aim or "")
    merits = {}
    for venue in plays.scenario.venues:
        changes: Changes = (*term.changes, Change("venue", (), venue.id))
        success = plays.played(term.of[1], changes).success[aim]
        length = plays.rounds(term.of[1], changes, venue.id)
        merits[venue.id] = round(success, DIGITS), float(f"{length:.{DIGITS}g}")
    best = frozenset(venue for venue, merit in merits.items() if merit == max(merits.values()))
    return best if len(best) < len(merits) else frozenset()


_TERMS: dict[str, Callable[[Plays, Term], float | frozenset[str]]] = {
    "success": _success,
    "lasting": _lasting,
    "durability": _durability,
    "margin": _margin,
    "equilibria": _equilibria,
    "pressure": _pressure,
    "repair": _repair,
    "prefers": _prefers,
    "weight": _weight,
    "attitude": _attitude,
    "composure": _composure,
    "status_quo": _status_quo,
    "best": _best,
}
