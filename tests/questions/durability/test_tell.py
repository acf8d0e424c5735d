"""How durability is told: a whole report as it was last read, and the cases that report does not show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.answers.vocabulary import Duration
from detente.formats.terminal import render
from detente.questions.durability.answer import Durability
from detente.questions.durability.find import durability
from detente.questions.durability.tell import page
from detente.report.durations import lasts
from detente.scenario.load import loads

HERE = Path(__file__).parents[2] / "crises"
KEPT = HERE / "golden" / "canal-durability.txt"


@pytest.fixture(scope="module")
def answer() -> Durability:
    return durability(loads((HERE / "canal.yaml").read_text("utf-8"), id="canal"))


def told(answer: Durability) -> str:
    return " ".join(render(page(answer), 100, False, "utf-8").split())


def test_the_report_reads_as_it_was_kept(answer: Durability) -> None:
    assert render(page(answer), 80, False, "utf-8") == KEPT.read_text("utf-8")


def test_every_line_fits_eighty_columns(answer: Durability) -> None:
    assert max(map(len, render(page(answer), 80, False, "utf-8").splitlines())) <= 80


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (Duration("ends", 1.0), "1 round"),
        (Duration("ends", 6.36), "6.4 rounds"),
        (Duration("ends", 21.3), "21 rounds"),
        (Duration("ends", 12345.6), "12,346 rounds"),
        (Duration("beyond", None), "more than a billion rounds"),
        (Duration("never", None), "for ever"),
        (Duration("partly", None), "for ever in part of all plays"),
    ],
)
def test_durations_in_words(duration: Duration, text: str) -> None:
    assert lasts(duration) == text


def test_without_end_it_says_so_and_offers_no_remedy(answer: Durability) -> None:
    never = replace(answer, lasts=Duration("never", None), half_life=None, never=1.0, exits=(), remedies=())
    text = told(never)
    assert "lasts for ever" in text
    assert "What would make it last longer" not in text
    assert "How it ends" not in text


def test_a_billion_rounds_and_a_share_without_end(answer: Durability) -> None:
    beyond = replace(answer, lasts=Duration("beyond", None), half_life=None)
    assert "more than a billion rounds on average" in told(beyond)
    partly = replace(answer, lasts=Duration("partly", None), never=0.25, remedies=())
    assert "never ends in 25% of all plays" in told(partly)


def test_with_a_clock_rounds_are_told_in_time_too(answer: Durability) -> None:
    text = told(replace(answer, round_years=0.5, lasts=Duration("ends", 5.1), half_life=4.0, lag=2))
    lasts = "would last 5.1 rounds (2.5 years) on average; in half of all plays it is gone after 4 rounds"
    assert f"{lasts} (2 years)" in text
    assert "noticed only after 2 rounds (12 months)" in text
    assert "A round takes 6 months." in text
    assert "A round takes" not in told(answer)


def test_a_party_that_leaves_on_purpose_and_one_that_does_not_care(answer: Durability) -> None:
    first = answer.exits[0]
    gladly = replace(answer, exits=(replace(first, anticipated=0.2), *answer.exits[1:]))
    assert "it leaves on purpose" in told(gladly)
    equally = replace(answer, exits=(replace(first, anticipated=0.0), *answer.exits[1:]))
    assert "nothing holds it back" in told(equally)


def test_slips_into_a_clash_are_told_apart_from_moves_made_on_purpose(answer: Durability) -> None:
    first, shock, second = answer.exits
    ways = (
        replace(first, probability=0.5, slips=0.8, slips_into_clash=0.6),
        replace(shock, probability=0.3),
        replace(second, probability=0.2, slips=1.0, slips_into_clash=0.0),
    )
    text = told(replace(answer, exits=ways, clashes=("free",)))
    assert (
        "Moves that a party expects to gain by end it in 10% of all plays; slips, by which none does, in 60%"
        in text
    )
    assert "of which 30% into “Water for nothing” (free)." in text
    assert "slips, by which none does, in 60%." in told(replace(answer, exits=ways, clashes=()))


def test_a_state_that_does_not_hold_is_called_so(answer: Durability) -> None:
    assert "it does not hold" in told(replace(answer, strategy=None, best=False, margin=-0.04))


def test_a_shock_may_come_first(answer: Durability) -> None:
    shock = next(way for way in answer.exits if way.shock)
    assert "most probably ends it is a shock: A drought" in told(replace(answer, exits=(shock,)))


def test_the_start_of_a_strategy(answer: Durability) -> None:
    one = replace(answer, strategy="talks", inside=0.6)
    assert "ends inside the outcome, which it does with 60% probability, in state" in told(one)
    half = replace(answer.start[0], probability=0.5)
    assert "50% of that in state 4" in told(replace(one, start=(half, replace(half, state=2))))


def test_who_is_not_to_be_deterred(answer: Durability) -> None:
    free = replace(answer.patience[0], verdict="unpunished", discount=None, loss=-0.1)
    calm = replace(answer.patience[1], verdict="untempted", discount=0.0, gain=0.0, loss=None, move=None)
    text = told(replace(answer, patience=(free, calm), lag=2))
    assert "No patience, however great, keeps Upper town from ending it" in text
    assert "noticed only after 2 rounds" in text


def main() -> None:
    found = durability(loads((HERE / "canal.yaml").read_text("utf-8"), id="canal"))
    KEPT.write_text(render(page(found), 80, False, "utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
