"""Places are told apart as finely as they differ, and no finer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.answers.vocabulary import Duration
from detente.formats.terminal import render
from detente.questions.venues import telling
from detente.questions.venues.answer import Venues
from detente.questions.venues.find import venues
from detente.questions.venues.tell import page
from detente.scenario.load import loads

CRISIS = Path(__file__).parents[2] / "crises" / "quarry.yaml"
HEADLINE = "The place hardly matters: success is the same in all 2"


@pytest.fixture(scope="module")
def answer() -> Venues:
    return venues(loads(CRISIS.read_text("utf-8"), id="quarry"), strategy="anywhere")


def close(answer: Venues, longer: float, elsewhere: float | None) -> Venues:
    """The same with two places: so much longer in the first of them, and so much in each case of the sweep."""
    hosted = replace(answer.venues[0].hosted, lasts=Duration("ends", 10.0))
    first = replace(
        answer.venues[0], place=1, hosted=replace(hosted, lasts=Duration("ends", 10.0 * (1 + longer)))
    )
    last = replace(answer.venues[1], place=2, hosted=hosted)
    sweep = tuple(replace(case, rounds=elsewhere) for case in answer.sweep)
    return replace(answer, venues=(first, last), sweep=sweep, contrast=None, half_step=0.1)


def told(answer: Venues) -> str:
    return " ".join(render(page(answer), 100, False, "utf-8").split())


def test_places_that_judgements_cannot_tell_apart_hardly_matter(answer: Venues) -> None:
    near = close(answer, 0.05, 0.09)
    assert telling.hardly_matters(near)
    assert told(near).index(HEADLINE) < told(near).index("comes first")
    assert "at most 9% longer in 27 cases with other judgements. Being half a step" in told(near)
    assert "changes it by up to 10% in one and the same place" in told(near)
    assert not telling.hardly_matters(replace(near, half_step=0.08)), "it is the judgements that decide"
    assert not telling.hardly_matters(replace(near, half_step=None))


def test_with_a_clock_it_lasts_so_many_rounds_and_so_long(answer: Venues) -> None:
    near = close(answer, 0.05, 0.09)
    assert "lasts 10.5 rounds (21 months) on average" in told(replace(near, round_years=1 / 6))
    assert "A round takes 2 months." in told(replace(near, round_years=1 / 6))
    assert "lasts 10.5 rounds on average" in told(near)


@pytest.mark.parametrize(("longer", "elsewhere"), [(0.11, 0.02), (0.02, 0.11), (0.02, None), (0.02, -0.11)])
def test_places_matter_where_it_lasts_a_tenth_longer_in_one_case_at_least(
    answer: Venues, longer: float, elsewhere: float | None
) -> None:
    far = close(answer, longer, elsewhere)
    assert not telling.hardly_matters(far)
    assert "hardly matters" not in told(far)


def test_places_matter_where_success_differs(answer: Venues) -> None:
    near = close(answer, 0.05, 0.05)
    first, last = near.venues
    for hosted in (replace(last.hosted, success=0.9), replace(last.hosted, noisy=0.9)):
        assert not telling.hardly_matters(replace(near, venues=(first, replace(last, hosted=hosted))))


def test_the_places_of_a_real_choice_matter(answer: Venues) -> None:
    assert not telling.hardly_matters(answer)


@pytest.mark.parametrize(
    ("rounds", "digits"),
    [
        ((4.0, 5.0), 1),
        ((4.41, 4.42), 2),
        ((4.413, 4.414, 9.0), 3),
        ((4.41, 4.41), 1),
        ((4.00000001, 4.0), 1),
        ((), 1),
    ],
)
def test_rounds_are_told_as_finely_as_they_differ(rounds: tuple[float, ...], digits: int) -> None:
    assert (
        telling.digits([*(Duration("ends", each) for each in rounds), None, Duration("never", None)]) == digits
    )


def test_the_table_tells_places_apart_that_nearly_tie(answer: Venues) -> None:
    text = told(close(answer, 0.001, 0.001))
    assert "10.01" in text
    assert "lasts 10.00 rounds on average" in text
    closer = close(answer, 0.0001, 0.0001)
    assert "10.001" in told(replace(closer, half_step=0.0))
    assert "10.001" not in told(closer), "no more decimals than a reader can use"
