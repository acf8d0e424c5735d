"""How an assessment is told: one line per strategy, and the reasons in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.answers.answer import Names, ScenarioKey
from detente.answers.vocabulary import CycleSeen, HoldoutSeen, Keeps, MoveSeen, Part, Ratification
from detente.formats.terminal import render
from detente.questions.assess.answer import (
    Assess,
    ExitSeen,
    RestSeen,
    SpoilerSeen,
    StrategySeen,
    TradeKept,
    VariantSeen,
)
from detente.questions.assess.find import assess
from detente.questions.assess.tell import page
from detente.questions.sweep.find import sweep
from detente.scenario.load import loads
from worlds.conftest import DAM

ARM = MoveSeen(1, 2, {"A.arm": "yes"})
BASE = StrategySeen(
    id="talk",
    rank=1,
    title="Talks",
    sponsors=("A",),
    success={"peace": 1.0},
    partly={"peace": 0.0},
    lasting=0.4,
    without_tables=0.0,
    rests=(RestSeen(1, ("no",), ("peace",), 1.0, 0.25, ("B",), {"A": 0.3, "B": 0.001}),),
    cycles=(),
    could_not_start=0.0,
    stuck={"peace": 0.0},
    margin=0.25,
    credible=False,
    credibility=(Keeps("A", 0.0, ARM, 0.125),),
    trade_kept=TradeKept("B", 0.6, "C"),
    attendance={"A": 0.2, "B": -0.1},
    spoilers=(
        SpoilerSeen(
            "A",
            None,
            1,
            ARM,
            0.25,
            0.5,
            (Part("attitude", "", "B", -0.1), Part("interest", "strength", "", 0.6)),
        ),
    ),
    holdouts=(),
    variants={
        "self-enforcing": {
            "nash": VariantSeen(0.0, 0.0),
            "seq": VariantSeen(1.0, 1.0),
            "iseq": VariantSeen(0.5, 0.5),
        },
        "binding": {"nash": VariantSeen(0.0, 0.0), "seq": VariantSeen(0.2, 0.2), "iseq": VariantSeen(0.5, 0.5)},
    },
)
LOST = replace(
    BASE,
    id="wait",
    rank=2,
    title="Waiting",
    success={"peace": 0.0},
    lasting=0.0,
    rests=(RestSeen(2, ("yes",), ("race",), 0.7, None, (), {"A": 0.0, "B": None}),),
    cycles=(CycleSeen((1, 2), 0.3),),
    margin=None,
    credibility=(),
    credible=True,
    attendance={},
    spoilers=(),
    holdouts=(
        HoldoutSeen(
            "B",
            1,
            MoveSeen(2, 1, {"A.arm": "no"}),
            0.2,
            0.7,
            -0.15,
            -0.05,
            (Part("interest", "strength", "", -0.15),),
        ),
    ),
    variants={
        kind: {concept: VariantSeen(0.0, 0.0) for concept in ("nash", "seq", "iseq")}
        for kind in ("self-enforcing", "binding")
    },
)


@pytest.fixture
def answer() -> Assess:
    return Assess(
        scenario=ScenarioKey("race", "0"),
        parties=("A", "B"),
        options=("A.arm",),
        names=Names(
            scenario="A race",
            parties={"A": "Arland", "B": "Borland"},
            options={"A.arm": "Arms"},
            outcomes={},
            shocks={},
        ),
        feasible=2,
        foresight="seq",
        foresights={"A": "seq", "B": "seq"},
        aim="peace",
        by_itself=False,
        status_quo=("yes",),
        strategies=(BASE, LOST),
    )


def told(answer: Assess) -> str:
    return " ".join(render(page(answer)).split())


def test_every_strategy_has_one_line_at_80_columns(answer: Assess) -> None:
    lines = [line.split() for line in render(page(answer), width=80).splitlines()]
    assert ["1.", "talk", "certain", "50%", "never", "40%", "+0.25", "–"] in lines
    assert any(line[:7] == ["2.", "wait", "never", "never", "never", "never", "–"] for line in lines)
    assert max(len(line) for line in render(page(answer), width=80).splitlines()) <= 80


def test_the_spoiler_is_told_with_its_largest_gains_first(answer: Assess) -> None:
    text = told(answer)
    assert (
        "Main spoiler: Arland, by “Arms: yes”, for a gain of +0.50 (strength +0.60, attitude to Borland −0.10)"
        in text
    )
    assert "on average that lowers success by 25%" in text
    assert "Arland would go back on its word: Arms: yes (gain +0.12)" in text or "(gain +0.13)" in text
    assert "Likely absentee from its tables: Borland (−0.10)" in text


def test_an_exit_from_the_aim_is_told_with_whose_agreement_it_leaves(answer: Assess) -> None:
    way = ExitSeen("B", "pair", 2, ("no",), ("peace",), MoveSeen(1, 2, {"A.arm": "yes"}), 0.5, 0.25, 0.2)

    def telling(seen: ExitSeen) -> str:
        return told(replace(answer, strategies=(replace(BASE, exits=(seen,)), LOST)))

    leaves = "Borland leaves the agreement of the table pair, at which it does not sit, with 50% probability:"
    assert f"{leaves} “Arms: yes” (gain +0.25)." in telling(way)
    assert f"Once nobody is bound, {leaves}" in telling(replace(way, stage=None))
    spoiling = telling(replace(way, party="A"))
    assert (
        "lowers success by 25%. It leaves the agreement of the table pair, at which it does not sit."
        in spoiling
    )
    for harmless in (replace(way, labels=()), replace(way, success=1.0), replace(way, probability=0.001)):
        assert telling(harmless) == told(answer)
    assert "leaves" not in told(answer)


def test_the_holdout_is_told_with_its_promise_and_its_fear(answer: Assess) -> None:
    text = told(answer)
    assert (
        "Main holdout: Borland. A promise worth 0.20, kept wherever the move leads, would make it move" in text
    )
    assert "move: “Arms: no”. By itself" in text
    assert "By itself that brings it −0.15 (strength −0.15), and it fears replies worth −0.05." in text


def test_the_figures_are_said_to_be_the_central_cases(answer: Assess) -> None:
    text = told(answer)
    assert "central case's figures, in the model" in text
    assert "all parties by SEQ foresight" in text
    assert "each party by its own foresight" in told(replace(answer, foresight="mixed"))


def test_success_under_other_behaviour_is_shown_where_it_differs(answer: Assess) -> None:
    lines = [line.split() for line in render(page(answer), width=80).splitlines()]
    (head,) = [line for line in lines if line[:3] == ["Strategy", "binding,", "SEQ"]]
    assert head == ["Strategy", "binding,", "SEQ", "no", "tables", "Kept", "to", "Trade", "kept"]
    assert ["talk", "20%", "never", "no", "60%"] in lines
    only = {kind: {"seq": VariantSeen(1.0, 1.0)} for kind in ("self-enforcing", "binding")}
    steady = replace(BASE, without_tables=1.0, variants=only, credibility=(), trade_kept=None)
    assert "hangs on" not in told(replace(answer, strategies=(steady,)))
    assert "Success is the same under every foresight" in told(replace(answer, strategies=(steady,)))


def test_strategies_whose_success_never_varies_are_named_in_a_line(answer: Assess) -> None:
    lost = replace(LOST, without_tables=0.0)
    text = told(replace(answer, strategies=(BASE, lost)))
    assert "Nothing tried changes success: never for wait." in text
    none = replace(lost, variants={})
    assert "Nothing tried" not in told(replace(answer, strategies=(BASE, none)))


def test_the_first_sentence_says_where_the_verdict_hangs_on_foresight(answer: Assess) -> None:
    rival = replace(
        LOST, variants={"self-enforcing": {**LOST.variants["binding"], "nash": VariantSeen(1.0, 1.0)}}
    )
    first = "“Talks” (talk) does best of 2 strategies: it gets there for certain, but with 50% probability"
    believed = (
        "if only answers that would be dared count (iSEQ); never if nobody looks past its own move (Nash)"
    )
    assert f"{first} {believed}." in told(answer)
    assert f"{first} {believed}, where wait would get there for certain." in told(
        replace(answer, strategies=(BASE, rival))
    )


def test_what_the_best_comes_to_is_told_by_party(answer: Assess) -> None:
    lines = [" ".join(line.split()) for line in render(page(answer), width=80).splitlines()]
    assert "What “Talks” (talk) comes to" in lines
    assert "Arland +0.30 Arms: no" in lines
    assert "Borland +0.001 –" in lines
    text = told(answer)
    assert "It ends in state 1. Borland is nearest to leaving: the margin is +0.25" in text
    assert "Borland gains hardly anything by it (+0.001)." in text
    assert "comes to" not in told(replace(answer, strategies=(LOST,)))
    rest = replace(BASE.rests[0], nearest=("A", "B"), gains={"A": 0.1, "B": 0.1})
    both = told(replace(answer, strategies=(replace(BASE, rests=(rest,)), LOST)))
    assert "Arland and Borland are nearest to leaving" in both
    assert "Arland and Borland gain least by it, +0.10." in both


def test_equals_that_differ_under_another_foresight_are_told_apart(answer: Assess) -> None:
    variants = {"self-enforcing": {**BASE.variants["self-enforcing"], "iseq": VariantSeen(1.0, 1.0)}}
    twin = replace(BASE, id="walk", title="Walks", variants=variants)
    text = told(replace(answer, strategies=(BASE, twin)))
    assert "would be dared count (iSEQ) talk with 50% probability and walk for certain; never if" in text


def test_trade_kept_above_the_whole_is_explained_where_there_is_one(answer: Assess) -> None:
    assert "above 100%" not in told(answer)
    rich = replace(BASE, trade_kept=TradeKept("B", 1.03, "C"))
    assert "above 100%, aid or better outlets bring it more than is closed" in told(
        replace(answer, strategies=(rich, LOST))
    )
    assert "Trade" not in told(replace(answer, strategies=(replace(LOST, trade_kept=None),)))


def test_who_ratifies_is_told_with_the_chance(answer: Assess) -> None:
    assert "ratified" not in told(answer)
    text = told(replace(answer, ratify={"two": Ratification("B", 0.6)}))
    assert "binds only if it is ratified: two by Borland (60% each time)." in text


def test_best_and_worst_are_said_only_where_success_differs(answer: Assess) -> None:
    assert "Best: “Talks” (talk)" in told(answer)
    assert "Worst: “Waiting” (wait)" in told(answer)
    other = replace(LOST, id="hope", title="Hoping")
    failing = told(replace(answer, strategies=(LOST, other)))
    assert "On the central numbers, none of 2 strategies gets there." in failing
    assert "Best" not in failing
    assert "Worst" not in failing
    assert "First in the table: “Waiting” (wait)" in failing
    assert "Last in the table: “Hoping” (hope)" in failing
    twin = replace(BASE, id="walk", title="Walks", margin=0.2)
    assert (
        "“Talks” (talk) and “Walks” (walk) do best of 2 strategies and equally well: they get there for certain"
        in told(replace(answer, strategies=(BASE, twin)))
    )
    thin = replace(twin, rank=2)
    assert "“Talks” (talk) does best of 2 strategies: it gets there for certain, by the widest margin" in told(
        replace(answer, strategies=(BASE, thin))
    )


def test_a_crisis_left_to_itself_says_whether_the_aim_comes_about(answer: Assess) -> None:
    alone = replace(answer, strategies=(LOST,), by_itself=True)
    assert "It never ends in the aim, peace." in told(alone)


def test_what_goes_round_and_what_could_not_start_is_said(answer: Assess) -> None:
    turning = replace(LOST, cycles=(CycleSeen((1, 2), 0.9),), could_not_start=0.1)
    text = told(replace(answer, strategies=(BASE, turning)))
    assert "goes round 90%, race 70%" in text
    assert "A stage could not always start: wait (10% of all plays)." in text


def test_no_strategies_and_no_aim_are_said_in_a_sentence(answer: Assess) -> None:
    assert "no strategies; this is where the status quo goes by itself" in told(
        replace(answer, strategies=(LOST,), by_itself=True)
    )
    aimless = told(replace(answer, aim=None, strategies=(LOST,)))
    assert "names no aim" in aimless
    assert "Success" not in aimless


def test_the_terms_of_a_gain_add_up_as_they_are_shown(answer: Assess) -> None:
    parts = (Part("interest", "strength", "", 0.1338), Part("interest", "trade", "", 0.1338))
    spoiler = replace(BASE.spoilers[0], gain=0.2676, parts=parts)
    said = told(replace(answer, strategies=(replace(BASE, spoilers=(spoiler,)),)))
    assert "for a gain of +0.27 (strength +0.14, trade +0.13)" in said


def test_a_rest_where_things_stand_today_is_called_so(answer: Assess) -> None:
    nowhere = replace(LOST.rests[0], labels=(), probability=1.0)
    stuck = replace(LOST, rests=(nowhere,), cycles=())
    row = next(
        line
        for line in render(page(replace(answer, strategies=(stuck,)))).splitlines()
        if line.startswith("2.")
    )
    assert row.endswith("status quo")
    elsewhere = replace(answer, strategies=(stuck,), status_quo=("no",))
    row = next(line for line in render(page(elsewhere)).splitlines() if line.startswith("2."))
    assert row.endswith("unnamed")


def test_worlds_are_told_at_the_top_and_as_sweep_tells_them() -> None:
    """What is said over worlds is the sweep's; without worlds nothing is."""
    dam = loads(DAM, id="dam")
    answer = assess(dam, worlds=30)
    swept = sweep(dam, 30, workers=1)
    assert (answer.over, answer.worlds) == (swept.strategies, 30)
    text = " ".join(render(page(answer)).split())
    assert "If the numbers are off, “Talk first” (talk) gets there in" in text.partition("Success:")[0]
    assert "In every world “Squeeze first” (squeeze) does as well." in text
    assert "numbers are off" not in render(page(assess(dam)))
