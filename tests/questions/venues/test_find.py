"""Where to meet: ranking, channels, sweep and asymmetry, on a quarry between two towns and on random crises."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from detente import catalogue
from detente.errors import RefusedError, UnknownNameError
from detente.library import open as load
from detente.play import noisy_play
from detente.play.case import Case, conduct_of
from detente.play.shocks import chanced
from detente.questions.assess.find import assess
from detente.questions.venues.answer import Venues
from detente.questions.venues.find import venues
from detente.questions.venues.hosting import CHANNELS, channels_of, only
from detente.scenario.change import COMPOSURE, GUARANTEE
from detente.scenario.load import loads
from detente.scenario.model import Attitude, Number, Scenario, Stage, Strategy, Table, Venue
from detente.states.compile import compile_graph
from detente.states.state_graph import Bools, Floats, StateGraph
from oracles.keeping import Keeping
from oracles.random_scenarios import Shape, random_scenario

QUARRY = (Path(__file__).parents[2] / "crises" / "quarry.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def quarry() -> Scenario:
    return loads(QUARRY, id="quarry")


@pytest.fixture(scope="module")
def answer(quarry: Scenario) -> Venues:
    return venues(quarry, strategy="anywhere", foresight="seq")


def literal(scenario: Scenario, strategy: Strategy, place: Venue | None) -> tuple[float, float, float]:
    """Success, the same with noisy movers, and expected rounds in a place: whole graph, dense matrix."""
    known = replace(scenario, venues=() if place is None else (replace(place, id="here"),))
    named = any(stage.venue for stage in strategy.stages)
    stages = tuple(
        replace(stage, venue="here" if place is not None and (stage.venue if named else stage.tables) else None)
        for stage in strategy.stages
    )
    case = Case(known, conduct_of(known))
    assert case.aim is not None
    inside = case.outcomes[case.aim]
    plan = case.plan(replace(strategy, stages=stages))
    course = case.course(replace(strategy, stages=stages))
    noisy = noisy_play.success(plan.stages, case.beginning, inside)
    moved, cached = case.venue("here" if place is not None else None)
    mass = np.zeros(len(inside))
    for rest in course.rests:
        mass[rest.state] += rest.probability * inside[rest.state]
    for cycle in course.cycles:
        if inside[cycle.states].all():
            mass[cycle.states] += cycle.shares * cycle.probability
    return course.success(inside), noisy, rounds(case, moved, cached.graph, inside, mass)


def rounds(case: Case, moved: Scenario, graph: StateGraph, inside: Bools, mass: Floats) -> float:
    if not mass.sum():
        return 0.0
    hazards = [shock.chance.tolist() for shock in chanced(case.scenario, case.free.graph)]
    composure = tuple(party.composure.central if party.composure else COMPOSURE for party in moved.parties)
    conduct = replace(case.conduct, composure=composure)
    states, among, exits = Keeping(graph, conduct, set(np.flatnonzero(inside).tolist()), hazards).matrix()
    reached = mass[states] > 0
    while (reached | (among[reached] > 0).any(axis=0)).sum() > reached.sum():
        reached |= (among[reached] > 0).any(axis=0)
    among, exits = among[reached][:, reached], exits[reached]
    out = exits.sum(axis=1) > 0
    while (out | (among[:, out] > 0).any(axis=1)).sum() > out.sum():
        out |= (among[:, out] > 0).any(axis=1)
    if not out.all():
        return float("inf")
    start = mass[states][reached] / mass.sum()
    return float(np.linalg.solve((np.eye(len(start)) - among).T, start).sum())


def averaged(used: tuple[str, ...], worth: dict[frozenset[str], float]) -> dict[str, float]:
    """What each channel adds, averaged over every order in which they could be added."""
    orders = list(permutations(used))
    return {
        channel: sum(
            worth[frozenset(order[: order.index(channel) + 1])]
            - worth[frozenset(order[: order.index(channel)])]
            for order in orders
        )
        / len(orders)
        for channel in used
    }


def agrees(scenario: Scenario, strategy: Strategy, answer: Venues) -> None:
    """Every number of the answer against the literal one."""
    assert answer.nowhere.success == pytest.approx(literal(scenario, strategy, None)[0])
    for seen in answer.venues:
        (venue,) = (venue for venue in scenario.venues if venue.id == seen.venue)
        used = channels_of(venue)
        parts = {
            frozenset(chosen): literal(scenario, strategy, only(venue, chosen))
            for size in range(len(used) + 1)
            for chosen in combinations(used, size)
        }
        success, noisy, length = parts[frozenset(used)]
        assert (seen.hosted.success, seen.hosted.noisy) == (pytest.approx(success), pytest.approx(noisy))
        found = 0.0 if seen.hosted.lasts is None else seen.hosted.lasts.rounds
        assert found == (None if length > 1e9 else pytest.approx(length, rel=1e-6))
        by = averaged(used, {key: value[1] for key, value in parts.items()})
        lengths = {key: value[2] for key, value in parts.items()}
        numbered = all(0 < length <= 1e9 for length in lengths.values())
        lasting = averaged(used, lengths) if numbered else {}
        for one in seen.channels:
            assert one.success == pytest.approx(by.get(one.channel, 0.0), abs=1e-9)
            if numbered:
                assert one.rounds == pytest.approx(lasting.get(one.channel, 0.0), rel=1e-6, abs=1e-6)
            else:
                assert one.rounds is None


@pytest.mark.parametrize("id", ["talks", "anywhere"])
def test_every_place_is_that_of_a_literal_chain(quarry: Scenario, id: str) -> None:
    (strategy,) = (strategy for strategy in quarry.strategies if strategy.id == id)
    agrees(quarry, strategy, venues(quarry, strategy=id))


@pytest.mark.parametrize("seed", range(9))
def test_random_places_are_those_of_a_literal_chain(seed: int) -> None:
    scenario = random_meeting(random.Random(seed))
    if compile_graph(scenario).spans.min() <= 1:
        pytest.skip("somebody is indifferent, so that what a place adds has no unit")
    try:
        found = venues(scenario)
    except RefusedError as refusal:
        pytest.skip(f"nothing to compare: {refusal}")
    agrees(scenario, scenario.strategies[0], found)


def random_meeting(rng: random.Random) -> Scenario:
    """A random crisis with a table for everybody, and two places that change whatever a place can change."""
    scenario = random_scenario(rng, Shape(parties=(2, 3), options=(2, 4), combinations=40, ordinal=0.0))
    parties = [party.id for party in scenario.parties]

    def place(id: str) -> Venue:
        one, other = rng.sample(parties, 2)
        return Venue(
            id,
            composure=tuple((party, Number(rng.uniform(-2, 2))) for party in parties),
            guarantors=(rng.choice(parties),),
            assurance=((rng.choice(parties), Number(rng.uniform(0, 0.2))),),
            attitudes=(Attitude(one, other, Number(rng.uniform(-0.2, 0.2))),),
        )

    return replace(
        scenario,
        aim=scenario.outcomes[0].id,
        tables=(Table("all", tuple(parties)),),
        venues=(place("here"), place("there")),
        strategies=(Strategy("talks", (parties[0],), (Stage(tables=("all",), venue="here"),)),),
    )


def test_places_are_ranked_by_success_then_duration(quarry: Scenario, answer: Venues) -> None:
    assert [(one.venue, one.place) for one in answer.venues] == [
        ("inn", 1),
        ("chapel", 2),
        ("barn", 2),
        ("field", 4),
        ("mill", 5),
    ]
    found = venues(quarry, strategy="talks", foresight="seq").venues
    assert [one.place for one in found] == [1, 1, 3, 4, 4]
    assert {one.venue for one in found if one.hosted.success == 0} == {"mill", "inn"}


def test_equal_places_are_equal_in_everything(answer: Venues) -> None:
    chapel, barn = (one for one in answer.venues if one.venue in ("chapel", "barn"))
    assert replace(chapel, venue="", title="") == replace(barn, venue="", title="")


def test_a_place_that_changes_nothing_is_nowhere_in_particular(answer: Venues) -> None:
    (field,) = (one for one in answer.venues if one.venue == "field")
    assert field.hosted == answer.nowhere
    assert (field.success, field.rounds) == (0.0, 0.0)


def test_channels_add_up_to_the_whole(answer: Venues) -> None:
    for one in answer.venues:
        assert [each.channel for each in one.channels] == list(CHANNELS)
        assert one.hosted.lasts is not None
        assert answer.nowhere.lasts is not None
        whole = (one.hosted.lasts.rounds or 0.0) - (answer.nowhere.lasts.rounds or 0.0)
        assert sum(each.rounds or 0.0 for each in one.channels) == pytest.approx(whole, rel=1e-9, abs=1e-9)
        assert one.rounds == pytest.approx(whole, rel=1e-9, abs=1e-9)
        assert one.success == pytest.approx(one.hosted.noisy - answer.nowhere.noisy, abs=1e-12)


def test_first_beside_last(quarry: Scenario, answer: Venues) -> None:
    contrast = answer.contrast
    assert contrast is not None
    assert (contrast.first, contrast.last) == ("inn", "mill")
    inn, mill = answer.venues[0], answer.venues[-1]
    assert contrast.rounds == pytest.approx((inn.rounds or 0) - (mill.rounds or 0))
    assert sum(each.rounds or 0 for each in contrast.channels) == pytest.approx(contrast.rounds)
    alike = replace(quarry, venues=tuple(v for v in quarry.venues if v.id in ("chapel", "barn")))
    assert venues(alike, strategy="talks", foresight="seq").contrast is None


def test_the_sweep_holds_the_central_case(answer: Venues) -> None:
    assert len(answer.sweep) == 27
    (central,) = (
        case for case in answer.sweep if (case.composure, case.comfort, case.guarantee) == (1, 1, GUARANTEE)
    )
    assert (central.first, central.last) == (("inn",), ("mill",))
    assert answer.contrast is not None
    for standing, seen in zip(answer.standings, answer.venues, strict=True):
        assert standing.venue == seen.venue
        assert standing.best <= seen.place <= standing.worst
        assert standing.first == pytest.approx(sum(seen.venue in case.first for case in answer.sweep) / 27)


def test_the_sweep_is_what_the_question_says_of_another_scenario(quarry: Scenario, answer: Venues) -> None:
    """The case of no guarantee, composure and comfort doubled, asked anew of a scenario that says so."""
    parties = tuple(
        replace(party, composure=Number(2 * (party.composure.central if party.composure else COMPOSURE)))
        for party in quarry.parties
    )
    places = tuple(
        replace(venue, composure=tuple((who, Number(2 * by.central)) for who, by in venue.composure))
        for venue in quarry.venues
    )
    other = venues(
        replace(quarry, parties=parties, venues=places), strategy="anywhere", foresight="seq", guarantee=0.0
    )
    (case,) = (
        case for case in answer.sweep if (case.composure, case.comfort, case.guarantee) == (2.0, 2.0, 0.0)
    )
    assert case.first == tuple(one.venue for one in other.venues if one.place == 1)
    ends = [one.hosted.lasts.rounds or 0.0 for one in (other.venues[0], other.venues[-1]) if one.hosted.lasts]
    assert case.rounds == pytest.approx(ends[0] / ends[1] - 1)


def test_comfort_is_worth_what_the_same_question_says(quarry: Scenario, answer: Venues) -> None:
    """At half the other's composure it is the ratio of two durations, each asked for by itself."""
    found = answer.asymmetry
    assert found is not None
    assert (found.weaker, found.stronger, found.supposed) == ("DOWN", "UP", True)
    assert (found.low, found.high) == (-2, 2)
    half = next(point for point in found.points if point.ratio == 0.5)

    def lasts(up: float, down: float) -> float:
        parties = tuple(
            replace(party, composure=Number({"UP": up, "DOWN": down}.get(party.id, COMPOSURE)))
            for party in quarry.parties
        )
        hosted = venues(replace(quarry, parties=parties), strategy="anywhere", foresight="seq").nowhere
        assert hosted.lasts is not None
        return hosted.lasts.rounds or 0.0

    assert half.rounds == pytest.approx(lasts(8, 4))
    assert half.weaker == pytest.approx(lasts(8, 6) / lasts(8, 2) - 1)
    assert half.stronger == pytest.approx(lasts(10, 4) / lasts(6, 4) - 1)
    assert [point.ratio for point in found.points] == [0.125, 0.25, 0.5, 0.75, 1.0]


