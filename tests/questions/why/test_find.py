"""Every why can be followed by hand: the story is replayed on the graph, and the sums add up."""

from __future__ import annotations

import json
import random

import jsonschema
import pytest

from detente.concepts import CONCEPTS
from detente.errors import RefusedError, UnknownNameError
from detente.library import open
from detente.questions.why.answer import Attempt, Stand, Why
from detente.questions.why.find import why
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.stability.table import stability
from detente.states.compile import compile_graph
from oracles.random_scenarios import Shape, random_scenario
from oracles.stability import Oracle

SMALL = ("prisoners", "chicken-2017", "cuba-1962", "elmira", "euphrates-1975", "garrison")
NAMES = tuple(concept.name for concept in CONCEPTS)

RIVER = """
detente: 1
title: A river
parties: {UP: {name: Upstream}, DOWN: {name: Downstream}, BANK: {}}
options:
  UP.dam: {title: A dam, levels: [none, low, high]}
  DOWN.pay: {title: Pay for water}
  BANK.lend: {title: Lend}
rules: [{must: UP.dam == high implies BANK.lend}]
aim: deal
outcomes:
  deal: UP.dam == none and DOWN.pay
  dry: UP.dam >= low and not DOWN.pay
  never: UP.dam == low and UP.dam == high
interests:
  UP:
    - {name: power, wants: {UP.dam: {none: 0, low: 0.6, high: 1}}, weight: 2}
    - {name: money, wants: DOWN.pay, weight: 1}
  DOWN:
    - {name: water, avoids: {UP.dam: {none: 0, low: 0.3, high: 1}}, weight: 3}
    - {name: cost, avoids: DOWN.pay, weight: 1}
  BANK: [{name: interest, wants: BANK.lend, weight: 1}, {name: peace, avoids: dry, weight: 2}]
relations: {UP > DOWN: 0.25, BANK > UP: -0.1, BANK > DOWN: 0.4}
tables: {shore: {members: [UP, DOWN], title: The shore}}
strategies:
  wait: {sponsors: [UP], stages: [{}]}
  pay: {sponsors: [DOWN], title: Pay first, stages: [{commit: {DOWN.pay: yes}, title: Pay}, {title: Then free}]}
  talk: {sponsors: [DOWN], stages: [{tables: [shore]}]}
  hold: {sponsors: [UP, DOWN], stages: [{commit: {UP.dam: none, DOWN.pay: yes}}]}
"""


@pytest.fixture(scope="module")
def river() -> Scenario:
    return loads(RIVER, id="river")


def replay(scenario: Scenario, answer: Why, oracle: Oracle) -> None:
    """Follow every story of an answer about a state, word for word by the definitions."""
    state = answer.state.state - 1
    for place, stand in enumerate(answer.state.stands):
        assert stand.party == answer.parties[place]
        follow(oracle, place, state, stand)
    for under in answer.state.concepts:
        stable = [oracle.stable(under.concept, party, state) for party in range(len(answer.parties))]
        assert under.holds == all(stable)
        assert under.leavers == tuple(p for p, held in zip(answer.parties, stable, strict=True) if not held)
        for stand in under.turns:
            follow(oracle, answer.parties.index(stand.party), state, stand)
        turned = {stand.party for stand in under.turns}
        for place, name in enumerate(answer.parties):
            asked = oracle.stable(answer.foresights[name], place, state)
            assert (name in turned) == (stable[place] != asked)


def follow(oracle: Oracle, party: int, state: int, stand: Stand) -> None:
    graph = oracle.graph
    moves = oracle.moves[party][state]
    better = {there for there in moves if oracle.payoff(party, there) > oracle.payoff(party, state)}
    stable = oracle.stable(stand.concept, party, state)
    assert (stand.moves, stand.improvements) == (len(moves), len(better))
    assert (stand.stance == "leaves") == (not stable)
    assert (stand.stance == "no moves") == (not moves) == (stand.attempt is None)
    if stable and better:
        assert stand.stance == held_by(oracle, stand.concept, party, state)
    if all(graph.cardinal) and moves:
        assert stand.margin == pytest.approx(oracle.margin(stand.concept, party, state), abs=1e-9)
    if stand.attempt is not None:
        assert stand.attempt.better == bool(better)
        attempt(oracle, stand.concept, party, state, stand.attempt)


def held_by(oracle: Oracle, concept: str, party: int, state: int) -> str:
    """What keeps a party that is tempted."""
    if concept in ("seq", "sseq"):
        return "deterred" if oracle.stable("iseq", party, state) else "empty threat"
    sure = concept != "iseq" or oracle.iterated.stable_at(2 * len(oracle.iterated.levels), party, state)
    return "deterred" if sure else "undetermined"


