"""How each party stands to a state: what tempts it away, what deters it, and what it refuses to bring about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from detente.concepts import CONCEPTS, ITERATED
from detente.concepts import named as named_concept
from detente.questions.named import named, party_named
from detente.questions.why.answer import (
    Answered,
    Attempt,
    Compared,
    Refusal,
    Reply,
    Stance,
    Stand,
    StateSeen,
    UnderConcept,
)
from detente.questions.why.view import View
from detente.stability.witness import Step, Witness, punished, witness, witness_of_move
from detente.states.moves import own_moves
from detente.states.state_graph import Int32, Int64, StateGraph


def state_seen(view: View, state: int, asked: Sequence[int]) -> StateSeen:
    """Why a state holds or not."""
    graph, case = view.graph, view.case
    everybody = range(len(graph.parties))
    stands = tuple(stand(view, party, state, view.concept(party)) for party in everybody)
    home, margin = int(view.home[state]), _least(graph, stands)
    return StateSeen(
        **named(case.scenario, case.free.graph, home),
        bound=view.bound,
        stage=view.stage,
        holds=all(each.stance != "leaves" for each in stands),
        margin=margin,
        nearest=None if margin is None else next(s.party for s in stands if s.margin == margin),
        stands=tuple(stands[party] for party in asked),
        concepts=tuple(_under(view, state, concept.name, stands) for concept in CONCEPTS),
        refusals=tuple(_refusals(view, state, asked)),
    )


def _least(graph: StateGraph, stands: Sequence[Stand]) -> float | None:
    """The least margin; None where a party is known only by order, or nobody has a move."""
    known = [each.margin for each in stands if each.margin is not None]
    return min(known) if known and all(graph.cardinal) else None


def stand(view: View, party: int, state: int, concept: str) -> Stand:
    """How a party stands to a state: the move that tempts it most, or costs it least, and what comes of it."""
    graph, ahead = view.graph, view.ahead(party)[concept]
    moves = own_moves(graph, party, state)
    if not len(moves):
        return Stand(party_named(graph, party), concept, "no moves", 0, 0, None, None)
    seen = witness(graph, concept, party, state, ahead)
    empty = _empty_threat(view, seen)
    if empty is not None:
        seen = witness_of_move(graph, concept, party, state, empty, ahead)
    if seen.improvement is None:
        ranks = graph.ranks[party, moves]
        seen = witness_of_move(
            graph, concept, party, state, int(moves[np.lexsort((-moves, ahead[moves], ranks))[-1]]), ahead
        )
    stance: Stance = "leaves" if not seen.stable else "deterred" if seen.improvements else "nothing better"
    if empty is not None:
        stance = "empty threat"
    elif seen.stable and _undetermined(view, party, state, concept):
        stance = "undetermined"
    return Stand(
        party=party_named(graph, party),
        concept=concept,
        stance=stance,
        moves=len(moves),
        improvements=seen.improvements,
        margin=_margin(view, party, state, concept),
        attempt=_attempt(view, seen),
    )


def _empty_threat(view: View, seen: Witness) -> int | None:
    """The move from which only a reply deters that nobody would dare; None where a party stays without."""
    if not (seen.stable and seen.improvements and named_concept(seen.concept).replies == "improvements"):
        return None
    moves, ranks = own_moves(view.graph, seen.party, seen.state), view.graph.ranks[seen.party]
    ahead = view.ahead(seen.party)[ITERATED]
    opened = moves[(ahead[moves] > seen.staying) & (ranks[moves] > seen.staying)]
    return int(opened[np.lexsort((-opened, ranks[opened], ahead[opened]))[-1]]) if len(opened) else None


def _undetermined(view: View, party: int, state: int, concept: str) -> bool:
    """Whether a party stays only if what iterated foresight leaves open turns out to be closed."""
    if named_concept(concept).replies != "dared":
        return False
    moves = own_moves(view.graph, party, state)
    return bool((view.promised(party).most[party][moves] > view.graph.ranks[party, state]).any())


def _attempt(view: View, seen: Witness) -> Attempt:
    """A move with what it brings, and the replies that count."""
    graph, party, start = view.graph, seen.party, seen.state
    assert seen.improvement is not None
    assert seen.anticipated is not None
    target = seen.improvement
    end = seen.replies[-1].end if seen.replies else target
    escapes = np.array(seen.escapes, dtype=np.int64)
    escape = int(escapes[np.argmax(graph.ranks[party, escapes])]) if len(escapes) else None
    return Attempt(
        move=view.move(start, target),
        gain=view.gain(party, start, target),
        better=bool(graph.ranks[party, target] > graph.ranks[party, start]),
        parts=view.parts(party, start, target),
        expects=view.expects(party, start, seen.anticipated),
        worthwhile=not seen.stable,
        replies=tuple(_reply(view, seen, step) for step in seen.replies),
        escape=None if escape is None else view.move(end, escape),
    )


def _reply(view: View, seen: Witness, step: Step) -> Reply:
    """A reply with what it brings to both, what its maker expects of it, and why it would not dare it."""
    graph, party, mover = view.graph, seen.party, step.mover
    reply = Reply(
        party=party_named(graph, mover),
        move=view.move(step.start, step.end),
        gain=view.gain(mover, step.start, step.end),
        prefers=_prefers(graph, party, mover, step.start, step.end),
        after=view.gain(party, seen.state, step.end),
        compared=_compared(graph, party, seen.state, step.end),
    )
    if named_concept(seen.concept).replies not in ("improvements", "dared"):
        return reply
    known = (party, mover) not in graph.seen
    least = int(view.promised(party).least[mover][step.end])
    return replace(
        reply,
        expects=view.expects(mover, step.start, least) if known else None,
        punished=tuple(
            Answered(
                party=party_named(graph, answer.mover),
                move=view.move(answer.start, answer.end),
                after=view.gain(mover, step.start, answer.end) if known else None,
            )
            for answer in punished(graph, party, step)
        ),
    )


def _compared(graph: StateGraph, party: int, before: int, after: int) -> Compared:
    rise = int(graph.ranks[party, after]) - int(graph.ranks[party, before])
    return "better" if rise > 0 else "worse" if rise < 0 else "same"


def _prefers(graph: StateGraph, viewer: int, mover: int, start: int, end: int) -> bool:
    ranks = graph.seen.get((viewer, mover), graph.ranks[mover])
    return bool(ranks[end] > ranks[start])


def _under(view: View, state: int, concept: str, known: Sequence[Stand]) -> UnderConcept:
    """Whether the state holds under one concept, and for whom otherwise than under the foresight asked for."""
    parties = range(len(view.graph.parties))
    margins = {party: _margin(view, party, state, concept) for party in parties}
    stays = [_stays(view, party, state, concept) for party in parties]
    firm = [margin for margin in margins.values() if margin is not None]
    return UnderConcept(
        concept=concept,
        holds=all(stays),
        margin=min(firm) if firm and all(view.graph.cardinal) else None,
        leavers=tuple(party_named(view.graph, party) for party in parties if not stays[party]),
        turns=tuple(
            stand(view, party, state, concept)
            for party in parties
            if stays[party] == (known[party].stance == "leaves")
        ),
    )


def _stays(view: View, party: int, state: int, concept: str) -> bool:
    moves = own_moves(view.graph, party, state)
    return bool((view.ahead(party)[concept][moves] <= view.graph.ranks[party, state]).all())


def _margin(view: View, party: int, state: int, concept: str) -> float | None:
    """What a party has at a state less what it expects of its most promising move, in its spans."""
    moves = own_moves(view.graph, party, state)
    if not len(moves):
        return None
    best = view.expects(party, state, int(view.ahead(party)[concept][moves].max()))
    return None if best is None else 0.0 - best


def _refusals(view: View, state: int, asked: Sequence[int]) -> Iterator[Refusal]:
    """Outside the aim: the parties that could bring it about alone, each by its likeliest move there."""
    if view.case.aim is None:
        return
    inside = view.case.outcomes[view.case.aim][view.home]
    if inside[state]:
        return
    for party in asked:
        moves = own_moves(view.graph, party, state)
        moves = moves[inside[moves]]
        if len(moves):
            concept = view.concept(party)
            ahead = view.ahead(party)[concept]
            best = _likeliest(view.graph.ranks[party], ahead, state, moves)
            seen = witness_of_move(view.graph, concept, party, state, best, ahead)
            yield Refusal(party_named(view.graph, party), concept, _attempt(view, seen))


def _likeliest(ranks: Int32, ahead: Int32, state: int, moves: Int64) -> int:
    """The move that a party would make first: an open one that it expects most of, else the least costly.

    Of moves that cost the same it is the one that it expects more of.
    """
    opened = ahead[moves] > ranks[state]
    first = np.where(opened, ahead[moves], -1)
    return int(moves[np.lexsort((-moves, ahead[moves], ranks[moves], first))[-1]])
