"""Changes to a crisis by name: which kinds are open, what they cost, and the state they are made for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.answers.answer import finite
from detente.questions.fix.answer import StepSeen, TargetSeen
from detente.questions.fix.edits import Edit, Kind
from detente.questions.fix.side_payments import shortfalls
from detente.questions.fix.state_trial import Effect
from detente.questions.named import named
from detente.scenario.model import Scenario
from detente.states.state_graph import StateGraph

LISTED = 5  # single changes of a kind that are listed
Status = Literal["needless", "absent", "refused"]


def beforehand(scenario: Scenario, graph: StateGraph, kind: Kind, works: bool) -> Status | None:
    """Why a kind of change needs no search; None where it does."""
    if kind != "commitment" and not all(graph.cardinal):
        return "refused"
    if (kind == "view" and not scenario.views) or (kind == "channel" and not scenario.pressures):
        return "absent"
    if (kind == "venue" and not scenario.venues) or (kind == "attitude" and len(scenario.parties) < 2):
        return "absent"
    return "needless" if works else None


def unit_costs(scenario: Scenario) -> dict[str, float]:
    """What a change of each kind costs per unit of its size, where the scenario says so."""
    return {kind: number.central for kind, number in scenario.costs}


def step_seen(edit: Edit, state: int | None = None) -> StepSeen:
    """One change; a promise is kept at the state it names, or else at the one given."""
    sized = edit.kind in ("promise", "attitude")
    kept = (edit.at or state) if edit.kind == "promise" else None
    return StepSeen(
        edit.kind, edit.party, edit.other, edit.what, edit.level, edit.amount if sized else None, kept
    )


def cost_of(edits: Sequence[Edit], costs: dict[str, float]) -> float | None:
    """What changes cost together; None where some kind has no cost."""
    if not costs or any(edit.kind not in costs for edit in edits):
        return None
    return sum(costs[edit.kind] * edit.size for edit in edits)


def target_seen(scenario: Scenario, graph: StateGraph, state: int, effect: Effect) -> TargetSeen:
    """The state that changes are made for, and how firmly each party keeps it."""
    margins = dict(zip(graph.parties, effect.margins.tolist(), strict=True))
    return TargetSeen(
        **named(scenario, graph, state),
        stable=tuple(party for party, holds in zip(graph.parties, effect.stable, strict=True) if holds),
        margins={party: finite(margin) for party, margin in margins.items()},
        margin=finite(effect.margin),
        shortfall=finite(shortfalls(effect.margins).sum()) if all(graph.cardinal) else None,
    )
