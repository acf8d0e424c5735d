"""How the comparison of venues is told: a whole report as it was last read, and what it does not show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.answers.vocabulary import Duration
from detente.formats.terminal import render
from detente.questions.venues.answer import EndedBy, Venues
from detente.questions.venues.find import venues
from detente.questions.venues.tell import page
from detente.report.page import Curve, Ranking
from detente.scenario.load import loads
from detente.scenario.model import Scenario

HERE = Path(__file__).parents[2] / "crises"
KEPT = HERE / "golden" / "quarry-venues.txt"


def opened() -> Scenario:
    return loads((HERE / "quarry.yaml").read_text("utf-8"), id="quarry")


@pytest.fixture(scope="module")
def answer() -> Venues:
    return venues(opened(), strategy="anywhere", foresight="seq")


@pytest.fixture(scope="module")
def uneven() -> Venues:
    return venues(opened(), strategy="talks", foresight="seq")


def told(answer: Venues) -> str:
    return " ".join(render(page(answer), 100, False, "utf-8").split())


def test_the_report_reads_as_it_was_kept(answer: Venues) -> None:
    assert render(page(answer), 80, False, "utf-8") == KEPT.read_text("utf-8")


def test_every_line_fits_eighty_columns(answer: Venues, uneven: Venues) -> None:
    for one in (answer, uneven):
        assert max(map(len, render(page(one), 80, False, "utf-8").splitlines())) <= 80


def test_where_success_differs_it_is_told_and_split(uneven: Venues) -> None:
    text = told(uneven)
    assert "The chapel and The barn come first of 5 places" in text
    assert "come last: there the talks never end in “Stone for money”" in text
    assert "Success is the same everywhere" not in text
    assert "+0.33 in success, of which attitudes +0.33" in text
    assert "Upper town to Hill town +0.20" in text
    assert "instead of The mill" in text


def test_a_ranking_and_a_curve_are_drawn(answer: Venues, uneven: Venues) -> None:
    charts = [block for block in page(answer).blocks if isinstance(block, Ranking | Curve)]
    assert [type(chart) for chart in charts] == [Ranking, Curve]
    ranking = charts[0]
    assert isinstance(ranking, Ranking)
    assert [row.label for row in ranking.rows] == ["The inn", "The chapel", "The barn", "field", "The mill"]
    assert (
        next(b for b in page(uneven).blocks if isinstance(b, Ranking)).title
        == "Success with noisy movers by place"
    )


def test_a_single_place_is_not_ranked() -> None:
    scenario = opened()
    text = told(venues(replace(scenario, venues=scenario.venues[:1]), strategy="anywhere", foresight="seq"))
    assert "The mill is the only place" in text
    assert "hangs on judgements" not in text


def test_places_that_are_all_alike_are_called_so() -> None:
    scenario = opened()
    alike = tuple(venue for venue in scenario.venues if venue.id in ("chapel", "barn"))
    assert "all places are alike" in told(
        venues(replace(scenario, venues=alike), strategy="anywhere", foresight="seq")
    )


def test_durations_without_a_number(answer: Venues) -> None:
    endless = replace(answer.venues[0].hosted, lasts=Duration("never", None), ended_by=None)
    first = replace(answer.venues[0], hosted=endless, rounds=None)
    first = replace(first, channels=tuple(replace(one, rounds=None) for one in first.channels))
    text = told(replace(answer, venues=(first, *answer.venues[1:]), contrast=None))
    assert "which then lasts for ever" in text
    assert "durations without a number cannot be split" in text


def test_where_the_aim_is_never_reached_the_place_decides_nothing(answer: Venues) -> None:
    lost = replace(answer.nowhere, success=0.0, noisy=0.0, ends=(), lasts=None, ended_by=None)
    seen = tuple(replace(one, place=1, hosted=lost, rounds=None) for one in answer.venues)
    text = told(replace(answer, nowhere=lost, venues=seen, contrast=None, asymmetry=None))
    assert "all places are alike. There the talks never end in “Stone for money”" in text
    assert "the place decides nothing (`--strategy` asks about other talks)" in text
    drawn = page(replace(answer, nowhere=lost, venues=seen, contrast=None, asymmetry=None)).blocks
    assert not any(isinstance(block, Ranking) for block in drawn)


def test_a_shock_may_end_it(answer: Venues) -> None:
    hosted = replace(answer.venues[0].hosted, ended_by=EndedBy(None, "nature.flood", 0.6))
    text = told(replace(answer, venues=(replace(answer.venues[0], hosted=hosted), *answer.venues[1:])))
    assert "A flood (60%)" in text


def test_who_needs_comfort_is_told_from_the_figures(answer: Venues) -> None:
    found = answer.asymmetry
    assert found is not None
    assert "falls from +61.2% to +41.5%, most at a ratio of 0.25 (+91.0%)" in told(answer)
    level = tuple(replace(point, weaker=0.1 * point.ratio, stronger=0.2) for point in found.points)
    text = told(replace(answer, asymmetry=replace(found, points=level, supposed=False)))
    assert "grows from +1.2% to +10.0%; at no ratio tried comfort is worth more given to Lower town" in text
    assert "That Lower town is the weaker is stated, not found." in text
    assert "gap in" not in told(replace(answer, asymmetry=None))


def test_nobody_is_called_the_weaker_unless_it_is_said(answer: Venues) -> None:
    text = told(answer)
    assert "gap in composure closes" in text
    assert "Nobody says who is the weaker of the two" in text
    assert "Lower town is the one for whose composure places differ most" in text
    assert "the weaker is stated" not in text


def test_a_difference_below_what_half_a_step_does_is_said_to_be_one(answer: Venues) -> None:
    first, last = answer.venues[0], answer.venues[-1]
    close = replace(last, hosted=replace(last.hosted, lasts=Duration("ends", 20.0)))
    text = told(replace(answer, venues=(first, close), half_step=0.2))
    assert "3% longer in the first place than in the last. That is less than being half a step" in text
    assert "off about composure changes in one place (20%)" in text


def test_what_ends_it_everywhere_alike_is_told_once(answer: Venues) -> None:
    by = EndedBy(None, "nature.flood", 0.6)
    seen = tuple(replace(one, hosted=replace(one.hosted, ended_by=by)) for one in answer.venues)
    text = told(replace(answer, nowhere=replace(answer.nowhere, ended_by=by), venues=seen))
    assert "Wherever they meet, what most probably ends it is A flood (60%)." in text
    assert text.count("A flood (60%)") == 1


def main() -> None:
    KEPT.write_text(
        render(page(venues(opened(), strategy="anywhere", foresight="seq")), 80, False, "utf-8"),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
