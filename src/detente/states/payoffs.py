"""What every state is worth to every party, and where a difference in worth comes from.

    V_i = Σ_g ± w_ig v_g / W_i            own value; W_i = Σ_g w_ig of the base scenario
    U_i = V_i + Σ_j a_ij V'_j             payoff; V'_j leaves out what is not relational

Every payoff is a sum of terms, one per interest and reader: reader i counts interest g of party j with the
coefficient 1 (j = i) or a_ij. Terms are whole numbers on a fine binary grid, so their sum is the same in any
order; the sum is put on the grid of 1e-9 once. The threshold of that rounding lies off the half, because
halves do occur (1/1024 is one), and equal sums of different terms must not fall on both sides of it.

A view, i's picture of j's interests, is one more reader: it counts the pictured interests for j's own, scaled
by their own weights, and keeps j's attitudes to the others as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log2, prod
from typing import Literal

import numpy as np

from detente.errors import RefusedError
from detente.scenario.model import Cardinal, Interest, Scenario, View
from detente.states.dependencies import dependencies
from detente.states.evaluate import finite, tabulate
from detente.states.reading import Reading
from detente.states.space import Field, Space, chunks
from detente.states.state_graph import Bools, Floats, Int64, StateGraph
from detente.states.vocabulary import quantity_text

GRID = 1e-9
THRESHOLD = 0.3877
NARROW, _WIDE = 1 << 12, 1 << 20


@dataclass(frozen=True)
class Term:
    """A part of a payoff difference: an own interest by name, or the attitude to `other`.

    `units` are whole units of the grid and add up exactly; `amount` is the same in payoff units.
    """

    kind: Literal["interest", "attitude"]
    name: str
    other: str
    units: int

    @property
    def amount(self) -> float:
        """The term in payoff units."""
        return self.units * GRID


@dataclass(frozen=True)
class _Share:
    """One interest with its sign and weight as a share of all weights, and each reader's coefficient for it."""

    interest: Interest
    owner: str
    factor: float
    readers: Floats


def payoffs(
    scenario: Scenario, base: Scenario, space: Space, codes: Int64
) -> tuple[Int64, dict[tuple[int, int], Int64]]:
    """Payoffs of all cardinal parties, and of parties as others picture them.

    Parameters
    ----------
    scenario
        Whose interests, attitudes and views count.
    base
        Whose weights scale the values.
    space, codes
        The states.

    Returns
    -------
    Int64 array (party, state)
        In units of the grid; 0 for ordinal parties.
    dict of Int64 arrays (state,)
        Payoff of the second party as the first pictures it.

    Raises
    ------
    RefusedError
        A quantity leaves [0, 1], or an attitude is held by or points at an ordinal party.
    """
    shares, pairs = _shares(scenario, base)
    readers = len(scenario.parties) + len(pairs)
    unit = _unit(shares, readers)
    totals = np.empty((readers, len(codes)), dtype=np.int64)
    for part, total in _added(scenario, shares, readers, unit, space, codes):
        totals[:, part] = np.floor(total * (1 / (unit * GRID)) + (1 - THRESHOLD))
    first = len(scenario.parties)
    return totals[:first], {pair: totals[first + place] for place, pair in enumerate(pairs)}


@dataclass(frozen=True, eq=False)
class Worth:
    """What states are worth before attitudes are applied, so that payoffs under any attitudes cost one product.

    `own[party, state]` is V, `relational[party, state]` is V', the part that others' attitudes pick up, and
    `pictured[(holder, other)]` is V of the other as the holder sees it; all in payoff units.
    """

    own: Floats
    relational: Floats
    pictured: Mapping[tuple[int, int], Floats]

    def payoff(self, holder: int, other: int, attitudes: Floats) -> Int64:
        """(state,) U = V + Σ a V' of the other in units of the grid, as the holder sees it (itself: as it is).

        `attitudes` are those of the other; the one to itself does not count.
        """
        regard = attitudes.copy()
        regard[other] = 0.0
        own = self.own[other] if holder == other else self.pictured[holder, other]
        amounts = own + regard @ self.relational
        return np.floor(amounts * (1 / GRID) + (1 - THRESHOLD)).astype(np.int64)


