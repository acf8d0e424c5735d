"""Named edits, scenario to scenario: what strategies, venues and what-if questions change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from detente.errors import RefusedError, UnknownNameError
from detente.scenario.expression import Name
from detente.scenario.model import (
    NATURE,
    Attitude,
    Cardinal,
    Cut,
    Interest,
    Number,
    Party,
    Preference,
    Pressure,
    Scenario,
    Shock,
    Spread,
    Strategy,
    Table,
    Venue,
)

GUARANTEE = 0.03
"""A guarantor's interest in the aim, as a share of the weights it already has.

A good name as host is a lesser interest: with weights in tiers that halve from 10 down, and 19 to 47 in all, a
lesser one weighs 1, between 0.02 and 0.05 of the whole.
"""

COMPOSURE = 5.0
"""The composure of a party for which the scenario states none, per span of its payoffs."""


def commit(scenario: Scenario, levels: Mapping[str, str]) -> Scenario:
    """Return the scenario whose status quo has these options at these levels.

    Raises
    ------
    UnknownNameError
        An option, or a level of it, that the scenario does not know.
    """
    known = {option.id: option for option in scenario.options}
    for name, level in levels.items():
        if name not in known:
            raise UnknownNameError("option", name, tuple(known))
        if level not in known[name].levels:
            raise UnknownNameError(f"level of {name}", level, known[name].levels)
    pairs = zip(scenario.options, scenario.status_quo, strict=True)
    return replace(scenario, status_quo=tuple(levels.get(option.id, today) for option, today in pairs))


def shift_attitude(scenario: Scenario, holder: str, other: str, by: float) -> Scenario:
    """Return the scenario in which one party takes another's fortune differently, within -1 and 1.

    An attitude that the scenario does not state is 0.

    Raises
    ------
    UnknownNameError
        A party that the scenario does not know.
    """
    for party in (holder, other):
        _known(scenario, party)
    return replace(scenario, attitudes=_shifted(scenario.attitudes, holder, other, by))


def mend_view(scenario: Scenario, holder: str, other: str) -> Scenario:
    """Return the scenario in which one party sees another's interests as they are.

    Raises
    ------
    RefusedError
        It sees them so already: no view is stated.
    """
    kept = tuple(view for view in scenario.views if (view.holder, view.other) != (holder, other))
    if len(kept) == len(scenario.views):
        raise RefusedError(f"{holder} has no view of {other} of its own; it sees the truth already.")
    return replace(scenario, views=kept)


def throughout(
    strategy: Strategy, commit: Mapping[str, str] | None = None, table: str = "", venue: str = ""
) -> Strategy:
    """Return the strategy with something more in every stage: levels that are set, a table, or another venue.

    What a stage commits itself goes before.
    """
    stages = tuple(
        replace(
            stage,
            commit=tuple(({**(commit or {})} | dict(stage.commit)).items()),
            tables=(*stage.tables, table) if table and table not in stage.tables else stage.tables,
            venue=venue or stage.venue,
        )
        for stage in strategy.stages
    )
    return replace(strategy, stages=stages)


def held(strategy: Strategy) -> tuple[int, ...]:
    """The stages of a strategy that are held somewhere: those with a venue, else those with a table.

    Raises
    ------
    RefusedError
        It has neither: nobody meets.
    """
    named = tuple(place for place, stage in enumerate(strategy.stages) if stage.venue is not None)
    found = named or tuple(place for place, stage in enumerate(strategy.stages) if stage.tables)
    if not found:
        raise RefusedError(
            f"strategy '{strategy.id}' names no venue and opens no table, so nobody meets anywhere. "
            "Choose a strategy with talks."
        )
    return found


def move_venue(scenario: Scenario, venue: str) -> Scenario:
    """Return the scenario as it is while talks are held in one of its venues; see `meet`.

    Raises
    ------
    UnknownNameError
        A venue that the scenario does not know.
    RefusedError
        A guarantor or assured party is known only by the order of its states, or there is no aim.
    """
    return meet(scenario, _venue(scenario, venue))


def meet(scenario: Scenario, place: Venue, guarantee: float = GUARANTEE) -> Scenario:
    """Return the scenario as it is while talks are held in a place.

    Attitudes shift by the venue's amounts, within -1 and 1; composure by its amounts, at least 0 (`COMPOSURE`
    where the scenario states none). A guarantor gains an interest in the aim of `guarantee` times its own
    weights, a party with an assurance of a one of a times its own weights. Compile with the
    scenario itself as the base, so that old weights keep their worth.

    Raises
    ------
    RefusedError
        A guarantor or assured party is known only by the order of its states, or there is no aim.
    """
    attitudes = scenario.attitudes
    for shift in place.attitudes:
        attitudes = _shifted(attitudes, shift.holder, shift.other, shift.value.central)
    calmer = dict(place.composure)
    parties = tuple(_composed(party, calmer.get(party.id)) for party in scenario.parties)
    preferences = _with_promises(scenario, place, guarantee)
    return replace(scenario, attitudes=attitudes, parties=parties, preferences=preferences)


def strike_shock(scenario: Scenario, shock: str) -> Scenario:
    """Return the scenario as a shock leaves it.

    An option of nature rises one level. Any other shock sets its options, shifts its attitudes, within -1 and
    1, and multiplies the weights of the interests that it names. Compile with the scenario itself as the base,
    so that old weights keep their worth.

    Raises
    ------
    UnknownNameError
        A shock that the scenario does not know.
    RefusedError
        The option of nature stands at its highest level already.
    """
    known = {known.id: known for known in scenario.shocks}
    if shock in known:
        struck = commit(scenario, dict(known[shock].set))
        attitudes = scenario.attitudes
        for shift in known[shock].attitudes:
            attitudes = _shifted(attitudes, shift.holder, shift.other, shift.value.central)
        return replace(struck, attitudes=attitudes, preferences=_reweighted(scenario, known[shock]))
    for option, today in zip(scenario.options, scenario.status_quo, strict=True):
        if option.id == shock and option.owner == NATURE:
            above = option.levels[option.levels.index(today) + 1 :]
            if not above:
                raise RefusedError(f"'{shock}' stands at {today} already; it cannot rise further.")
            return commit(scenario, {shock: above[0]})
    natural = [option.id for option in scenario.options if option.owner == NATURE]
    raise UnknownNameError("shock", shock, (*natural, *known))


def close_channel(scenario: Scenario, target: str, channels: str) -> Scenario:
    """Return the scenario in which a target's channels are shut whatever anybody does.

    Parameters
    ----------
    scenario
        It describes the target's trade.
    target
        The party whose trade it is.
    channels
        A selector as in `cuts`: words of partner, good and kind, or `all`.

    Raises
    ------
    UnknownNameError
        A target whose trade the scenario does not describe.
    """
    if target not in {pressure.target for pressure in scenario.pressures}:
        known = tuple(pressure.target for pressure in scenario.pressures)
        raise UnknownNameError("pressure", target, known)
    shut = tuple(
        _shut(scenario, pressure, channels) if pressure.target == target else pressure
        for pressure in scenario.pressures
    )
    return replace(scenario, pressures=shut)


def open_table(
    scenario: Scenario, members: Iterable[str], id: str | None = None, binding: bool = False
) -> Scenario:
    """Return the scenario with one more table; its id is its members joined by `-` unless one is given.

    Raises
    ------
    UnknownNameError
        A party that the scenario does not know.
    RefusedError
        A table of that id exists already.
    """
    seated = tuple(members)
    for party in seated:
        _known(scenario, party)
    name = id or "-".join(seated)
    if name in {table.id for table in scenario.tables}:
        raise RefusedError(f"a table '{name}' exists already. Choose another id.")
    return replace(scenario, tables=(*scenario.tables, Table(name, seated, binding=binding)))


def _known(scenario: Scenario, party: str) -> None:
    known = tuple(each.id for each in scenario.parties)
    if party not in known:
        raise UnknownNameError("party", party, known)


def _venue(scenario: Scenario, name: str) -> Venue:
    for venue in scenario.venues:
        if venue.id == name:
            return venue
    raise UnknownNameError("venue", name, tuple(venue.id for venue in scenario.venues))


def _shifted(attitudes: tuple[Attitude, ...], holder: str, other: str, by: float) -> tuple[Attitude, ...]:
    """The attitudes with one of them moved; the line that wrote both directions no longer does."""
    found = False
    shifted = []
    for attitude in attitudes:
        pair = {attitude.holder, attitude.other} == {holder, other}
        if (attitude.holder, attitude.other) == (holder, other):
            found = True
            attitude = replace(attitude, value=_moved(attitude.value, by, -1.0, 1.0))
        shifted.append(replace(attitude, mutual=False) if pair else attitude)
    if not found:
        shifted.append(Attitude(holder, other, _moved(Number(0.0), by, -1.0, 1.0)))
    return tuple(shifted)


def _moved(number: Number, by: float, low: float, high: float = float("inf")) -> Number:
    """The number and its spread moved together, each end kept within the bounds."""

    def clipped(value: float) -> float:
        return min(max(value + by, low), high)

    spread = number.spread
    if spread is not None:
        spread = Spread(spread.kind, clipped(spread.low), clipped(spread.high))
    return replace(number, central=clipped(number.central), spread=spread)


def _composed(party: Party, by: Number | None) -> Party:
    if by is None:
        return party
    return replace(party, composure=_moved(party.composure or Number(COMPOSURE), by.central, 0.0))


def _with_promises(scenario: Scenario, venue: Venue, guarantee: float) -> tuple[Preference, ...]:
    shares = dict.fromkeys(venue.guarantors, guarantee)
    for party, assurance in venue.assurance:
        shares[party] = shares.get(party, 0.0) + assurance.central
    pairs = zip(scenario.parties, scenario.preferences, strict=True)
    return tuple(
        _promised(scenario, venue, party.id, preference, shares[party.id]) if party.id in shares else preference
        for party, preference in pairs
    )


def _promised(scenario: Scenario, venue: Venue, party: str, preference: Preference, share: float) -> Preference:
    if scenario.aim is None:
        raise RefusedError(f"the venue '{venue.id}' makes parties want the aim, and there is none. Add `aim`.")
    if not isinstance(preference, Cardinal):
        raise RefusedError(
            f"the venue '{venue.id}' gives '{party}' an interest, but only the order of its states is known. "
            "Give it interests with weights."
        )
    total = sum(interest.weight.central for interest in preference.interests)
    interest = Interest("wants", Name(scenario.aim), Number(share * total), name=f"venue {venue.id}")
    return Cardinal((*preference.interests, interest))


def _reweighted(scenario: Scenario, shock: Shock) -> tuple[Preference, ...]:
    factors = {party: dict(named) for party, named in shock.weights}
    return tuple(
        _scaled(preference, factors[party.id]) if party.id in factors else preference
        for party, preference in zip(scenario.parties, scenario.preferences, strict=True)
    )


def _scaled(preference: Preference, factors: Mapping[str, Number]) -> Preference:
    """The preference with the weights of some interests multiplied, spread and all."""
    if not isinstance(preference, Cardinal):
        return preference
    return Cardinal(
        tuple(
            replace(interest, weight=_times(interest.weight, factors[interest.name].central))
            if interest.name in factors
            else interest
            for interest in preference.interests
        )
    )


def _times(number: Number, factor: float) -> Number:
    spread = number.spread
    if spread is not None:
        spread = Spread(spread.kind, spread.low * factor, spread.high * factor)
    return replace(number, central=number.central * factor, spread=spread)


def _shut(scenario: Scenario, pressure: Pressure, channels: str) -> Pressure:
    """A cut that leaves nothing open at any level of an option that matters already."""
    by = pressure.cuts[0].by if pressure.cuts else scenario.options[0].id
    levels = next(option.levels for option in scenario.options if option.id == by)
    shut = Cut(channels, by, tuple((level, Number(0.0)) for level in levels))
    return replace(pressure, cuts=(*pressure.cuts, shut))
