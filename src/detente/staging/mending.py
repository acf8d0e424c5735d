"""The cheapest changes of each kind that make one state hold: by formula or program where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from detente.graph.moves import own_moves
from detente.graph.payoffs import GRID, payoffs
from detente.graph.space import Space, axes_of
from detente.graph.state_graph import Floats, Int64
from detente.scenario.model import Cardinal, Scenario
from detente.stability.payments import SLIGHT, Payment, payments, shortfalls
from detente.stability.program import least
from detente.stability.regard import MOST_WAYS, Shifts, least_alone, least_together, tempting
from detente.staging.bench import Bench, Effect
from detente.staging.edits import Edit, Kind, bound_options, channels, dyads, views
from detente.staging.search import Edits, Found, Trial, search

Searched = Literal["formula", "program", "all", "some", "nothing"]
STEPS = (0.05, 0.1, 0.2, 0.4)
"""Shifts of both attitudes of a dyad that are tried where no program finds the least."""

WORK = 3_000_000
FEWEST, MOST = 24, 400
LISTED = 4_000  # states beyond which ways to deter are too many to list


@dataclass(frozen=True, eq=False)
class Mended:
    """The changes of one kind: those that do alone, the least combination, and how they were looked for."""

    kind: Kind
    singles: tuple[Trial[Effect], ...]
    least: Trial[Effect] | None
    searched: Searched
    tried: int


def budget(bench: Bench) -> int:
    """How many changed crises may be judged for one kind of change: fewer where there are more states."""
    return min(MOST, max(FEWEST, WORK // bench.graph.states))


def price(edits: Edits) -> float:
    """How much of their kind some edits are."""
    return sum(edit.size for edit in edits)


def mend(bench: Bench, kind: Kind, before: Effect) -> Mended:
    """The cheapest changes of a kind after which the state on the bench holds.

    Parameters
    ----------
    bench : the state, its crisis and the concept.
    kind : promise, attitude, view, commitment or channel.
    before : how the state stands without changes.
    """
    return _MENDERS[kind](bench, before)


def by_promises(bench: Bench, before: Effect) -> Mended:
    """Promises that are kept in this state alone: who could pay alone, and the fewest payers that can."""
    parties = bench.graph.parties
    found = []
    for payer in range(len(parties)):
        if 0 < before.margins[payer] < np.inf:
            paying = payments(before.margins, (payer,))
            if paying is not None:
                found.append(_promised(bench, paying))
    singles = sorted((_tried(bench, edits) for edits in found), key=lambda trial: -trial.result.margin)
    least = singles[0] if singles else None
    if least is None:
        together = payments(before.margins)
        least = None if together is None else _tried(bench, _promised(bench, together))
    return Mended("promise", tuple(singles), least, "formula", len(found) + 1)


def by_attitudes(bench: Bench, before: Effect) -> Mended:
    """Shifts of attitudes: a program under Nash, GMR and SMR, a search in steps otherwise."""
    moves = bench.concept.replies == "moves"
    if bench.concept.replies == "improvements" or (moves and bench.graph.states > LISTED):
        return _attitudes_in_steps(bench)
    worth = picked_up(bench.scenario, bench.codes)
    short = np.flatnonzero(before.margins < 0).tolist()
    ways = {party: tempting(bench.graph, worth, bench.concept, party, bench.state) for party in short}
    bounds = {party: _room(bench, party) for party in short}
    alone = {
        (party, other): least_alone(ways[party], other, bounds[party][0][other], bounds[party][1][other])
        for party in short
        for other in range(len(bench.graph.parties))
        if other != party
    }
    singles = [_tried(bench, edits) for edits in _dyads_alone(bench, short, alone)]
    together = {}
    for party in short:
        known = [abs(shift) for (holder, _), shift in alone.items() if holder == party and shift is not None]
        together[party] = least_together(ways[party], *bounds[party], min(known, default=np.inf))
    combined = (
        None if any(one is None for one in together.values()) else _tried(bench, _shifted(bench, together))
    )
    listed = all(len(each) <= MOST_WAYS for moves in ways.values() for each in moves)
    exact = listed or all(one is not None and one.exact for one in together.values())
    return Mended(
        "attitude",
        tuple(sorted(singles, key=lambda trial: trial.price)),
        combined,
        "program" if exact else "some",
        len(alone) + len(short),
    )


def by_views(bench: Bench, before: Effect) -> Mended:
    """Views that are mended: they matter only where replies are improvements."""
    if bench.concept.replies != "improvements":
        return Mended("view", (), None, "nothing", 0)
    return _searched(bench, "view", [(edit,) for edit in views(bench.scenario)])


def by_commitments(bench: Bench, before: Effect) -> Mended:
    """Options whose owner binds itself to what stands: under Nash the least cover of the tempting moves."""
    options = bound_options(bench.scenario)
    edits = {
        axis: Edit("commitment", option.owner, what=option.id, level=option.levels[level])
        for axis, (option, level) in enumerate(zip(bench.scenario.options, _levels(bench), strict=True))
        if option.id in options
    }
    if bench.concept.replies != "none":
        return _searched(bench, "commitment", [(edit,) for edit in edits.values()])
    broken = _broken(bench, before, list(edits))
    shared = [axis for place, axis in enumerate(edits) if len(broken) and broken[:, place].all()]
    singles = tuple(_tried(bench, (edits[axis],)) for axis in shared)
    return Mended("commitment", singles, _fewest(bench, edits, broken), "program", len(edits))


def by_channels(bench: Bench, before: Effect) -> Mended:
    """Channels of a target's trade that are shut: each, all of a partner at once, and together."""
    each = [(edit,) for edit in channels(bench.scenario)]
    by_partner: dict[tuple[str, str], list[Edit]] = {}
    for (edit,) in each:
        by_partner.setdefault((edit.party, edit.what.split(" ")[0]), []).append(edit)
    groups = [tuple(group) for group in by_partner.values() if len(group) > 1]
    if bench.concept.replies != "none":
        return _searched(bench, "channel", [*each, *groups])
    found = search(
        [*each, *groups],
        bench.at_once,
        lambda margins: bool((margins >= 0).all()),
        lambda margins: -float(shortfalls(margins).sum()),
        price,
        budget(bench) * 2,
    )
    singles = tuple(_tried(bench, trial.edits) for trial in found.singles)
    combined = None if found.least is None else _tried(bench, found.least.edits)
    return Mended("channel", singles, combined, "all" if found.exact else "some", found.tried)


