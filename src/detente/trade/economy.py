"""What a target economy keeps when its trade is cut, and who lets it leak.

For channels c with baseline b, importance w and open share k, and routes c → d with loss γ and spare σ:

    max  Σ w_c x_c + Σ w_d (1 - γ) y_cd + Σ w_a z_a
    s.t. 0 ≤ x_c ≤ k_c b_c;   x_c + Σ_d y_cd ≤ b_c;   Σ_c y_cd ≤ k_d σ_d;   0 ≤ z_a ≤ aid;   y ≥ 0
         where balance is asked for: imports kept ≤ exports, labour and aid kept + the baseline's deficit

Pressure is 1 - optimum / Σ w_c b_c, never below 0. The optimum is unique; the flows that reach it need not be.
Of those the ones are told that leave most trade where it is, then those that send least round, then by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.scenario.model import Pressure
from detente.trade.certificate import certify
from detente.trade.channels import Route, diversions
from detente.trade.program import bounds, build, preferences
from detente.trade.solver import Solver

__all__ = ["Economy", "Flow", "Route", "diversions", "economy", "solve", "undone_by"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flow:
    """What the target keeps under one combination of options.

    Attributes
    ----------
    optimum, baseline : float
        Importance-weighted money a year: the best the target can still reach, and what it began with.
    retained : float
        Share of the baseline that is kept; above 1 where aid or better outlets outweigh the cuts.
    pressure : float
        1 - retained, at least 0.
    kept : tuple[float, ...]
        Money a year per channel that stays where it was.
    moved : tuple[float, ...]
        Money a year per route of `diversions`, before losses.
    aid : tuple[float, ...]
        Money a year per aid.
    gap : float
        How much better, in shares of the baseline's money, an answer could at most be: the certificate.
    """

    optimum: float
    baseline: float
    retained: float
    pressure: float
    kept: tuple[float, ...]
    moved: tuple[float, ...]
    aid: tuple[float, ...]
    gap: float


class Economy:
    """One target's trade, ready to be solved many times; `economy` makes and keeps it.

    Use this where many combinations are solved in a row: the document is turned into a program once.
    """

    def __init__(self, pressure: Pressure) -> None:
        self.pressure = pressure
        self.program = build(pressure)
        self._solver: Solver | None = None

    @property
    def routes(self) -> tuple[Route, ...]:
        """The expanded diversions, in the order in which `active` and `Flow.moved` speak of them."""
        return self.program.routes

    def solve(self, opens: tuple[float, ...], active: tuple[bool, ...], aided: tuple[bool, ...]) -> Flow:
        """What the target keeps; see the function `solve`."""
        program = self.program
        flows, gap = self._best(opens, active, aided, self._preferences)
        optimum = float(program.worth @ flows)
        share = optimum * program.scale / program.weighted
        money = np.maximum(flows, 0.0) * program.scale + 0.0  # no negative zeros
        channels, routes = len(program.values), len(program.routes)
        return Flow(
            optimum=optimum * program.scale,
            baseline=program.weighted,
            retained=share,
            pressure=max(0.0, 1.0 - share),
            kept=tuple(money[:channels].tolist()),
            moved=tuple(money[channels : channels + routes].tolist()),
            aid=tuple(money[channels + routes :].tolist()),
            gap=gap,
        )

    def optimum(self, opens: tuple[float, ...], active: tuple[bool, ...], aided: tuple[bool, ...]) -> float:
        """The best that the target can reach, as `Flow.optimum`, without settling by which flows."""
        flows, _ = self._best(opens, active, aided, ())
        return float(self.program.worth @ flows) * self.program.scale

    @cached_property
    def _preferences(self) -> tuple[Floats, ...]:
        return preferences(self.pressure, self.program)

    def _best(
        self,
        opens: tuple[float, ...],
        active: tuple[bool, ...],
        aided: tuple[bool, ...],
        preferred: tuple[Floats, ...],
    ) -> tuple[Floats, float]:
        """Best flows and their certificate; where nothing is diverted or balanced, every channel runs full."""
        limits = bounds(self.program, opens, active, aided)
        flows, prices = limits.columns, np.zeros(len(limits.rows))
        if any(active) or self.pressure.balance:
            if self._solver is None:
                self._solver = Solver(self.program)
            flows, prices = self._solver.maximise(limits, preferred)
        return flows, certify(self.program, limits, flows, prices)


@lru_cache(maxsize=32)
def economy(pressure: Pressure) -> Economy:
    """The prepared economy of a target; equal trade gives the same object.

    Raises
    ------
    RefusedError
        The baseline is worth nothing, or a diversion fits no two channels.
    """
    return Economy(pressure)


def solve(
    pressure: Pressure,
    opens: tuple[float, ...],
    active: tuple[bool, ...],
    aided: tuple[bool, ...] = (),
) -> Flow:
    """What a target keeps of its trade when channels are cut and others let it leak.

    The target makes the best of what is left: it keeps what is open, moves what is closed along the routes in
    use, and takes the aid that flows. Solved as the linear program of this module with HiGHS; every answer is
    certified by weak duality before it is returned. Of equally good flows those are returned that leave most
    trade where it is, then those that move least, then those that use the channels first by name.

    Parameters
    ----------
    pressure : Pressure
        The target's trade; central values are used.
    opens : tuple[float, ...]
        Open share per channel, in [0, 1].
    active : tuple[bool, ...]
        Per route of `diversions(pressure)`: whether it is in use.
    aided : tuple[bool, ...]
        Per aid: whether it flows.

    Returns
    -------
    Flow
        Money in the unit of the document, a year.

    Raises
    ------
    RefusedError
        The baseline is worth nothing, or a diversion fits no two channels.
    UncertifiedError
        The solver's answer failed its certificate.
    ValueError
        The tuples do not fit the document, or a share lies outside [0, 1].
    """
    return economy(pressure).solve(opens, active, aided)


def undone_by(
    pressure: Pressure,
    opens: tuple[float, ...],
    active: tuple[bool, ...],
    aided: tuple[bool, ...] = (),
) -> tuple[tuple[str, float], ...]:
    """Through whom the pressure leaks: what the target would lose if a partner had no room for diverted trade.

    For each partner p: the optimum less the optimum with p's spare capacity at 0. Shares of several partners
    need not add up, since one may stand in for another.

    Parameters
    ----------
    pressure, opens, active, aided
        As for `solve`.

    Returns
    -------
    tuple[tuple[str, float], ...]
        Partner and importance-weighted money a year, largest first, then by name; partners that no active
        route reaches are left out.
    """
    target = economy(pressure)
    whole = target.optimum(opens, active, aided)
    partners = {_partner(target, route) for route, used in zip(target.routes, active, strict=True) if used}
    leaks = []
    for partner in partners:
        without = tuple(
            used and _partner(target, route) != partner
            for route, used in zip(target.routes, active, strict=True)
        )
        leaks.append((partner, max(0.0, whole - target.optimum(opens, without, aided))))
    return tuple(sorted(leaks, key=lambda leak: (-leak[1], leak[0])))


def _partner(target: Economy, route: Route) -> str:
    """Who takes in what a route diverts."""
    return target.pressure.channels[route.destination].partner
