"""What happens, word for word from the definitions: sets, loops and dense matrices, for small graphs only."""

from __future__ import annotations

from dataclasses import replace
from math import prod

import numpy as np

from detente.play.chain import Conduct
from detente.play.stages import Stage
from detente.play.table_deals import Table
from detente.states.state_graph import StateGraph
from oracles.stability import Oracle, joint_moves

Where = dict[int, float]


class Chain:
    """The chain over all states of a graph: who moves where, with which chance."""

    def __init__(
        self,
        graph: StateGraph,
        conduct: Conduct,
        tables: tuple[Table, ...] = (),
        stays: set[int] | None = None,
    ) -> None:
        self.graph, self.conduct, self.tables, self.stays = graph, conduct, tables, stays or set()
        self.oracle = Oracle(graph)
        self.parties = range(len(graph.parties))
        self.ahead = [
            [self.oracle.anticipated(conduct.foresight[p], p, s) for s in range(graph.states)]
            for p in self.parties
        ]

    def open(self, party: int, state: int) -> set[int]:
        """A move is open when its anticipated value exceeds what the party has."""
        here = self.oracle.payoff(party, state)
        return {t for t in self.oracle.moves[party][state] if self.ahead[party][t] > here}

    def party_choice(self, party: int, state: int) -> Where:
        moves = sorted(self.open(party, state))
        if self.conduct.choice == "best" and moves:
            highest = max(self.ahead[party][t] for t in moves)
            moves = [t for t in moves if self.ahead[party][t] == highest]
            highest = max(self.oracle.payoff(party, t) for t in moves)
            moves = [t for t in moves if self.oracle.payoff(party, t) == highest]
        if self.conduct.choice == "noisy":
            kappa = self.conduct.composure[party]
            span = float(self.graph.spans[party])
            weights = [
                np.exp(kappa * (self.ahead[party][t] - self.oracle.payoff(party, state)) / span) for t in moves
            ]
            return {t: w / sum(weights) for t, w in zip(moves, weights, strict=True)}
        return {t: 1 / len(moves) for t in moves}

    def table_choice(self, table: Table, state: int) -> Where:
        products: Where = {}
        rounding: Where = {}  # payoffs of a scenario are rounded to 1e-9, and so are gains
        for t in joint_moves(self.graph, set(table.members), state):
            gains = {p: self.oracle.payoff(p, t) - self.oracle.payoff(p, state) for p in table.members}
            changers = [p for p in table.members if self.changes(p, state, t)]
            if any(gains[p] <= 0 for p in changers) or any(gain < 0 for gain in gains.values()):
                continue
            if not table.binding and any(self.open(p, t) for p in table.members):
                continue
            products[t] = prod(gains[p] * self.graph.grid for p in changers)
            rounding[t] = products[t] * sum(1e-9 / (gains[p] * self.graph.grid) for p in changers)
        largest = max(products, key=lambda t: products[t], default=state)
        best = [t for t in products if products[t] >= products[largest] - rounding[t] - rounding[largest]]
        return {t: 1 / len(best) for t in best}

    def changes(self, party: int, before: int, after: int) -> bool:
        levels = zip(self.graph.axes, self.oracle.levels[before], self.oracle.levels[after], strict=True)
        return any(axis.owner == party and old != new for axis, old, new in levels)

    def moves(self, state: int) -> list[tuple[int, int, float]]:
        """(mover, target, chance) of one round; mover = number of parties + k for the k-th table.

        What a table agrees on and is not ratified leaves play where it stands; where it never would be, nobody
        sits down.
        """
        if state in self.stays:
            return []
        choices = [self.party_choice(party, state) for party in self.parties]
        choices += [self.table_choice(table, state) if table.ratified > 0 else {} for table in self.tables]
        weights = [*self.conduct.initiative, *(table.initiative for table in self.tables)]
        total = sum(weight for weight, choice in zip(weights, choices, strict=True) if choice)
        ratified = [1.0] * len(self.parties) + [table.ratified for table in self.tables]
        found = []
        for who, (weight, choice) in enumerate(zip(weights, choices, strict=True)):
            for t, chance in choice.items() if weight > 0 else ():
                found.append((who, t, weight / total * chance * ratified[who]))
                if ratified[who] < 1:
                    found.append((who, state, weight / total * chance * (1 - ratified[who])))
        return found

    def matrix(self) -> np.ndarray:
        """One round, over all states; a state without moves keeps its mass."""
        matrix = np.zeros((self.graph.states, self.graph.states))
        for state in range(self.graph.states):
            for _, target, chance in self.moves(state):
                matrix[state, target] += chance
            if not matrix[state].any():
                matrix[state, state] = 1.0
        return matrix


