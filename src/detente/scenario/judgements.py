"""Every number that a scenario states: its address, its bounds, and the scenario with others in their place.

Where a number stands in the document is found by writing the scenario out with a different number in every
place: no list of places is kept here, and a field that the format learns tomorrow has its numbers found too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from math import inf
from typing import Any

from detente.scenario.addresses import places_of_numbers
from detente.scenario.correlation import Group
from detente.scenario.model import Attitude, Number, Scenario

Place = tuple[str | int, ...]
"""The way to a number through the fields and tuples of a scenario."""


@dataclass(frozen=True)
class Judgement:
    """A number that a scenario states once, with what its field admits.

    An attitude that two parties hold of each other with the same number and reason is one judgement: it has two
    addresses and stands in two places.
    """

    addresses: tuple[str, ...]
    places: tuple[Place, ...]
    number: Number
    low: float
    high: float

    @property
    def address(self) -> str:
        """The first of its addresses, by which it is known."""
        return self.addresses[0]

    @property
    def mutual(self) -> bool:
        """Whether it is an attitude that two parties hold of each other."""
        return len(self.addresses) > 1

    @property
    def family(self) -> str:
        """What it belongs with: `interests.CHN`, `relations.CHN~USA`, `views.CHN-of-USA`, `venues`."""
        section, whose, *_ = self.address.split(".")
        if section == "relations":
            return f"relations.{'~'.join(sorted(whose.split('>')))}"
        return f"{section}.{whose}" if section in ("interests", "views", "pressure") else section


def judgements(scenario: Scenario) -> tuple[Judgement, ...]:
    """Every number of a scenario, in the order of its parts."""
    numbers = dict(_numbers(scenario, ()))
    marks = {place: Number(0.1 + count * 1e-7) for count, place in enumerate(numbers, 1)}
    marked = with_numbers(scenario, marks)
    known = places_of_numbers(marked)
    found: dict[object, Judgement] = {}
    for place, number in numbers.items():
        spot = known.get(marks[place].central)
        if spot is None:  # the document does not hold it: it follows from something else
            continue
        address, low, high = spot
        key = _mutual(scenario, place) or place
        before = found.get(key)
        found[key] = (
            Judgement((address,), (place,), number, *_open(low, high))
            if before is None
            else replace(before, addresses=(*before.addresses, address), places=(*before.places, place))
        )
    return tuple(found.values())


def names_of_numbers(scenario: Scenario) -> dict[str, str]:
    """Every address of a number, with the one by which it is known."""
    return {each: one.address for one in judgements(scenario) for each in one.addresses}


def groups_of(scenario: Scenario) -> list[Group]:
    """The numbers that are off together, by the addresses by which they are known."""
    known = names_of_numbers(scenario) if scenario.together else {}
    found = []
    for group in scenario.together:
        names = dict.fromkeys(known[each] for each in group.numbers if each in known)
        found.append((tuple(names), group.correlation.central))
    return found


def with_numbers(scenario: Scenario, values: Mapping[Place, Number]) -> Scenario:
    """The scenario with other numbers in some places; nothing is checked."""
    tree: dict[str | int, Any] = {}
    for place, number in values.items():
        branch = tree
        for step in place[:-1]:
            branch = branch.setdefault(step, {})
        branch[place[-1]] = number
    changed: Scenario = _put(scenario, tree)
    return changed


def along(scenario: Scenario, place: Place) -> Iterator[object]:
    """What stands on the way to a place, from the outermost part to the number itself."""
    node: Any = scenario
    for step in place:
        node = node[step] if isinstance(step, int) else getattr(node, step)
        yield node


def _numbers(node: object, place: Place) -> Iterator[tuple[Place, Number]]:
    if isinstance(node, Number):
        yield place, node
    elif isinstance(node, tuple):
        for step, part in enumerate(node):
            yield from _numbers(part, (*place, step))
    elif is_dataclass(node):
        for field in fields(node):
            yield from _numbers(getattr(node, field.name), (*place, field.name))


def _put(node: Any, tree: Mapping[str | int, Any] | Number) -> Any:
    if isinstance(tree, Number):
        return tree
    if isinstance(node, tuple):
        parts = [_put(part, tree[step]) if step in tree else part for step, part in enumerate(node)]
        return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)
    return replace(node, **{str(name): _put(getattr(node, str(name)), part) for name, part in tree.items()})


def _mutual(scenario: Scenario, place: Place) -> object:
    """What an attitude shares with the one that answers it, where both are one judgement; else nothing."""
    *_, holder, _ = along(scenario, place)
    if not isinstance(holder, Attitude) or not holder.mutual:
        return None
    return *place[:-2], frozenset((holder.holder, holder.other))


def _open(low: float | None, high: float | None) -> tuple[float, float]:
    return (-inf if low is None else low, inf if high is None else high)
