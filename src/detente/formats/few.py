"""The part of a chart that one picture can show, and in words what it leaves out; tables have everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from detente.report.page import Bar, Chart, Curve, Drawing, Flow, Matrix, Network, Ranking, Steps

ROWS = 40
LINES = 12
SIDE = 30  # rows, or columns, of a matrix
PAIRS = 120  # of nodes, with the ties between them
LARGE = "ones with the largest numbers"

Item = TypeVar("Item")
Weigh = Callable[[Item], float]


def shown(block: Drawing) -> tuple[Drawing, str]:
    """A chart that is not too large for one picture, and a sentence of what it leaves out (else an empty one).

    Rows of a ranking and steps are left out from the end, since they stand in order. Elsewhere what is largest
    in size is kept, in the order that it had. The smaller terms of a waterfall become one.
    """
    match block:
        case Chart(kind="waterfall"):
            return _waterfall(block)
        case Chart():
            bars = _largest(block.bars, ROWS, lambda bar: abs(bar.value))
            return replace(block, bars=bars), _told(len(block.bars), bars, "bars", "largest")
        case Ranking():
            return replace(block, rows=block.rows[:ROWS]), _told(
                len(block.rows), block.rows[:ROWS], "rows", "first"
            )
        case Steps():
            first = block.steps[:ROWS]
            return replace(block, steps=first), _told(len(block.steps), first, "steps", "first")
        case Curve():
            lines = _largest(
                block.lines, LINES, lambda line: max((abs(y) for _, y in line.points), default=0.0)
            )
            return replace(block, lines=lines), _told(len(block.lines), lines, "lines", "farthest from nought")
        case Flow():
            links = _largest(block.links, ROWS, lambda link: link.value)
            return replace(block, links=links), _told(len(block.links), links, "flows", "largest")
        case Matrix():
            return _matrix(block)
        case Network():
            return _network(block)


def _largest(items: Sequence[Item], many: int, weigh: Weigh[Item]) -> tuple[Item, ...]:
    """So many of the items, those that weigh most, in the order in which they stood."""
    places = sorted(range(len(items)), key=lambda place: -weigh(items[place]))[:many]
    return tuple(items[place] for place in sorted(places))


def _told(all_of_them: int, kept: Sequence[object], things: str, which: str) -> str:
    left = all_of_them - len(kept)
    return (
        f"Drawn are {len(kept)} of {all_of_them:,} {things}, the {which}; {left:,} are left out."
        if left
        else ""
    )


def _waterfall(chart: Chart) -> tuple[Chart, str]:
    if len(chart.bars) <= ROWS:
        return chart, ""
    terms, total = chart.bars[:-1], chart.bars[-1]
    kept = _largest(terms, ROWS - 2, lambda bar: abs(bar.value))
    many = len(terms) - len(kept)
    rest = sum(bar.value for bar in terms) - sum(bar.value for bar in kept)
    sign = "+" if rest > 0 else "−" if rest < 0 else ""
    together = Bar(f"{many:,} smaller terms together", rest, f"{sign}{abs(rest):.2f}")
    told = f"Drawn are {len(kept)} of {len(terms):,} terms, the largest; the others stand together."
    return replace(chart, bars=(*kept, together, total)), told


def _matrix(chart: Matrix) -> tuple[Matrix, str]:
    """The rows and columns with the largest numbers; the same ones where both name the same things."""
    size = [[abs(value or 0.0) for value in row] for row in chart.values]
    down = [sum(row) for row in size]
    across = [sum(row[m] for row in size) for m in range(len(chart.columns))]
    same = chart.rows == chart.columns
    if same:
        down = across = [a + b for a, b in zip(down, across, strict=True)]
    rows = _largest(range(len(chart.rows)), SIDE, down.__getitem__)
    columns = _largest(range(len(chart.columns)), SIDE, across.__getitem__)
    found = replace(
        chart,
        rows=tuple(chart.rows[n] for n in rows),
        columns=tuple(chart.columns[m] for m in columns),
        values=tuple(tuple(chart.values[n][m] for m in columns) for n in rows),
    )
    told = [_told(len(chart.rows), rows, "rows", LARGE)]
    if not same:
        told.append(_told(len(chart.columns), columns, "columns", LARGE))
    return found, " ".join(sentence for sentence in told if sentence)


def _network(chart: Network) -> tuple[Network, str]:
    """The nodes with the strongest ties, and between them the strongest ties."""
    weight = dict.fromkeys(chart.nodes, 0.0)
    for edge in chart.edges:
        weight[edge.source] += abs(edge.weight)
        weight[edge.target] += abs(edge.weight)
    nodes = _largest(chart.nodes, ROWS, weight.__getitem__)
    within = [edge for edge in chart.edges if {edge.source, edge.target} <= set(nodes)]
    strength = {frozenset((e.source, e.target)): 0.0 for e in within}
    for edge in within:
        pair = frozenset((edge.source, edge.target))
        strength[pair] = max(strength[pair], abs(edge.weight))
    pairs = _largest(tuple(strength), PAIRS, strength.__getitem__)
    edges = tuple(edge for edge in within if frozenset((edge.source, edge.target)) in set(pairs))
    camps = tuple(tuple(name for name in camp if name in nodes) for camp in chart.camps)
    told = (
        _told(len(chart.nodes), nodes, "parties", "ones with the strongest ties"),
        _told(len(strength), pairs, "pairs with ties", "strongest"),
    )
    return replace(chart, nodes=nodes, edges=edges, camps=camps), " ".join(
        sentence for sentence in told if sentence
    )
