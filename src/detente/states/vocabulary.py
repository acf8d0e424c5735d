"""What the names of a scenario stand for when an expression is read."""

from __future__ import annotations

from detente.errors import RefusedError, UnknownNameError
from detente.scenario.expression import Comparison, Expression, Name, to_text
from detente.scenario.model import LevelScale, Pressure, Scenario

Quantity = Expression | LevelScale


class Vocabulary:
    """Options, outcomes and trades of a scenario by name."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.places = {option.id: place for place, option in enumerate(scenario.options)}
        self.outcomes = {outcome.id: outcome.where for outcome in scenario.outcomes}
        self.pressures = {pressure.target: pressure for pressure in scenario.pressures}

    def place(self, option: str) -> int:
        """Index of an option."""
        if option not in self.places:
            raise UnknownNameError("option or outcome", option, [*self.places, *self.outcomes])
        return self.places[option]

    def pressure(self, target: str) -> Pressure:
        """The trade of a target."""
        if target not in self.pressures:
            raise UnknownNameError("pressure", target, list(self.pressures))
        return self.pressures[target]

    def hazard(self, option: str) -> Expression | None:
        """The chance per round that a shock happens, where the document gives one."""
        return self.scenario.options[self.place(option)].hazard

    def level_compared(self, comparison: Comparison) -> tuple[int, int] | None:
        """Option and level where an option is compared with one of its levels; None where numbers are."""
        left, right = comparison.left, comparison.right
        if not (isinstance(left, Name) and isinstance(right, Name) and left.name in self.places):
            return None
        option = self.scenario.options[self.places[left.name]]
        if right.name in option.levels:
            return self.places[left.name], option.levels.index(right.name)
        if right.name in self.places or right.name in self.outcomes:
            return None
        raise UnknownNameError(f"level of {option.id}", right.name, option.levels)


def about(arguments: tuple[Expression, ...]) -> str:
    """The one name that a function of names is about."""
    if len(arguments) == 1 and isinstance(arguments[0], Name):
        return arguments[0].name
    raise RefusedError("pressure, retained, risk and level are about one name each.")


def quantity_text(quantity: Quantity) -> str:
    """A quantity as the document names it."""
    return quantity.option if isinstance(quantity, LevelScale) else to_text(quantity)