def worth(scenario: Scenario, base: Scenario, space: Space, codes: Int64) -> Worth:
    """What states are worth to every cardinal party apart from its attitudes (arguments as of `payoffs`)."""
    shares, pairs = _shares(scenario, base)
    place = {party.id: index for index, party in enumerate(scenario.parties)}
    parties, rows = len(place), 2 * len(place) + len(pairs)
    plain = []
    for share in shares:
        counted = np.zeros(rows)
        if share.owner:
            counted[place[share.owner]] = 1.0
            counted[parties + place[share.owner]] = float(share.interest.relational)
        else:
            counted[parties + int(np.flatnonzero(share.readers)[0])] = 1.0
        plain.append(replace(share, readers=counted))
    unit = _unit(plain, rows)
    found = np.empty((rows, len(codes)))
    for part, total in _added(scenario, plain, rows, unit, space, codes):
        found[:, part] = total / unit
    pictured = {pair: found[2 * parties + number] for number, pair in enumerate(pairs)}
    return Worth(found[:parties], found[parties : 2 * parties], pictured)


def attitude_matrix(scenario: Scenario) -> Floats:
    """(holder, other) attitudes at their central values, 1 to oneself.

    Raises
    ------
    RefusedError
        An attitude is held by or points at a party known by order only.
    """
    return _attitudes(scenario, {party.id: index for index, party in enumerate(scenario.parties)})


def _added(
    scenario: Scenario, shares: Sequence[_Share], readers: int, unit: float, space: Space, codes: Int64
) -> Iterator[tuple[slice, Int64]]:
    """Stretches of the states with the sum of all terms per reader, on the fine grid."""
    sums, wide = _tables(scenario, shares, unit, space, codes)
    lookups = [one.index(space) for one in sums]
    counted = [np.flatnonzero(one.table.any(axis=1)) for one in sums]
    for part in chunks(len(codes)):
        low, high = space.halves(codes[part])
        total = np.zeros((readers, len(low)), dtype=np.int64)
        for one, rows, (low_table, high_table) in zip(sums, counted, lookups, strict=True):
            index = low_table[low] + high_table[high]
            for row in rows:
                total[row] += one.table[row][index]
        for share in wide:
            axes = dependencies(scenario, share.interest.quantity)
            total += _terms(share, Reading(scenario, space.levels(codes[part], axes)), unit)
        yield part, total


def decompose(
    scenario: Scenario, graph: StateGraph, party: str, start: int, end: int, base: Scenario | None = None
) -> tuple[Term, ...]:
    """Why a party likes one state better than another: its payoff difference, term by term.

    Parameters
    ----------
    scenario, graph
        A scenario and a graph compiled from it.
    party
        A cardinal party.
    start, end
        Two states of the graph.
    base
        The scenario whose weights scale the values, as given to `compile_graph`.

    Returns
    -------
    tuple[Term, ...]
        One term per own interest in the order of the document, then one per attitude other than 0. Their units
        add up exactly to the difference of the payoffs; each is within one unit of its exact value.

    Raises
    ------
    RefusedError
        The party is known by order only.
    """
    reader = graph.parties.index(party)
    if not graph.cardinal[reader]:
        raise RefusedError(f"{party} is known by the order of states only; its gains have no parts.")
    parts = _parts(scenario, base or scenario, graph, reader, (start, end))
    whole = int(graph.payoffs[reader, end]) - int(graph.payoffs[reader, start])
    units = _apportion([amount for _, amount in parts], whole)
    return tuple(replace(term, units=unit) for (term, _), unit in zip(parts, units, strict=True))


