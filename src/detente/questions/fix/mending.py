"""The cheapest changes of each kind that make one state hold: by formula or program where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from detente.concepts import named
from detente.questions.fix.attitude_shifts import (
    MOST_WAYS,
    SLACK,
    Shifts,
    least_alone,
    least_together,
    tempting,
)
from detente.questions.fix.edits import Edit, Kind, bound_options, channels, dyads, views, written
from detente.questions.fix.program import least
from detente.questions.fix.search import DIGITS, Edits, Found, Trial, search
from detente.questions.fix.side_payments import SLIGHT, Payment, payments, shifted, shortfalls
from detente.questions.fix.state_trial import Effect, StateTrial
from detente.questions.named import level_named
from detente.states.moves import own_moves
from detente.states.state_graph import Floats

Searched = Literal["formula", "program", "all", "some", "nothing"]
STEPS = (0.05, 0.1, 0.2, 0.4)
"""Shifts of both attitudes of a dyad that are tried where no program finds the least."""

WORK = 3_000_000
FEWEST, MOST = 24, 400
CORRECTIONS = 6
LISTED = 4_000  # states beyond which ways to deter are too many to list


@dataclass(frozen=True, eq=False)
class Mended:
    """The changes of one kind: those that do alone, the least combination, and how they were looked for."""

    kind: Kind
    singles: tuple[Trial[Effect], ...]
    least: Trial[Effect] | None
    searched: Searched
    tried: int

    @property
    def price(self) -> float:
        """What the least costs; without end where nothing does."""
        return inf if self.least is None else self.least.price


def budget(state_trial: StateTrial) -> int:
    """How many changed crises may be judged for one kind of change: fewer where there are more states."""
    return min(MOST, max(FEWEST, WORK // state_trial.graph.states))


def price(edits: Edits) -> float:
    """How much of their kind some edits are."""
    return sum(edit.size for edit in edits)


def mend(state_trial: StateTrial, kind: Kind, before: Effect, below: float = inf) -> Mended:
    """The cheapest changes of a kind after which the state on the bench holds.

    Parameters
    ----------
    state_trial : the state, its crisis and the concept.
    kind : promise, attitude, view, commitment or channel.
    before : how the state stands without changes.
    below : only what costs less than this is of interest.
    """
    return _MENDERS[kind](state_trial, before, below)


def by_promises(state_trial: StateTrial, before: Effect, below: float = inf) -> Mended:
    """Promises that are kept in this state alone: who could pay alone, and the fewest payers that can."""
    parties = state_trial.graph.parties
    if float(shortfalls(before.margins).sum()) >= below:
        return Mended("promise", (), None, "formula", 0)
    payers = [payer for payer in range(len(parties)) if 0 < before.margins[payer] < np.inf]
    alone = [_enough(state_trial, before, (payer,)) for payer in payers]
    singles = sorted(
        (trial for trial in alone if trial is not None and trial.result.holds),
        key=lambda trial: -trial.result.margin,
    )
    least = singles[0] if singles else _enough(state_trial, before)
    law = state_trial.concept.replies != "dared"
    return Mended("promise", tuple(singles), least, "formula" if law else "some", len(payers) + 1)


def _enough(
    state_trial: StateTrial, before: Effect, payers: Sequence[int] | None = None
) -> Trial[Effect] | None:
    """Payments that make the state hold; None where the payers' surpluses do not suffice.

    Where a promise also changes what others dare, margins do not move by just what is paid: the difference seen
    is reckoned with and it is tried again, a few times.
    """
    margins, last = before.margins, None
    for _ in range(CORRECTIONS):
        paying = payments(margins, payers)
        if paying is None:
            break
        last = tried(state_trial, promised(state_trial, paying))
        if last.result.holds:
            break
        known = np.isfinite(before.margins)
        beyond = last.result.margins[known] - shifted(before.margins, paying)[known]
        margins = before.margins.copy()
        margins[known] += beyond
    return last


def by_attitudes(state_trial: StateTrial, before: Effect, below: float = inf) -> Mended:
    """Shifts of attitudes: a program under Nash, GMR and SMR, a search otherwise."""
    moves = state_trial.concept.replies == "moves"
    if state_trial.concept.must_pay or (moves and state_trial.graph.states > LISTED):
        return _attitudes_in_steps(state_trial, below)
    return _attitudes_by_program(state_trial, before, below)


def _attitudes_by_program(state_trial: StateTrial, before: Effect, below: float) -> Mended:
    worth = state_trial.worth
    short = np.flatnonzero(before.margins < 0).tolist()
    ways = {
        party: tempting(state_trial.graph, worth, state_trial.concept, party, state_trial.state)
        for party in short
    }
    bounds = {party: room(state_trial, party) for party in short}
    alone = {
        (party, other): least_alone(ways[party], other, bounds[party][0][other], bounds[party][1][other])
        for party in short
        for other in range(len(state_trial.graph.parties))
        if other != party
    }
    singles = [
        tried(state_trial, edits) for edits in _dyads_alone(state_trial, short, alone) if price(edits) < below
    ]
    together = {}
    for party in short:
        known = [abs(shift) for (holder, _), shift in alone.items() if holder == party and shift is not None]
        together[party] = least_together(ways[party], *bounds[party], min(known, default=np.inf))
    shifts = None if any(one is None for one in together.values()) else _shifted(state_trial, together)
    combined = tried(state_trial, shifts) if shifts is not None and price(shifts) < below else None
    singles.sort(
        key=lambda trial: (
            round(trial.price, DIGITS),
            -round(_nearness(trial.result), DIGITS),
            written(trial.edits),
        )
    )
    if singles and (combined is None or singles[0].price < combined.price + SLACK):
        combined = singles[0]  # one shift is simpler than several that add up to as much
    listed = all(len(each) <= MOST_WAYS for moves in ways.values() for each in moves)
    exact = listed or all(one is not None and one.exact for one in together.values())
    return Mended(
        "attitude",
        tuple(singles),
        combined,
        "program" if exact else "some",
        len(alone) + len(short),
    )


def by_views(state_trial: StateTrial, before: Effect, below: float = inf) -> Mended:
    """Views that are mended: they matter only where replies must pay for those who make them."""
    if not state_trial.concept.must_pay:
        return Mended("view", (), None, "nothing", 0)
    return _searched(state_trial, "view", [(edit,) for edit in views(state_trial.scenario)], below)


def by_commitments(state_trial: StateTrial, before: Effect, below: float = inf) -> Mended:
    """Options whose owner binds itself to what stands: under Nash the least cover of the tempting moves."""
    options = bound_options(state_trial.scenario)
    edits = {
        axis: Edit(
            "commitment", option.owner, what=option.id, level=level_named(state_trial.scenario, axis, level)
        )
        for axis, (option, level) in enumerate(
            zip(state_trial.scenario.options, levels_of(state_trial), strict=True)
        )
        if option.id in options
    }
    if state_trial.concept.replies != "none":
        return _searched(state_trial, "commitment", [(edit,) for edit in edits.values()], below)
    broken = _broken(state_trial, before, list(edits))
    shared = [axis for place, axis in enumerate(edits) if len(broken) and broken[:, place].all()]
    trials = (tried(state_trial, (edits[axis],)) for axis in shared)
    singles = tuple(
        sorted(trials, key=lambda trial: (-round(_nearness(trial.result), DIGITS), written(trial.edits)))
    )
    fewest = singles[0] if singles else _fewest(state_trial, edits, broken)
    return Mended("commitment", singles, fewest, "program", len(edits))


def by_channels(state_trial: StateTrial, before: Effect, below: float = inf) -> Mended:
    """Channels of a target's trade that are shut: each, all of a partner at once, and together."""
    each = [(edit,) for edit in channels(state_trial.scenario)]
    by_partner: dict[tuple[str, str], list[Edit]] = {}
    for (edit,) in each:
        by_partner.setdefault((edit.party, edit.what.split(" ")[0]), []).append(edit)
    groups = [tuple(group) for group in by_partner.values() if len(group) > 1]
    if state_trial.concept.replies != "none":
        return _searched(state_trial, "channel", [*each, *groups], below)
    found = search(
        [*each, *groups],
        state_trial.at_once,
        lambda margins: bool((margins >= 0).all()),
        lambda margins: -float(shortfalls(margins).sum()),
        price,
        budget(state_trial) * 2,
        below,
    )
    singles = tuple(tried(state_trial, trial.edits) for trial in found.singles)
    combined = None if found.least is None else tried(state_trial, found.least.edits)
    return Mended("channel", singles, combined, "all" if found.exact else "some", found.tried)


