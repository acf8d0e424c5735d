"""What no state reaches, and what every state shares."""

from __future__ import annotations

from collections.abc import Iterator

from detente.scenario.draft import Oversight, Path
from detente.scenario.expression import Expression, to_text
from detente.scenario.model import Cardinal, Interest, LevelScale, Scenario
from detente.scenario.reach import Reach, differs, holds


def unreached(scenario: Scenario) -> Iterator[Oversight]:
    """Outcomes without a state, stages that wait in vain, and interests that are the same everywhere."""
    reach = Reach(scenario)
    for outcome in scenario.outcomes:
        if reach.meets(outcome.where, holds) is False:
            what = f"no state is in the outcome '{outcome.id}': {to_text(outcome.where)}."
            yield Oversight(("outcomes", outcome.id, "where"), what, "Do the rules exclude it?")
    for strategy in scenario.strategies:
        for index, stage in enumerate(strategy.stages):
            if stage.until is not None and reach.meets(stage.until, holds) is False:
                what = f"'{to_text(stage.until)}' holds in no state, so the stage waits for it in vain."
                here: Path = ("strategies", strategy.id, "stages", index, "until")
                yield Oversight(here, what, "Do the rules exclude it?")
    for path, whose, interests in interest_lists(scenario):
        for index, interest in enumerate(interests):
            low, high = reach.bounds.of(interest.quantity, reach.standing)
            if low == high and reach.meets(interest.quantity, differs(low)) is False:
                what = (
                    f"{whose} {interest.sense} '{shown(interest.quantity)}', which is {low:g} in every state."
                )
                yield Oversight((*path, index, interest.sense), what, "It changes nothing; is that meant?")


def interest_lists(scenario: Scenario) -> Iterator[tuple[Path, str, tuple[Interest, ...]]]:
    """Every list of interests: where it stands, whose it is, and what it holds."""
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            yield ("interests", party.id), party.id, preference.interests
    for view in scenario.views:
        whose = f"{view.other} in the eyes of {view.holder}"
        yield ("views", view.holder, "of", view.other), whose, view.interests


def shown(quantity: Expression | LevelScale) -> str:
    """A quantity as a message names it."""
    return quantity.option if isinstance(quantity, LevelScale) else to_text(quantity)
