"""Every term comes to what the question that it is taken from finds; verdicts follow from the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import detente
from detente.errors import RefusedError, UnknownNameError
from detente.questions.claims.answer import Claims, PartSeen
from detente.scenario.change import close_channel, strike_shock, throughout
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from questions.claims.crisis import crisis

ONE = "success(talks, shared) > 0"
PLAIN = loads(crisis(ONE))


def asked(*tests: str, worlds: int = 0) -> Claims:
    return detente.claims(loads(crisis(*tests)), worlds=worlds)


def part(test: str, under: int = 0) -> PartSeen:
    (claim,) = asked(test).claims
    assert claim.verdict != "untestable", claim.why
    return claim.under[under].parts[0]


def left(term: str, under: int = 0) -> float:
    value = part(f"{term} > 0", under).left
    assert value is not None
    return value


def success(scenario: Scenario, strategy: str, outcome: str = "shared", foresight: str | None = None) -> float:
    (found,) = detente.assess(scenario, strategies=[strategy], foresight=foresight).strategies
    return found.success[outcome]


@pytest.mark.parametrize("strategy", ["talks", "toll"])
@pytest.mark.parametrize("outcome", ["shared", "quarrel"])
def test_success_is_that_of_assess_under_both_foresights(strategy: str, outcome: str) -> None:
    term = f"success({strategy}, {outcome})"
    assert left(term) == success(PLAIN, strategy, outcome)
    assert left(term, -1) == success(PLAIN, strategy, outcome, "seq")


def test_lasting_is_that_of_assess_where_what_was_committed_lapses() -> None:
    text = crisis("lasting(toll, home) > 0").replace("aim: shared", "aim: home")
    scenario = loads(text.replace("outcomes:\n", "outcomes:\n  home: L.army == home\n"))
    (found,) = detente.assess(scenario, strategies=["toll"]).strategies
    (claim,) = detente.claims(scenario).claims
    assert claim.under[0].parts[0].left == found.lasting
    assert found.lasting != found.success["home"]


CHANGED: dict[str, Callable[[], Scenario]] = {
    "U ~ L = 0.4": lambda: PLAIN.with_values({"relations.U>L": 0.4, "relations.L>U": 0.4}),
    "L > U = 0.4": lambda: PLAIN.with_value("relations.L>U", 0.4),
    "weight(U, calm) = 0.1": lambda: PLAIN.with_value("interests.U.calm.weight", 0.1),
    "after drought": lambda: strike_shock(PLAIN, "drought"),
    "close channel rest grain": lambda: close_channel(PLAIN, "U", "rest grain"),
    "views = truth": lambda: replace(PLAIN, views=()),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_changed_crisis_is_that_which_the_scenario_would_be(change: str) -> None:
    changed = CHANGED[change]()
    for strategy, outcome in (("talks", "shared"), ("toll", "quarrel")):
        assert left(f"success({strategy}, {outcome}; {change})") == success(changed, strategy, outcome)


def test_a_strategy_without_a_stage_is_that_of_its_other_stages() -> None:
    shorter = crisis(ONE).replace("{commit: {L.toll: yes}, title: First}, ", "")
    assert left("success(toll, shared; without stage 1)") == success(loads(shorter), "toll")


def test_a_level_is_bound_in_every_stage_whatever_the_strategy_commits() -> None:
    other = crisis(ONE).replace("commit: {L.toll: yes}", "commit: {L.toll: no}")
    other = other.replace("commit: {L.army: home}", "commit: {L.toll: no, L.army: home}")
    for outcome in ("shared", "quarrel"):
        assert left(f"success(toll, {outcome}; L.toll = no)") == success(loads(other), "toll", outcome)


def test_a_table_is_opened_and_closed() -> None:
    toll = throughout(PLAIN.strategy("toll"), table="both")
    opened = replace(PLAIN, strategies=(PLAIN.strategy("talks"), toll))
    assert left("success(toll, shared; open both)") == success(opened, "toll")
    closed = crisis(ONE).replace("tables: [both], venue", "venue")
    assert left("success(talks, shared; close both)") == success(loads(closed), "talks")


def test_durability_is_that_of_the_question_and_in_a_place_that_of_venues() -> None:
    assert detente.durability(PLAIN, strategy="talks").lasts.rounds == pytest.approx(left("durability(talks)"))
    hosted = {seen.venue: seen.hosted.lasts for seen in detente.venues(PLAIN, "talks").venues}
    for venue, lasts in hosted.items():
        assert lasts is not None
        assert lasts.rounds == pytest.approx(left(f"durability(talks; venue = {venue})"))
    assert left("durability(talks; venue = any)") == max(
        left(f"durability(talks; venue = {v})") for v in hosted
    )


def test_the_best_place_is_the_first_of_venues() -> None:
    first = {seen.venue for seen in detente.venues(PLAIN, "talks").venues if seen.place == 1}
    assert len(first) == 1
    found = part("best(venue, talks) == bridge")
    assert set(found.names) == first
    assert found.holds is (first == {"bridge"})


def test_no_place_is_best_where_all_are_alike() -> None:
    alike = crisis("best(venue, talks) == bridge").replace("composure: {U: -3}", "composure: {U: 2, L: 1}")
    alike = alike.replace(", attitudes: {U ~ L: 0.05}", "")
    (claim,) = detente.claims(loads(alike)).claims
    assert claim.verdict == "contradicted"
    assert claim.under[0].parts[0].names == ()


def test_a_spread_is_from_the_least_to_the_most_of_all_places() -> None:
    each = [left(f"durability(talks; venue = {venue})") for venue in ("bridge", "castle")]
    assert left("spread(durability(talks; venue = each))") == pytest.approx(max(each) - min(each))
    assert left("min(durability(talks; venue = each))") == min(each)


def test_pressure_is_that_of_the_question_where_options_stand_so() -> None:
    assert left("pressure(U)") == detente.pressure(PLAIN).pressure
    assert left("pressure(U; L.toll = yes)") == detente.pressure(PLAIN, at=["L.toll=yes"]).pressure
    assert left("pressure(U; close channel L grain)") == pytest.approx(0.8)


def test_equilibria_are_counted_as_the_question_counts_them() -> None:
    for concept in ("nash", "seq", "iseq"):
        found = detente.equilibria(PLAIN, concepts=[concept], outcome="shared")
        assert left(f"equilibria({concept}, shared)") == found.counts[concept]


def test_the_margin_of_an_outcome_is_that_of_its_firmest_state() -> None:
    found = detente.equilibria(PLAIN, concepts=["iseq"], outcome="shared", all=True)
    margins = [state.margin["iseq"] for state in found.states]
    assert left("margin(shared)") == pytest.approx(max(one for one in margins if one is not None))


def test_a_repair_is_worth_what_relations_finds() -> None:
    repairs = detente.relations(PLAIN, strategy="toll", foresight="iseq").repairs
    assert repairs is not None
    (single,) = repairs.dyads
    assert left("repair(toll, U ~ L)") == pytest.approx(single.gain)
    assert left("repair(toll, any)") == left("repair(toll, L ~ U)")


def test_inputs_are_read_with_what_a_place_or_a_shock_does_to_them() -> None:
    assert left("weight(U, water)") == 2
    assert left("weight(U, water; after drought)") == 4
    assert left("weight(L of U, spite)") == 1
    assert left("attitude(U, L; venue = bridge) + 1") == pytest.approx(0.95)
    assert left("composure(U; venue = castle)") == 2


def test_a_preference_is_a_gain_in_spans_and_of_a_picture_only_its_sign() -> None:
    graph = compile_graph(PLAIN)
    place = {levels: graph.find(levels) for levels in ((0, 0, 0), (1, 0, 0))}
    assert None not in place.values()
    lowland = graph.payoffs[1][[place[1, 0, 0], place[0, 0, 0]]]
    gain = float(lowland[0] - lowland[1]) / float(graph.spans[1])
    assert part("prefers(L; U.dam = low; status-quo)").left == pytest.approx(gain)
    assert part("prefers(L of U; status-quo; U.dam = low)").left == 1
    everybody = part("prefers(all; U.dam = low; status-quo)")
    assert not everybody.holds
    assert everybody.names == ("U",)


def test_a_verdict_is_that_of_the_test() -> None:
    found = asked(
        "weight(U, water) == 2 and not weight(U, calm) == 2",
        "weight(U, water) < 2 or weight(U, calm) >= 4",
        "count(status_quo(U.dam = high); status_quo(U.dam = low)) == 1",
        "status_quo(U.dam = low) implies weight(U, water) > 9",
        "weight(U, water) / (weight(U, calm) - 3) > 0",
    )
    verdicts = [claim.verdict for claim in found.claims]
    assert verdicts == ["supported", "contradicted", "supported", "supported", "untestable"]
    assert "divides by zero" in found.claims[-1].why
    assert [len(claim.under[0].parts) for claim in found.claims] == [2, 2, 1, 2, 0]
    (document,) = found.documents
    assert (document.claims, document.tested, document.supported, document.contradicted) == (5, 4, 3, 1)


def test_what_cannot_be_tried_is_untestable_and_says_why() -> None:
    (claim,) = asked("success(toll, shared; venue = bridge) > 0").claims
    assert claim.verdict == "untestable"
    assert "names no venue and opens no table" in claim.why


def test_over_worlds_the_share_decides() -> None:
    sure, never, torn = asked(
        "weight(U, trade) == 2", "weight(U, water) > weight(L, water) + 3", "weight(U, water) > 2", worlds=20
    ).claims
    assert [one.verdict for one in (sure, never, torn)] == ["supported", "contradicted", "depends"]
    assert torn.over is not None
    assert torn.over.worlds == 20
    assert torn.over.low < torn.over.share < torn.over.high


def test_the_same_seed_draws_the_same_worlds_and_more_of_them_change_none() -> None:
    few, many, again = (asked("weight(U, water) > 2", worlds=count).claims[0].over for count in (4, 8, 8))
    assert many == again
    assert few is not None
    assert many is not None
    assert 0 <= many.share * 8 - few.share * 4 <= 4


def test_claims_and_documents_are_chosen() -> None:
    scenario = loads(crisis("weight(U, water) > 0", "weight(U, water) > 1"))
    assert [one.id for one in detente.claims(scenario, claims=["c2"]).claims] == ["c2"]
    assert len(detente.claims(scenario, documents=["gazette"]).claims) == 2
    with pytest.raises(UnknownNameError, match="no claim called 'x9'"):
        detente.claims(scenario, claims=["x9"])
    with pytest.raises(UnknownNameError, match="gazette"):
        detente.claims(scenario, documents=["gazete"])
    with pytest.raises(RefusedError, match="worlds is -1"):
        detente.claims(scenario, worlds=-1)


def test_a_scenario_without_claims_is_refused_with_the_next_step() -> None:
    with pytest.raises(RefusedError, match="keeps no claims"):
        detente.claims(detente.load("prisoners"))


def test_progress_tells_claim_by_claim() -> None:
    told: list[tuple[str, float]] = []
    scenario = loads(crisis("weight(U, water) > 0"))
    detente.claims(scenario, worlds=2, progress=lambda what, share: told.append((what, share)))
    assert [what for what, _ in told if what.startswith("claim c1")][-1] == "claim c1 in world 2 of 2"
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("done", 1.0)
