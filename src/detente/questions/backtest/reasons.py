"""What spoke against a move that was made all the same, and which weight would have to be otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from math import log

from detente.answers.vocabulary import Part
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case
from detente.questions.backtest.answer import AnswerFeared, MoveJudged, MoveMade, WeightNeeded
from detente.questions.named import moved, party_named, terms
from detente.stability.witness import witness_of_move

SHOWN = 3


def made(case: Case, cached: CachedGraph, judged: MoveJudged, party: int, state: int, target: int) -> MoveMade:
    """A move that was made, with what spoke against it where it was closed to its mover."""
    known = {field.name: getattr(judged, field.name) for field in fields(judged)}
    if judged.open:
        return MoveMade(**known, answers=(), parts=(), weights=())
    concept = case.conduct.foresight[party]
    values = cached.outlook.row(party, concept)
    seen = witness_of_move(cached.graph, concept, party, state, target, values, worst=True)
    end = seen.replies[-1].end if seen.replies else target
    ranks = cached.graph.ranks[party]
    end = max((end, *seen.escapes), key=lambda place: int(ranks[place]))
    home = cached.home
    parts: tuple[Part, ...] = ()
    if cached.graph.cardinal[party]:
        parts = terms(case.scenario, case.free.graph, party, int(home[state]), int(home[end]))
    answers = (
        AnswerFeared(
            party_named(cached.graph, step.mover), moved(case, int(home[step.start]), int(home[step.end]))
        )
        for step in seen.replies
    )
    return MoveMade(**known, answers=tuple(answers), parts=parts, weights=needed(parts))


def needed(parts: Sequence[Part]) -> tuple[WeightNeeded, ...]:
    """By which factor the weight of one interest alone would bring a sum that is a loss to nought.

    A part a of a sum −m: times 1 + m / a, where that is not negative. The least change of scale comes first.
    """
    loss = -sum(part.amount for part in parts)
    found = []
    for part in parts:
        factor = 1.0 + loss / part.amount
        if part.kind == "interest" and factor > 0:
            found.append(WeightNeeded(part.name, factor))
    return tuple(sorted(found, key=lambda one: abs(log(one.factor))))[:SHOWN]