def test_the_weaker_may_be_named(quarry: Scenario) -> None:
    found = venues(quarry, strategy="anywhere", foresight="seq", weaker="UP").asymmetry
    assert found is not None
    assert (found.weaker, found.stronger, found.supposed) == ("UP", "DOWN", False)
    assert (found.low, found.high) == (-0.5, 1)


def test_the_scenario_may_say_who_is_the_weaker(quarry: Scenario) -> None:
    up, *others = quarry.parties
    parties = (replace(up, weaker_than="HILL"), *others)
    found = venues(replace(quarry, parties=parties), strategy="anywhere").asymmetry
    assert found is not None
    assert (found.weaker, found.stronger, found.supposed) == ("UP", "HILL", False)
    asked = venues(replace(quarry, parties=parties), strategy="anywhere", weaker="DOWN").asymmetry
    assert asked is not None
    assert (asked.weaker, asked.stronger) == ("DOWN", "UP"), "what is asked goes before"


def test_half_a_step_is_what_composure_off_by_root_two_does(quarry: Scenario, answer: Venues) -> None:
    """Each case asked for by itself, in the first place."""
    first = answer.venues[0].venue

    def lasts(own: float = 1.0, added: float = 1.0) -> float:
        parties = tuple(
            replace(party, composure=Number((party.composure.central if party.composure else COMPOSURE) * own))
            for party in quarry.parties
        )
        places = tuple(
            replace(one, composure=tuple((party, Number(by.central * added)) for party, by in one.composure))
            for one in quarry.venues
        )
        changed = replace(quarry, parties=parties, venues=places)
        found = venues(changed, strategy="anywhere", foresight="seq").venues
        hosted = next(one.hosted for one in found if one.venue == first)
        assert hosted.lasts is not None
        return hosted.lasts.rounds or 0.0

    plain, root = lasts(), 2**0.5
    moved = [lasts(own=root), lasts(own=1 / root), lasts(added=root), lasts(added=1 / root)]
    assert answer.half_step == pytest.approx(max(abs(one / plain - 1) for one in moved))


