"""Exits word for word: play over pairs of a state and the table that agreed on it, in dense matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.stages import Stage
from detente.states.state_graph import StateGraph
from oracles.chains import Chain, classes, set_levels, sub_graph

Maker = tuple[str, tuple[int, ...]] | None  # the table whose agreement stands
Stands = dict[tuple[int, Maker], float]
Seen = dict[tuple[int, str, int, int, int | None], float]  # party, table, from, to, stage (None: after): chance

ROUNDS = 60  # doublings of the number of rounds


@dataclass
class Round:
    """A stage over pairs (state, maker): who moves where; states are those of the whole graph."""

    nodes: list[tuple[int, Maker]]
    moves: list[tuple[int, int, int, float]]  # node, node, mover, chance
    closed: list[set[int]]


def exits_literally(graph: StateGraph, stages: list[Stage], after: Stage, start: int) -> Seen:
    """The probability of every exit in every stage, and in one more with nobody bound."""
    found: Seen = {}
    play: Stands = {(start, None): 1.0}
    over: Stands = {}
    makers: set[Maker] = {None, *((table.id, table.members) for stage in stages for table in stage.tables)}
    for index, stage in enumerate(stages):
        last = index == len(stages) - 1
        entered, blocked = _enter(graph, play, stage)
        _add_all(over, blocked)
        turn = _round(graph, stage, makers)
        found |= _made(turn, entered, len(graph.parties), index)
        play = {}
        for (state, maker), mass in _long_run(turn, entered).items():
            (members,) = [members for members in turn.closed if state in members]
            missed = stage.require and stage.until is not None and not all(stage.until[k] for k in members)
            _add_all(over if last or missed else play, {(state, maker): mass})
    turn = _round(graph, after, makers)
    return found | _made(turn, over, len(graph.parties), None)


def _enter(graph: StateGraph, play: Stands, stage: Stage) -> tuple[Stands, Stands]:
    """Set the commitments: what changes a state ends what was agreed there."""
    entered: Stands = {}
    blocked: Stands = {}
    for (state, maker), mass in play.items():
        begun = set_levels(graph, state, dict(stage.fixed))
        if begun is None:
            _add_all(blocked, {(state, maker): mass})
        else:
            _add_all(entered, {(begun, maker if begun == state else None): mass})
    return entered, blocked


def _round(graph: StateGraph, stage: Stage, makers: set[Maker]) -> Round:
    small, states = sub_graph(graph, dict(stage.fixed))
    until = set() if stage.until is None else set(np.flatnonzero(stage.until).tolist())
    chain = Chain(small, stage.conduct, stage.tables, {k for k, state in enumerate(states) if state in until})
    nodes = [(state, maker) for state in states for maker in makers]
    number = {node: k for k, node in enumerate(nodes)}
    moves = []
    for k, state in enumerate(states):
        for who, target, chance in chain.moves(k):
            table = stage.tables[who - len(graph.parties)] if who >= len(graph.parties) else None
            made = None if table is None else (table.id, table.members)
            goal = number[states[target], made]
            moves += [(number[state, maker], goal, who, chance) for maker in makers if chance > 0]
    closed = [{states[k] for k in members} for members in classes(chain.matrix())]
    return Round(nodes, moves, closed)


def _made(turn: Round, entered: Stands, parties: int, stage: int | None) -> Seen:
    """For every exit the probability that it is ever made: the move leads to a node of no return instead."""
    found: Seen = {}
    begun = _vector(turn, entered)
    met = _ever(_matrix(turn), begun)
    for here, goal, who, chance in turn.moves:
        state, maker = turn.nodes[here]
        if maker is None or who >= parties or who in maker[1] or not met[here]:
            continue
        matrix = np.pad(_matrix(turn), (0, 1))
        matrix[-1, -1] = 1.0
        matrix[here, goal] -= chance
        matrix[here, -1] += chance
        key = (who, maker[0], state, turn.nodes[goal][0], stage)
        found[key] = found.get(key, 0.0) + float(_forever(matrix, np.append(begun, 0.0))[-1])
    return found


def _long_run(turn: Round, entered: Stands) -> Stands:
    """Where play stands in the long run; half of the rounds are skipped, so that nothing only alternates."""
    mass = _forever((np.eye(len(turn.nodes)) + _matrix(turn)) / 2, _vector(turn, entered))
    return {turn.nodes[k]: float(mass[k]) for k in np.flatnonzero(mass > 1e-13)}


def _matrix(turn: Round) -> np.ndarray:
    matrix = np.zeros((len(turn.nodes), len(turn.nodes)))
    for here, goal, _, chance in turn.moves:
        matrix[here, goal] += chance
    for k in np.flatnonzero(~matrix.any(axis=1)):
        matrix[k, k] = 1.0
    return matrix


def _forever(matrix: np.ndarray, begun: np.ndarray) -> np.ndarray:
    power = matrix.astype(float)
    for _ in range(ROUNDS):
        power = power @ power
        power /= power.sum(axis=1, keepdims=True)
    return begun @ power


def _ever(matrix: np.ndarray, begun: np.ndarray) -> np.ndarray:
    """Nodes that play can come to."""
    met = begun > 0
    for _ in range(len(matrix)):
        met = met | (met.astype(float) @ matrix > 0)
    return met


def _vector(turn: Round, entered: Stands) -> np.ndarray:
    vector = np.zeros(len(turn.nodes))
    for node, mass in entered.items():
        vector[turn.nodes.index(node)] += mass
    return vector


def _add_all(where: Stands, more: Stands) -> None:
    for node, mass in more.items():
        where[node] = where.get(node, 0.0) + mass
