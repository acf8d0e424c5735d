"""How hard is the pressure, where does it leak, and what would tighten it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from detente.answers.answer import common
from detente.errors import RefusedError, UnknownNameError
from detente.questions.named import level_named, option_named
from detente.questions.pressure.answer import (
    AidSeen,
    BalanceSeen,
    ChannelSeen,
    ClosureSeen,
    ComplianceSeen,
    DetourSeen,
    EnforcerSeen,
    FigureSeen,
    LeakSeen,
    LimitSeen,
    Pressure,
    ResolutionSeen,
    Stand,
    ValveSeen,
)
from detente.questions.pressure.closing import closed, least_closure
from detente.questions.pressure.compliance import Enforcer, compliance
from detente.questions.pressure.decrees import Left, in_force, left, over_year, recordable, starts
from detente.questions.pressure.leaks import detours, leaks
from detente.scenario.model import Pressure as Economy
from detente.scenario.model import Recorded, Resolution, Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import trade_at
from detente.states.names import level_names, state_called
from detente.trade.economy import Flow, diversions, solve

Trade = tuple[tuple[float, ...], tuple[bool, ...], tuple[bool, ...]]
LAST_DAY = date.max


def pressure(
    scenario: Scenario,
    target: str | None = None,
    at: Sequence[str] | None = None,
    wanted: float = 0.6,
) -> Pressure:
    """How much of its trade a target keeps at a state, through whom, and which closures would matter.

    Pressure is one minus the share of its trade, weighted by importance, that the target keeps when it makes
    the best of what is left open. What a way round undoes is the difference that shutting it makes to that
    optimum, never read off the flows, which are not unique. Compliance is valued with every other enforcer at
    its loosest, at its tightest, and on average (Shapley 1953). The least set of channels is found by a
    mixed-integer program on the dual and certified by solving the target's program anew. What resolutions
    leave to the letter of their texts is set beside recorded trade.

    Parameters
    ----------
    scenario : Scenario
    target : str, optional
        The party whose trade it is; may be left out where the scenario describes one.
    at : sequence of str, optional
        The state: `status-quo`, or `OPTION=level` for each option that stands elsewhere.
    wanted : float
        The pressure that closing channels is to bring about, above 0 and at most 1.

    Returns
    -------
    Pressure

    Raises
    ------
    RefusedError
        The scenario describes no trade or several targets without one being named; the state cannot exist; the
        wanted pressure is out of range.
    UnknownNameError
        For a target, an option or a level that does not exist.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    if not 0 < wanted <= 1:
        raise RefusedError(f"the wanted pressure is {wanted:g}; it lies above 0 and at most at 1.")
    economy = _economy(scenario, target)
    graph = compile_graph(scenario)
    state = state_called(scenario, graph, at or ())
    stands = trade_at(scenario, graph, economy.target, state)
    flow = solve(economy, *stands)
    channels = _channels(scenario, economy, stands, flow)
    return Pressure(
        **common(scenario, graph.states),
        target=economy.target,
        unit=economy.unit,
        state=state + 1,
        levels=level_names(scenario, graph, state),
        status_quo=scenario.status_quo,
        pressure=flow.pressure,
        retained=flow.retained,
        partners=_partners(economy),
        channels=tuple(sorted(channels, key=lambda seen: -(seen.kept + seen.arrived))),
        aids=tuple(
            AidSeen(aid.partner, aid.value.central, given)
            for aid, given in zip(economy.aids, flow.aid, strict=True)
        ),
        balance=_balance(economy, stands, flow, channels),
        detours=tuple(
            DetourSeen(way.origin, way.destination, way.undone / flow.baseline, way.moved, way.arrives)
            for way in detours(economy, *stands)
        ),
        leaks=tuple(
            LeakSeen(
                leak.partner,
                leak.undone / flow.baseline,
                None if leak.share is None else leak.share / flow.baseline,
            )
            for leak in leaks(economy, *stands)
        ),
        compliance=_compliance(scenario, economy, level_names(scenario, graph, state)),
        closure=_closure(economy, stands, wanted),
        resolutions=tuple(_resolution(economy, stands[1], text) for text in economy.resolutions),
        figures=tuple(_figure(economy, stands[1], figure) for figure in economy.recorded),
    )


def _economy(scenario: Scenario, target: str | None) -> Economy:
    """The trade that is asked about."""
    known = [economy.target for economy in scenario.pressures]
    if not known:
        raise RefusedError(
            "this scenario describes nobody's trade, so pressure has no meaning. Add a `pressure:` section "
            "with the target's channels, and the options that cut them."
        )
    if target is None and len(known) > 1:
        raise RefusedError(
            f"the trade of {len(known)} parties is described ({', '.join(known)}). Name a target."
        )
    if target is not None and target not in known:
        raise UnknownNameError("target of pressure", target, known)
    return next(economy for economy in scenario.pressures if target in (None, economy.target))


def _partners(economy: Economy) -> dict[str, float]:
    partners: dict[str, float] = {}
    for channel in economy.channels:
        partners[channel.partner] = partners.get(channel.partner, 0.0) + channel.value.central
    return partners


