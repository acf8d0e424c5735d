"""How a roadmap is told: whole reports as they were last read, and the cases those reports do not show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.formats.terminal import render
from detente.library import open as load
from detente.questions.roadmap.answer import DirectSeen, PromiseSeen, Roadmap, Unwilling
from detente.questions.roadmap.find import roadmap
from detente.questions.roadmap.tell import page
from detente.report.page import Steps
from detente.scenario.load import loads

HERE = Path(__file__).parents[2] / "crises"
KEPT = {"ferry": ("ferry", None), "canal": ("canal", ["none"])}


def asked(name: str) -> Roadmap:
    file, tables = KEPT[name]
    return roadmap(loads((HERE / f"{file}.yaml").read_text("utf-8"), id=file), tables=tables)


@pytest.fixture(scope="module")
def answer() -> Roadmap:
    return asked("ferry")


def told(answer: Roadmap) -> str:
    return " ".join(render(page(answer), 100, False, "utf-8").split())


@pytest.mark.parametrize("name", KEPT)
def test_the_report_reads_as_it_was_kept(name: str) -> None:
    text = render(page(asked(name)), 80, False, "utf-8")
    assert text == (HERE / "golden" / f"{name}-roadmap.txt").read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 80


def test_the_steps_are_drawn_with_their_exposures(answer: Roadmap) -> None:
    drawn = [block for block in page(answer).blocks if isinstance(block, Steps)]
    assert [step.value for step in drawn[0].steps] == [0.0, 0.25]
    assert len(drawn[1].steps) == 3


def test_no_way_at_all(answer: Roadmap) -> None:
    text = told(replace(answer, sound=False, road=None, alone=None))
    assert "no state of it can be reached at all" in text


def test_already_there(answer: Roadmap) -> None:
    assert answer.road is not None
    there = replace(answer, road=replace(answer.road, steps=()))
    assert "The status quo is already a state of “A bridge” (bridge) that holds" in told(there)
    nearest = replace(there, sound=False, holding=0)
    assert "The status quo is the state of it that is nearest to holding" in told(nearest)


def test_a_road_to_an_end_that_does_not_hold(answer: Roadmap) -> None:
    assert answer.road is not None
    end = replace(answer.road.end, holds=False, margin=-0.1)
    promises = (PromiseSeen("N", "stay", 0.1), PromiseSeen("S", "stay", 0.001))
    broken = replace(answer, sound=False, holding=0, road=replace(answer.road, end=end), promises=promises)
    text = told(broken)
    assert "no state of it holds" in text
    assert "(margin −0.10), which does not hold" in text
    assert "more than 0.10 of its payoff range to North bank and a little to South bank" in text


def test_nothing_to_defect_from_and_no_way_alone(answer: Roadmap) -> None:
    assert answer.road is not None
    safe = replace(answer.road, worst=0.0, exposed=False)
    text = told(replace(answer, road=safe, alone=None))
    assert "nobody could expect to gain by breaking off on the way" in text
    assert "No sound path leads to that end by moves of single parties alone" in text


def test_parties_known_only_by_order_have_no_numbers() -> None:
    text = told(roadmap(load("cuba-1962")))
    assert "on every road somebody could gain by breaking off: on this one United States, at step 1" in text
    assert "prefers it" in text
    assert "safe" in text
    unsized = told(roadmap(load("garrison")))
    assert "something to US supporters" in unsized
    assert "unwilling" in unsized


def main() -> None:
    for name in KEPT:
        kept = HERE / "golden" / f"{name}-roadmap.txt"
        kept.write_text(render(page(asked(name)), 80, False, "utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()


def test_why_a_road_turns_aside(answer: Roadmap) -> None:
    assert answer.road is not None
    aside = replace(answer, road=replace(answer.road, detours=("F.landing",)))
    refusing = DirectSeen("none", None, (Unwilling("S", -0.4),))
    text = told(replace(aside, direct=refusing))
    assert "On the way this changes otherwise than towards the end" in text
    assert "No road was found that goes only towards the end: South bank (−0.40) would have to change" in text
    assert "On this road it does when it comes to that, because of what others have changed by then." in text
    assert "only towards the end." in told(replace(aside, direct=replace(refusing, unwilling=())))
    many = replace(refusing, outcome="unsearched")
    assert "Too many options differ to look for a road that goes only towards" in told(
        replace(aside, direct=many)
    )
    exposed = DirectSeen("exposed", 0.31, ())
    assert "and it is more exposed (0.31 at its worst step)." in told(replace(aside, direct=exposed))
