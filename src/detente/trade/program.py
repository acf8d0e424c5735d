"""The target economy as a linear program: what never changes between solves, and the bounds that do.

Columns are the value kept per channel, the value moved per route and the new aid, in shares of the whole
baseline so that every number is near 1. All columns are at least 0 and every row is "at most".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import RefusedError
from detente.scenario.model import Pressure
from detente.trade.channels import Route, diversions

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Program:
    """One economy in matrix form.

    `worth[column]` is what a unit of money in that column counts for; `matrix[row, column]` holds the rows in
    this order: one per channel (kept and moved away is at most the baseline), one per destination (moved in is
    at most its spare capacity), one per rule and destination, and the trade balance where it is asked for.
    `spares` holds, for each row of spare capacity, its index and the routes that share it.
    """

    scale: float
    weighted: float
    values: Floats
    routes: tuple[Route, ...]
    aids: Floats
    worth: Floats
    matrix: Floats
    limits: Floats
    spares: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, eq=False)
class Bounds:
    """What one combination of options admits: the most per column and per row."""

    columns: Floats
    rows: Floats


def build(pressure: Pressure) -> Program:
    """Write the economy of `pressure` as a linear program.

    Raises
    ------
    RefusedError
        The baseline is worth nothing, so that no share of it has a meaning.
    """
    values = np.array([channel.value.central for channel in pressure.channels], dtype=float)
    importance = np.array([channel.importance.central for channel in pressure.channels], dtype=float)
    weighted = float(importance @ values) if len(values) else 0.0
    if not weighted > 0:
        raise RefusedError(
            f"the economy of {pressure.target} has a baseline worth 0, so pressure on it has no meaning. "
            "Give at least one channel a value and an importance above 0."
        )
    routes = diversions(pressure)
    scale = float(values.sum())
    aids = np.array([aid.value.central for aid in pressure.aids], dtype=float)
    worth = np.concatenate(
        [
            importance,
            [importance[route.destination] * (1 - route.loss) for route in routes],
            [aid.importance.central for aid in pressure.aids],
        ]
    )
    matrix, spares = _rows(pressure, routes, len(worth))
    limits = np.zeros(len(matrix))
    limits[: len(values)] = values / scale
    if pressure.balance:
        limits[-1] = _deficit(pressure) / scale
    return Program(scale, weighted, values / scale, routes, aids / scale, worth, matrix, limits, spares)


def _rows(
    pressure: Pressure, routes: tuple[Route, ...], columns: int
) -> tuple[Floats, tuple[tuple[int, tuple[int, ...]], ...]]:
    """The constraint matrix, and which of its rows are spare capacities: (row, its routes)."""
    channels = len(pressure.channels)
    rows = [np.eye(1, columns, channel)[0] for channel in range(channels)]
    for index, route in enumerate(routes):
        rows[route.origin][channels + index] = 1.0
    spares = []
    for group in _shared(routes):
        row = np.zeros(columns)
        row[[channels + index for index in group]] = 1.0
        spares.append((len(rows), group))
        rows.append(row)
    if pressure.balance:
        rows.append(_balance(pressure, routes, columns))
    return np.array(rows), tuple(spares)


def _shared(routes: tuple[Route, ...]) -> list[tuple[int, ...]]:
    """Routes that share one spare capacity: all into one destination, and those of one rule among them."""
    groups: list[tuple[int, ...]] = []
    for destination in sorted({route.destination for route in routes}):
        arriving = tuple(index for index, route in enumerate(routes) if route.destination == destination)
        groups.append(arriving)
        for rule in sorted({routes[index].rule for index in arriving}):
            same = tuple(index for index in arriving if routes[index].rule == rule)
            if same != arriving:
                groups.append(same)
    return groups


def _balance(pressure: Pressure, routes: tuple[Route, ...], columns: int) -> Floats:
    """Retained imports less everything that pays for them; losses on the way count on both sides."""
    row = np.full(columns, -1.0)
    for index, channel in enumerate(pressure.channels):
        row[index] = 1.0 if channel.flow == "import" else -1.0
    for index, route in enumerate(routes):
        sign = 1.0 if pressure.channels[route.destination].flow == "import" else -1.0
        row[len(pressure.channels) + index] = sign * (1 - route.loss)
    return row


def _deficit(pressure: Pressure) -> float:
    """By how much baseline imports exceed baseline exports, labour and aid; 0 where they do not."""
    signed = (channel.value.central * (1 if channel.flow == "import" else -1) for channel in pressure.channels)
    return max(0.0, sum(signed))


def preferences(pressure: Pressure, program: Program) -> tuple[Floats, ...]:
    """What decides among equally good flows, in turn: most stays where it is, then least goes round.

    What is left goes by name: as much as can be in the first channel, then in the second, and so on, then along
    the first route. So the order of the document does not matter.
    """
    channels, routes = len(program.values), len(program.routes)
    names = [channel.id for channel in pressure.channels]
    staying, moving = np.zeros((2, len(program.worth)))
    staying[:channels] = 1.0
    moving[channels : channels + routes] = -1.0
    ways = [(names[way.origin], names[way.destination], way.loss, -way.spare) for way in program.routes]
    gifts = [(aid.partner, -aid.value.central, -aid.importance.central) for aid in pressure.aids]
    order = [
        *sorted(range(channels), key=names.__getitem__),
        *(channels + place for place in sorted(range(routes), key=ways.__getitem__)),
        *(channels + routes + place for place in sorted(range(len(gifts)), key=gifts.__getitem__)),
    ]
    return (staying, moving, *np.eye(len(program.worth))[order])


def bounds(
    program: Program,
    opens: tuple[float, ...],
    active: tuple[bool, ...],
    aided: tuple[bool, ...],
) -> Bounds:
    """The bounds under one combination: open shares, routes in use and aid that flows."""
    shares = np.array(opens, dtype=float)
    if (
        len(shares) != len(program.values)
        or len(active) != len(program.routes)
        or len(aided) != len(program.aids)
    ):
        raise ValueError("one open share per channel, one flag per route and one per aid are needed")
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError(f"an open share lies between 0 and 1, not {opens}")
    room = [
        shares[route.destination] * route.spare / program.scale if used else 0.0
        for route, used in zip(program.routes, active, strict=True)
    ]
    moved = [min(most, program.values[route.origin]) for most, route in zip(room, program.routes, strict=True)]
    rows = program.limits.copy()
    for row, group in program.spares:
        rows[row] = min(max(room[index] for index in group), 1.0)  # more than everything changes nothing
    given = program.aids * np.array(aided, dtype=bool) if len(aided) else program.aids
    return Bounds(np.concatenate([shares * program.values, moved, given]), rows)
