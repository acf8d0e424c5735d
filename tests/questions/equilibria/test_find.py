"""A dam: upstream may build, downstream may pay; both weigh their interests, so margins mean something."""

from __future__ import annotations

import json

import jsonschema
import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.questions.equilibria import find
from detente.questions.equilibria.answer import Equilibria
from detente.questions.equilibria.find import equilibria
from detente.rendering import render
from detente.scenario.load import loads
from detente.scenario.model import Scenario

DAM = """
detente: 1
title: A dam
parties: {UP: {name: Upstream}, DOWN: {name: Downstream}}
options:
  UP.build: {title: Build the dam}
  DOWN.pay: {title: Pay for water}
outcomes: {dry: UP.build and not DOWN.pay, deal: DOWN.pay and not UP.build}
status_quo: {UP.build: yes}
interests:
  UP:
    - {wants: UP.build, weight: 1}
    - {wants: DOWN.pay, weight: 3}
  DOWN:
    - {avoids: UP.build, weight: 4}
    - {avoids: DOWN.pay, weight: 1}
"""


PENNIES = """
detente: 1
title: Matching pennies
parties: {A: {name: Matcher}, B: {name: Differ}}
options: {A.up: {title: A}, B.up: {title: B}}
status_quo: {A.up: no, B.up: no}
interests:
  A: [{wants: A.up == B.up, weight: 1}]
  B: [{avoids: A.up == B.up, weight: 1}]
"""


@pytest.fixture(scope="module")
def dam() -> Scenario:
    return loads(DAM, id="dam")


def test_the_states_that_hold_are_found_and_named(dam: Scenario) -> None:
    answer = equilibria(dam)
    nash = [found for found in answer.states if "nash" in found.equilibrium]
    assert [found.levels for found in nash] == [("yes", "no")]
    assert nash[0].state == 2
    assert nash[0].labels == ("dry",)
    assert answer.counts["nash"] == 1
    assert answer.status_quo == ("yes", "no")


def test_the_margin_is_the_least_over_the_parties_in_spans(dam: Scenario) -> None:
    dry = next(found for found in equilibria(dam).states if found.state == 2)
    assert dry.margin["nash"] == pytest.approx(min(1 / 4, 1 / 5))


def test_firmest_first(dam: Scenario) -> None:
    answer = equilibria(dam, all=True)
    margins = [found.margin[answer.ordered_by] for found in answer.states]
    assert answer.ordered_by == "iseq"
    assert margins == sorted(margins, reverse=True)  # type: ignore[type-var]
    assert len(answer.states) == answer.feasible == 4


def test_a_concept_may_be_left_out_and_the_order_then_follows_the_first_asked(dam: Scenario) -> None:
    answer = equilibria(dam, concepts=["gmr", "nash"])
    assert answer.concepts == ("gmr", "nash")
    assert answer.ordered_by == "gmr"
    assert set(answer.counts) == {"gmr", "nash"}
    assert all(set(found.stable) == {"gmr", "nash"} for found in answer.states)


def test_what_foresight_leaves_undetermined_is_counted_and_named() -> None:
    """In matching pennies what each expects of the other runs in a circle."""
    pennies = loads(PENNIES, id="pennies")
    answer = equilibria(pennies)
    assert answer.counts["nash"] == answer.counts["seq"] - 4 == 0
    assert answer.counts["iseq"] == answer.undetermined["iseq"] == 4
    assert [found.undetermined for found in sorted(answer.states, key=lambda found: found.state)] == [
        ("B",),
        ("A",),
        ("A",),
        ("B",),
    ]
    assert equilibria(pennies, ("seq",)).undetermined == {}
    text = render(answer, "terminal")
    assert "4 states of the 4 under iSEQ hang on moves" in " ".join(text.split())


def test_iterated_foresight_must_be_asked_for_on_a_large_crisis(
    dam: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MOST_ITERATED", 3)
    answer = equilibria(dam)
    assert answer.left_out == ("iseq",)
    assert "iseq" not in answer.counts
    assert "--concept iseq asks for it" in " ".join(render(answer, "terminal").split())
    asked = equilibria(dam, ("iseq",))
    assert (asked.left_out, asked.concepts) == ((), ("iseq",))


def test_concepts_answer_alike_alone_and_together(dam: Scenario) -> None:
    together = {found.state: found for found in equilibria(dam, all=True).states}
    for concept in ("nash", "gmr", "smr", "seq", "sseq", "iseq"):
        for found in equilibria(dam, concepts=[concept], all=True).states:
            assert found.stable[concept] == together[found.state].stable[concept]
            assert found.margin[concept] == together[found.state].margin[concept]


def test_an_equilibrium_is_stable_for_every_party(dam: Scenario) -> None:
    answer = equilibria(dam, all=True)
    for found in answer.states:
        for concept in answer.concepts:
            assert (concept in found.equilibrium) == (found.stable[concept] == answer.parties)


def test_an_outcome_confines_states_and_counts(dam: Scenario) -> None:
    answer = equilibria(dam, outcome="deal", all=True)
    assert [found.labels for found in answer.states] == [("deal",)]
    assert all(many <= 1 for many in answer.counts.values())
    assert answer.counts["nash"] == 0


def test_outcomes_are_counted_by_the_states_that_hold(dam: Scenario) -> None:
    answer = equilibria(dam, all=True)
    for outcome, counts in answer.by_outcome.items():
        for concept, many in counts.items():
            holding = [one for one in answer.states if concept in one.equilibrium and outcome in one.labels]
            assert many == len(holding)
    assert answer.by_outcome["dry"]["nash"] == 1


def test_a_limit_cuts_the_list_and_not_the_counts(dam: Scenario) -> None:
    whole, cut = equilibria(dam, all=True), equilibria(dam, all=True, limit=2)
    assert cut.states == whole.states[:2]
    assert cut.counts == whole.counts
    assert cut.truncated
    assert not whole.truncated
    assert not equilibria(dam, all=True, limit=4).truncated


def test_unknown_names_come_with_a_near_miss(dam: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'deal'"):
        equilibria(dam, outcome="deel")
    with pytest.raises(UnknownNameError, match="Did you mean 'nash'"):
        equilibria(dam, concepts=["nsh"])


def test_an_empty_list_is_refused(dam: Scenario) -> None:
    with pytest.raises(RefusedError, match="at least 1"):
        equilibria(dam, limit=0)


def test_margins_of_parties_known_by_order_are_null() -> None:
    ordinal = loads(
        DAM[: DAM.index("interests")]
        + "interests: {UP: {ranking: [2, 4, 3, 1]}, DOWN: {ranking: [1, 3, 4, 2]}}\n"
    )
    answer = equilibria(ordinal, all=True)
    assert {margin for found in answer.states for margin in found.margin.values()} == {None}
    assert answer.counts["nash"] >= 1


def test_the_answer_is_its_documented_json(dam: Scenario) -> None:
    answer = equilibria(dam)
    data = json.loads(answer.to_json())
    jsonschema.validate(data, Equilibria.json_schema())
    assert Equilibria.from_dict(data) == answer
    assert set(data["states"][0]) == {
        "state",
        "levels",
        "labels",
        "stable",
        "equilibrium",
        "margin",
        "undetermined",
    }
    assert {"concepts", "counts", "states", "limit", "truncated"} <= set(data)


def test_the_frame_has_a_row_per_state(dam: Scenario) -> None:
    frame = equilibria(dam, all=True).to_frame()
    assert len(frame) == 4
    assert set(frame.columns) >= {"state", "UP.build", "DOWN.pay", "margin_seq"}