def test_without_two_sides_there_is_no_asymmetry(quarry: Scenario) -> None:
    only_inn = replace(quarry, venues=tuple(venue for venue in quarry.venues if venue.id == "inn"))
    found = venues(only_inn, strategy="anywhere", foresight="seq")
    assert found.asymmetry is None
    assert found.contrast is None


def test_a_guarantor_that_cares_more_changes_the_answer(quarry: Scenario) -> None:
    lengths = []
    for guarantee in (0.0, 0.1):
        found = venues(quarry, strategy="anywhere", foresight="seq", guarantee=guarantee).venues
        inn = next(one for one in found if one.venue == "inn")
        lengths.append(next(each.rounds for each in inn.channels if each.channel == "guarantor"))
    assert lengths[0] == 0.0
    assert lengths[1] != 0.0


def test_the_default_guarantee_is_the_same_everywhere() -> None:
    (parameter,) = (one for one in catalogue.question("venues").parameters if one.keyword == "guarantee")
    assert parameter.default == GUARANTEE


def test_the_strategy_is_the_one_that_assess_puts_first_if_its_parties_meet(quarry: Scenario) -> None:
    best = assess(quarry).strategies[0]
    assert best.id == venues(quarry).strategy == "anywhere"
    vain = replace(quarry, aim="court", strategies=quarry.strategies[:1])
    assert assess(vain).strategies[0].success["court"] == 0
    found = venues(vain)
    assert (found.strategy, found.stages, found.replaces) == ("talks", (2,), ("mill",)), (
        "the first with a venue"
    )
    assert venues(quarry, strategy="anywhere", foresight="seq").stages == (1,)


