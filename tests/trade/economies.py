"""Small random economies, and the program of the target economy written out literally for scipy."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from detente.scenario.expression import Constant
from detente.scenario.model import Aid, Channel, Diversion, Number, Pressure
from detente.trade.economy import Route, diversions

PARTNERS = ("CHN", "RUS", "KOR")
GOODS = {"coal": "export", "oil": "import", "work": "transfer"}


def random_economy(seed: int, balance: bool | None = None) -> Pressure:
    """An economy of up to nine channels with whole values, some of them 0, and overlapping diversions."""
    chance = np.random.default_rng(seed)
    pairs = [(partner, good) for partner in PARTNERS for good in GOODS]
    chance.shuffle(pairs)
    pairs = pairs[: chance.integers(2, len(pairs) + 1)]
    channels = tuple(
        Channel(
            partner,
            good,
            "labour" if good == "work" else "licit",
            Number(float(chance.integers(0, 9))),
            Number(float(chance.choice([0.5, 1, 2]))),
            GOODS[good],  # type: ignore[arg-type]
        )
        for partner, good in pairs
    )
    if sum(channel.value.central for channel in channels) == 0:
        return random_economy(seed + 100_000, balance)
    candidates = [
        (left.id, right.id)
        for left in channels
        for right in channels
        if left != right and left.good == right.good
    ]
    spares = {channel.id: Number(float(chance.integers(0, 7))) for channel in channels}
    diverts = tuple(
        Diversion(left, right, spares[right], Number(float(chance.choice([0, 0.25, 1]))))
        for left, right in candidates
        if chance.random() < 0.7
    )
    aids = tuple(
        Aid("CHN", Number(float(chance.integers(0, 5))), Constant(1)) for _ in range(chance.integers(3))
    )
    if balance is None:
        balance = bool(chance.random() < 0.5)
    return Pressure("PRK", "mn", channels, (), diverts, aids, balance)


def random_combination(
    pressure: Pressure, seed: int
) -> tuple[tuple[float, ...], tuple[bool, ...], tuple[bool, ...]]:
    """Open shares, routes in use and aid that flows."""
    chance = np.random.default_rng(seed + 7)
    opens = tuple(float(share) for share in chance.choice([0, 0.25, 0.5, 1], len(pressure.channels)))
    active = tuple(bool(used) for used in chance.random(len(diversions(pressure))) < 0.7)
    aided = tuple(bool(flows) for flows in chance.random(len(pressure.aids)) < 0.5)
    return opens, active, aided


def literal_optimum(
    pressure: Pressure, opens: tuple[float, ...], active: tuple[bool, ...], aided: tuple[bool, ...]
) -> float:
    """The optimum by scipy, constraint by constraint in money; each destination has one spare capacity."""
    worth, rows, limits, upper = _literal(pressure, opens, active, aided)
    return _most(worth, rows, limits, upper)


def literal_least_change(
    pressure: Pressure, opens: tuple[float, ...], active: tuple[bool, ...], aided: tuple[bool, ...]
) -> tuple[float, float]:
    """Of the flows that reach the optimum: the most money that can stay, and the least that moves then."""
    worth, rows, limits, upper = _literal(pressure, opens, active, aided)
    channels, routes = len(pressure.channels), len(diversions(pressure))
    stays, moves = np.zeros((2, len(worth)))
    stays[:channels], moves[channels : channels + routes] = 1.0, 1.0
    rows, limits = [*rows, -worth], [*limits, 1e-8 - _most(worth, rows, limits, upper)]
    staying = _most(stays, rows, limits, upper)
    return staying, -_most(-moves, [*rows, -stays], [*limits, 1e-7 - staying], upper)


def _most(aim: np.ndarray, rows: list[np.ndarray], limits: list[float], upper: list[float]) -> float:
    answer = linprog(-aim, np.array(rows), limits, bounds=[(0, most) for most in upper], method="highs")
    assert answer.status == 0
    return -float(answer.fun)


def _literal(
    pressure: Pressure, opens: tuple[float, ...], active: tuple[bool, ...], aided: tuple[bool, ...]
) -> tuple[np.ndarray, list[np.ndarray], list[float], list[float]]:
    """Worth per column, rows with their limits, and the most of every column, in money."""
    channels, routes = pressure.channels, diversions(pressure)
    first_route, first_aid = len(channels), len(channels) + len(routes)
    columns = first_aid + len(pressure.aids)
    worth = [channel.importance.central for channel in channels]
    worth += [channels[route.destination].importance.central * (1 - route.loss) for route in routes]
    worth += [aid.importance.central for aid in pressure.aids]
    upper = [share * channel.value.central for share, channel in zip(opens, channels, strict=True)]
    upper += [np.inf if used else 0.0 for used in active]
    upper += [aid.value.central * flows for aid, flows in zip(pressure.aids, aided, strict=True)]
    rows, limits = [], []
    for index, channel in enumerate(channels):
        leaving, arriving = np.zeros(columns), np.zeros(columns)
        leaving[index] = 1
        spare = 0.0
        for number, route in enumerate(routes):
            leaving[first_route + number] = route.origin == index
            arriving[first_route + number] = route.destination == index
            if route.destination == index and active[number]:
                spare = route.spare
        rows += [leaving, arriving]
        limits += [channel.value.central, opens[index] * spare]
    if pressure.balance:
        rows.append(balance_row(pressure, routes, columns))
        limits.append(baseline_deficit(pressure))
    return np.array(worth), rows, limits, upper


def balance_row(pressure: Pressure, routes: tuple[Route, ...], columns: int) -> np.ndarray:
    signs = [1.0 if channel.flow == "import" else -1.0 for channel in pressure.channels]
    moved = [signs[route.destination] * (1 - route.loss) for route in routes]
    return np.array(signs + moved + [-1.0] * (columns - len(signs) - len(moved)))


def baseline_deficit(pressure: Pressure) -> float:
    """How far imports exceed what pays for them before anything is cut."""
    imports = sum(channel.value.central for channel in pressure.channels if channel.flow == "import")
    paid = sum(channel.value.central for channel in pressure.channels if channel.flow != "import")
    return max(0.0, imports - paid)
