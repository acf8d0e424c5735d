"""A scenario with something else at some of its addresses, checked like a document."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.addresses import Leaf, found_in, leaves_of, tree_of
from detente.scenario.fields import Amount
from detente.scenario.load import loads
from detente.scenario.model import Number, Scenario
from detente.scenario.numbers import number_text, plain_text
from detente.scenario.yaml_layout import Tree, layout

SHOWN = 3  # addresses that a message names


def with_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with other values at some addresses, checked like a document.

    Parameters
    ----------
    scenario : Scenario
    values : mapping
        Per address a number (4, "3 ± 1"), a level, an expression, a yes or a no; None for the default.

    Raises
    ------
    UnknownNameError
        For an address that the scenario does not have, with a near miss.
    ScenarioError
        For values that a document could not hold there; every problem has the address as its place.
    """
    tree = tree_of(scenario)
    leaves = leaves_of(scenario, tree)
    for address, value in values.items():
        _write(tree, found_in(leaves, address), value)
    try:
        return loads(layout(tree), id=scenario.id)
    except ScenarioError as error:
        place = Place(", ".join([*values][:SHOWN]) + (", …" if len(values) > SHOWN else ""))
        found = {Problem(place, each.what, each.hint): None for each in error.problems}
        raise ScenarioError(list(found)) from None


def _write(tree: dict[str, Tree], leaf: Leaf, value: Any) -> None:
    *above, last = leaf.path
    node: Any = tree
    for key in above:
        node = node.setdefault(key, {}) if isinstance(node, dict) else node[key]
    if value is None:
        node.pop(last, None)
        return
    text = _text(value)
    held = node.get(last) if isinstance(node, dict) else node[last]
    if isinstance(held, dict) and isinstance(leaf.kind, Amount):
        kept = {key: why for key, why in held.items() if key in ("because", "source")}
        node[last] = {leaf.kind.word: text, **kept}
    else:
        node[last] = text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Number):
        return number_text(value) or plain_text(value.central)
    return plain_text(value) if isinstance(value, float) and isfinite(value) else str(value)
