"""How numbers that are off together hang together: groups put into one matrix, and its factor.

A rank correlation is that of a Gaussian copula: normal draws correlate by 2 sin(π/6 · rank correlation)
(Pearson 1907).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin, sqrt

Group = tuple[tuple[str, ...], float]
"""Names, each once, and the rank correlation of every two of them."""
Matrix = list[list[float]]

_LEAST = 1e-9  # what is left of a number's own that still counts


def bundles(groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """The names that hang together, through several groups too: in the order of the alphabet."""
    found: list[set[str]] = []
    for names, _ in groups:
        joined = set(names).union(*(one for one in found if one & set(names)))
        found = [*(one for one in found if not one & joined), joined]
    return sorted(tuple(sorted(one)) for one in found)


def correlations(names: Sequence[str], groups: Sequence[Group]) -> Matrix:
    """How the normal draws of some names correlate; those of no common group do not."""
    places = {name: place for place, name in enumerate(names)}
    matrix = [[float(row == column) for column in range(len(names))] for row in range(len(names))]
    for members, rank in groups:
        for one in members:
            for other in members:
                if one != other and one in places and other in places:
                    matrix[places[one]][places[other]] = 2 * sin(pi / 6 * rank)
    return matrix


def factor(matrix: Matrix) -> Matrix | None:
    """The lower triangle whose product with its transpose is the matrix (Cholesky); None: there is none."""
    rows: Matrix = []
    for place, wanted in enumerate(matrix):
        row: list[float] = []
        for column in range(place):
            above = sum(a * b for a, b in zip(row, rows[column], strict=False))
            row.append((wanted[column] - above) / rows[column][column])
        left = wanted[place] - sum(a * a for a in row)
        if left < _LEAST:
            return None
        rows.append([*row, sqrt(left)])
    return rows
