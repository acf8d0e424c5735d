"""A slip in a definition: what is defined is named nowhere, and something written almost like it is, often."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from detente.errors import Place
from detente.scenario.draft import Draft
from detente.scenario.expression import Name, walk
from detente.scenario.near import near_miss
from detente.scenario.nodes import MAX_PROBLEMS

OFTEN = 2
"""So many uses that agree outweigh one definition; fewer do not."""


def definitions_are_used_as_written(draft: Draft) -> None:
    """What is named twice or more but defined nowhere has no unused near miss among the definitions."""
    for kind, uses in _uses(draft).items():
        known = draft.known(kind)
        unused = [name for name in known if name not in uses]
        if kind in draft.unreadable or not unused:
            continue
        missing = (name for name, places in uses.items() if len(places) >= OFTEN and name not in known)
        for name in islice(missing, MAX_PROBLEMS):
            if name in draft.doubtful:
                continue
            places, near = uses[name], near_miss(name, unused)
            if near is not None:
                what = f"{kind} '{near}' is named nowhere, and '{name}' is, first on line {min(places).line}."
                draft.problem(draft.declared[kind][near], what, f"Did you mean '{name}'?")
                draft.doubtful |= {name, near}


def _uses(draft: Draft) -> dict[str, dict[str, list[Place]]]:
    """Where every name is used, by kind; the owner of an option is named by it."""
    uses: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for mention in draft.mentions:
        uses[mention.kind][mention.name].append(mention.place)
    for option, place in draft.declared.get("option", {}).items():
        uses["party"][option.partition(".")[0]].append(place)
    assert draft.scenario is not None
    levels = {level for option in draft.scenario.options for level in option.levels}
    shocks = draft.known("shock")
    for written in draft.formulas:
        for part in walk(written.expression):
            if isinstance(part, Name) and part.name not in levels and part.name not in shocks:
                kind = "option" if "." in part.name else "outcome"
                uses[kind][part.name].append(written.text.place)
    return uses
