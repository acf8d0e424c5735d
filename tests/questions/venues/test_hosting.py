"""What a place lends, which stages it stands for, and that places that lend the same share their work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.errors import RefusedError
from detente.questions.venues.hosting import CHANNELS, UNAIDED, Hosting, channels_of, held, loan, only
from detente.scenario.load import loads
from detente.scenario.model import Number, Scenario, Stage, Strategy, Venue

QUARRY = (Path(__file__).parents[2] / "crises" / "quarry.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def quarry() -> Scenario:
    return loads(QUARRY, id="quarry")


def venue(scenario: Scenario, id: str) -> Venue:
    return next(venue for venue in scenario.venues if venue.id == id)


def test_the_stages_that_name_a_venue_are_held_there() -> None:
    stages = (Stage(tables=("a",)), Stage(venue="x"), Stage(tables=("b",)))
    assert held(Strategy("s", (), stages)) == (1,)
    assert held(Strategy("s", (), (stages[0], Stage(), stages[2]))) == (0, 2)
    with pytest.raises(RefusedError, match="nobody meets anywhere"):
        held(Strategy("s", (), (Stage(),)))


def test_channels_are_those_with_content(quarry: Scenario) -> None:
    assert channels_of(venue(quarry, "inn")) == CHANNELS
    assert channels_of(venue(quarry, "mill")) == ("composure", "attitudes")
    assert channels_of(venue(quarry, "field")) == ()


def test_only_some_channels_work(quarry: Scenario) -> None:
    inn = venue(quarry, "inn")
    assert only(inn, CHANNELS) == inn
    part = only(inn, ("guarantor",))
    assert (part.guarantors, part.composure, part.assurance, part.attitudes) == (("HILL",), (), (), ())


def test_composure_is_no_loan_and_equal_places_lend_the_same(quarry: Scenario) -> None:
    assert loan(venue(quarry, "chapel"), 0.1) == UNAIDED
    inn = venue(quarry, "inn")
    assert loan(inn, 0.1) == loan(replace(inn, id="tavern", title="A tavern"), 0.1)
    assert loan(inn, 0.1) != loan(inn, 0.05)


def test_without_interest_a_guarantor_is_none(quarry: Scenario) -> None:
    inn = venue(quarry, "inn")
    assert loan(inn, 0.0) == loan(replace(inn, guarantors=()), 0.1)


def test_composure_adds_up_and_never_falls_below_nought(quarry: Scenario) -> None:
    hosting = Hosting(quarry, quarry.strategies[0])
    assert hosting.composure == (8, 5, 5)
    assert hosting.composed(venue(quarry, "inn")) == (7.5, 7, 5)
    assert hosting.composed(venue(quarry, "inn"), (1, 1, 1), 4.0) == (0, 9, 1)
    away = replace(venue(quarry, "inn"), composure=(("DOWN", Number(-9.0)),))
    assert hosting.composed(away) == (8, 0, 5)


def test_nature_stands_still_and_nothing_else_is_left_out(quarry: Scenario) -> None:
    """Half the states are left, and what is reached is named by the whole graph's index."""
    hosting = Hosting(quarry, quarry.strategies[1])
    bargain = hosting.bargain(UNAIDED)
    assert bargain.reached.chances.sum() == pytest.approx(bargain.success)
    assert all(hosting.case.outcomes[0][bargain.reached.states])
    assert bargain.forks is not None
    assert bargain.rounds(hosting.composure) == pytest.approx(hosting_rounds(bargain, hosting))


def hosting_rounds(bargain: object, hosting: Hosting) -> float:
    passage = bargain.passage(hosting.composure)  # type: ignore[attr-defined]
    return float(passage.rounds)
