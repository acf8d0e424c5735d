"""Two neighbours may arm, one of them lives from trade that the other can cut; talks, threats and promises."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.formats.terminal import render
from detente.questions.assess.answer import Assess, StrategySeen
from detente.questions.assess.find import assess
from detente.questions.assess.tell import page
from detente.scenario.change import COMPOSURE, move_venue
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.stability.table import stability
from detente.states.compile import compile_graph
from detente.states.names import status_quo
from detente.states.payoffs import decompose

RACE = """
detente: 1
title: An arms race
aim: peace
parties: {A: {name: Arland}, B: {name: Borland}}
options:
  A.arm: {title: Arms of Arland}
  A.cut: {title: The trade is cut}
  B.arm: {title: Arms of Borland}
outcomes: {peace: not A.arm and not B.arm, race: A.arm and B.arm}
status_quo: {A.arm: yes, B.arm: yes}
interests:
  A:
    - {wants: A.arm, weight: 1, name: strength}
    - {avoids: B.arm, weight: 3, name: fear}
    - {avoids: A.cut, weight: 0.5, name: own trade}
  B:
    - {wants: B.arm, weight: 1, name: strength}
    - {avoids: A.arm, weight: 3, name: fear}
    - {avoids: pressure(B), weight: 1, name: trade}
relations: {A > B: -0.1}
pressure:
  B:
    channels:
      - {partner: A, good: coal, kind: licit, value: 80}
      - {partner: C, good: coal, kind: licit, value: 20}
    cuts: [{channels: A, by: A.cut, open: {no: 1, yes: 0}}]
    diverts: [{from: A coal, to: C coal, spare: 40, loss: 0.5, when: A.cut}]
tables:
  loose: [A, B]
  firm: {members: [A, B], binding: yes}
venues:
  lake: {attitudes: {A > B: +0.2}, guarantors: [A], assurance: {B: 0.3}, composure: {A: 2}}
strategies:
  wait: {title: Waiting, sponsors: [A], stages: [{}]}
  squeeze: {title: A cut, sponsors: [A], stages: [{commit: {A.cut: yes}}]}
  talk: {title: Loose talks, sponsors: [A], stages: [{tables: [loose]}]}
  treaty: {title: A firm treaty, sponsors: [A, B], stages: [{tables: [firm], until: peace}]}
  hold: {title: Hold fire, sponsors: [A, B], stages: [{commit: {A.arm: no, B.arm: no}}]}
  retreat: {title: Disarm alone, sponsors: [A], stages: [{commit: {A.arm: no}, until: peace}]}
  lakeside: {title: A treaty by the lake, sponsors: [A], stages: [{tables: [firm], venue: lake, until: peace}]}
