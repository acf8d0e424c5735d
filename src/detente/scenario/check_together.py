"""Rules on numbers that are off together: known numbers, each pair once, and a law that can be drawn from.

They come last, and only where nothing else is wrong: an address is read off the whole document.
"""

from __future__ import annotations

from itertools import combinations

from detente.scenario.correlation import Group, bundles, correlations, factor
from detente.scenario.draft import Draft, Path
from detente.scenario.judgements import groups_of, names_of_numbers
from detente.scenario.near import did_you_mean


def numbers_that_are_off_together_are_known(draft: Draft) -> None:
    """Every group names numbers that the scenario has, each once, and no pair stands in two groups."""
    if draft.scenario is None or not draft.scenario.together or draft.problems:
        return
    known = names_of_numbers(draft.scenario)
    stated: dict[frozenset[str], int] = {}
    for index, group in enumerate(draft.scenario.together):
        here: Path = ("together", index)
        if group.correlation.spread is not None:
            what = "a correlation is a single number; it has no spread of its own."
            draft.problem(draft.place(*here, "correlation"), what, "Write e.g. 0.6.")
        names: list[str] = []
        for place, address in enumerate(group.numbers):
            name = known.get(address)
            if name is None:
                what = f"no number stands at '{address}'."
                hint = did_you_mean(address, known)
                draft.problem(draft.place(*here, "numbers", place), what, hint)
            elif name in names:
                what = f"'{address}' stands in this group twice."
                draft.problem(draft.place(*here, "numbers", place), what, "Keep one.")
            else:
                names.append(name)
        for pair in map(frozenset, combinations(names, 2)):
            if stated.setdefault(pair, index) != index:
                what = f"{' and '.join(sorted(pair))} stand together in an earlier group too."
                draft.problem(draft.place(*here), what, "Keep one of the two.")


def groups_can_be_drawn(draft: Draft) -> None:
    """Groups that overlap say nothing impossible of the numbers that they share."""
    if draft.scenario is None or not draft.scenario.together or draft.problems:
        return
    found = groups_of(draft.scenario)
    for names in bundles(found):
        if factor(correlations(names, found)) is not None:
            continue
        index = next(place for place, (members, _) in enumerate(found) if set(members) & set(names))
        within = [group for group in found if set(group[0]) <= set(names)]
        what = "no numbers can be off together like this: their correlations are not positive definite."
        draft.problem(draft.place("together", index, "correlation"), what, _advice(within))


def _advice(groups: list[Group]) -> str:
    if len(groups) == 1 and groups[0][1] < 0 and len(groups[0][0]) > 2:
        return f"Of {len(groups[0][0])} numbers each two cannot go apart so far: write a smaller correlation."
    if len(groups) == 1:
        return "A correlation of 1 or -1 makes two numbers one: write e.g. 0.9."
    return "Groups that share numbers contradict each other: write smaller correlations, or one group."