def tried(state_trial: StateTrial, edits: Edits) -> Trial[Effect]:
    """Some edits with their certificate."""
    return Trial(edits, price(edits), state_trial.effect(edits))


def promised(state_trial: StateTrial, paying: Sequence[Payment]) -> Edits:
    """Payments as changes."""
    names = state_trial.graph.parties
    return tuple(
        Edit("promise", names[one.payer], names[one.receiver], amount=one.amount)
        for one in paying
        if one.amount > SLIGHT / 2
    )


def _searched(state_trial: StateTrial, kind: Kind, candidates: Sequence[Edits], below: float = inf) -> Mended:
    found: Found[Effect] = search(
        candidates,
        state_trial.effect,
        lambda effect: effect.holds,
        _nearness,
        price,
        budget(state_trial),
        below,
    )
    return Mended(kind, found.singles, found.least, "all" if found.exact else "some", found.tried)


def _nearness(effect: Effect) -> float:
    """How near a state comes to holding, and how well it holds: by shortfall and margin, or by who stays."""
    if np.isnan(effect.margins).any():
        return float(effect.stable.sum())
    if effect.holds:
        return effect.margin
    return -float(shortfalls(effect.margins).sum())


def _attitudes_in_steps(state_trial: StateTrial, below: float) -> Mended:
    """Shifts of both attitudes of a dyad by steps, and those after which nobody would gain by any move at all.

    What holds without any reply holds with them; by how little less it would hold too is not known.
    """
    alone = state_trial.under(named("nash"))
    sure = _attitudes_by_program(alone, alone.effect(), below)
    exact = [trial.edits for trial in (*sure.singles, *([sure.least] if sure.least else []))]
    pairs = [*dict.fromkeys(edits for edits in exact if edits)] + [
        (Edit("attitude", one, other, amount=step), Edit("attitude", other, one, amount=step))
        for size in STEPS
        for step in (size, -size)
        for one, other in dyads(state_trial.scenario)
    ]
    mended = _searched(state_trial, "attitude", pairs, below)
    return replace(mended, searched="some")


