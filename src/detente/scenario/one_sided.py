"""An aim that asks something of one party only, though strategies are deals that bind others too."""

from __future__ import annotations

from collections.abc import Iterator

from detente.scenario.draft import Oversight
from detente.scenario.expression import Comparison, Expression, Logic, Name
from detente.scenario.model import NATURE, Scenario, Strategy
from detente.scenario.reach import Reach, holds

SHOWN = 3  # strategies that a warning names


def aims_of_one_side(scenario: Scenario) -> Iterator[Oversight]:
    """An aim with duties of one party, to which deals lead in which others take on duties as well.

    A *duty* is an option that must stand elsewhere than today for the aim to hold. A deal is a strategy that
    the party sponsors or in which it sits at a table. What it commits others to, and does not stand so today,
    is no part of the aim: that counts as holding though they go back on it. An aim with a reason is meant so.
    """
    aim = next((outcome for outcome in scenario.outcomes if outcome.id == scenario.aim), None)
    if aim is None or aim.because:
        return
    standing = dict(zip((option.id for option in scenario.options), scenario.status_quo, strict=True))
    owner = {option.id: option.owner for option in scenario.options}
    duties = set(_duties(scenario, aim.where, standing))
    owners = {owner[duty] for duty in duties} - {NATURE}
    if len(owners) != 1:
        return
    [side] = owners
    others = []
    for strategy in scenario.strategies:
        given = dict(level for stage in strategy.stages for level in stage.commit)
        taken_on = [o for o, level in given.items() if owner.get(o, side) != side and level != standing[o]]
        if taken_on and side in _dealing(scenario, strategy):
            others.append(f"{strategy.id}: {', '.join(taken_on)}")
    if others:
        more = f"; and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        what = (
            f"the aim '{aim.id}' asks something of {side} only, while deals with it bind others too "
            f"({'; '.join(others[:SHOWN])}{more}): it holds though they go back on that."
        )
        hint = "Name what both sides do (`A.stop and B.pay`), or say why one side's part is meant (`because`)."
        yield Oversight(("outcomes", aim.id, "where"), what, hint)


def _duties(scenario: Scenario, where: Expression, standing: dict[str, str]) -> Iterator[str]:
    """The options that must stand elsewhere than today for a condition to hold."""
    reach = Reach(scenario)
    for option in reach.bounds.options_in(where):
        today = Comparison(Name(option), "==", Name(standing[option]))
        if reach.meets(Logic("and", where, today), holds) is False:
            yield option


def _dealing(scenario: Scenario, strategy: Strategy) -> set[str]:
    """Who has a part in a strategy: its sponsors, and who sits at its tables."""
    tables = {name for stage in strategy.stages for name in stage.tables}
    seated = {member for table in scenario.tables if table.id in tables for member in table.members}
    return seated | set(strategy.sponsors)