def _parts(
    scenario: Scenario, base: Scenario, graph: StateGraph, reader: int, states: tuple[int, int]
) -> list[tuple[Term, float]]:
    """The reader's terms, still without units, each with its exact change between two states in units."""
    shares, pairs = _shares(scenario, base)
    unit = _unit(shares, len(scenario.parties) + len(pairs))
    space = Space(graph.axes)
    reading = Reading(scenario, space.levels(graph.codes[list(states)], range(len(graph.axes))))
    own: list[tuple[Term, float]] = []
    attitudes = {
        attitude.other: 0 for attitude in scenario.attitudes if attitude.holder == graph.parties[reader]
    }
    for share in shares:
        if share.owner != graph.parties[reader] and share.owner not in attitudes:
            continue
        before, after = np.broadcast_to(_terms(share, reading, unit)[reader], (2,)).tolist()
        if share.owner == graph.parties[reader]:
            name = share.interest.name or f"{share.interest.sense} {quantity_text(share.interest.quantity)}"
            own.append((Term("interest", name, "", 0), (after - before) / (unit * GRID)))
        elif share.owner in attitudes:
            attitudes[share.owner] += after - before
    return own + [
        (Term("attitude", other, other, 0), step / (unit * GRID)) for other, step in attitudes.items()
    ]


def _apportion(amounts: Sequence[float], whole: int) -> list[int]:
    """Whole numbers next to the amounts that add up to `whole`: the largest remainders are rounded up."""
    units = [floor(amount) for amount in amounts]
    short = whole - sum(units)
    by_remainder = sorted(range(len(amounts)), key=lambda place: units[place] - amounts[place])
    for place in by_remainder[:short] if short >= 0 else by_remainder[short:]:
        units[place] += 1 if short >= 0 else -1
    return units


def _shares(scenario: Scenario, base: Scenario) -> tuple[list[_Share], list[tuple[int, int]]]:
    """Every interest with the readers that count it; and the (holder, other) pairs of the view readers."""
    place = {party.id: index for index, party in enumerate(scenario.parties)}
    pairs = [(place[view.holder], place[view.other]) for view in scenario.views]
    attitudes = _attitudes(scenario, place)
    regard = np.vstack([attitudes, attitudes[[other for _, other in pairs]]])
    reads_own = np.array([*range(len(place)), *(-1 for _ in pairs)])
    pictures = np.array([*(-1 for _ in place), *(other for _, other in pairs)])
    shares = []
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            me = place[party.id]
            counted = np.where(pictures == me, 0.0, regard[:, me])
            shares += _scaled(
                preference.interests, party.id, _weights(base, party.id), counted, reads_own == me
            )
    for number, view in enumerate(scenario.views, start=len(place)):
        mine = np.arange(len(regard)) == number
        shares += _scaled(view.interests, "", _view_weights(base, view), mine.astype(np.float64), mine)
    return shares, pairs


def _scaled(
    interests: tuple[Interest, ...], owner: str, whole: float, counted: Floats, own: Bools
) -> list[_Share]:
    whole = whole or sum(interest.weight.central for interest in interests) or 1.0
    return [
        _Share(
            interest,
            owner,
            interest.weight.central / whole * (1.0 if interest.sense == "wants" else -1.0),
            counted if interest.relational else np.where(own, counted, 0.0),
        )
        for interest in interests
    ]


def _weights(base: Scenario, party: str) -> float:
    """Sum of a party's weights in the base scenario; 0 where it has none there."""
    for known, preference in zip(base.parties, base.preferences, strict=True):
        if known.id == party and isinstance(preference, Cardinal):
            return sum(interest.weight.central for interest in preference.interests)
    return 0.0


def _view_weights(base: Scenario, view: View) -> float:
    for known in base.views:
        if (known.holder, known.other) == (view.holder, view.other):
            return sum(interest.weight.central for interest in known.interests)
    return 0.0


def _attitudes(scenario: Scenario, place: Mapping[str, int]) -> Floats:
    """Attitude of each party to each other, with 1 to itself."""
    attitudes = np.eye(len(place))
    for attitude in scenario.attitudes:
        for party in (attitude.holder, attitude.other):
            if not isinstance(scenario.preferences[place[party]], Cardinal):
                raise RefusedError(
                    f"the attitude of {attitude.holder} to {attitude.other} needs interests of both, and "
                    f"{party} is known by the order of states only. Drop the attitude, or give interests."
                )
        attitudes[place[attitude.holder], place[attitude.other]] = attitude.value.central
    return attitudes


