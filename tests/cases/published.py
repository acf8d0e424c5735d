"""Built-in crises as their authors number them: state numbers, orders, stable states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np

from detente.scenario.load import load
from detente.scenario.model import Scenario
from detente.stability.sim import simultaneous
from detente.stability.table import Stability, stability
from detente.states.compile import compile_graph
from detente.states.state_graph import StateGraph

ROOT = Path(__file__).resolve().parents[2]
BUILT_IN = sorted((ROOT / "src" / "detente" / "scenarios").glob("*.yaml"))
SHARED_CASES = ROOT / ".." / "shared" / "cases"

Groups = list[int | list[int]]


@cache
def scenario(name: str) -> Scenario:
    return load(ROOT / "src" / "detente" / "scenarios" / f"{name}.yaml")


@cache
def graph(name: str) -> StateGraph:
    return compile_graph(scenario(name))


@cache
def table(name: str) -> Stability:
    return stability(graph(name))


def numbers(states: Iterable[bool]) -> list[int]:
    """Public numbers of the states that are marked."""
    return (np.flatnonzero(np.array(states)) + 1).tolist()


def equilibria(name: str, concept: str) -> list[int]:
    return numbers(table(name).equilibria(concept))


def stable(name: str, concept: str, party: str) -> list[int]:
    return numbers(table(name).stable(concept)[graph(name).parties.index(party)])


@cache
def sim_table(name: str) -> np.ndarray:
    """Bool[party, state]: simultaneous stability."""
    return simultaneous(graph(name))


def sim_stable(name: str, party: str) -> list[int]:
    return numbers(sim_table(name)[graph(name).parties.index(party)])


def sim_equilibria(name: str) -> list[int]:
    return numbers(sim_table(name).all(axis=0))


def seq_or_sim_equilibria(name: str) -> list[int]:
    """Stable for every party under SEQ or SIM: the stability of Fraser and Hipel."""
    return numbers((table(name).stable("seq") | sim_table(name)).all(axis=0))


def order(name: str, party: str) -> Groups:
    """States best first; ties as a list."""
    ranks = graph(name).ranks[graph(name).parties.index(party)]
    groups: Groups = []
    for rank in sorted(set(ranks.tolist()), reverse=True):
        group = numbers(ranks == rank)
        groups.append(group[0] if len(group) == 1 else group)
    return groups


def improvements(name: str, party: str, state: int) -> list[int]:
    """States, by number, that the party reaches alone and prefers; moves follow each option's direction."""
    model = graph(name)
    index = model.parties.index(party)
    return [
        other + 1
        for other in range(model.states)
        if model.ranks[index, other] > model.ranks[index, state - 1]
        and _moves(model, {index}, state - 1, other)
    ]


def joint_improvements(name: str, members: Iterable[str], state: int) -> list[int]:
    """States, by number, that the members reach in one joint change and all prefer."""
    model = graph(name)
    indices = {model.parties.index(member) for member in members}
    return [
        other + 1
        for other in range(model.states)
        if all(model.ranks[index, other] > model.ranks[index, state - 1] for index in indices)
        and _moves(model, indices, state - 1, other)
    ]


def _moves(model: StateGraph, members: set[int], before: int, after: int) -> bool:
    for axis, old, new in zip(model.axes, model.levels(before), model.levels(after), strict=True):
        if old != new and (axis.owner not in members or axis.moves == ("down" if new > old else "up")):
            return False
    return before != after


def with_rankings(model: StateGraph, rankings: dict[str, list[tuple[int, ...]]]) -> StateGraph:
    """The same crisis with other rankings (groups of state numbers, best first) for some parties."""
    ranks = model.ranks.copy()
    for party, groups in rankings.items():
        for place, group in enumerate(reversed(groups)):
            ranks[model.parties.index(party), [state - 1 for state in group]] = place
    return replace(model, ranks=ranks, payoffs=ranks.astype(np.int64))


def inverse_counts(name: str, vary: dict[str, int]) -> dict[str, list[int]]:
    """How many rankings make each state an equilibrium, per concept.

    `vary` gives each varied party and how many of the first places of its order are permuted.
    """
    model = graph(name)
    counts = {concept: np.zeros(model.states, int) for concept in ("nash", "gmr", "smr", "seq")}
    for rankings in _profiles(name, list(vary.items())):
        found = stability(with_rankings(model, rankings), threads=1)
        for concept, count in counts.items():
            count += found.equilibria(concept)
    return {concept: count.tolist() for concept, count in counts.items()}


def _profiles(name: str, vary: list[tuple[str, int]]) -> Iterable[dict[str, list[tuple[int, ...]]]]:
    if not vary:
        yield {}
        return
    (party, places), rest = vary[0], vary[1:]
    base = [state for group in order(name, party) for state in ([group] if isinstance(group, int) else group)]
    for first in permutations(base[:places]):
        for others in _profiles(name, rest):
            yield {party: [(state,) for state in (*first, *base[places:])], **others}
