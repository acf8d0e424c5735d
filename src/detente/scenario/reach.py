"""Whether some state meets a condition, found by trying levels option by option, without computing states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.scenario.bounds import Bounds, Interval
from detente.scenario.expression import Expression
from detente.scenario.model import LevelScale, Option, Scenario

MOST_READINGS = 20_000
"""So many readings of rules are made for one condition; after that the answer stays open."""
MOST_IN_ALL = 10 * MOST_READINGS

Verdict = bool | None


def holds(value: Interval) -> Verdict:
    """Whether a condition of that value holds; None while it may or may not."""
    return None if value[0] <= 0 < value[1] else value[0] > 0


def differs(other: float) -> Callable[[Interval], Verdict]:
    """Whether a value differs from another; None while it may or may not."""

    def verdict(value: Interval) -> Verdict:
        if value[0] == value[1]:
            return value[0] != other
        return None if value[0] <= other <= value[1] else True

    return verdict


class Reach:
    """What the states of one scenario can be, as its rules leave them."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.bounds = scenario, Bounds(scenario)
        self.tied = [(rule.must, set(self.bounds.options_in(rule.must))) for rule in scenario.rules]
        self.about: dict[str, list[int]] = {}
        for index, (_, options) in enumerate(self.tied):
            for option in options:
                self.about.setdefault(option, []).append(index)
        self.left, self.left_in_all = 0, MOST_IN_ALL
        self.standing = dict(zip((option.id for option in scenario.options), scenario.status_quo, strict=True))

    def meets(self, quantity: Expression | LevelScale, wanted: Callable[[Interval], Verdict]) -> Verdict:
        """Whether a state that keeps all rules gives the quantity a wanted value; None where it stays open.

        What `pressure`, `retained` and `risk` are at a state is not known here, so a value that hangs on them
        counts as wanted. Rules that share no option with it, however far round, are taken to leave a state.
        """
        asked = set(self.bounds.options_in(quantity))
        rules, about = self._rules_about(asked)
        first = [option for option in self.scenario.options if option.id in asked]
        then = [option for option in self.scenario.options if option.id in about - asked]
        self.left = min(MOST_READINGS, self.left_in_all)
        before = self.left
        verdict = self._try(quantity, wanted, rules, (*first, *then), {})
        self.left_in_all -= before - self.left
        return verdict

    def _rules_about(self, asked: set[str]) -> tuple[list[Expression], set[str]]:
        """The rules that share options with what is asked, or with such rules; and all these options."""
        reached, touching = set(asked), set[int]()
        waiting = list(asked)
        while waiting:
            for index in self.about.get(waiting.pop(), ()):
                if index not in touching:
                    touching.add(index)
                    waiting += self.tied[index][1] - reached
                    reached |= self.tied[index][1]
        return [self.tied[index][0] for index in sorted(touching)], reached

    def _try(
        self,
        quantity: Expression | LevelScale,
        wanted: Callable[[Interval], Verdict],
        rules: Sequence[Expression],
        options: Sequence[Option],
        levels: dict[str, str],
    ) -> Verdict:
        if self.left <= 0:
            return None
        self.left -= 1 + len(rules)
        verdict = wanted(self.bounds.of(quantity, levels))
        values = [(rule, holds(self.bounds.of(rule, levels))) for rule in rules]
        if verdict is False or any(value is False for _, value in values):
            return False
        undecided = [rule for rule, value in values if value is None]
        if not options or (verdict and not undecided):
            return True
        option, rest = options[0], options[1:]
        today = self.standing[option.id]
        found: Verdict = False
        for level in sorted(option.levels, key=lambda each: each != today):
            tried = self._try(quantity, wanted, undecided, rest, {**levels, option.id: level})
            if tried:
                return True
            found = None if tried is None else found
        return found