def across(
    bench: Bench, before: Effect, kinds: Iterable[Mended], costs: Mapping[str, float]
) -> Trial[Effect] | None:
    """The cheapest mixture of kinds by a table of costs, as far as it is searched.

    The least of each kind, and up to two bonds, closed channels or mended views with what is then still
    short made up by promises.
    """
    known = [mended for mended in kinds if mended.kind in costs]
    cost = _costing(costs)
    best = min(
        (replace(one.least, price=cost(one.least.edits)) for one in known if one.least is not None),
        key=lambda trial: trial.price,
        default=None,
    )
    if "promise" not in costs:
        return best
    blocks = [edits for edits in _blocks(bench, costs) if best is None or cost(edits) < best.price]
    pool = [()] + [(block,) for block in blocks] + list(combinations(blocks, 2))
    for group in sorted(pool, key=lambda group: sum(cost(block) for block in group))[: budget(bench)]:
        edits = sum(group, ())
        if best is not None and cost(edits) >= best.price:
            break
        margins = bench.effect(edits).margins if edits else before.margins
        paying = payments(margins)
        if paying is None:
            continue
        whole = (*edits, *_promised(bench, paying))
        if best is None or cost(whole) < best.price:
            best = Trial(whole, cost(whole), bench.effect(whole))
    return best


def picked_up(scenario: Scenario, codes: Int64) -> Floats:
    """(party, state) V' of the model in payoff units: what others' attitudes pick up of each party."""
    bare = tuple(
        Cardinal(tuple(interest for interest in held.interests if interest.relational))
        if isinstance(held, Cardinal)
        else held
        for held in scenario.preferences
    )
    plain = replace(scenario, preferences=bare, attitudes=(), views=())
    units = payoffs(plain, scenario, Space(axes_of(scenario)), codes)[0]
    return units.astype(np.float64) * np.float64(GRID)


def _tried(bench: Bench, edits: Edits) -> Trial[Effect]:
    """Some edits with their certificate."""
    return Trial(edits, price(edits), bench.effect(edits))


def _promised(bench: Bench, paying: Sequence[Payment]) -> Edits:
    names = bench.graph.parties
    return tuple(
        Edit("promise", names[one.payer], names[one.receiver], amount=one.amount)
        for one in paying
        if one.amount > SLIGHT / 2
    )