def classes(matrix: np.ndarray) -> list[set[int]]:
    """Closed classes: sets of states that reach each other and nothing else."""
    size = len(matrix)
    reach = np.eye(size, dtype=bool) | (matrix > 0)
    for _ in range(size.bit_length()):
        reach = (reach.astype(int) @ reach.astype(int)) > 0
    found = []
    for state in range(size):
        members = set(np.flatnonzero(reach[state]))
        if all(reach[other, state] for other in members) and members not in found:
            found.append(members)
    return found


def absorbed(matrix: np.ndarray) -> tuple[list[set[int]], np.ndarray]:
    """Closed classes and, from every state, the probability to end in each."""
    found = classes(matrix)
    closed = sorted(set().union(*found))
    left = [state for state in range(len(matrix)) if state not in closed]
    chances = np.zeros((len(matrix), len(found)))
    for k, members in enumerate(found):
        chances[sorted(members), k] = 1.0
    if left:
        inner = np.eye(len(left)) - matrix[np.ix_(left, left)]
        chances[left] = np.linalg.solve(inner, matrix[left] @ chances)
    return found, chances


def long_run(matrix: np.ndarray, members: set[int]) -> Where:
    """Stationary shares of a closed class."""
    states = sorted(members)
    inner = matrix[np.ix_(states, states)]
    system = np.vstack([inner.T - np.eye(len(states)), np.ones(len(states))])
    shares = np.linalg.lstsq(system, np.append(np.zeros(len(states)), 1.0), rcond=None)[0]
    return dict(zip(states, shares.tolist(), strict=True))


def simulate(chain: Chain, start: int, rounds: int, rng: np.random.Generator) -> int:
    """One play: the state in which it stands after so many rounds."""
    state = start
    for _ in range(rounds):
        moves = chain.moves(state)
        if not moves:
            return state
        chances = np.array([chance for _, _, chance in moves])
        state = moves[rng.choice(len(moves), p=chances / chances.sum())][1]
    return state


def sub_graph(graph: StateGraph, fixed: dict[int, int]) -> tuple[StateGraph, list[int]]:
    """States with axes at given levels; nobody may move these axes. Ranks keep their values."""
    states = [
        s for s in range(graph.states) if all(graph.levels(s)[axis] == level for axis, level in fixed.items())
    ]
    axes = tuple(replace(axis, moves="fixed") if k in fixed else axis for k, axis in enumerate(graph.axes))
    return (
        replace(
            graph,
            axes=axes,
            codes=graph.codes[states].copy(),
            ranks=graph.ranks[:, states].copy(),
            payoffs=graph.payoffs[:, states].copy(),
            seen={pair: row[states].copy() for pair, row in graph.seen.items()},
        ),
        states,
    )


Ends = dict[
    tuple[str, frozenset[int]], float
]  # ("rest" | "cycle" | "blocked", states of the whole graph): chance


def play_literally(graph: StateGraph, stages: list[Stage], start: Where) -> Ends:
    """Stage after stage over all states, as the model says it; the engine's stages are read as data."""
    ends: Ends = {}
    for index, stage in enumerate(stages):
        last = index == len(stages) - 1
        small, states = sub_graph(graph, dict(stage.fixed))
        until = set() if stage.until is None else set(np.flatnonzero(stage.until).tolist())
        stays = {k for k, state in enumerate(states) if state in until}
        matrix = Chain(small, stage.conduct, stage.tables, stays).matrix()
        found, chances = absorbed(matrix)
        onward: Where = {}
        for state, mass in start.items():
            begun = set_levels(graph, state, dict(stage.fixed))
            if begun is None:
                _add(ends, ("blocked", frozenset([state])), mass)
                continue
            for members, chance in zip(found, chances[states.index(begun)], strict=True):
                home = frozenset(states[k] for k in members)
                missed = stage.require and stage.until is not None and not home <= until
                if last or missed:
                    _add(ends, ("rest" if len(home) == 1 else "cycle", home), mass * chance)
                else:
                    for k, share in long_run(matrix, members).items():
                        _add(onward, states[k], mass * chance * share)
        start = {state: mass for state, mass in onward.items() if mass > 0}
    return ends


def set_levels(graph: StateGraph, state: int, fixed: dict[int, int]) -> int | None:
    """The state after the commitments; None where that is infeasible or turns a one-way option back."""
    levels = list(graph.levels(state))
    for axis, level in fixed.items():
        moves = graph.axes[axis].moves
        if level > levels[axis] and moves not in ("both", "up"):
            return None
        if level < levels[axis] and moves not in ("both", "down"):
            return None
        levels[axis] = level
    return graph.find(tuple(levels))


def success(ends: Ends, inside: set[int]) -> float:
    """Resting inside, plus cycles wholly inside."""
    return sum(mass for (_, states), mass in ends.items() if states <= inside)


def _add(where: dict, key: object, mass: float) -> None:
    if mass > 0:
        where[key] = where.get(key, 0.0) + mass