def _channels(scenario: Scenario, economy: Economy, stands: Trade, flow: Flow) -> tuple[ChannelSeen, ...]:
    routes = diversions(economy)
    away, arrived = [0.0] * len(economy.channels), [0.0] * len(economy.channels)
    for route, moved in zip(routes, flow.moved, strict=True):
        away[route.origin] += moved
        arrived[route.destination] += moved * (1 - route.loss)
    owners = {option.id: option.owner for option in scenario.options}
    return tuple(
        ChannelSeen(
            channel.id,
            channel.partner,
            channel.good,
            channel.kind,
            channel.flow,
            channel.importance.central,
            channel.value.central,
            stands[0][place],
            flow.kept[place],
            away[place],
            max(0.0, channel.value.central - flow.kept[place] - away[place]),
            arrived[place],
            tuple(
                dict.fromkeys(owners[cut.by] for cut in economy.cuts if place in economy.select(cut.channels))
            ),
        )
        for place, channel in enumerate(economy.channels)
    )


def _balance(economy: Economy, stands: Trade, flow: Flow, channels: Sequence[ChannelSeen]) -> BalanceSeen:
    """All trade added up, and the largest error of any sum or bound."""
    baseline = sum(seen.baseline for seen in channels)
    kept, moved = sum(flow.kept), sum(flow.moved)
    closing = sum(seen.closed for seen in channels)
    arrived, aid = sum(seen.arrived for seen in channels), sum(flow.aid)
    routes = diversions(economy)
    taken = dict.fromkeys(range(len(channels)), 0.0)
    for route, amount in zip(routes, flow.moved, strict=True):
        taken[route.destination] += amount
    spare = {route.destination: 0.0 for route in routes}
    for route, used in zip(routes, stands[1], strict=True):
        room = route.spare * stands[0][route.destination] if used else 0.0
        spare[route.destination] = max(spare[route.destination], room)
    error = max(
        abs(baseline - kept - moved - closing),
        *(abs(seen.baseline - seen.kept - seen.moved - seen.closed) for seen in channels),
        *(seen.kept - seen.open * seen.baseline for seen in channels),
        *(taken[place] - room for place, room in spare.items()),
        0.0,
    )
    return BalanceSeen(
        baseline, kept, moved, closing, moved - arrived, arrived, aid, kept + arrived + aid, error, flow.gap
    )


def _compliance(scenario: Scenario, economy: Economy, levels: Sequence[str]) -> ComplianceSeen:
    standing = tuple(option.levels.index(level) for option, level in zip(scenario.options, levels, strict=True))
    found = compliance(scenario, economy, standing)
    return ComplianceSeen(
        found.loosest,
        found.tightest,
        tuple(_enforcer(scenario, levels, enforcer) for enforcer in found.enforcers),
    )


def _enforcer(scenario: Scenario, levels: Sequence[str], enforcer: Enforcer) -> EnforcerSeen:
    valves = tuple(
        ValveSeen(
            option_named(scenario, valve.option),
            levels[valve.option],
            level_named(scenario, valve.option, valve.loosest),
            level_named(scenario, valve.option, valve.tightest),
        )
        for valve in enforcer.valves
    )
    return EnforcerSeen(enforcer.party, valves, enforcer.alone, enforcer.last, enforcer.here, enforcer.average)


def _closure(economy: Economy, stands: Trade, wanted: float) -> ClosureSeen:
    opens, active, aided = stands
    everything = tuple(range(len(opens)))
    reachable = solve(economy, closed(opens, everything), active, aided).pressure
    found = least_closure(economy, opens, active, aided, wanted)
    chosen = found.channels if found is not None else ()
    return ClosureSeen(
        wanted,
        reachable,
        found is not None,
        tuple(economy.channels[place].id for place in chosen),
        None if found is None else found.flow.pressure,
        sum(opens[place] * economy.channels[place].value.central for place in chosen),
        len(opens),
    )


def _resolution(economy: Economy, active: tuple[bool, ...], text: Resolution) -> ResolutionSeen:
    """A resolution with all its limits in force, beside what was recorded for its first year."""
    place = economy.resolutions.index(text)
    earlier = economy.resolutions[place - 1].id if place else None
    before = in_force(economy, LAST_DAY, earlier) if earlier else (1.0,) * len(economy.channels)
    after = _stand(economy, left(economy, in_force(economy, LAST_DAY, text.id), active))
    year = _first_year(text)
    recorded = tuple(
        figure.value.central
        for figure in economy.recorded
        if (figure.year, figure.partner, figure.flow) == (year, "", "total")
    )
    return ResolutionSeen(
        text.id,
        text.title,
        text.date,
        tuple(
            LimitSeen(limit.channels, limit.open.central, starts(text, limit).isoformat())
            for limit in text.limits
        ),
        _stand(economy, left(economy, before, active)),
        after,
        year,
        recorded,
        tuple(figure - after.leaking for figure in recorded),
        text.because,
    )


def _first_year(text: Resolution) -> int:
    """The first calendar year for at least half of which some limit of the resolution was in force."""
    begins = min((starts(text, limit) for limit in text.limits), default=date.fromisoformat(text.date))
    return begins.year if begins <= date(begins.year, 7, 2) else begins.year + 1


def _stand(economy: Economy, found: Left) -> Stand:
    return Stand(
        recordable(economy, found.letter),
        recordable(economy, found.leaking),
        found.letter.pressure,
        found.leaking.pressure,
    )


def _figure(economy: Economy, active: tuple[bool, ...], figure: Recorded) -> FigureSeen:
    """A recorded figure beside what the resolutions left over the days of its year."""
    letter = leaking = 0.0
    for opens, share in over_year(economy, figure.year):
        found = left(economy, opens, active)
        letter += share * recordable(economy, found.letter, figure.partner, figure.flow)
        leaking += share * recordable(economy, found.leaking, figure.partner, figure.flow)
    value = figure.value.central
    return FigureSeen(
        figure.year,
        figure.partner or None,
        figure.flow,
        value,
        letter,
        leaking,
        value - leaking,
        figure.because,
        figure.source,
    )
