"""How long a bargain over a canal lasts: closed forms, what-ifs, refusals; and the Korean crisis as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from math import exp
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from detente.answers.answer import Answer
from detente.errors import RefusedError, UnknownNameError
from detente.formats.terminal import render
from detente.library import open as load
from detente.play.chain import Conduct
from detente.questions.durability.answer import Durability
from detente.questions.durability.find import durability
from detente.questions.durability.tell import page
from detente.scenario.change import COMPOSURE
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from oracles.keeping import Keeping

CANAL = (Path(__file__).parents[2] / "crises" / "canal.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def canal() -> Scenario:
    return loads(CANAL, id="canal")


def leaving(up: float = 8.0, down: float = COMPOSURE, hazard: float = 0.02, firmer: float = 0.0) -> float:
    """Chance per round that the bargain ends: a drought, or a town that expects to lose half its range."""
    slips = 0.5 / (1 + exp(up * 0.5)) + 0.5 / (1 + exp(down * (0.5 + firmer)))
    return hazard + (1 - hazard) * slips


def test_the_aim_lasts_as_the_logit_says(canal: Scenario) -> None:
    answer = durability(canal)
    assert (answer.outcome, answer.strategy, answer.inside, answer.visited) == ("deal", "talks", 1.0, 1)
    assert answer.start[0].levels == ("yes", "yes", "no")
    assert answer.margin == pytest.approx(0.5)
    assert answer.lasts.ending == "ends"
    assert answer.lasts.rounds == pytest.approx(1 / leaving())
    assert answer.survival == pytest.approx([(1 - leaving()) ** time for time in range(51)])
    assert answer.half_life == np.ceil(np.log(0.5) / np.log(1 - leaving()))


def test_who_slips_and_who_leaves_on_purpose(canal: Scenario) -> None:
    """Both towns expect to lose by leaving the bargain; without foresight each would gain by it."""
    clashing = replace(canal, clashes=("free",))
    down, _, up = durability(clashing).exits
    assert (down.slips, down.slips_into_clash) == (1.0, 1.0)
    assert (up.slips, up.slips_into_clash) == (1.0, 0.0)
    blind = {way.party: way for way in durability(clashing, foresight="nash").exits}
    assert (blind["DOWN"].slips, blind["DOWN"].slips_into_clash) == (0.0, 0.0)
    assert blind[None].slips is None


def test_who_ends_it_and_how(canal: Scenario) -> None:
    down, shock, up = durability(canal).exits
    assert (down.party, shock.shock, up.party) == ("DOWN", "nature.drought", "UP")
    assert down.probability == pytest.approx(0.98 * 0.5 / (1 + exp(2.5)) / leaving())
    assert shock.probability == pytest.approx(0.02 / leaving())
    assert sum(way.probability for way in (down, shock, up)) == pytest.approx(1.0)
    assert down.move is not None
    assert down.move.changes == {"DOWN.pay": "no"}
    assert (down.share, down.anticipated) == (pytest.approx(1.0), pytest.approx(-0.5))
    assert [(part.name, part.amount) for part in down.parts] == [("cost", pytest.approx(0.25))]
    assert shock.move is None


def test_each_shock_is_told_with_its_share_or_why_it_does_not_count() -> None:
    more = """shocks:
  raid: {hazard: 0.1, set: {DOWN.pay: no}}
  frost: {hazard: 0.2 * (UP.release == no), set: {DOWN.pay: no}}
  thaw: {hazard: 0.4, set: {UP.release: yes}}
  feud: {hazard: 0.3, set: {UP.release: no, DOWN.pay: yes}}