"""


@pytest.fixture(scope="module")
def race() -> Scenario:
    return loads(RACE, id="race")


@pytest.fixture(scope="module")
def nash(race: Scenario) -> Assess:
    return assess(race, foresight="nash")


def seen(answer: Assess, id: str) -> StrategySeen:
    return next(found for found in answer.strategies if found.id == id)


def test_strategies_rank_on_the_aim(nash: Assess) -> None:
    order = [found.id for found in nash.strategies]
    assert set(order[:3]) == {"treaty", "hold", "lakeside"}
    assert [seen(nash, id).success["peace"] for id in order] == [1, 1, 1, 0, 0, 0, 0]
    assert (nash.aim, nash.foresight, nash.by_itself) == ("peace", "nash", False)


def test_a_rest_is_named_with_its_margin(race: Scenario, nash: Assess) -> None:
    (rest,) = seen(nash, "wait").rests
    assert rest.labels == ("race",)
    assert rest.levels == ("yes", "no", "yes")
    assert rest.state == status_quo(race, compile_graph(race)) + 1
    assert (rest.probability, rest.margin) == (1.0, seen(nash, "wait").margin)
    assert rest.margin is not None
    assert rest.margin > 0


def test_equals_share_a_rank_whatever_their_order_in_the_file(race: Scenario) -> None:
    twin = replace(next(one for one in race.strategies if one.id == "treaty"), id="pact", title="A pact")
    both = (*race.strategies, twin), (twin, *race.strategies)
    ranks = [
        {found.id: found.rank for found in assess(replace(race, strategies=known), foresight="nash").strategies}
        for known in both
    ]
    assert ranks[0] == ranks[1]
    assert ranks[0]["pact"] == ranks[0]["treaty"] == 1
    assert min(rank for id, rank in ranks[0].items() if rank > 1) > 2
    told = " ".join(
        render(page(assess(replace(race, strategies=(twin, race.strategies[3])), foresight="nash"))).split()
    )
    assert "“A pact” (pact) and “A firm treaty” (treaty) do best of 2 strategies and equally well" in told


def test_a_rest_says_what_each_gains_and_who_is_nearest_to_leaving(race: Scenario, nash: Assess) -> None:
    (rest,) = seen(nash, "treaty").rests
    graph = compile_graph(race)
    start = status_quo(race, graph)
    rises = (graph.payoffs[:, rest.state - 1] - graph.payoffs[:, start]) / graph.spans
    assert dict(rest.gains) == {party: pytest.approx(rise) for party, rise in zip("AB", rises, strict=True)}
    assert rest.margin is not None
    table = stability(graph, ("nash",), per_party=True)
    assert table.margins is not None
    own = table.margins[0, :, rest.state - 1]
    nearest = tuple(
        party for party, margin in zip("AB", own, strict=True) if margin == pytest.approx(own.min())
    )
    assert (rest.nearest, rest.margin) == (nearest, pytest.approx(own.min()))


def test_silence_under_commitment_is_neither_credible_nor_lasting(nash: Assess) -> None:
    hold = seen(nash, "hold")
    assert (hold.success["peace"], hold.lasting, hold.credible) == (1.0, 0.0, False)
    assert [(k.party, k.keeps, k.move and dict(k.move.changes)) for k in hold.credibility] == [
        ("A", 0.0, {"A.arm": "yes"}),
        ("B", 0.0, {"B.arm": "yes"}),
    ]
    assert hold.variants["binding"]["seq"].lasting == 1.0
    assert seen(nash, "wait").credible
    assert seen(nash, "wait").credibility == ()


def test_what_the_table_adds(nash: Assess) -> None:
    treaty = seen(nash, "treaty")
    assert (treaty.success["peace"], treaty.without_tables) == (1.0, 0.0)
    assert set(treaty.attendance) == {"A", "B"}
    assert all(gain is not None and gain > 0 for gain in treaty.attendance.values())
    assert seen(nash, "talk").success["peace"] == 0.0
    assert seen(nash, "talk").variants["self-enforcing"]["seq"].success == 1.0
    assert seen(nash, "wait").attendance == {}


def test_trade_kept_is_told_with_through_whom(nash: Assess) -> None:
    squeeze, wait = seen(nash, "squeeze").trade_kept, seen(nash, "wait").trade_kept
    assert squeeze is not None
    assert wait is not None
    assert (squeeze.target, squeeze.through) == ("B", "C")
    assert squeeze.share == pytest.approx((20 + 40 * 0.5) / 100)
    assert (wait.share, wait.through) == (pytest.approx(1.0), "A")


def test_holdouts_say_what_would_win_them_and_why_they_hold_out(race: Scenario, nash: Assess) -> None:
    retreat = seen(nash, "retreat")
    (holdout,) = [found for found in retreat.holdouts if found.party == "B"]
    assert dict(holdout.move.changes) == {"B.arm": "no"}
    assert holdout.raises == 1.0
    assert holdout.promise == pytest.approx(-holdout.gain - holdout.fear)
    assert sum(part.amount for part in holdout.parts) == pytest.approx(holdout.gain)
    graph = compile_graph(race)
    terms = decompose(race, graph, "B", holdout.move.state - 1, holdout.move.to - 1)
    assert holdout.gain == pytest.approx(sum(term.units for term in terms) / graph.spans[1])
    assert {part.name for part in holdout.parts} == {"strength"}


def test_a_spoiler_is_named_with_its_gain(race: Scenario) -> None:
    lapse = "  relapse: {sponsors: [A, B], stages: [{commit: {A.arm: no, B.arm: no}}, {}]}\n"
    text = RACE.replace("strategies:\n", "strategies:\n" + lapse)
    answer = assess(loads(text, id="race"), strategies=["relapse"], foresight="nash")
    (relapse,) = answer.strategies
    assert relapse.success["peace"] == 0.0
    assert relapse.spoilers == ()  # from the second stage's start peace is lost for certain whoever moves
    mixed = text.replace("}}, {}]}", "}}, {until: not A.arm and B.arm}, {commit: {B.arm: no}, until: peace}]}")
    (half,) = assess(loads(mixed, id="race"), strategies=["relapse"], foresight="nash").strategies
    assert half.success["peace"] == pytest.approx(0.5)
    (spoiler,) = half.spoilers
    assert (spoiler.party, spoiler.stage, dict(spoiler.move.changes)) == ("A", 2, {"A.arm": "yes"})
    assert spoiler.damage == pytest.approx(0.25)
    assert spoiler.gain == pytest.approx(sum(part.amount for part in spoiler.parts))
    assert spoiler.gain is not None
    assert spoiler.gain > 0


HARBOUR = """
detente: 1
title: A harbour that two share and a third would raid
aim: open
parties: {A: {name: Arland}, B: {name: Borland}, C: {name: Corland}}
options:
  A.share: {}
  B.share: {}
  C.raid: {}
