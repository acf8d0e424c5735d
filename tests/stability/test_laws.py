"""Laws that hold whatever the crisis: inclusions, and that names, order and scale of ranks do not matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.concepts import CONCEPTS, named
from detente.errors import UnknownNameError
from detente.stability import iterated
from detente.stability.anticipate import anticipated
from detente.stability.closure import closures, grid
from detente.stability.table import stability
from detente.states.state_graph import StateGraph
from oracles.random_graphs import level_table, random_graph

INCLUDED = [
    ("nash", "smr"),
    ("smr", "gmr"),
    ("nash", "sseq"),
    ("sseq", "seq"),
    ("seq", "gmr"),
    ("sseq", "smr"),
    ("nash", "iseq"),
    ("iseq", "seq"),
]


def graphs(seed: int, count: int, **wishes: object) -> list[StateGraph]:
    return [random_graph(np.random.default_rng([seed, number]), **wishes) for number in range(count)]


def test_stronger_concepts_are_included_in_weaker_ones():
    for graph in graphs(21, 500):
        table = stability(graph)
        for stronger, weaker in INCLUDED:
            assert not np.any(table.stable(stronger) & ~table.stable(weaker)), (stronger, weaker)
            assert not np.any(table.equilibria(stronger) & ~table.equilibria(weaker))


def test_margins_are_non_negative_exactly_where_a_state_is_stable():
    for graph in graphs(22, 300, ordinal=False):
        table = stability(graph, per_party=True)
        for row, concept in enumerate(CONCEPTS):
            assert np.array_equal(table.margins[row] >= 0, table.stable(concept.name))
            assert np.array_equal(table.margin[row] >= 0, table.equilibria(concept.name))


def test_the_random_crises_tell_all_concepts_apart():
    stable = {concept.name: 0 for concept in CONCEPTS}
    differ = {(a, b): 0 for a in stable for b in stable if a != b}
    for graph in graphs(23, 300):
        table = {name: stability(graph).stable(name) for name in stable}
        for name, cells in table.items():
            stable[name] += int(np.count_nonzero(cells))
        for a, b in differ:
            differ[a, b] += int(np.count_nonzero(table[a] & ~table[b]))
    assert len(set(stable.values())) == len(CONCEPTS)
    for (a, b), cells in differ.items():
        implied = (a, b) in {*INCLUDED, ("nash", "seq"), ("nash", "gmr"), ("sseq", "gmr"), ("iseq", "gmr")}
        assert (cells > 0) != implied, (a, b)


def test_reordering_parties_and_options_changes_nothing():
    for number, graph in enumerate(graphs(24, 200)):
        rng = np.random.default_rng(number)
        other, parties, states = shuffled(rng, graph)
        before, after = stability(graph), stability(other)
        assert np.array_equal(after.flags, before.flags[parties][:, states])
        np.testing.assert_array_equal(after.margin, before.margin[:, states])


def test_any_rising_change_of_the_ranks_changes_nothing():
    for number, graph in enumerate(graphs(25, 200)):
        steps = np.cumsum(np.random.default_rng(number).integers(1, 9, graph.states + 1)).astype(np.int32)
        other = replace(
            graph, ranks=steps[graph.ranks], seen={pair: steps[row] for pair, row in graph.seen.items()}
        )
        before, after = stability(graph), stability(other)
        assert np.array_equal(after.flags, before.flags)
        np.testing.assert_array_equal(after.margin, before.margin)
        for concept in CONCEPTS:
            assert np.array_equal(anticipated(other, 0, concept), steps[anticipated(graph, 0, concept)])


def test_label_setting_gives_what_sweeping_gives(monkeypatch):
    expected = [stability(graph, per_party=True) for graph in graphs(26, 120)]
    monkeypatch.setattr(closures, "MOST_PASSES", 2)
    for graph, table in zip(graphs(26, 120), expected, strict=True):
        same(stability(graph, per_party=True), table)
    monkeypatch.setattr(grid, "_PAIRS_PER_STATE", 0)
    for graph, table in zip(graphs(26, 120), expected, strict=True):
        assert (
            not grid.grid_of(graph).worthwhile
            or len(set(graph.codes)) < 2
            or graph.states == 0
            or all(block is None for block in grid.grid_of(graph).blocks)
        )
        same(stability(graph, per_party=True), table)


@pytest.mark.parametrize("holes", [0.0, 0.3])
def test_the_number_of_threads_changes_nothing(monkeypatch, holes):
    monkeypatch.setattr(closures, "_WORTH_THREADS", 1)
    for number in range(4):
        graph = large(np.random.default_rng(number), holes)
        one = stability(graph, threads=1, per_party=True)
        for threads in (2, 3, 5):
            same(stability(graph, threads=threads, per_party=True), one)


def test_large_grids_agree_with_label_setting(monkeypatch):
    crises = [large(np.random.default_rng([31, number]), holes) for number in range(2) for holes in (0.0, 0.2)]
    expected = [stability(graph) for graph in crises]
    monkeypatch.setattr(grid, "_PAIRS_PER_STATE", 0)
    for module in (grid, iterated):
        monkeypatch.setattr(module, "_remembered", type(module._remembered)())
    for graph, table in zip(crises, expected, strict=True):
        same(stability(graph), table)


def test_a_ladder_of_improvements_that_needs_many_passes_is_climbed_to_the_end():
    """Only neighbours on a Gray-code path are improvements, so each pass of the sweeps advances one step."""
    graph = ladder(10)
    values = anticipated(graph, 0, "seq")
    assert np.count_nonzero(values == graph.ranks[0].min()) > 1000


def test_only_the_concepts_asked_for_are_judged():
    graph = random_graph(np.random.default_rng(1), ordinal=False)
    table = stability(graph, ("seq",))
    assert np.array_equal(table.stable("seq"), stability(graph).stable("seq"))
    assert np.isnan(table.margin[0]).all()
    with pytest.raises(ValueError, match="'nash' was not among"):
        table.stable("nash")


def test_unknown_concepts_are_refused_with_a_near_miss():
    with pytest.raises(UnknownNameError, match="Did you mean 'sseq'"):
        named("ssseq")


def same(one, other):
    assert np.array_equal(one.flags, other.flags)
    np.testing.assert_array_equal(one.margin, other.margin)
    if one.margins is not None:
        np.testing.assert_array_equal(one.margins, other.margins)


def shuffled(rng, graph):
    """The same crisis with parties and options in another order, and where each party and state now stands."""
    parties = rng.permutation(len(graph.parties))
    axes = rng.permutation(len(graph.axes))
    seat = {int(old): new for new, old in enumerate(parties)} | {-1: -1}
    new_axes = tuple(replace(graph.axes[axis], owner=seat[graph.axes[axis].owner]) for axis in axes)
    levels = level_table(graph.axes, graph.codes)[axes]
    strides = np.cumprod([1, *(axis.size for axis in new_axes)])[:-1]
    codes = strides @ levels
    states = np.argsort(codes)
    other = replace(
        graph,
        parties=tuple(graph.parties[party] for party in parties),
        axes=new_axes,
        codes=codes[states],
        ranks=graph.ranks[parties][:, states],
        payoffs=graph.payoffs[parties][:, states],
        cardinal=tuple(graph.cardinal[party] for party in parties),
        spans=graph.spans[parties],
        seen={(seat[i], seat[j]): row[states] for (i, j), row in graph.seen.items()},
    )
    return other, parties, states


def large(rng, holes):
    """Some thousands of states: wide and narrow rows of the grid, one-way and many-level options."""
    from detente.states.state_graph import Axis

    sizes = [2, 3, 2, 2, 4, 2, 2, 3, 2, 2, 2]
    owners = rng.permutation([0, 0, 1, 1, 1, 2, 2, 3, 3, 3, -1])
    moves = rng.choice(["both", "both", "both", "up", "down"], len(sizes))
    axes = tuple(
        Axis(f"o{k}", int(owner), size, str(move))
        for k, (owner, size, move) in enumerate(zip(owners, sizes, moves, strict=True))
    )
    codes = np.flatnonzero(rng.random(int(np.prod(sizes))) >= holes)
    ranks = np.stack([rng.permutation(len(codes)) // int(rng.integers(1, 4)) for _ in range(4)]).astype(
        np.int32
    )
    return StateGraph(
        ("A", "B", "C", "D"),
        axes,
        codes,
        ranks,
        ranks.astype(np.int64) * 3,
        (True,) * 4,
        np.full(4, 100.0),
        seen={(0, 2): rng.permutation(ranks[2])},
    )


def ladder(options):
    """A watcher and parties with one option each; every step along a Gray-code path gains its mover alone."""
    from detente.states.state_graph import Axis

    states = 1 << options
    axes = (
        *(Axis(f"o{k}", k + 1, 2, "both") for k in range(options)),
        Axis("watch", 0, 2, "both"),
    )
    path = np.arange(states) ^ (np.arange(states) >> 1)
    place = np.empty(states, np.int64)
    place[path] = np.arange(states)
    ranks = np.zeros((options + 1, 2 * states), np.int32)
    for option in range(options):
        partner = np.arange(states) ^ (1 << option)
        onward = np.where(place[partner] == place + 1, 0, np.where(place[partner] == place - 1, 1, 0))
        ranks[option + 1] = np.tile(onward, 2)
    ranks[0] = np.tile(states - 1 - place, 2)
    return StateGraph(
        tuple(f"P{k}" for k in range(options + 1)),
        axes,
        np.arange(2 * states),
        ranks,
        ranks.astype(np.int64),
        (True,) * (options + 1),
        np.ones(options + 1),
    )