def _searched(bench: Bench, kind: Kind, candidates: Sequence[Edits]) -> Mended:
    found: Found[Effect] = search(
        candidates,
        bench.effect,
        lambda effect: effect.holds,
        _nearness,
        price,
        budget(bench),
    )
    return Mended(kind, found.singles, found.least, "all" if found.exact else "some", found.tried)


def _nearness(effect: Effect) -> float:
    """How near a state comes to holding: by shortfall, or by the parties that stay where there is none."""
    if np.isnan(effect.margins).any():
        return float(effect.stable.sum())
    return -float(shortfalls(effect.margins).sum())


def _attitudes_in_steps(bench: Bench) -> Mended:
    pairs = [
        (Edit("attitude", one, other, amount=step), Edit("attitude", other, one, amount=step))
        for size in STEPS
        for step in (size, -size)
        for one, other in dyads(bench.scenario)
    ]
    mended = _searched(bench, "attitude", pairs)
    return replace(mended, searched="some")


def _room(bench: Bench, party: int) -> tuple[Floats, Floats]:
    """How far each of a party's attitudes can fall and rise; a party known only by order takes none."""
    names = bench.graph.parties
    held = np.zeros(len(names))
    for attitude in bench.scenario.attitudes:
        if attitude.holder == names[party]:
            held[names.index(attitude.other)] = attitude.value.central
    open_to = np.array(bench.graph.cardinal) & (np.arange(len(names)) != party)
    low: Floats = (-1.0 - held) * open_to
    high: Floats = (1.0 - held) * open_to
    return low, high


def _dyads_alone(
    bench: Bench, short: Sequence[int], alone: Mapping[tuple[int, int], float | None]
) -> Iterable[Edits]:
    """The shifts of one dyad that do alone: of the only short party, or of both short parties to each other."""
    names = bench.graph.parties
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


def _shifted(bench: Bench, together: Mapping[int, Shifts | None]) -> Edits:
    names = bench.graph.parties
    return tuple(
        Edit("attitude", names[party], names[other], amount=float(shift))
        for party, shifts in together.items()
        if shifts is not None
        for other, shift in enumerate(shifts.amounts)
        if shift
    )


def _levels(bench: Bench) -> tuple[int, ...]:
    """The level of every option in the state."""
    axes = bench.graph.axes
    return tuple(part.first + level for part, level in zip(axes, bench.graph.levels(bench.state), strict=True))


def _broken(bench: Bench, before: Effect, axes: Sequence[int]) -> Floats:
    """(move, axis) which tempting move of which party changes which option."""
    graph, here = bench.graph, bench.graph.levels(bench.state)
    rows = []
    for party in np.flatnonzero(~before.stable).tolist():
        moves = own_moves(graph, party, bench.state)
        for move in moves[graph.ranks[party, moves] > graph.ranks[party, bench.state]].tolist():
            there = graph.levels(move)
            rows.append([float(there[axis] != here[axis]) for axis in axes])
    return np.array(rows).reshape(len(rows), len(axes))


def _fewest(bench: Bench, edits: Mapping[int, Edit], broken: Floats) -> Trial[Effect] | None:
    """The fewest options that between them every tempting move would change."""
    count = len(edits)
    point = least(np.ones(count), broken, np.ones(len(broken)), np.zeros(count), np.ones(count), [True] * count)
    if point is None:
        return None
    return _tried(bench, tuple(edit for edit, bound in zip(edits.values(), point, strict=True) if bound > 0.5))


def _blocks(bench: Bench, costs: Mapping[str, float]) -> list[Edits]:
    """What may be combined with promises: one bond, channel or view each."""
    blocks: list[Edits] = []
    if "commitment" in costs:
        levels = dict(zip((option.id for option in bench.scenario.options), _levels(bench), strict=True))
        for option in bench.scenario.options:
            if option.id in bound_options(bench.scenario):
                level = option.levels[levels[option.id]]
                blocks.append((Edit("commitment", option.owner, what=option.id, level=level),))
    if "channel" in costs:
        blocks += [(edit,) for edit in channels(bench.scenario)]
    if "view" in costs and bench.concept.replies == "improvements":
        blocks += [(edit,) for edit in views(bench.scenario)]
    return blocks


def _costing(costs: Mapping[str, float]) -> Callable[[Edits], float]:
    return lambda edits: sum(costs.get(edit.kind, float("inf")) * edit.size for edit in edits)


_MENDERS: Mapping[Kind, Callable[[Bench, Effect], Mended]] = {
    "promise": by_promises,
    "attitude": by_attitudes,
    "view": by_views,
    "commitment": by_commitments,
    "channel": by_channels,
}