def _unit(shares: Sequence[_Share], readers: int) -> float:
    """How many steps of the fine grid make 1: as many as the largest possible payoff leaves room for."""
    bound = sum((np.abs(share.factor * share.readers) for share in shares), np.zeros(readers))
    return float(2.0 ** min(60, 61 - ceil(log2(max(1.0, float(bound.max(initial=1.0)))))))


def _terms(share: _Share, reading: Reading, unit: float) -> Int64:
    """The interest's term per reader and state, on the fine grid."""
    return _fine(share, bounded(share.interest, reading.quantity(share.interest.quantity)), unit)


def _fine(share: _Share, values: Floats, unit: float) -> Int64:
    return np.rint(np.multiply.outer(share.readers * share.factor * unit, values)).astype(np.int64)


def bounded(interest: Interest, values: Floats) -> Floats:
    """The values of an interest, refused where they leave [0, 1]."""
    values = finite(values, interest.quantity)
    low, high = float(values.min()), float(values.max())
    if low < -GRID or high > 1 + GRID:
        raise RefusedError(
            f"the quantity of an interest lies in [0, 1], but '{quantity_text(interest.quantity)}' runs from "
            f"{low:.6g} to {high:.6g}. Scale it, or write 'min(…; 1)'."
        )
    return values


def _tables(
    scenario: Scenario, shares: Sequence[_Share], unit: float, space: Space, codes: Int64
) -> tuple[list[_Sum], list[_Share]]:
    """Terms as few small tables; and the interests that depend on too many options for one."""
    sums: list[_Sum] = []
    wide: list[_Share] = []
    for share in shares:
        field = tabulate(scenario, share.interest.quantity, max(NARROW, min(_WIDE, len(codes))))
        if field is None:
            wide.append(share)
            continue
        values = field.values.astype(np.float64)
        if not ((values >= -GRID) & (values <= 1 + GRID)).all():
            bounded(share.interest, field.over(space, codes).astype(np.float64))
            values = np.nan_to_num(np.clip(values, 0.0, 1.0))
        sums.append(_Sum(dict(zip(field.axes, field.sizes, strict=True)), _fine(share, values, unit)))
    return _merged(sums), wide


@dataclass(frozen=True, eq=False)
class _Sum:
    """Terms of several interests added up over the options they name.

    `sizes` has the number of levels per axis, ascending; `table` is (reader, combination), first axis fastest.
    """

    sizes: dict[int, int]
    table: Int64

    def index(self, space: Space) -> tuple[Int64, Int64]:
        """Tables that give the combination for the two halves of a code."""
        axes, sizes = tuple(self.sizes), tuple(self.sizes.values())
        return space.tables(Field(axes, sizes, self.table).weights(space))

    def plus(self, other: _Sum) -> _Sum:
        """Both sums over the options of both."""
        sizes = dict(sorted((self.sizes | other.sizes).items()))
        table = self._over(sizes) + other._over(sizes)
        return _Sum(sizes, table.reshape(len(table), -1))

    def _over(self, sizes: Mapping[int, int]) -> Int64:
        """The table over more options, one dimension each, the first last."""
        return self.table.reshape(len(self.table), *(self.sizes.get(axis, 1) for axis in reversed([*sizes])))


def _merged(sums: Sequence[_Sum]) -> list[_Sum]:
    """Sums over overlapping options added up while the tables stay small: fewer look-ups per state."""
    merged: list[_Sum] = []
    for new in sorted(sums, key=lambda one: -prod(one.sizes.values())):
        unions = [prod((old.sizes | new.sizes).values()) for old in merged]
        growth = [union / prod(old.sizes.values()) for union, old in zip(unions, merged, strict=True)]
        fitting = [place for place, union in enumerate(unions) if union <= NARROW or growth[place] == 1]
        if fitting:
            place = min(fitting, key=lambda place: growth[place])
            merged[place] = merged[place].plus(new)
        else:
            merged.append(new)
    return merged