outcomes: {open: A.share and B.share and not C.raid}
status_quo: {}
interests:
  A: [{wants: B.share, weight: 2, name: their quay}, {avoids: A.share, weight: 1, name: own quay}]
  B: [{wants: A.share, weight: 2, name: their quay}, {avoids: B.share, weight: 1, name: own quay}]
  C:
    - {wants: C.raid and A.share and B.share, weight: 1, name: loot}
    - {avoids: C.raid and not (A.share and B.share), weight: 1, name: shots for nothing}
tables:
  pair: {members: [A, B], binding: yes}
  all: {members: [A, B, C], binding: yes}
strategies:
  talks: {sponsors: [A, B], stages: [{commit: {A.share: no, B.share: no}}, {tables: [pair]}]}
  treaty: {sponsors: [A, B], stages: [{tables: [pair], until: open}]}
  longer: {sponsors: [A, B], stages: [{tables: [pair], until: open}, {commit: {A.share: yes, B.share: yes}}]}
  whole: {sponsors: [A, B], stages: [{tables: [all]}]}
"""


def test_who_leaves_an_agreement_without_having_sat_at_the_table() -> None:
    answer = assess(loads(HARBOUR, id="harbour"), foresight="nash")
    raid = {"C.raid": "yes"}

    def ways(id: str) -> list[tuple[int | None, float]]:
        found = [way for way in seen(answer, id).exits if way.labels]
        assert {(way.party, way.table, way.gain) for way in found} == {("C", "pair", 0.5)}
        assert all(dict(way.move.changes) == raid and way.success == 0.0 for way in found)
        assert {way.levels for way in found} == {("yes", "yes", "no")}
        return [(way.stage, pytest.approx(way.probability)) for way in found]

    assert ways("talks")[0] == (2, 1.0)  # nobody else has a move: members are better off than without
    assert ways("treaty") == [(None, 1 / 3)]  # each of three would move once nobody is bound
    assert ways("longer") == [(2, 1.0)]  # the treaty still stands where the second stage begins
    assert seen(answer, "whole").exits == ()
    assert seen(answer, "treaty").success["open"] == 1.0
    assert (seen(answer, "talks").spoilers, seen(answer, "talks").success["open"]) == ((), 0.0)


def test_an_agreement_stands_where_the_next_stage_cannot_start() -> None:
    stuck = "  stuck: {sponsors: [A, B], stages: [{tables: [pair], until: open}, {commit: {A.share: no}}]}\n"
    text = HARBOUR.replace("A.share: {}", "A.share: {moves: up}") + stuck
    (found,) = assess(loads(text, id="harbour"), strategies=["stuck"], foresight="nash").strategies
    assert found.could_not_start == 1.0
    assert [(way.party, way.stage, way.probability) for way in found.exits] == [
        ("C", None, 0.5)
    ]  # or B withdraws


def test_foresight_is_the_partys_own_unless_one_is_asked_for(race: Scenario) -> None:
    own = loads(RACE.replace("A: {name: Arland}", "A: {name: Arland, foresight: nash}"), id="race")
    assert assess(own, strategies=["wait"]).foresights == {"A": "nash", "B": "iseq"}
    assert assess(own, strategies=["wait"]).foresight == "mixed"
    assert assess(own, strategies=["wait"], foresight="gmr").foresight == "gmr"
    with pytest.raises(UnknownNameError):
        assess(race, foresight="sq")


def test_a_scenario_without_strategies_walks_by_itself(race: Scenario) -> None:
    bare = loads(
        RACE[: RACE.index("strategies:")].replace("{A.arm: yes, B.arm: yes}", "{A.arm: yes}"), id="bare"
    )
    answer = assess(bare, foresight="nash")
    assert answer.by_itself
    (alone,) = answer.strategies
    assert [rest.labels for rest in alone.rests] == [("race",)]
    assert any("no strategies" in getattr(block, "text", "") for block in page(answer).blocks)


def test_without_an_aim_the_order_is_the_documents(race: Scenario) -> None:
    aimless = loads(
        RACE.replace("aim: peace\n", "").replace("guarantors: [A], assurance: {B: 0.3}, ", ""), id="race"
    )
    answer = assess(aimless, foresight="nash")
    assert [found.id for found in answer.strategies] == [s.id for s in aimless.strategies]
    assert answer.strategies[0].lasting is None
    assert answer.strategies[4].success["peace"] == 1.0
    assert "names no aim" in getattr(page(answer).blocks[0], "text", "")


def test_a_venue_changes_inputs_only(race: Scenario) -> None:
    moved = move_venue(race, "lake")
    assert moved.attitudes[0].value.central == pytest.approx(0.1)
    base, graph = compile_graph(race), compile_graph(moved, base=race)
    assert np.array_equal(base.codes, graph.codes)
    assert np.array_equal(base.spans, graph.spans)
    peace = base.find((0, 0, 0))
    gain = (graph.payoffs[1] - base.payoffs[1]) * base.grid
    assert gain[peace] == pytest.approx(0.3)
    assert np.flatnonzero(gain).tolist() == [s for s in range(base.states) if base.levels(s)[::2] == (0, 0)]
    assert moved.parties[0].composure is not None
    assert moved.parties[0].composure.central == pytest.approx(COMPOSURE + 2)
    with pytest.raises(UnknownNameError):
        move_venue(race, "lke")


def test_what_cannot_be_answered_is_refused_with_the_reason(race: Scenario) -> None:
    ordinal = RACE[: RACE.index("relations:")].replace(
        RACE[RACE.index("  B:\n") : RACE.index("relations:")], "  B: {statements: [not A.arm, B.arm]}\n"
    )
    rest = RACE[RACE.index("tables:") : RACE.index("venues:")] + RACE[RACE.index("strategies:") :]
    rest = rest[: rest.index("  lakeside:")]
    known_by_order = loads(ordinal + rest, id="race")
    with pytest.raises(RefusedError, match="table 'loose' seats B, known only by an order"):
        assess(known_by_order, strategies=["talk"])
    (wait,) = assess(known_by_order, strategies=["wait"]).strategies
    assert wait.margin is None
    with pytest.raises(UnknownNameError, match="Did you mean 'treaty'"):
        assess(race, strategies=["treatty"])
    one_way = replace(race, options=(replace(race.options[0], moves="up"), *race.options[1:]))
    with pytest.raises(RefusedError, match="strategy 'hold' cannot begin"):
        assess(one_way, strategies=["hold"])


def test_the_answer_survives_json_and_fits_its_schema(race: Scenario, nash: Assess) -> None:
    data = json.loads(nash.to_json())
    assert Assess.from_dict(data) == nash
    jsonschema.validate(data, Assess.json_schema())
    first = data["strategies"][0]
    assert {
        "id",
        "title",
        "success",
        "lasting",
        "without_tables",
        "rests",
        "cycles",
        "margin",
        "credible",
    } <= set(first)
    assert {"credibility", "trade_kept", "attendance", "spoilers", "holdouts", "variants", "exits"} <= set(
        first
    )
    for found in data["strategies"]:
        total = sum(end["probability"] for end in found["rests"] + found["cycles"])
        assert total == pytest.approx(1.0)
    assert len(nash.rows()) == len(race.strategies)


def test_progress_is_told_in_order(race: Scenario) -> None:
    told: list[float] = []
    assess(race, strategies=["wait", "hold"], progress=lambda _, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_noisy_and_any_choice_are_answered_too(race: Scenario) -> None:
    for choice in ("any", "noisy"):
        answer = assess(race, foresight="nash", choice=choice)  # type: ignore[arg-type]
        assert seen(answer, "hold").success["peace"] == 1.0