def attempt(oracle: Oracle, concept: str, party: int, state: int, tried: Attempt) -> None:
    graph, target = oracle.graph, tried.move.to - 1
    assert tried.move.state - 1 == state
    assert target in oracle.moves[party][state]
    here, span = oracle.payoff(party, state), float(graph.spans[party])
    expects = oracle.anticipated(concept, party, target)
    assert tried.worthwhile == (expects > here)
    if graph.cardinal[party]:
        assert tried.gain == pytest.approx((oracle.payoff(party, target) - here) / span)
        assert tried.expects == pytest.approx((expects - here) / span)
        assert sum(part.amount for part in tried.parts) == pytest.approx(tried.gain, abs=1e-12)
    else:
        assert (tried.gain, tried.expects, tried.parts) == (None, None, ())
    at, last = target, party
    improving = concept in ("seq", "sseq")
    for reply in tried.replies:
        mover, there = graph.parties.index(reply.party), reply.move.to - 1
        assert reply.move.state - 1 == at
        assert mover not in (party, last)
        assert there in (oracle.improvements(party, mover, at) if improving else oracle.moves[mover][at])
        assert reply.prefers == (there in oracle.improvements(party, mover, at))
        rise = oracle.payoff(party, there) - here
        assert reply.compared == ("better" if rise > 0 else "worse" if rise < 0 else "same")
        if graph.cardinal[party]:
            assert reply.after == pytest.approx(rise / span)
        at, last = there, mover
    if tried.better and not tried.worthwhile:
        assert tried.replies
        assert oracle.payoff(party, at) <= here
    if tried.escape is not None:
        best = max(oracle.payoff(party, there) for there in oracle.moves[party][at])
        assert oracle.payoff(party, tried.escape.to - 1) == best
        assert tried.worthwhile or best <= here


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("concept", NAMES)
def test_the_story_can_be_replayed_at_every_state_of_small_crises(name: str, concept: str) -> None:
    scenario = open(name)
    oracle = Oracle(compile_graph(scenario))
    for state in range(1, oracle.graph.states + 1):
        replay(scenario, why(scenario, str(state), concept), oracle)


@pytest.mark.parametrize("seed", range(25))
def test_the_story_can_be_replayed_on_random_crises(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng, Shape(combinations=36))
    oracle = Oracle(compile_graph(scenario))
    for state in rng.sample(range(1, oracle.graph.states + 1), min(8, oracle.graph.states)):
        replay(scenario, why(scenario, str(state), rng.choice((*NAMES, None))), oracle)


def test_levels_and_changes_are_those_of_the_options(river: Scenario) -> None:
    answer = why(river, ["UP.dam=low", "DOWN.pay=yes"])
    assert answer.state.levels == ("low", "yes", "no")
    for stand in answer.state.stands:
        assert stand.attempt is not None
        assert all(option.startswith(stand.party) for option in stand.attempt.move.changes)


def test_foresight_is_what_is_asked_else_each_partys_own(river: Scenario) -> None:
    own = loads(RIVER.replace("BANK: {}}", "BANK: {foresight: nash}}"), id="river")
    assert why(river).foresight == "iseq"
    assert why(own).foresight == "mixed"
    assert why(own).foresights == {"UP": "iseq", "DOWN": "iseq", "BANK": "nash"}
    assert [stand.concept for stand in why(own).state.stands] == ["iseq", "iseq", "nash"]
    assert why(own, concept="gmr").foresight == "gmr"


def test_one_party_may_be_asked_about(river: Scenario) -> None:
    every, one = why(river), why(river, party="DOWN")
    assert one.party == "DOWN"
    assert [stand.party for stand in one.state.stands] == ["DOWN"]
    assert one.state.stands[0] == every.state.stands[1]
    assert (one.state.holds, one.state.margin, one.state.concepts) == (
        every.state.holds,
        every.state.margin,
        every.state.concepts,
    )


def test_who_could_bring_the_aim_about_alone(river: Scenario) -> None:
    (refusal,) = why(river, "UP.dam=none").state.refusals
    assert refusal.party == "DOWN"
    assert refusal.attempt.move.changes == {"DOWN.pay": "yes"}
    assert why(river, ["UP.dam=low"]).state.refusals == ()
    assert why(river, ["DOWN.pay=yes"]).state.refusals == ()


@pytest.mark.parametrize("outcome", ["deal", "dry"])
@pytest.mark.parametrize("concept", NAMES)
def test_an_outcome_is_told_by_its_best_state(river: Scenario, outcome: str, concept: str) -> None:
    answer = why(river, outcome, concept)
    table = stability(compile_graph(river))
    members = [state for state in range(answer.feasible) if outcome in why(river, str(state + 1)).state.labels]
    margins = table.margin[NAMES.index(concept)]
    assert answer.outcome is not None
    assert answer.outcome.states == len(members)
    for name, many in answer.outcome.counts.items():
        assert many == int(table.equilibria(name)[members].sum())
    assert answer.outcome.holding == answer.outcome.counts[concept]
    assert answer.state.state - 1 in members
    assert margins[answer.state.state - 1] == max(margins[members])
    assert answer.state.holds == (answer.outcome.holding > 0)
    assert answer.state.margin == pytest.approx(max(margins[members]))


