"""Which channels a line of the document speaks of, and how far options leave each of them open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.errors import RefusedError
from detente.scenario.expression import Expression
from detente.scenario.model import Pressure


@dataclass(frozen=True)
class Route:
    """One way round a closed channel: trade of `origin` that may move to `destination`.

    Channels are given by index into `Pressure.channels`; `rule` is the index of the diversion in
    `Pressure.diverts` that the route comes from. `spare` is in money a year and is shared by every route into
    the same destination; `loss` is the share of value lost on the way.
    """

    origin: int
    destination: int
    spare: float
    loss: float
    when: Expression | None
    rule: int


def diversions(pressure: Pressure) -> tuple[Route, ...]:
    """Every single way in which trade may go round what is closed.

    A diversion of the document names channels by selectors; it stands for each pair of an origin and a
    different destination that trade the same good in the same direction.

    Parameters
    ----------
    pressure : Pressure
        The target's trade.

    Returns
    -------
    tuple[Route, ...]
        In document order, then by origin, then by destination.

    Raises
    ------
    RefusedError
        A diversion fits no such pair.
    """
    routes: list[Route] = []
    for rule, divert in enumerate(pressure.diverts):
        spare, loss = divert.spare.central, divert.loss.central
        pairs = [
            Route(origin, destination, spare, loss, divert.when, rule)
            for origin in pressure.select(divert.origin)
            for destination in pressure.select(divert.destination)
            if _interchangeable(pressure, origin, destination)
        ]
        if not pairs:
            raise RefusedError(
                f"the diversion from '{divert.origin}' to '{divert.destination}' in the economy of "
                f"{pressure.target} fits no two different channels with the same good. "
                "Name channels that both exist and trade one good."
            )
        routes.extend(pairs)
    return tuple(routes)


def _interchangeable(pressure: Pressure, origin: int, destination: int) -> bool:
    """Whether trade of one channel can be carried by the other: another channel, one good, one direction."""
    left, right = pressure.channels[origin], pressure.channels[destination]
    return origin != destination and left.good == right.good and left.flow == right.flow


def open_shares(pressure: Pressure, levels: Mapping[str, str]) -> tuple[float, ...]:
    """How far each channel is open when options stand at these levels: the least of the cuts on it.

    Parameters
    ----------
    pressure : Pressure
        The target's trade.
    levels : Mapping[str, str]
        Level name of every option that a cut depends on.

    Returns
    -------
    tuple[float, ...]
        Per channel, a share of its baseline; 1 where nothing cuts it.
    """
    shares = [1.0] * len(pressure.channels)
    for cut in pressure.cuts:
        share = {name: number.central for name, number in cut.open}[levels[cut.by]]
        for channel in pressure.select(cut.channels):
            shares[channel] = min(shares[channel], share)
    return tuple(shares)
