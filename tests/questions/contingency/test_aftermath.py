"""After a shock, against literal definitions: where it leads, where play ends, which plans are carried out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.case import conduct_of
from detente.play.commitments import Promise, keeping
from detente.play.shocks import NOWHERE, answered, shocks
from detente.play.stages import Course, Mixture, Stage
from detente.questions.contingency.aftermath import Aftermath, ends, given
from detente.scenario.change import strike_shock
from detente.scenario.expression import Logic, Name, Not, parse
from detente.scenario.load import loads
from detente.scenario.model import NATURE, Attitude, Cardinal, Number, Plan, Scenario, Shock
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.names import level_names
from oracles.chains import Chain, Ends, absorbed, play_literally, set_levels
from oracles.random_scenarios import Shape, random_scenario

SHAPE = Shape(parties=(2, 3), options=(3, 5), combinations=72, nature=0.9, ordinal=0.0)
FARM = (Path(__file__).parents[2] / "crises" / "farm.yaml").read_text("utf-8")


def shaken(rng: random.Random) -> Scenario:
    """A random crisis with a shock that is no option, and named interests for it to change."""
    scenario = random_scenario(rng, SHAPE)
    options = rng.sample(scenario.options, k=min(2, len(scenario.options)))
    preferences = tuple(
        Cardinal(tuple(replace(one, name=f"g{place}") for place, one in enumerate(known.interests)))
        for known in scenario.preferences
        if isinstance(known, Cardinal)
    )
    one, other = scenario.parties[0].id, scenario.parties[1].id
    shock = Shock(
        "blow",
        parse("0.3"),
        set=tuple((option.id, rng.choice(option.levels)) for option in options),
        attitudes=(Attitude(one, other, Number(rng.choice([-0.6, 0.4]))),),
        weights=((other, (("g0", Number(rng.choice([0.25, 4.0]))),)),),
    )
    return replace(scenario, preferences=preferences, shocks=(shock,))


def cases() -> Iterator[tuple[Scenario, Aftermath]]:
    for seed in range(60):
        scenario = shaken(random.Random(seed))
        graph = compile_graph(scenario)
        rng = np.random.default_rng(seed)
        conduct = conduct_of(scenario, str(rng.choice(["nash", "gmr", "seq"])))
        for shock in shocks(scenario, graph):
            here = graph.levels(int(rng.integers(graph.states)))
            alike = [s for s in range(graph.states) if same_nature(scenario, graph.levels(s), here)]
            states = np.sort(rng.choice(alike, min(3, len(alike)), replace=False)).astype(np.int64)
            start = Mixture(states, np.full(len(states), 1 / len(states)))
            if len(given(shock, start).states):
                yield scenario, Aftermath(scenario, graph, conduct, shock, start)


def same_nature(scenario: Scenario, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(
        a == b for option, a, b in zip(scenario.options, one, other, strict=True) if option.owner == NATURE
    )


def whole_ends(after: Aftermath, course: Course) -> Ends:
    """The ends of a course as the oracle tells them: states of the whole graph."""
    found: Ends = {}
    for rest in course.rests:
        key = ("rest", frozenset([int(after.home[rest.state])]))
        found[key] = found.get(key, 0.0) + rest.probability
    for cycle in course.cycles:
        key = ("cycle", frozenset(int(after.home[state]) for state in cycle.states))
        found[key] = found.get(key, 0.0) + cycle.probability
    return found


def literally(after: Aftermath, stages: list[dict[int, int]], start: dict[int, float]) -> Ends:
    """Play on the whole graph of the shocked scenario, by the definitions."""
    graph = compile_graph(after.shock.variant, base=after.scenario)
    cached = CachedGraph(graph)
    played = [Stage(cached, after.conduct, tuple(sorted(fixed.items()))) for fixed in stages]
    return play_literally(graph, played, start)


def struck(after: Aftermath) -> dict[int, float]:
    """Where the shock leaves play, state by state."""
    found: dict[int, float] = {}
    for state, chance in zip(after.before.states.tolist(), after.before.chances.tolist(), strict=True):
        goal = literal_lead(after, state)
        assert goal is not None
        found[goal] = found.get(goal, 0.0) + chance
    return found


def literal_lead(after: Aftermath, state: int) -> int | None:
    """Where a shock leads, by level names."""
    here = dict(
        zip(
            (option.id for option in after.scenario.options),
            level_names(after.scenario, after.whole, state),
            strict=True,
        )
    )
    if after.shock.natural:
        option = next(option for option in after.scenario.options if option.id == after.shock.id)
        place = option.levels.index(here[option.id]) + 1
        if place == len(option.levels) or option.moves not in ("both", "up"):
            return None
        here[option.id] = option.levels[place]
    else:
        here |= dict(after.scenario.shocks[0].set)
    levels = tuple(option.levels.index(here[option.id]) for option in after.scenario.options)
    return after.whole.find(levels)


@pytest.fixture(scope="module")
def found() -> list[tuple[Scenario, Aftermath]]:
    return list(cases())


def test_shocks_lead_where_their_words_say(found: list[tuple[Scenario, Aftermath]]) -> None:
    impossible = 0
    for _, after in found:
        for state in range(after.whole.states):
            goal = literal_lead(after, state)
            assert int(after.shock.leads[state]) == (NOWHERE if goal is None else goal)
            impossible += goal is None
        assert sorted(after.home[after.struck.states].tolist()) == sorted(struck(after))
    assert len(found) > 60
    assert impossible > 0


def test_without_a_plan_play_ends_where_the_walk_from_there_ends(
    found: list[tuple[Scenario, Aftermath]],
) -> None:
    moved = 0
    for _, after in found:
        expected = literally(after, [{}], struck(after))
        actual = whole_ends(after, after.unplanned())
        assert actual == pytest.approx({end: chance for end, chance in expected.items() if chance > 1e-12})
        moved += any(set(states) - set(struck(after)) for _, states in actual)
    assert moved > 20


def test_what_is_met_is_met_at_once_or_on_the_way(found: list[tuple[Scenario, Aftermath]]) -> None:
    passing = 0
    for scenario, after in found:
        inside = condition(scenario, after.free.graph, Name("out0"))
        chain = Chain(after.free.graph, after.conduct, stays=set(np.flatnonzero(inside).tolist()))
        classes, chances = absorbed(chain.matrix())
        hit = [place for place, members in enumerate(classes) if inside[list(members)].all()]
        expected = sum(
            mass * chances[state, hit].sum()
            for state, mass in zip(after.struck.states, after.struck.chances, strict=True)
        )
        assert after.met(inside) == pytest.approx(expected)
        assert after.met(inside) >= ends(after.unplanned(), inside) - 1e-9
        passing += after.met(inside) > ends(after.unplanned(), inside) + 1e-6
    assert passing > 0


def test_what_a_shock_brings_was_not_so_before_and_is_not_merely_what_it_sets(
    found: list[tuple[Scenario, Aftermath]],
) -> None:
    restated = stayed = moved = 0
    for scenario, after in found:
        graph = compile_graph(after.shock.variant, base=scenario)
        inside = condition(scenario, graph, Name("out0"))
        before = condition(scenario, after.whole, Name("out0"))
        cached, expected = CachedGraph(graph), 0.0
        for state, mass in zip(after.before.states.tolist(), after.before.chances.tolist(), strict=True):
            goal = literal_lead(after, state)
            assert goal is not None
            if before[state] or (inside[goal] and inside[after.home].all()):
                continue
            stage = Stage(cached, after.conduct, until=None if inside[goal] else inside)
            for (_, states), chance in play_literally(graph, [stage], {goal: mass}).items():
                if inside[list(states)].any():
                    expected += chance
                    stayed += bool(inside[goal])
                    moved += not inside[goal]
        brings = after.brings(before, inside[after.home])
        assert brings == pytest.approx(expected)
        assert brings <= after.met(inside[after.home]) + 1e-9
        restated += brings < after.met(inside[after.home]) - 1e-6
    assert min(restated, stayed, moved) > 0


def test_with_a_plan_what_is_met_is_met_with_its_levels_set(found: list[tuple[Scenario, Aftermath]]) -> None:
    averted = 0
    for place, (scenario, after) in enumerate(found):
        rng = random.Random(place)
        mine = [axis for axis, option in enumerate(scenario.options) if option.owner != NATURE]
        if not mine:
            continue
        axis = rng.choice(mine)
        fixed = {axis: rng.randrange(len(scenario.options[axis].levels))}
        graph = compile_graph(after.shock.variant, base=scenario)
        inside = condition(scenario, graph, Name("out0"))
        cached, expected = CachedGraph(graph), 0.0
        for state, mass in struck(after).items():
            levels = fixed if carries(after, state, fixed) else {}
            stage = Stage(cached, after.conduct, tuple(levels.items()), until=inside)
            for (kind, states), chance in play_literally(graph, [stage], {state: mass}).items():
                if kind == "rest" and inside[list(states)].all():
                    expected += chance
        everywhere = np.ones(graph.states, dtype=np.bool_)
        actual = after.met_with(tuple(fixed.items()), everywhere, inside[after.home])
        assert actual == pytest.approx(expected)
        before = condition(scenario, after.whole, Name("out0"))
        brings = after.brings_with(tuple(fixed.items()), everywhere, before, inside[after.home])
        assert brings <= actual + 1e-9
        assert after.brings_with((), ~everywhere, before, inside[after.home]) == pytest.approx(
            after.brings(before, inside[after.home])
        )
        averted += actual < after.met(inside[after.home]) - 1e-6
    assert averted > 0


def test_plans_are_kept_for_a_stage_where_they_can_be_carried_out(
    found: list[tuple[Scenario, Aftermath]],
) -> None:
    blocked = partial = kept = 0
    for place, (scenario, after) in enumerate(found):
        rng = random.Random(place)
        mine = [axis for axis, option in enumerate(scenario.options) if option.owner != NATURE]
        if not mine:
            continue
        chosen = rng.sample(mine, k=min(len(mine), 2))
        fixed = {axis: rng.randrange(len(scenario.options[axis].levels)) for axis in sorted(chosen)}
        meant = np.ones(after.whole.states, dtype=np.bool_)
        if rng.random() < 0.3:
            meant = condition(scenario, after.whole, Name("out1"))
        carried = after.planned(tuple(sorted(fixed.items())), meant)
        begins = {s: m for s, m in struck(after).items() if meant[s] and carries(after, s, fixed)}
        fits = sum(mass for state, mass in struck(after).items() if meant[state])
        assert carried.fits == pytest.approx(fits)
        assert carried.carried == pytest.approx(sum(begins.values()))
        assert bool(carried.obstacles) == (carried.carried < carried.fits - 1e-12)
        blocked += not begins
        partial += bool(begins) and len(begins) < len(struck(after))
        if not begins:
            assert carried.kept is None
            assert after.met_with(tuple(sorted(fixed.items())), meant, meant[after.home]) >= 0
            continue
        kept += 1
        rest = {state: mass for state, mass in struck(after).items() if state not in begins}
        for course, stages in ((carried.kept, [fixed]), (carried.lapsed, [fixed, {}])):
            assert course is not None
            expected = literally(after, stages, begins)
            for end, chance in literally(after, [{}], rest).items() if rest else ():
                expected[end] = expected.get(end, 0.0) + chance
            expected = {end: chance for end, chance in expected.items() if chance > 1e-12}
            assert whole_ends(after, course) == pytest.approx(expected)
    assert min(blocked, partial, kept) > 3


def carries(after: Aftermath, state: int, fixed: dict[int, int]) -> bool:
    return set_levels(after.whole, state, fixed) is not None


def test_payoffs_are_those_after_the_shock_on_the_scales_before_it(
    found: list[tuple[Scenario, Aftermath]],
) -> None:
    for scenario, after in found:
        graph = compile_graph(after.shock.variant, base=scenario)
        base = compile_graph(scenario)
        now = np.array([graph.payoffs[:, s] * m for s, m in struck(after).items()]).sum(axis=0)
        before = (graph.payoffs[:, after.before.states] * after.before.chances).sum(axis=1)
        worst, expected, best = after.worth(after.struck)
        assert expected == pytest.approx((now - before) / base.spans, abs=1e-6)
        assert (worst <= expected + 1e-9).all()
        assert (expected <= best + 1e-9).all()


def test_where_it_strikes_counts_by_hazard() -> None:
    farm = loads(FARM)
    graph = compile_graph(farm)
    raid = shocks(farm, graph)[-1]
    guarded, bare = (graph.find(levels) for levels in ((0, 1, 0, 0), (0, 0, 0, 0)))
    assert guarded is not None
    assert bare is not None
    start = Mixture(np.array([bare, guarded]), np.array([0.5, 0.5]))
    assert raid.chance[[bare, guarded]] == pytest.approx([0.2, 0.05])
    assert given(raid, start).chances == pytest.approx([0.8, 0.2])


def test_a_plan_may_name_a_shock_and_knows_which_it_was() -> None:
    farm = loads(FARM)
    graph = compile_graph(farm)
    known = {shock.id: shock for shock in shocks(farm, graph)}
    plan = Plan("p", Logic("or", Name("raid"), Not(Name("raid"))), ())
    assert answered(farm, graph, plan, known["raid"]).all()
    only = replace(plan, after=Name("raid"))
    assert answered(farm, graph, only, known["raid"]).all()
    assert not answered(farm, graph, only, known["nature.drought"]).any()


def test_what_stands_in_the_way_is_named() -> None:
    farm = loads(FARM)
    graph = compile_graph(farm)
    drought = shocks(farm, graph)[0]
    start = Mixture(np.array([graph.find((1, 0, 0, 0))]), np.ones(1))
    after = Aftermath(farm, graph, conduct_of(farm), drought, start)
    everywhere = np.ones(graph.states, dtype=np.bool_)
    turned = after.planned(((0, 0),), everywhere)
    assert [(one.kind, one.place) for one in turned.obstacles] == [("direction", 0)]
    broken = after.planned(((1, 1),), everywhere)
    assert [(one.kind, one.place) for one in broken.obstacles] == [("rule", 0)]
    assert (broken.carried, broken.kept, broken.keeping) == (0.0, None, ())


def test_credible_is_that_nobody_has_an_open_way_out(found: list[tuple[Scenario, Aftermath]]) -> None:
    tempted = 0
    for scenario, after in found[:40]:
        fixed = tuple((axis, 0) for axis, option in enumerate(scenario.options) if option.owner != NATURE)
        carried = after.planned(fixed, np.ones(after.whole.states, dtype=np.bool_))
        if carried.kept is None or carried.carried < 1 - 1e-12:
            continue
        owners = {after.whole.axes[axis].owner for axis, _ in fixed}
        assert {kept.sponsor for kept in carried.keeping} == owners
        for kept in carried.keeping:
            promises = tuple(Promise(a, 0) for a, _ in fixed if after.whole.axes[a].owner == kept.sponsor)
            again = keeping(after.free, kept.sponsor, promises, carried.kept.final, after.conduct.foresight)
            assert kept == again
        assert carried.credible == all(kept.end < 0 for kept in carried.keeping)
        tempted += not carried.credible
    assert tempted > 0


def test_nobody_but_the_shock_moves_nature(found: list[tuple[Scenario, Aftermath]]) -> None:
    for scenario, after in found:
        levels = {
            tuple(
                level
                for option, level in zip(
                    scenario.options, level_names(scenario, after.whole, int(state)), strict=True
                )
                if option.owner == NATURE
            )
            for state in after.home
        }
        assert len(levels) == 1
        assert strike_shock(scenario, "blow").options == scenario.options