"""
    rules = "rules: [{must: UP.release or not DOWN.pay, because: no water no money}]\n"
    options = "  nature.comet: {moves: up}\noutcomes:\n"
    answer = durability(loads(CANAL.replace("outcomes:\n", options, 1) + rules + more))
    found = {shock.id: shock for shock in answer.shocks}
    assert {id: shock.status for id, shock in found.items()} == {
        "nature.drought": "counts",
        "nature.comet": "unstated",
        "raid": "counts",
        "frost": "nil",  # its condition does not hold where the deal does
        "thaw": "nil",  # the sluice is open: it changes nothing
        "feud": "nil",  # the rules forbid the state that it leads to
    }
    assert found["raid"].hazard == pytest.approx(0.1)
    ended = {way.shock: way.probability for way in answer.exits if way.shock}
    assert set(ended) == {"nature.drought", "raid"}
    for id, shock in found.items():
        assert shock.share == pytest.approx(ended.get(id, 0.0))
    assert ended["raid"] / ended["nature.drought"] == pytest.approx(np.log(0.9) / np.log(0.98))
    assert {remedy.who for remedy in answer.remedies if remedy.kind == "hazard"} == set(ended)


def test_composure_is_swept_for_each_party(canal: Scenario) -> None:
    up, down = durability(canal).composures
    assert (up.stated, down.stated) == (True, False)
    for step in up.sweep:
        assert step.composure == 8 * step.factor
        assert step.lasts.rounds == pytest.approx(1 / leaving(up=step.composure))
    for step in down.sweep:
        assert step.lasts.rounds == pytest.approx(1 / leaving(down=COMPOSURE * step.factor))
    assert [step.factor for step in up.sweep] == [0.25, 0.5, 1, 2, 4]


def test_what_lengthens_it_is_ranked(canal: Scenario) -> None:
    answer = durability(canal)
    found = {(remedy.kind, remedy.who): remedy for remedy in answer.remedies}
    assert found["composure", "DOWN"].lasts.rounds == pytest.approx(1 / leaving(down=2 * COMPOSURE))
    assert found["composure", "UP"].lasts.rounds == pytest.approx(1 / leaving(up=16))
    assert found["hazard", "nature.drought"].lasts.rounds == pytest.approx(1 / leaving(hazard=0.01))
    assert found["promise", "DOWN"].lasts.rounds == pytest.approx(1 / leaving(firmer=0.1))
    lengths = [remedy.lasts.rounds for remedy in answer.remedies]
    assert lengths == sorted(lengths, reverse=True)  # type: ignore[type-var]
    for remedy in answer.remedies:
        assert remedy.gain == pytest.approx((remedy.lasts.rounds or 0) / (answer.lasts.rounds or 1))


def test_repeated_play_needs_a_third_and_its_root_when_breaches_show_late(canal: Scenario) -> None:
    for lag in (1, 3):
        for found in durability(canal, lag=lag).patience:
            assert found.verdict == "deterred"
            assert found.discount == pytest.approx((1 / 3) ** (1 / lag))
            assert (found.gain, found.loss) == (pytest.approx(0.25), pytest.approx(0.5))
            assert not found.inside
            assert found.punishment == 1


def test_a_strategy_begins_where_it_ends_inside(canal: Scenario) -> None:
    answer = durability(canal, strategy="talks")
    assert (answer.strategy, answer.inside) == ("talks", 1.0)
    assert answer.lasts == durability(canal).lasts


def test_a_strategy_that_never_gets_there_is_refused(canal: Scenario) -> None:
    with pytest.raises(RefusedError, match="'wait' never ends inside the outcome 'deal'"):
        durability(canal, strategy="wait")


def test_foresight_decides_what_a_breach_is_expected_to_bring(canal: Scenario) -> None:
    blind = durability(canal, foresight="nash")
    assert blind.foresight == "nash"
    assert (blind.exits[0].anticipated or 0) > 0
    assert (blind.lasts.rounds or 0) < (durability(canal).lasts.rounds or 0)


def test_what_nobody_and_nothing_can_end_never_ends(canal: Scenario) -> None:
    calm = loads(
        CANAL.replace("    hazard: 0.02 + 0.03 * (UP.release == no)", "").replace(
            ", hazard: 0.02 + 0.03 * (UP.release == no)", ""
        )
    )
    answer = durability(calm, "any")
    assert (answer.lasts.ending, answer.lasts.rounds, answer.half_life, answer.never) == (
        "never",
        None,
        None,
        1,
    )
    assert answer.exits == answer.remedies == ()
    assert {step.lasts.ending for one in answer.composures for step in one.sweep} == {"never"}


def test_above_a_billion_rounds_no_number_is_given() -> None:
    firm = CANAL.replace("composure: 8", "composure: 90").replace("Lower town}", "Lower town, composure: 90}")
    answer = durability(loads(firm.replace(", hazard: 0.02 + 0.03 * (UP.release == no)", "")))
    assert (answer.lasts.ending, answer.lasts.rounds, answer.half_life) == ("beyond", None, None)
    assert answer.remedies[0].gain is None


@pytest.mark.parametrize("outcome", ["deal", "free", "any"])
@pytest.mark.parametrize("foresight", ["nash", "gmr", "smr", "seq", "sseq", "iseq"])
def test_the_whole_answer_is_that_of_a_literal_chain(canal: Scenario, outcome: str, foresight: str) -> None:
    answer = durability(canal, outcome, foresight=foresight)
    graph = compile_graph(canal)
    inside = {s for s in range(graph.states) if outcome in _labels(canal, s)}
    drought = [
        0.0 if graph.levels(s)[2] else 0.02 + 0.03 * (graph.levels(s)[0] == 0) for s in range(graph.states)
    ]
    conduct = Conduct((foresight,) * 2, (1.0, 1.0), (8.0, COMPOSURE))
    states, among, exits = Keeping(graph, conduct, inside, [drought]).matrix()
    mass = np.array([float(state == answer.start[0].state - 1) for state in states])
    visits = np.linalg.solve((np.eye(len(states)) - among).T, mass) if exits.any(axis=1).all() else None
    if visits is not None:
        assert answer.lasts.rounds == pytest.approx(visits.sum())
        found = {way.party or way.shock: way.probability for way in answer.exits}
        expected = dict(zip(("UP", "DOWN", "nature.drought"), visits @ exits, strict=True))
        assert found == pytest.approx({who: chance for who, chance in expected.items() if chance > 0})


def _labels(scenario: Scenario, state: int) -> tuple[str, ...]:
    from detente.states.names import labels

    return labels(scenario, compile_graph(scenario), state)


def test_bad_input_is_told(canal: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'deal'"):
        durability(canal, "deel")
    with pytest.raises(UnknownNameError, match="Did you mean 'talks'"):
        durability(canal, strategy="talk")
    with pytest.raises(UnknownNameError, match="Did you mean 'seq'"):
        durability(canal, foresight="seqq")
    with pytest.raises(RefusedError, match="no feasible state belongs"):
        durability(canal, "none")
    with pytest.raises(RefusedError, match="lag is 0"):
        durability(canal, lag=0)
    for rounds in (0, 10_001):
        with pytest.raises(RefusedError, match=f"rounds is {rounds}"):
            durability(canal, rounds=rounds)
    with pytest.raises(RefusedError, match="names no aim"):
        durability(loads(CANAL.replace("aim: deal\n", "")))


@pytest.mark.parametrize(
    "name", ["chicken-2017", "cuba-1962", "elmira", "euphrates-1975", "garrison", "prisoners"]
)
def test_parties_known_by_order_are_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="are known only by an order of states"):
        durability(load(name))


def test_the_answer_is_json_and_back(canal: Scenario) -> None:
    answer = durability(canal)
    jsonschema.validate(json.loads(answer.to_json()), Durability.json_schema())
    assert Durability.from_dict(answer.to_dict()) == answer
    assert [row["share"] for row in answer.rows()] == list(answer.survival)


def test_a_verified_freeze_in_korea(korea_answers: Callable[[str], Answer]) -> None:
    answer = korea_answers("durability")
    assert isinstance(answer, Durability)
    assert answer.outcome == "frozen"
    assert answer.lasts.ending == "ends"
    assert sum(way.probability for way in answer.exits) == pytest.approx(1.0)
    assert {way.party for way in answer.exits} >= {"PRK", "USA"}
    assert {way.shock for way in answer.exits} >= {"nature.collapse", "nature.maturity"}
    north = next(one for one in answer.composures if one.party == "PRK")
    lengths = [step.lasts.rounds or 0 for step in north.sweep]
    assert lengths == sorted(lengths)
    assert answer.start[0].levels[-2:] == ("no", "no")


EXCHANGE = """
detente: 1
title: An exchange
aim: calm
parties: {A: {}, B: {}}
options: {A.arm: {title: Arms}, B.pay: {title: Pay}}
status_quo: {A.arm: yes}
outcomes: {calm: {where: not A.arm, because: one side is meant}}
interests:
  A: [{wants: B.pay, weight: 3}, {wants: A.arm, weight: 1}]
  B: [{avoids: A.arm, weight: 3}, {avoids: B.pay, weight: 1}]
tables: {both: [A, B]}
strategies: {deal: {sponsors: [A], stages: [{tables: [both]}]}}
"""


def test_what_was_given_besides_and_may_be_taken_back_is_named() -> None:
    """The deal is arms for pay; an outcome that names the arms only goes on without the pay."""
    one_sided = durability(loads(EXCHANGE, id="exchange"))
    assert one_sided.start[0].levels == ("no", "yes")
    assert one_sided.beside == ("B.pay",)
    text = " ".join(render(page(one_sided), 100, False, "utf-8").split())
    assert "would still hold if “Pay” (B.pay) went back to what is done today." in text
    both = durability(loads(EXCHANGE.replace("where: not A.arm", "where: not A.arm and B.pay"), id="exchange"))
    assert both.beside == ()
    assert both.lasts.rounds < one_sided.lasts.rounds
    assert "went back" not in render(page(both), 100, False, "utf-8")
