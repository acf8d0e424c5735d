"""Durability, word for word from the definitions: loops over all states, a dense matrix, plain simulation."""

from __future__ import annotations

import math

import numpy as np

from detente.play.chain import Conduct
from detente.play.stages import Lapse
from detente.states.state_graph import StateGraph
from oracles.chains import Chain, absorbed, set_levels
from oracles.stability import Oracle


class Keeping:
    """One round from every state inside: `(state or None, cause, chance)`.

    Causes are the parties, then the shocks, then the commitments that are dropped.
    """

    def __init__(
        self,
        graph: StateGraph,
        conduct: Conduct,
        inside: set[int],
        hazards: list[list[float]],
        lapses: tuple[Lapse, ...] = (),
    ) -> None:
        self.graph, self.conduct, self.inside, self.hazards = graph, conduct, inside, hazards
        self.oracle = Oracle(graph)
        self.parties = range(len(graph.parties))
        self.lapses = lapses

    def value(self, party: int, state: int) -> float:
        return self.oracle.anticipated(self.conduct.foresight[party], party, state) / float(
            self.graph.spans[party]
        )

    def best(self, party: int, state: int, within: bool) -> list[int]:
        moves = [t for t in self.oracle.moves[party][state] if (t in self.inside) == within]
        values = {t: self.oracle.anticipated(self.conduct.foresight[party], party, t) for t in moves}
        return [t for t in moves if values[t] == max(values.values())]

    def round(self, state: int) -> list[tuple[int | None, int, float]]:
        steps: list[tuple[int | None, int, float]] = []
        falls = [self.fall(lapse, state) for lapse in self.lapses]
        odds = [shock[state] for shock in self.hazards]
        odds += [0.0 if to is None else lapse.chance for lapse, to in zip(self.lapses, falls, strict=True)]
        calm = math.prod(1 - chance for chance in odds)
        rates = [math.inf if chance == 1 else -math.log(1 - chance) for chance in odds]
        for k, rate in enumerate(rates):
            if math.inf in rates:
                share = (rate == math.inf) / rates.count(math.inf)
            else:
                share = rate / sum(rates) if sum(rates) else 0.0
            to = falls[k - len(self.hazards)] if k >= len(self.hazards) else None
            steps.append((to if to in self.inside else None, len(self.parties) + k, (1 - calm) * share))
        movable = {axis.owner for axis in self.graph.axes if axis.size > 1 and axis.moves != "fixed"}
        takes_turns = [weight * (party in movable) for party, weight in enumerate(self.conduct.initiative)]
        total = sum(takes_turns)
        if total == 0:
            return [*steps, (state, -1, calm)]
        for party in self.parties:
            drawn = calm * takes_turns[party] / total
            steps += [(to, who, drawn * chance) for to, who, chance in self.choice(party, state)]
        return steps

    def fall(self, lapse: Lapse, state: int) -> int | None:
        """Where a commitment that stands is dropped to; None where it does not stand or cannot go back."""
        levels = self.graph.levels(state)
        if levels[lapse.axis] != lapse.level:
            return None
        to = set_levels(self.graph, state, {lapse.axis: lapse.back})
        return None if to == state else to

    def choice(self, party: int, state: int) -> list[tuple[int | None, int, float]]:
        kappa = self.conduct.composure[party]
        here = self.oracle.payoff(party, state) / float(self.graph.spans[party])
        inner, outer = self.best(party, state, True), self.best(party, state, False)
        weights = {"stay": math.exp(kappa * here)}
        if inner:
            weights["in"] = math.exp(kappa * self.value(party, inner[0]))
        if outer:
            weights["out"] = math.exp(kappa * self.value(party, outer[0]))
        total = sum(weights.values())
        found: list[tuple[int | None, int, float]] = [(state, -1, weights["stay"] / total)]
        found += [(t, -1, weights["in"] / total / len(inner)) for t in inner]
        if outer:
            found.append((None, party, weights["out"] / total))
        return found

    def matrix(self) -> tuple[list[int], np.ndarray, np.ndarray]:
        """The states inside, the chances among them, and of leaving by each cause."""
        states = sorted(self.inside)
        among = np.zeros((len(states), len(states)))
        exits = np.zeros((len(states), len(self.parties) + len(self.hazards) + len(self.lapses)))
        for row, state in enumerate(states):
            for to, cause, chance in self.round(state):
                if to is None:
                    exits[row, cause] += chance
                else:
                    among[row, states.index(to)] += chance
        return states, among, exits

    def simulate(self, state: int, rng: np.random.Generator, longest: int = 100_000) -> tuple[int, int]:
        """One play: the round in which it is left, and by which cause."""
        for time in range(1, longest):
            steps = self.round(state)
            chances = np.array([chance for _, _, chance in steps])
            to, cause, _ = steps[rng.choice(len(steps), p=chances / chances.sum())]
            if to is None:
                return time, cause
            state = to
        return longest, -1


def least_discount(graph: StateGraph, conduct: Conduct, state: int, party: int, lag: int) -> float | None:
    """0, a discount factor, or None; the definition with loops and the dense chain over all states."""
    chain = Chain(graph, conduct)
    pay = [chain.oracle.payoff(party, s) for s in range(graph.states)]
    moves = chain.oracle.moves[party][state]
    gain = max((pay[t] - pay[state] for t in moves), default=0)
    if gain <= 0:
        return 0.0
    classes, chances = absorbed(chain.matrix())
    needed: list[float | None] = []
    for move in (t for t in moves if pay[t] - pay[state] == gain):
        ends = [
            next(iter(members))
            for members, chance in zip(classes, chances[move], strict=True)
            if chance > 1e-12 and len(members) == 1
        ]
        ends = [end for end in ends if not any(chain.open(p, end) for p in chain.parties)]
        loss = pay[state] - min((pay[end] for end in ends), default=pay[state])
        needed.append(None if loss <= 0 else (gain / (gain + loss)) ** (1 / lag))
    return None if None in needed else max(n for n in needed if n is not None)
