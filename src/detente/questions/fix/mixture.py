"""Attitudes and promises together: the cheapest mixture that keeps everybody in one state, as one program.

A promise adds to what the receiver gets in the state and takes from what the payer gets there, so it enters
every row that compares the state with another one. A shift of an attitude enters these rows as in
`attitude_shifts`. Replies must not depend on payoffs: Nash, GMR and SMR.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from detente.questions.fix.attitude_shifts import SLACK, Block, Tempting, block, both_ways, shifted
from detente.questions.fix.edits import Edit
from detente.questions.fix.program import evenly
from detente.questions.fix.side_payments import SLIGHT, dealt
from detente.states.state_graph import Floats

MOST_PAID = 1.0
"""What a party may promise in all, in spans: everything that it has to lose."""


def cheapest(
    parties: Sequence[str],
    ways: Sequence[Tempting],
    rooms: Sequence[tuple[Floats, Floats]],
    units: Floats,
    costs: Mapping[str, float],
) -> tuple[Edit, ...] | None:
    """The cheapest shifts of attitudes and promises after which no party gains by any move of its own.

    Parameters
    ----------
    parties : their names, in order.
    ways : per party, what each of its moves takes to tempt it no more (`attitude_shifts.tempting`).
    rooms : per party, how far its attitudes can fall and rise.
    units : (party,) the payoff that makes up one span.
    costs : what a unit of `attitude` and of `promise` costs.

    Returns
    -------
    tuple of Edit, or None
        None where no mixture will do.
    """
    for slack in (SLACK, 0.0):
        blocks = [
            block(moves, *room, np.inf, slack, given=float(unit) * MOST_PAID)
            for moves, room, unit in zip(ways, rooms, units, strict=True)
        ]
        known = [one for one in blocks if one is not None]
        if len(known) < len(blocks):
            return None
        point = _solved(known, units, [bool(moves) for moves in ways], costs)
        if point is not None:
            return _edits(parties, known, point)
    return None


def _solved(
    blocks: Sequence[Block], units: Floats, may_pay: Sequence[bool], costs: Mapping[str, float]
) -> Floats | None:
    """Columns: those of each block, then what each party gets, then what each gives, in spans."""
    count = len(blocks)
    widths = [len(one.high) for one in blocks]
    own = sum(widths)
    rows, place = [], 0
    for party, (one, width) in enumerate(zip(blocks, widths, strict=True)):
        part = np.zeros((len(one.rows), own + 2 * count))
        part[:, place : place + width] = one.rows
        part[one.counts, own + party] = units[party]
        part[one.counts, own + count + party] = -units[party]
        rows.append(part)
        place += width
    paid_for = np.zeros((1, own + 2 * count))
    paid_for[0, own : own + count], paid_for[0, own + count :] = -1.0, 1.0
    prices = [np.where(one.whole, 0.0, costs["attitude"]) for one in blocks]
    return evenly(
        np.concatenate([*prices, np.zeros(count), np.full(count, costs["promise"])]),
        np.vstack([*rows, paid_for]),
        np.concatenate([*(one.at_least for one in blocks), np.zeros(1)]),
        np.concatenate(
            [*(one.high for one in blocks), np.full(count, MOST_PAID * count), MOST_PAID * np.array(may_pay)]
        ),
        [*(bool(whole) for one in blocks for whole in one.whole), *([False] * 2 * count)],
        _shares(blocks, costs),
    )


def _shares(blocks: Sequence[Block], costs: Mapping[str, float]) -> Floats:
    """(share, column) what every shift, and what each gets and gives, costs; its size where it is free."""
    count, own = len(blocks), sum(len(one.high) for one in blocks)
    shifts, place = np.zeros((count * count, own + 2 * count)), 0
    for party, one in enumerate(blocks):
        shifts[party * count : (party + 1) * count, place : place + len(one.high)] = both_ways(one.whole)
        place += len(one.high)
    paid = np.hstack([np.zeros((2 * count, own)), np.eye(2 * count)])
    return np.vstack([shifts * (costs["attitude"] or 1.0), paid * (costs["promise"] or 1.0)])


def _edits(parties: Sequence[str], blocks: Sequence[Block], point: Floats) -> tuple[Edit, ...]:
    """The mixture that a solution says."""
    edits, place = [], 0
    for holder, one in zip(parties, blocks, strict=True):
        amounts = shifted(point[place : place + len(one.high)][~one.whole])
        edits += [
            Edit("attitude", holder, parties[other], amount=float(shift))
            for other, shift in enumerate(amounts)
            if shift
        ]
        place += len(one.high)
    gets, gives = np.split(point[place:], 2)
    both = np.minimum(gets, gives)
    payments = dealt(dict(enumerate((gives - both).tolist())), dict(enumerate((gets - both).tolist())))
    edits += [
        Edit("promise", parties[one.payer], parties[one.receiver], amount=one.amount)
        for one in payments
        if one.amount > SLIGHT / 2
    ]
    return tuple(edits)
