"""How it is told: as it was last read, and what it never claims."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.formats import terminal
from detente.questions.robustness.answer import LimitSeen, Robustness
from detente.questions.robustness.find import robustness
from detente.questions.robustness.tell import page
from detente.scenario.load import loads
from worlds.conftest import DAM

GOLDEN = Path(__file__).parents[2] / "crises" / "golden" / "dam-robustness.txt"


def asked() -> Robustness:
    return robustness(loads(DAM, id="dam"), worlds=200, workers=1)


@pytest.fixture(scope="module")
def answer() -> Robustness:
    return asked()


def text(answer: Robustness) -> str:
    return " ".join(terminal.render(page(answer)).split())


def test_the_report_reads_as_it_was_kept(answer: Robustness) -> None:
    assert terminal.render(page(answer)) == GOLDEN.read_text(encoding="utf-8")


def test_it_says_when_nothing_can_be_told(answer: Robustness) -> None:
    unsure = tuple(replace(one, matters=False) for one in answer.inputs)
    assert "No single one of 7 unsure numbers can be shown to decide it" in text(replace(answer, inputs=unsure))
    never = replace(answer.success, mean=0.0, never=1.0, certain=0.0, low=0.0, high=0.02)
    assert "so it turns on none of 7 unsure numbers" in text(replace(answer, success=never))


def test_edges_are_told_with_how_many_were_tried(answer: Robustness) -> None:
    assert "None of the 7 numbers that are unsure flips" in text(replace(answer, edges=()))
    assert "None of the 3 numbers with the largest share flips" in text(replace(answer, edges=(), tried=3))
    assert "(the 3 numbers with the largest share were tried, towards" in text(replace(answer, tried=3))
    assert "Knife edges" not in text(replace(answer, edges=(), tried=0))


def test_limits_read_as_sentences(answer: Robustness) -> None:
    box = answer.succeeds[0]
    limits = (
        LimitSeen("interests.UP.1.weight", False, None, 2.0),
        LimitSeen("relations.UP>DOWN", True, 0.1, 0.2),
        LimitSeen("relations.DOWN>UP", False, 0.3, None),
    )
    told = text(replace(answer, succeeds=(replace(box, limits=limits),)))
    assert "the weight of DOWN.pay to Upriver is at most 2" in told
    assert "the attitudes of Upriver and Downriver to each other are from 0.1 to 0.2" in told
    assert "the attitude of Downriver to Upriver is at least 0.3" in told


def test_numbers_that_chance_explains_are_called_so(answer: Robustness) -> None:
    assert "though chance may explain" not in text(answer)
    unsure = tuple(replace(one, matters=False) for one in answer.inputs)
    assert "though chance may explain as much" in text(replace(answer, inputs=unsure))


def test_too_few_worlds_and_failures_are_said(answer: Robustness) -> None:
    told = text(replace(answer, enough=900, failed=3))
    assert "900 worlds would leave the share open by five points" in told
    assert "Nothing came out in 3 worlds" in told
    few = tuple(replace(one, index=None) for one in answer.groups)
    assert "Too few worlds to tell what goes with" in text(replace(answer, groups=few))


if __name__ == "__main__":
    GOLDEN.write_text(terminal.render(page(asked())), encoding="utf-8")


def test_numbers_that_are_off_together_are_told_to_share(answer: Robustness) -> None:
    group = "together: [{numbers: [interests.UP.1.weight, interests.DOWN.1.weight], correlation: 0.6}]\n"
    told = robustness(loads(DAM + group, id="dam"), worlds=200, workers=1)
    assert told.together == (("interests.UP.1.weight", "interests.DOWN.1.weight"),)
    assert "the share of each holds what it owes to the others of its group" in text(told)
    assert "off together" not in text(answer)
