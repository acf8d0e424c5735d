"""Which options an expression depends on, through outcomes, trade and hazards."""

from __future__ import annotations

from collections.abc import Callable

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.expression import Arithmetic, Call, Comparison, Logic, Name, Not
from detente.scenario.model import LevelScale, Scenario
from detente.states.vocabulary import Quantity, Vocabulary, about


def dependencies(scenario: Scenario, quantity: Quantity) -> tuple[int, ...]:
    """Options on which a quantity depends, as ascending indices.

    Raises
    ------
    UnknownNameError
        A name that the scenario does not know.
    ScenarioError
        Outcomes, trades or hazards that refer to each other in a circle.
    """
    return tuple(sorted(_Needs(scenario).of(quantity)))


def trade_dependencies(scenario: Scenario, target: str) -> tuple[int, ...]:
    """Options on which a target's trade depends: those that cut it, and those that open ways round."""
    return tuple(sorted(_Needs(scenario).of_trade(target)))


def trades(scenario: Scenario, quantity: Quantity) -> frozenset[str]:
    """Targets on whose trade a quantity depends, through outcomes and hazards too."""
    needs = _Needs(scenario)
    needs.of(quantity)
    return frozenset(needs.targets)


class _Needs:
    def __init__(self, scenario: Scenario) -> None:
        self.words = Vocabulary(scenario)
        self.targets: set[str] = set()
        self.open: list[str] = []
        self.known: dict[str, frozenset[int]] = {}

    def of(self, quantity: Quantity) -> frozenset[int]:
        match quantity:
            case LevelScale():
                return frozenset({self.words.place(quantity.option)})
            case Name(name) if name in self.words.outcomes:
                return self._once(name, lambda: self.of(self.words.outcomes[name]))
            case Name(name):
                return frozenset({self.words.place(name)})
            case Comparison(left, _, right):
                level = self.words.level_compared(quantity)
                return frozenset({level[0]}) if level else self.of(left) | self.of(right)
            case Not(operand):
                return self.of(operand)
            case Logic(_, left, right) | Arithmetic(_, left, right):
                return self.of(left) | self.of(right)
            case Call(function, arguments) if function in ("pressure", "retained"):
                return self.of_trade(about(arguments))
            case Call("risk", arguments):
                return self._of_risk(about(arguments))
            case Call(_, arguments):
                return frozenset().union(*(self.of(argument) for argument in arguments))
            case _:
                return frozenset()

    def of_trade(self, target: str) -> frozenset[int]:
        pressure = self.words.pressure(target)
        self.targets.add(target)
        conditions = [route.when for route in pressure.diverts if route.when is not None]
        conditions += [aid.when for aid in pressure.aids]
        cuts = frozenset(self.words.place(cut.by) for cut in pressure.cuts)
        return self._once(f"pressure({target})", lambda: cuts.union(*map(self.of, conditions)))

    def _of_risk(self, name: str) -> frozenset[int]:
        hazard = self.words.hazard(name)
        rest = self._once(f"risk({name})", lambda: self.of(hazard)) if hazard is not None else frozenset()
        return rest | {self.words.place(name)}

    def _once(self, key: str, work: Callable[[], frozenset[int]]) -> frozenset[int]:
        if key in self.open:
            circle = " → ".join([*self.open[self.open.index(key) :], key])
            raise ScenarioError([Problem(Place(), f"these refer to each other in a circle: {circle}.")])
        if key not in self.known:
            self.open.append(key)
            self.known[key] = work()
            self.open.pop()
        return self.known[key]