def test_progress_is_told(quarry: Scenario) -> None:
    told: list[tuple[str, float]] = []
    venues(quarry, progress=lambda what, share: told.append((what, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_bad_input_is_told(quarry: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'talks'"):
        venues(quarry, strategy="talk")
    with pytest.raises(UnknownNameError, match="Did you mean 'seq'"):
        venues(quarry, foresight="seqq")
    with pytest.raises(UnknownNameError, match="Did you mean 'DOWN'"):
        venues(quarry, weaker="DOWM")
    with pytest.raises(RefusedError, match="no place changes the composure of HILL"):
        venues(quarry, weaker="HILL")
    with pytest.raises(RefusedError, match="between 0 and 1"):
        venues(quarry, guarantee=-0.1)
    with pytest.raises(RefusedError, match="nobody meets anywhere"):
        venues(quarry, strategy="wait")


def test_what_is_missing_is_said(quarry: Scenario) -> None:
    with pytest.raises(RefusedError, match="has no venues"):
        venues(replace(quarry, venues=()))
    with pytest.raises(RefusedError, match="has no strategy"):
        venues(replace(quarry, strategies=()))
    with pytest.raises(RefusedError, match="no strategy names a venue"):
        venues(replace(quarry, strategies=quarry.strategies[2:]))
    with pytest.raises(RefusedError, match="and the scenario has none"):
        venues(replace(quarry, aim=None))


@pytest.mark.parametrize(
    "name", ["chicken-2017", "cuba-1962", "elmira", "euphrates-1975", "garrison", "prisoners"]
)
def test_scenarios_without_venues_are_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="has no venues"):
        venues(load(name))


def test_parties_known_by_order_are_refused() -> None:
    ordinal = QUARRY[: QUARRY.index("  HILL:\n    - {name: tolls")] + "  HILL: {statements: [HILL.road]}\n"
    rest = (
        QUARRY[QUARRY.index("tables:") :]
        .replace("guarantors: [HILL], ", "")
        .replace(", attitudes: {UP > HILL: 0.2}", "")
    )
    with pytest.raises(RefusedError, match="HILL is known only by an order of states"):
        venues(loads(ordinal + rest), strategy="anywhere", foresight="seq")


def test_the_answer_is_json_and_back(answer: Venues) -> None:
    jsonschema.validate(json.loads(answer.to_json()), Venues.json_schema())
    assert Venues.from_dict(answer.to_dict()) == answer
    assert [row["venue"] for row in answer.rows()] == [one.venue for one in answer.venues]


def test_where_to_meet_in_korea() -> None:
    answer = venues(load("korea-2017"), strategy="summit", foresight="seq")
    assert (answer.strategy, answer.replaces, len(answer.venues)) == ("summit", ("singapore",), 14)
    assert {one.hosted.success for one in answer.venues} == {1.0}
    places = {one.venue: one.place for one in answer.venues}
    assert places["vladivostok"] < places["singapore"] < places["guam"]
    assert places["geneva"] == places["stockholm"]
    assert places["guam"] == places["hawaii"] == places["washington"] == max(places.values())
    assert answer.asymmetry is not None
    assert (answer.asymmetry.weaker, answer.asymmetry.stronger) == ("PRK", "USA")
    assert not answer.asymmetry.supposed, "the scenario says so"
