"""What is in this scenario?"""

from __future__ import annotations

from detente.answers.answer import common, ratification
from detente.play.shocks import NOWHERE, Shock, shocks
from detente.questions.overview.answer import (
    AttitudeSeen,
    ClaimsSeen,
    FindingSeen,
    InterestSeen,
    OptionSeen,
    OutcomeSeen,
    Overview,
    PartySeen,
    PlanSeen,
    PressureSeen,
    ShockSeen,
    StatusQuo,
    StrategySeen,
    TableSeen,
    VenueSeen,
)
from detente.scenario.expression import to_text
from detente.scenario.model import (
    Cardinal,
    Interest,
    LevelScale,
    Option,
    Preference,
    Pressure,
    Ranking,
    Scenario,
    Statements,
)
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.names import labels, status_quo
from detente.states.state_graph import StateGraph


def overview(scenario: Scenario) -> Overview:
    """What a crisis consists of, and how large it is as a model.

    Nothing is judged: the parties with what they can do and what they want, how they take each other, where
    things stand, and what has a name (outcomes, tables, strategies).

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Overview

    Raises
    ------
    TooLargeError
        When the scenario has more states than are admitted.
    """
    graph = compile_graph(scenario)
    return Overview(
        **common(scenario, graph.states),
        about=scenario.about,
        aim=scenario.aim,
        combinations=graph.combinations,
        status_quo=_status_quo(scenario, graph),
        preferences=tuple(
            _party(party.id, preference)
            for party, preference in zip(scenario.parties, scenario.preferences, strict=True)
        ),
        option_details=tuple(
            _option(option, level) for option, level in zip(scenario.options, scenario.status_quo, strict=True)
        ),
        attitudes=tuple(AttitudeSeen(a.holder, a.other, a.value.central) for a in scenario.attitudes),
        outcomes=tuple(
            OutcomeSeen(o.id, to_text(o.where), int(condition(scenario, graph, o.where).sum()))
            for o in scenario.outcomes
        ),
        tables=tuple(TableSeen(t.id, t.title, t.members, t.binding, ratification(t)) for t in scenario.tables),
        strategies=tuple(StrategySeen(s.id, s.title, s.sponsors, len(s.stages)) for s in scenario.strategies),
        pressures=tuple(_pressure(pressure) for pressure in scenario.pressures),
        venues=tuple(VenueSeen(v.id, v.title, v.host, v.guarantors) for v in scenario.venues),
        shocks=tuple(_shock(shock, status_quo(scenario, graph)) for shock in shocks(scenario, graph)),
        plans=tuple(PlanSeen(p.id, p.title, to_text(p.after), dict(p.do)) for p in scenario.plans),
        claims=_claims(scenario),
        observed=tuple(seen.date for seen in scenario.observed),
        forecasts={asked.id: asked.resolved for asked in scenario.forecasts},
        findings=tuple(FindingSeen(finding.text, finding.evidence) for finding in scenario.findings),
        sources=len(scenario.sources),
    )


def _status_quo(scenario: Scenario, graph: StateGraph) -> StatusQuo:
    state = status_quo(scenario, graph)
    return StatusQuo(state + 1, scenario.status_quo, labels(scenario, graph, state))


def _option(option: Option, level: str) -> OptionSeen:
    return OptionSeen(option.id, option.owner, option.levels, option.moves, level)


def _party(party: str, preference: Preference) -> PartySeen:
    match preference:
        case Cardinal(interests):
            total = sum(interest.weight.central for interest in interests) or 1.0
            seen = tuple(_interest(interest, total) for interest in interests)
            return PartySeen(party, "interests", tuple(sorted(seen, key=lambda s: -s.weight)), ())
        case Statements(statements):
            return PartySeen(party, "statements", (), tuple(to_text(line.where) for line in statements))
        case Ranking():
            return PartySeen(party, "ranking", (), ())


def _interest(interest: Interest, total: float) -> InterestSeen:
    quantity = interest.quantity
    said = quantity.option if isinstance(quantity, LevelScale) else to_text(quantity)
    weight = interest.weight.central
    return InterestSeen(interest.sense, interest.name or said, weight, weight / total)


def _shock(shock: Shock, state: int) -> ShockSeen:
    possible = shock.hazard is not None and shock.leads[state] != NOWHERE
    return ShockSeen(shock.id, shock.title, shock.natural, float(shock.chance[state]) if possible else None)


def _claims(scenario: Scenario) -> tuple[ClaimsSeen, ...]:
    """Claims by the document that makes them, in the order of the file; a source is `DOCUMENT pN`."""
    by_document: dict[str, list[bool]] = {}
    for claim in scenario.claims:
        document = claim.source[0].partition(" ")[0] if claim.source else ""
        by_document.setdefault(document, []).append(bool(claim.test))
    return tuple(ClaimsSeen(document, len(tests), sum(tests)) for document, tests in by_document.items())


def _pressure(pressure: Pressure) -> PressureSeen:
    partners: dict[str, float] = {}
    for channel in pressure.channels:
        partners[channel.partner] = partners.get(channel.partner, 0.0) + channel.value.central
    return PressureSeen(
        pressure.target, pressure.unit, len(pressure.channels), sum(partners.values()), partners
    )
