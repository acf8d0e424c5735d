"""The question as a whole: ties, repairs, events, refusals, and what is said of the Korean crisis."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from detente.ask import ask, read_events
from detente.errors import RefusedError, UnknownNameError
from detente.library import builtin, open
from detente.questions.assess.find import assess
from detente.questions.relations.answer import Relations
from detente.questions.relations.find import relations
from detente.scenario.load import load
from detente.scenario.model import Scenario

HERE = Path(__file__).parents[2] / "crises"
EXTRACT = Path(__file__).resolve().parents[4] / "shared" / "facts" / "data" / "icews18_2018_six_events.csv.gz"


@pytest.fixture(scope="module")
def ridge() -> Scenario:
    return load(HERE / "ridge.yaml")


@pytest.fixture(scope="module")
def found(ridge: Scenario) -> Relations:
    return relations(ridge)


def test_directed_attitudes_become_ties_by_their_mean(found: Relations) -> None:
    ties = {(tie.one, tie.other): tie.weight for tie in found.network.ties}
    assert ties == pytest.approx({("A", "B"): 0.35, ("A", "C"): -0.1})
    assert {(seen.holder, seen.other): seen.value for seen in found.attitudes}["B", "A"] == 0.4
    assert (found.network.frustration, found.network.triads) == (0, 0)
    assert found.network.camps == (("A", "B"), ("C",))


def test_a_view_is_apart_by_the_share_of_weight_that_stands_elsewhere(found: Relations) -> None:
    (view,) = found.views
    assert (view.holder, view.other) == ("B", "A")
    assert view.apart == pytest.approx(2 / 3)  # wants guns 1/3 in truth, all in the picture


def test_the_first_in_assess_of_those_not_certain_is_chosen(ridge: Scenario, found: Relations) -> None:
    assert found.repairs is not None
    assert (found.repairs.strategy, found.repairs.asked, found.repairs.central) == ("talks", False, 0)
    warm = tuple(replace(one, value=replace(one.value, central=0.9)) for one in ridge.attitudes)
    for scenario in (ridge, replace(ridge, attitudes=warm), replace(ridge, strategies=ridge.strategies[::-1])):
        ranking = ask("assess", scenario).strategies
        unsure = [one.id for one in ranking if one.success["quiet"] < 1 - 1e-9]
        repairs = relations(scenario).repairs
        assert repairs is not None
        assert repairs.strategy == (unsure or [one.id for one in ranking])[0]


def test_how_a_repair_brings_it_about_by_hand(found: Relations) -> None:
    """Brook's guns are worth 1/3 to it and 2/3 to Alm's harm: 0.4 of that is less than 1/3, 0.7 is more."""
    assert found.repairs is not None
    how = found.repairs.how
    assert how is not None
    assert (how.party, how.through, how.table, how.stage) == ("B", "A", None, 1)
    assert how.move.changes == {"B.guns": "no"}
    assert how.before / how.after == pytest.approx((0.4 * 2 / 3 - 1 / 3) / (0.7 * 2 / 3 - 1 / 3))
    assert how.before < 0 < how.after


def test_no_mechanism_is_claimed_where_no_repair_helps(ridge: Scenario) -> None:
    bound = replace(ridge, options=tuple(replace(one, moves="fixed") for one in ridge.options))
    repairs = relations(bound, strategy="talks").repairs
    assert repairs is not None
    assert (repairs.first, repairs.how) == (None, None)


def test_two_repairs_work_only_together(found: Relations) -> None:
    """Alm leaves its guns at home only if it cares enough for Brook and Cairn: 2/3 (0.3 + x) + 2/3 y >= 1/3."""
    repairs = found.repairs
    assert repairs is not None
    assert {seen.dyad: seen.gain for seen in repairs.dyads} == {("A", "B"): 0, ("A", "C"): 0, ("B", "C"): 0}
    together = {(pair.first, pair.second): pair.extra for pair in repairs.pairs}
    assert together == pytest.approx(
        {(("A", "B"), ("A", "C")): 1, (("A", "B"), ("B", "C")): 0, (("A", "C"), ("B", "C")): 0}
    )
    assert [seen.share for seen in repairs.dyads] == pytest.approx([0.5, 0.5, 0])
    assert repairs.first == ("A", "B")


def test_the_least_step_is_where_the_inequality_turns(found: Relations) -> None:
    """With Cairn at -0.1: 2/3 (0.3 + x) - 2/3 * 0.1 >= 1/3 from x = 0.3 on."""
    assert found.repairs is not None
    least = {seen.dyad: seen.least for seen in found.repairs.dyads}
    assert least["A", "C"] is least["B", "C"] is None
    assert least["A", "B"] is not None
    assert least["A", "B"].step == pytest.approx(0.3)


def test_a_larger_step_does_it_alone(ridge: Scenario) -> None:
    repairs = relations(ridge, step=0.5).repairs
    assert repairs is not None
    assert repairs.dyads[0].dyad == repairs.first == ("A", "B")
    assert repairs.dyads[0].gain == pytest.approx(1)
    assert repairs.dyads[0].after == pytest.approx((0.8, 0.9))


def test_shapley_values_add_up(ridge: Scenario) -> None:
    for step in (0.1, 0.2, 0.5, 1.0):
        repairs = relations(ridge, step=step).repairs
        assert repairs is not None
        shares = [seen.share or 0.0 for seen in repairs.dyads]
        assert sum(shares) == pytest.approx(repairs.together - repairs.success)


def test_events_suggest_attitudes_beside_the_own(ridge: Scenario) -> None:
    """At the end of March two events of January weigh 0.5 ** (age / 180); five neutral ones stand beside."""
    events = ask("relations", ridge, events=HERE / "ridge-events.csv").to_dict()["events"]
    assert isinstance(events, dict)
    assert (events["events"], events["layout"]) == (4, "plain")
    assert events["left_out"] == {
        "not between two parties of the scenario": 1,
        "within one party": 1,
    }
    first, second = 0.5 ** (85 / 180), 0.5 ** (70 / 180)
    suggested = (4 * first + 2 * second) / (first + second + 5) / 10
    (alm,) = [one for one in events["suggestions"] if one["holder"] == "A"]  # type: ignore[union-attr]
    assert alm["suggested"] == pytest.approx(suggested)
    assert (alm["own"], alm["events"]) == (0.3, 2)
    assert (events["agree"], events["compared"]) == (1, 3)


def test_a_shorter_half_life_follows_the_last_events(ridge: Scenario) -> None:
    record = read_events(HERE / "ridge-events.csv", ridge)
    slow, fast = (relations(ridge, events=record, half_life=days).events for days in (3600, 10))
    assert slow is not None
    assert fast is not None
    assert abs(fast.suggestions[0].suggested) < abs(slow.suggestions[0].suggested)


def test_progress_runs_from_nought_to_one(ridge: Scenario) -> None:
    told: list[float] = []
    relations(ridge, progress=lambda what, share: told.append(share))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_json_and_back(ridge: Scenario) -> None:
    answer = relations(ridge, events=read_events(HERE / "ridge-events.csv", ridge))
    data = json.loads(answer.to_json())
    jsonschema.validate(data, Relations.json_schema())
    assert Relations.from_dict(data) == answer
    assert len(answer.to_frame()) == 3


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"step": 0.0}, "the step is 0"),
        ({"step": 2.5}, "at most at 2"),
        ({"half_life": 0}, "half-life is 0 days"),
    ],
)
def test_what_is_out_of_range_is_refused(ridge: Scenario, given: dict[str, float], message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        relations(ridge, **given)  # type: ignore[arg-type]


def test_an_unknown_strategy_comes_with_a_near_miss(ridge: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'talks'"):
        relations(ridge, strategy="talk")


def test_without_an_aim_the_network_is_left(ridge: Scenario) -> None:
    bare = replace(ridge, aim=None)
    answer = relations(bare)
    assert (answer.repairs, answer.no_repairs) == (None, "no-aim")
    assert len(answer.network.ties) == 2
    with pytest.raises(RefusedError, match="Add `aim`"):
        relations(bare, strategy="talks")


def test_without_strategies_events_take_their_course(ridge: Scenario) -> None:
    answer = relations(replace(ridge, strategies=()))
    assert answer.repairs is not None
    assert answer.repairs.strategy == "by-itself"


@pytest.mark.parametrize("name", [name for name in builtin() if name != "korea-2017"])
def test_every_small_scenario_is_answered_or_refused_in_words(name: str) -> None:
    scenario = open(name)
    try:
        answer = relations(scenario)
    except RefusedError as error:
        assert "known by the order of states only" in str(error)  # noqa: PT017
        assert not scenario.attitudes
    else:
        assert answer.network is not None


@pytest.mark.slow
def test_korea() -> None:
    korea = open("korea-2017")
    events = read_events(EXTRACT, korea) if EXTRACT.exists() else None
    answer = relations(korea, events=events)
    assert set(answer.network.camps) == {("USA", "KOR", "JPN"), ("PRK", "CHN", "RUS")}
    assert answer.network.frustration == pytest.approx(0.1)
    repairs = answer.repairs
    assert repairs is not None
    assert repairs.strategy == "step-by-step"
    assert repairs.first == ("PRK", "RUS")
    assert len(repairs.pairs) == repairs.possible == 105
    best = repairs.dyads[0]
    assert best.least is not None
    assert 0 < best.least.step <= repairs.step
    if events is not None:
        assert answer.events is not None
        assert answer.events.events == 25_986
        assert len(answer.events.suggestions) == 30


def test_few_states_are_judged_as_assess_does_and_many_told_apart(
    ridge: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Success under iSEQ beside that under SEQ, where the crisis is too large to play it a hundred times."""
    crisis = replace(ridge, parties=tuple(replace(party, foresight=None) for party in ridge.parties))
    small = relations(crisis).repairs
    assert small is not None
    assert (small.foresight, small.dared) == ("iseq", None)
    monkeypatch.setattr("detente.questions.relations.find.FEW", 1)
    large = relations(crisis).repairs
    assert large is not None
    assert large.foresight == "seq"
    [talks] = assess(crisis, strategies=[large.strategy]).strategies
    assert large.dared == talks.success["quiet"]
    asked = relations(crisis, foresight="nash").repairs
    assert asked is not None
    [named] = assess(crisis, strategies=[asked.strategy]).strategies
    assert asked.dared == named.success["quiet"] == 1
