"""How contingency is told: a whole report as it was last read, and the cases that report does not show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.answers.vocabulary import CycleSeen
from detente.formats.terminal import render
from detente.questions.contingency.answer import Contingency, Obstacle, ShockSeen, Worth
from detente.questions.contingency.find import contingency
from detente.questions.contingency.tell import page
from detente.scenario.load import loads

HERE = Path(__file__).parents[2] / "crises"
KEPT = HERE / "golden" / "farm-contingency.txt"
FULL = HERE / "golden" / "farm-contingency-all.txt"


@pytest.fixture(scope="module")
def answer() -> Contingency:
    return contingency(loads((HERE / "farm.yaml").read_text("utf-8"), id="farm"))


def told(answer: Contingency) -> str:
    return " ".join(render(page(answer), 100, False, "utf-8").split())


def full(answer: Contingency) -> str:
    return told(replace(answer, all=True))


def with_shock(answer: Contingency, shock: ShockSeen) -> Contingency:
    return replace(answer, shocks=(shock, *answer.shocks[1:]))


def test_the_report_reads_as_it_was_kept(answer: Contingency) -> None:
    assert render(page(answer), 80, False, "utf-8") == KEPT.read_text("utf-8")
    assert render(page(replace(answer, all=True)), 80, False, "utf-8") == FULL.read_text("utf-8")


def test_every_line_fits_eighty_columns(answer: Contingency) -> None:
    for every in (False, True):
        lines = render(page(replace(answer, all=every)), 80, False, "utf-8").splitlines()
        assert max(map(len, lines)) <= 80


def test_with_a_clock_chances_are_told_within_a_time(answer: Contingency) -> None:
    rounds = f"within {answer.rounds} rounds"
    assert f"{rounds} (5 years)" in told(replace(answer, round_years=0.5))
    assert f"{rounds} if nothing else" in told(answer)


def test_what_cannot_happen_is_said(answer: Contingency) -> None:
    drought = replace(answer.shocks[0], possible=0.0, unplanned=None, plans=(), regrets=())
    assert "It cannot happen here" in full(with_shock(answer, drought))
    assert "A drought 34% – it cannot happen –" in told(with_shock(answer, drought))
    assert "none leads to a clash" in told(with_shock(answer, drought))


def test_a_plan_that_is_blocked_names_what_blocks_it(answer: Contingency) -> None:
    drought = answer.shocks[0]
    obstacles = (Obstacle("direction", "HILL.dig", ""), Obstacle("rule", "not HILL.dig", "It caves in."))
    never = replace(
        drought.plans[0], carried_out=0.0, kept=None, lapsed=None, credible=None, obstacles=obstacles
    )
    text = full(with_shock(answer, replace(drought, plans=(never,), regrets=(), advised=None)))
    assert "Plan 1 could not be carried out: A deeper well cannot be moved that way and the rule" in text
    assert "“not HILL.dig” forbids it (It caves in)" in text
    half = replace(drought.plans[0], carried_out=0.5, obstacles=obstacles)
    assert "could not be carried out in more than 50% of all plays" in full(
        with_shock(answer, replace(drought, plans=(half,)))
    )


def test_a_shock_without_plans_or_chance(answer: Contingency) -> None:
    drought = replace(answer.shocks[0], plans=(), regrets=(), advised=None, hazard=None, within=None)
    assert "No plan of the scenario answers it." in full(with_shock(answer, drought))
    assert "no plan is written for it" in told(with_shock(answer, drought))


def test_clashes_that_pass_and_clashes_that_stay(answer: Contingency) -> None:
    drought = answer.shocks[0]
    assert drought.unplanned is not None
    passing = replace(drought, unplanned=replace(drought.unplanned, settles={"feud": 0.0}))
    assert "“A feud over water”; it passes." in told(with_shock(answer, passing))
    partly = replace(drought, unplanned=replace(drought.unplanned, settles={"feud": 0.4}))
    assert "play ends in it with 40% probability" in told(with_shock(answer, partly))
    none = replace(answer, clash_outcomes=())
    assert "lists no clashes" in told(none)


def test_a_clash_that_only_says_the_shock_again_heads_no_page(answer: Contingency) -> None:
    drought = answer.shocks[0]
    assert drought.unplanned is not None
    assert "a clash follows on “A drought” (“A feud over water” for certain)" in told(answer)
    again = replace(drought, unplanned=replace(drought.unplanned, brings={"feud": 0.0}))
    text = told(with_shock(answer, again))
    assert "Without a plan, none leads to a clash." in text
    assert "The shock itself amounts to a clash: “A feud over water”." in text
    before = replace(answer.start[0], labels=("feud",))
    assert "“A feud over water” was there before the shock." in told(
        replace(with_shock(answer, again), start=(before,))
    )


def test_a_clash_that_comes_anyway_is_no_shocks_doing(answer: Contingency) -> None:
    text = told(replace(answer, calm=replace(answer.calm, brings={"feud": 1.0})))
    assert "Even without one a clash comes: “A feud over water” for certain." in text
    assert "Without a plan, none makes that likelier." in text


def test_why_a_plan_is_the_one_to_begin_with(answer: Contingency) -> None:
    assert "With it no clash comes. With it play ends in the aim for certain." in told(answer)
    drought = answer.shocks[0]
    assert drought.plans[0].kept is not None
    half = replace(drought.plans[0], kept=replace(drought.plans[0].kept, clash=0.5, aim=0.0))
    text = told(with_shock(answer, replace(drought, plans=(half,))))
    assert "With it a clash is less probable. It is better" in text


def test_what_becomes_of_the_aim(answer: Contingency) -> None:
    assert "The aim, “One well for both”, is not reached, and no shock changes that" in told(answer)
    drought = answer.shocks[0]
    assert drought.unplanned is not None
    helps = with_shock(answer, replace(drought, unplanned=replace(drought.unplanned, aim=0.5)))
    assert "The aim, “One well for both”, comes nearer by “A drought”." in told(helps)
    spoilt = told(replace(answer, calm=replace(answer.calm, aim=1.0)))
    assert "The aim, “One well for both”, suffers from “A drought” and “A raid at night”." in spoilt
    aimless = contingency(loads((HERE / "farm.yaml").read_text("utf-8").replace("aim: shared\n", "")))
    assert " aim" not in told(aimless)


def test_shocks_that_change_nothing_are_told_together(answer: Contingency) -> None:
    drought = answer.shocks[0]
    assert drought.unplanned is not None
    still = replace(drought.unplanned, rests=answer.start, clash=0.0, clashes={"feud": 0.0})
    quiet = tuple(replace(one, unplanned=still, advised=None) for one in answer.shocks)
    text = told(replace(answer, shocks=quiet))
    assert "After “A drought” and “A raid at night” nothing changes without a plan" in text


def test_chance_is_shown_where_it_decides(answer: Contingency) -> None:
    drought = answer.shocks[0]
    assert drought.unplanned is not None
    (rest,) = drought.unplanned.rests
    split = replace(
        drought.unplanned,
        rests=(replace(rest, probability=0.5), replace(rest, state=1, probability=0.2)),
        cycles=(CycleSeen((1, 2, 3), 0.3),),
        payoffs={**drought.unplanned.payoffs, "HILL": Worth(0.5, 0.1, -0.25)},
    )
    text = told(with_shock(answer, replace(drought, unplanned=split)))
    assert "A deeper well: yes (50%)" in text
    text = full(with_shock(answer, replace(drought, unplanned=split)))
    assert "round and round among 3 states (30%)" in text
    assert "+0.10 (−0.25 to +0.50)" in text


def test_where_it_is_seen_from(answer: Contingency) -> None:
    assert "Seen from the status quo. Without any shock, play stays there." in told(answer)
    dug = replace(answer.start[0], state=2, levels=("yes", "no", "no", "no"))
    text = told(replace(answer, start=(dug,)))
    assert "Seen from state 2: A deeper well: yes. Without any shock, play goes on:" in text
    ended = full(
        replace(
            answer,
            strategy="talks",
            names=replace(answer.names, strategies={"talks": "Talks at the well"}),
            start=(dug, replace(dug, state=3, probability=0.4)),
        )
    )
    assert (
        "from where the strategy “Talks at the well” (talks) comes to rest, most probably (100%) with" in ended
    )
    assert "what differs from the likeliest start" in ended


def test_a_plan_that_sticks_and_one_that_nobody_misses(answer: Contingency) -> None:
    drought = answer.shocks[0]
    kept = replace(drought.plans[0], credible=True)
    regrets = tuple(replace(one, amount=0.0, plan=None) for one in drought.regrets)
    text = full(with_shock(answer, replace(drought, plans=(kept,), regrets=regrets)))
    assert "No party would gain noticeably by any of these plans." in text


def main() -> None:
    found = contingency(loads((HERE / "farm.yaml").read_text("utf-8"), id="farm"))
    KEPT.write_text(render(page(found), 80, False, "utf-8"), encoding="utf-8")
    FULL.write_text(render(page(replace(found, all=True)), 80, False, "utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