def test_an_ordinal_outcome_is_told_by_the_state_that_most_parties_keep() -> None:
    scenario = open("elmira")
    answer = why(scenario, "delay")
    stable = stability(compile_graph(scenario)).stable("seq")
    members = [s for s in range(answer.feasible) if "delay" in why(scenario, str(s + 1)).state.labels]
    many = stable.sum(axis=0)
    assert many[answer.state.state - 1] == max(many[members])
    assert answer.state.margin is None
    assert answer.state.nearest is None


def test_a_strategy_is_told_by_its_likeliest_way(river: Scenario) -> None:
    answer = why(river, "pay", "nash")
    seen = answer.strategy
    assert seen is not None
    path = seen.paths[0]
    assert path.steps[0].kind == "commit"
    assert path.steps[0].who == ("DOWN",)
    assert path.steps[0].move.changes == {"DOWN.pay": "yes"}
    at = why(river).state.state
    for step in path.steps:
        assert step.move.state == at
        at = step.move.to
        for share in step.shares:
            assert sum(part.amount for part in share.parts) == pytest.approx(share.gain, abs=1e-12)
    assert at == path.state == answer.state.state
    assert path.steps[0].before == seen.success
    assert path.steps[-1].after == (1.0 if path.inside else 0.0)
    assert sum(other.probability for other in seen.paths) == pytest.approx(1)


def test_where_a_strategy_fails_what_binds_there_counts(river: Scenario) -> None:
    answer = why(river, "pay", "nash")
    assert answer.state.stage == 2
    assert answer.state.bound == {}
    held = why(river, "hold")
    assert held.strategy is not None
    assert held.strategy.success == 1.0
    assert held.state.stage is None
    assert held.state.bound == {}


def test_a_table_without_a_deal_says_who_is_against_it(river: Scenario) -> None:
    answer = why(river, "talk")
    assert answer.strategy is not None
    (deal,) = answer.strategy.no_deals
    graph = compile_graph(river)
    assert set(deal.move.changes) <= {"UP.dam", "DOWN.pay"}
    for share in deal.shares:
        party = graph.parties.index(share.party)
        rise = int(graph.payoffs[party, deal.move.to - 1]) - int(graph.payoffs[party, deal.move.state - 1])
        assert share.gain == pytest.approx(rise / graph.spans[party])
        assert sum(part.amount for part in share.parts) == pytest.approx(share.gain, abs=1e-12)
        assert share.gain >= 0 or share.party in deal.against
    assert deal.against or deal.breakers


@pytest.mark.parametrize(
    ("subject", "error", "said"),
    [
        ("deel", UnknownNameError, "no state, outcome or strategy called 'deel'. Did you mean 'deal'"),
        ("99", RefusedError, "no state 99"),
        ("never", RefusedError, "no feasible state belongs to the outcome 'never'"),
        ("UP.dam=high", RefusedError, "breaks the rule"),
        ("UP.dam=hig", UnknownNameError, "Did you mean 'high'"),
    ],
)
def test_bad_subjects(river: Scenario, subject: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        why(river, subject)


def test_bad_parties_and_concepts_come_with_a_near_miss(river: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'DOWN'"):
        why(river, party="DON")
    with pytest.raises(UnknownNameError, match="Did you mean 'sseq'"):
        why(river, concept="ssq")


def test_without_an_aim_no_strategy_fails() -> None:
    aimless = loads(RIVER.replace("aim: deal\n", ""), id="river")
    assert why(aimless, "dry").state.refusals == ()
    with pytest.raises(RefusedError, match="no aim"):
        why(aimless, "wait")


@pytest.mark.parametrize("subject", ["status-quo", "deal", "pay", "talk"])
def test_the_answer_is_its_documented_json(river: Scenario, subject: str) -> None:
    answer = why(river, subject)
    data = json.loads(answer.to_json())
    jsonschema.validate(data, Why.json_schema())
    assert Why.from_dict(data) == answer
    assert (data["kind"], data["subject"]) == (answer.kind, subject)


def test_the_frame_has_a_row_per_party(river: Scenario) -> None:
    frame = why(river).to_frame()
    assert list(frame["party"]) == ["UP", "DOWN", "BANK"]
    assert set(frame.columns) >= {"stance", "margin", "gain", "expects"}


@pytest.mark.slow
def test_korea_is_explained_for_states_outcomes_and_strategies() -> None:
    scenario = open("korea-2017")
    for subject in ("status-quo", "frozen", *(strategy.id for strategy in scenario.strategies)):
        answer = why(scenario, subject)
        for stand in answer.state.stands:
            if stand.attempt is not None and stand.attempt.gain is not None:
                total = sum(part.amount for part in stand.attempt.parts)
                assert total == pytest.approx(stand.attempt.gain, abs=1e-12)
        assert Why.from_dict(json.loads(answer.to_json())) == answer
