"""A crisis kept ready, so that strategies are judged anew at once when a number is moved.

Under SEQ that takes milliseconds where the fast way of the worlds fits the scenario; in any other case the
strategies are played one by one, and told as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detente.errors import DetenteError, UnknownNameError
from detente.play.case import BY_ITSELF, Case, conduct_of
from detente.play.verdict import fared
from detente.scenario.judgements import Judgement, judgements, with_numbers
from detente.scenario.model import Number, Scenario, Strategy
from detente.states.state_graph import Floats
from detente.worlds.fast.quick import Quick, quick
from detente.worlds.worlds import Worlds, calm

FLIPS = 0.005  # chances that differ by less are told as the same


@dataclass(frozen=True)
class Standing:
    """How far a strategy gets with some numbers moved: success by outcome, and whether it lasts in the aim."""

    strategy: str
    title: str
    success: dict[str, float]
    lasting: float | None


def _never() -> bool:
    return False


class Live:
    """A crisis whose numbers can be moved; what is the same for all of them is worked out once."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.numbers = judgements(scenario)
        self._by_address = {
            address: (known, place)
            for known in self.numbers
            for address, place in zip(known.addresses, known.places, strict=True)
        }

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """What is judged: the strategies, or the course of events where there is none."""
        return self.scenario.strategies or (BY_ITSELF,)

    def moved(self, values: Mapping[str, float]) -> Scenario:
        """The scenario with numbers at other values, each as sure as it stands there.

        Raises
        ------
        UnknownNameError
            For an address at which no number stands.
        DetenteError
            For a value that the field does not admit.
        """
        numbers = {}
        for address, value in values.items():
            known, place = self._known(address)
            if not known.low <= value <= known.high:
                raise DetenteError(f"{address} is {value:g}; it lies between {known.low:g} and {known.high:g}.")
            numbers[place] = Number(value)
        return with_numbers(self.scenario, numbers)

    def standings(
        self,
        values: Mapping[str, float],
        foresight: str | None = None,
        first: str = "",
        stopped: Callable[[], bool] = _never,
    ) -> Iterator[Standing]:
        """How the strategies fare with some numbers moved, one by one.

        Parameters
        ----------
        values : by address.
        foresight : of all parties; None: each its own, else the default.
        first : the strategy that is wanted before the others.
        stopped : asked before each strategy; nothing more comes once it is so.
        """
        scenario = self.moved(values)
        if foresight == "seq" and self._quick is not None:
            found = self._at_once(scenario, values)
            if found is not None:
                yield from found
                return
        conduct = conduct_of(scenario, foresight)
        case = Case(calm(scenario), conduct)
        for one in sorted(scenario.strategies or (BY_ITSELF,), key=lambda one: one.id != first):
            if stopped():
                return
            fare = fared(case.free, conduct, case.plan(one), case.start, case.outcomes)
            lasting = None if case.aim is None else float(fare.lasting[case.aim])
            yield self._standing(one, fare.success.tolist(), lasting)

    def turning(self) -> tuple[str, ...]:
        """The addresses of numbers that change some strategy's success in the aim within their own spread.

        Each is moved alone to either end, under SEQ; empty where the fast way does not fit.
        """
        ready, aim = self._quick, self.scenario.aim
        if ready is None or aim is None:
            return ()
        outcome = [known.id for known in self.scenario.outcomes].index(aim)
        columns = [place for place, known in enumerate(self.numbers) if known.number.spread is not None]
        drawn = np.repeat(self._central, 1 + 2 * len(columns), axis=0)
        for row, place in enumerate(columns):
            spread = self.numbers[place].number.spread
            assert spread is not None
            drawn[1 + 2 * row, place] = max(spread.low, self.numbers[place].low)
            drawn[2 + 2 * row, place] = min(spread.high, self.numbers[place].high)
        found, known = ready.fares(drawn, lambda: [self._drawn(row) for row in drawn], rescaled=True)
        reached = found[:, :, outcome]
        most = np.abs(reached[1:] - reached[0]).max(axis=1)
        most[~known[1:]] = 0.0
        effect = most.reshape(-1, 2).max(axis=1)
        order = sorted(range(len(columns)), key=lambda row: -effect[row])
        return tuple(self.numbers[columns[row]].address for row in order if effect[row] > FLIPS)

    @cached_property
    def _quick(self) -> Quick | None:
        """The fast way with every number as something that may be moved; None where it does not fit."""
        worlds = Worlds(self.scenario)
        worlds.inputs = self.numbers
        try:
            found = quick(worlds, Case(worlds.calm, conduct_of(self.scenario, "seq")))
        except DetenteError:  # the general way says what is wrong
            return None
        return None if isinstance(found, str) else found

    @cached_property
    def _central(self) -> Floats:
        return np.array([[known.number.central for known in self.numbers]])

    def _at_once(self, scenario: Scenario, values: Mapping[str, float]) -> list[Standing] | None:
        """All strategies the fast way; None where these numbers are for the general way."""
        assert self._quick is not None
        drawn = self._central.copy()
        column = {known.addresses: place for place, known in enumerate(self.numbers)}
        for address, value in values.items():
            known, _ = self._known(address)
            if len(known.addresses) > 1 and {values.get(each) for each in known.addresses} != {value}:
                return None  # one side of an attitude that is mutual
            drawn[0, column[known.addresses]] = value
        found, sure = self._quick.fares(drawn, lambda: [scenario], rescaled=True)
        if not sure[0]:
            return None
        outcomes, aim = len(self.scenario.outcomes), self.scenario.aim
        return [
            self._standing(one, row[:outcomes].tolist(), float(row[-2]) if aim else None)
            for one, row in zip(self.strategies, found[0], strict=True)
        ]

    def _standing(self, one: Strategy, success: list[float], lasting: float | None) -> Standing:
        ids = [outcome.id for outcome in self.scenario.outcomes]
        return Standing(one.id, one.title or one.id, dict(zip(ids, success, strict=True)), lasting)

    def _known(self, address: str) -> tuple[Judgement, tuple[str | int, ...]]:
        if address not in self._by_address:
            raise UnknownNameError("number", address, sorted(self._by_address))
        return self._by_address[address]

    def _drawn(self, row: Floats) -> Scenario:
        pairs = zip(self.numbers, row.tolist(), strict=True)
        return with_numbers(
            self.scenario, {place: Number(value) for known, value in pairs for place in known.places}
        )