def room(state_trial: StateTrial, party: int) -> tuple[Floats, Floats]:
    """How far each of a party's attitudes can fall and rise; a party known only by order takes none."""
    names = state_trial.graph.parties
    held = np.zeros(len(names))
    for attitude in state_trial.scenario.attitudes:
        if attitude.holder == names[party]:
            held[names.index(attitude.other)] = attitude.value.central
    open_to = np.array(state_trial.graph.cardinal) & (np.arange(len(names)) != party)
    low: Floats = (-1.0 - held) * open_to
    high: Floats = (1.0 - held) * open_to
    return low, high


def _dyads_alone(
    state_trial: StateTrial, short: Sequence[int], alone: Mapping[tuple[int, int], float | None]
) -> Iterable[Edits]:
    """The shifts of one dyad that do alone: of the only short party, or of both short parties to each other."""
    names = state_trial.graph.parties
    if len(short) == 1:
        for (party, other), shift in alone.items():
            if shift is not None:
                yield (Edit("attitude", names[party], names[other], amount=shift),)
    elif len(short) == 2:
        one, other = short
        there, back = alone[one, other], alone[other, one]
        if there is not None and back is not None:
            yield (
                Edit("attitude", names[one], names[other], amount=there),
                Edit("attitude", names[other], names[one], amount=back),
            )


def _shifted(state_trial: StateTrial, together: Mapping[int, Shifts | None]) -> Edits:
    names = state_trial.graph.parties
    return tuple(
        Edit("attitude", names[party], names[other], amount=float(shift))
        for party, shifts in together.items()
        if shifts is not None
        for other, shift in enumerate(shifts.amounts)
        if shift
    )


def levels_of(state_trial: StateTrial) -> tuple[int, ...]:
    """The level of every option in the state."""
    axes = state_trial.graph.axes
    return tuple(
        part.first + level
        for part, level in zip(axes, state_trial.graph.levels(state_trial.state), strict=True)
    )


def _broken(state_trial: StateTrial, before: Effect, axes: Sequence[int]) -> Floats:
    """(move, axis) which tempting move of which party changes which option."""
    graph, here = state_trial.graph, state_trial.graph.levels(state_trial.state)
    rows = []
    for party in np.flatnonzero(~before.stable).tolist():
        moves = own_moves(graph, party, state_trial.state)
        for move in moves[graph.ranks[party, moves] > graph.ranks[party, state_trial.state]].tolist():
            there = graph.levels(move)
            rows.append([float(there[axis] != here[axis]) for axis in axes])
    return np.array(rows).reshape(len(rows), len(axes))


def _fewest(state_trial: StateTrial, edits: Mapping[int, Edit], broken: Floats) -> Trial[Effect] | None:
    """The fewest options that between them every tempting move would change; of several sets the first by name.

    One after another, in order of names, an option is bound where as few suffice with it among them.
    """
    bound, free = np.zeros(len(edits)), np.ones(len(edits))
    axes = list(edits)

    def cover() -> Floats | None:
        return least(np.ones(len(axes)), broken, np.ones(len(broken)), bound, free, [True] * len(axes))

    point = cover()
    if point is None:
        return None
    fewest = round(float(point.sum()))
    for place in sorted(range(len(axes)), key=lambda place: edits[axes[place]].what):
        if bound.sum() == fewest:
            break
        bound[place] = 1.0
        point = cover()
        if point is None or round(float(point.sum())) > fewest:
            bound[place] = free[place] = 0.0
    return tried(state_trial, tuple(edits[axis] for axis, one in zip(axes, bound, strict=True) if one))


_MENDERS: Mapping[Kind, Callable[[StateTrial, Effect, float], Mended]] = {
    "promise": by_promises,
    "attitude": by_attitudes,
    "view": by_views,
    "commitment": by_commitments,
    "channel": by_channels,
}
