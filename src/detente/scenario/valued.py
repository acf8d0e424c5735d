"""Which options anybody's interests depend on, however far round."""

from __future__ import annotations

from collections.abc import Iterator

from detente.scenario.expression import Call, Expression, Name, names, walk
from detente.scenario.model import Cardinal, LevelScale, Ranking, Scenario


def valued(scenario: Scenario) -> frozenset[str] | None:
    """Options on which some interest, view or statement depends; None where states are ranked.

    What outcomes, trade and hazards are made of counts with them; so does what a rule ties to such an option,
    and what drives shocks.
    """
    if any(isinstance(preference, Ranking) for preference in scenario.preferences):
        return None
    reader = _Reader(scenario)
    found = {option for quantity in _wanted(scenario) for option in reader.options(quantity)}
    tied = [reader.options(rule.must) for rule in scenario.rules]
    before = -1
    while len(found) > before:
        before = len(found)
        found = found.union(*(options for options in tied if options & found))
    return frozenset(found)


def _wanted(scenario: Scenario) -> Iterator[Expression | LevelScale]:
    for preference in scenario.preferences:
        if isinstance(preference, Cardinal):
            yield from (interest.quantity for interest in preference.interests)
        elif not isinstance(preference, Ranking):
            yield from (statement.where for statement in preference.statements)
    for view in scenario.views:
        yield from (interest.quantity for interest in view.interests)
    yield from (option.hazard for option in scenario.options if option.hazard is not None)
    yield from (shock.hazard for shock in scenario.shocks)


class _Reader:
    def __init__(self, scenario: Scenario) -> None:
        self.levels = {option.id: option.levels for option in scenario.options}
        self.outcomes = {outcome.id: outcome.where for outcome in scenario.outcomes}
        self.pressures = {pressure.target: pressure for pressure in scenario.pressures}

    def options(self, quantity: Expression | LevelScale) -> set[str]:
        """The options that a quantity depends on, through outcomes and trade too."""
        if isinstance(quantity, LevelScale):
            return {quantity.option}
        found: set[str] = set()
        waiting, outcomes, targets = [quantity], set[str](), set[str]()
        while waiting:
            expression = waiting.pop()
            named, pressed = names(expression, self.levels), _pressed(expression) - targets
            found |= named & self.levels.keys()
            waiting += [self.outcomes[name] for name in named - outcomes if name in self.outcomes]
            for target in pressed & self.pressures.keys():
                pressure = self.pressures[target]
                found |= {cut.by for cut in pressure.cuts}
                waiting += [divert.when for divert in pressure.diverts if divert.when is not None]
                waiting += [aid.when for aid in pressure.aids]
            outcomes |= named
            targets |= pressed
        return found


def _pressed(expression: Expression) -> set[str]:
    """Targets whose pressure, or what they retain, the expression asks for."""
    return {
        part.arguments[0].name
        for part in walk(expression)
        if isinstance(part, Call) and part.function in ("pressure", "retained")
        if isinstance(part.arguments[0], Name)
    }
