"""Reading `.gmcr` files: both forms of preference, numbering, one-way options, and what can be wrong."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from detente.errors import ScenarioError
from detente.exchange.gmcr import parse_gmcr, read_gmcr
from detente.scenario.dump import dumps
from detente.scenario.expression import is_name, parse, to_text
from detente.scenario.load import loads
from detente.scenario.model import Ranking, Statements
from detente.states.compile import compile_graph


def document(**changes: Any) -> dict[str, Any]:
    """Two parties with an option each, preferences as statements."""
    model = {
        "options": [
            {"name": "a", "permittedDirection": "both"},
            {"name": "b", "permittedDirection": "fwd"},
        ],
        "decisionMakers": [
            {"name": "P", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
            {
                "name": "Q",
                "options": [1],
                "preferences": [
                    {"compound": True, "members": [[[0, "Y"], [1, "Y"]], [[0, "N"], [1, "N"]]]},
                ],
            },
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": False,
    }
    return model | changes


def ranked(first: Any, second: Any, **changes: Any) -> dict[str, Any]:
    """The same model with states ranked by hand."""
    model = document(useManualPreferenceRanking=True, **changes)
    for party, ranking in zip(model["decisionMakers"], (first, second), strict=True):
        party["preferenceRanking"] = ranking
    return model


def read(model: Any) -> Any:
    return parse_gmcr(json.dumps(model).encode(), "lake.gmcr")


def problems(model: Any) -> str:
    content = model if isinstance(model, bytes) else json.dumps(model).encode()
    with pytest.raises(ScenarioError) as caught:
        parse_gmcr(content, "lake.gmcr")
    return str(caught.value)


class TestWhatIsRead:
    def test_parties_and_options_keep_owner_and_direction(self) -> None:
        scenario, _ = read(document())
        assert [party.id for party in scenario.parties] == ["P", "Q"]
        assert [(option.id, option.owner, option.moves) for option in scenario.options] == [
            ("P.a", "P", "both"),
            ("Q.b", "Q", "up"),
        ]
        assert scenario.options[0].levels == ("no", "yes")

    def test_backward_options_only_fall(self) -> None:
        model = document(options=[{"name": "a", "permittedDirection": "back"}, document()["options"][1]])
        assert read(model).scenario.options[0].moves == "down"

    def test_statements_keep_their_order_and_both_forms(self) -> None:
        scenario, _ = read(document())
        assert isinstance(scenario.preferences[0], Statements)
        texts = [
            [to_text(statement.where) for statement in preference.statements]
            for preference in scenario.preferences
        ]
        assert texts == [["Q.b", "not P.a"], ["P.a and Q.b or not P.a and not Q.b"]]

    def test_rankings_keep_ties(self) -> None:
        scenario, _ = read(ranked([4, [2, 3], 1], [1, 2, 3, 4]))
        assert scenario.preferences[0] == Ranking(((4,), (2, 3), (1,)))

    def test_old_keys_are_understood(self) -> None:
        model = ranked([4, 3, 2, 1], [1, 2, 3, 4])
        del model["useManualPreferenceRanking"]
        model["useManualPreferenceVectors"] = True
        for party in model["decisionMakers"]:
            party["preferenceVector"] = party.pop("preferenceRanking")
        assert read(model).scenario.preferences[1] == Ranking(((1,), (2,), (3,), (4,)))

    def test_infeasible_patterns_become_rules(self) -> None:
        scenario, _ = read(document(infeasibles=[[[0, "Y"], [1, "N"]]]))
        assert [to_text(rule.must) for rule in scenario.rules] == ["not (P.a and not Q.b)"]

    def test_compound_infeasibles_become_several(self) -> None:
        either = {"compound": True, "members": [[[0, "Y"], [1, "N"]], [[0, "N"], [1, "Y"]]]}
        assert len(read(document(infeasibles=[either])).scenario.rules) == 2

    def test_options_stand_in_working_order_and_conditions_in_file_order(self) -> None:
        """Party P holds option 1 of the file, Q option 0: state numbers follow P first."""
        model = ranked([2, 4, 1, 3], [1, 2, 3, 4], infeasibles=[[[1, "Y"], [0, "Y"]]])
        model["decisionMakers"][0]["options"], model["decisionMakers"][1]["options"] = [1], [0]
        model["decisionMakers"][0]["preferenceRanking"] = [2, 1, 3]
        model["decisionMakers"][1]["preferenceRanking"] = [1, 2, 3]
        scenario, _ = read(model)
        assert [option.id for option in scenario.options] == ["P.b", "Q.a"]
        assert to_text(scenario.rules[0].must) == "not (Q.a and P.b)"

    def test_option_numbers_may_be_digits_as_text(self) -> None:
        model = document()
        model["decisionMakers"][0]["options"] = ["0"]
        assert read(model).scenario.options[0].id == "P.a"

    def test_coalitions_are_kept_with_a_notice(self) -> None:
        scenario, notices = read(document(coalitions=[[0, 1]]))
        assert scenario.coalitions == (("P", "Q"),)
        assert any("coalition of P, Q" in notice for notice in notices)

    def test_misperceptions_are_refused_with_the_party_that_has_them(self) -> None:
        model = document()
        model["decisionMakers"][0]["misperceptions"] = [[[1, "Y"]]]
        told = problems(model)
        assert "decisionMakers[0].misperceptions: P does not perceive some states" in told
        assert "Remove them" in told

    def test_without_preferences_it_is_said_who_prefers_nothing(self) -> None:
        model = document()
        for party in model["decisionMakers"]:
            party["preferences"] = []
        notices = read(model).notices
        assert any(notice.startswith("P and Q prefer nothing:") for notice in notices)

    def test_lone_coalitions_are_none(self) -> None:
        assert read(document(coalitions=[0, 1])).scenario.coalitions == ()

    def test_coalitions_that_are_no_partition_count_as_none(self) -> None:
        scenario, notices = read(document(coalitions=[[0, 0], 1]))
        assert scenario.coalitions == ()
        assert any("stands alone" in notice for notice in notices)

    def test_derived_and_unknown_keys_are_ignored(self) -> None:
        plain = read(document()).scenario
        assert read(document(coalitionsFull=[{"name": "stale"}], nodes=[], program="x")).scenario == plain

    def test_a_file_is_read_with_its_stem_as_title(self, tmp_path: Path) -> None:
        path = tmp_path / "river.gmcr"
        path.write_text("\ufeff" + json.dumps(document(version="0.3.12")), encoding="utf-8")
        scenario, _ = read_gmcr(path)
        assert (scenario.id, scenario.title) == ("river", "river")
        assert "0.3.12" in scenario.about


class TestStatusQuo:
    def test_it_is_the_state_without_any_option_taken(self) -> None:
        scenario, notices = read(document())
        assert scenario.status_quo == ("no", "no")
        assert "status quo" in notices[0]

    def test_it_is_the_first_feasible_state_where_that_is_ruled_out(self) -> None:
        scenario, notices = read(document(infeasibles=[[[0, "N"]]]))
        assert scenario.status_quo == ("yes", "no")
        assert "number 1" in notices[0]


class TestNames:
    def test_repeated_and_odd_names_become_distinct_identifiers_and_titles_stay(self) -> None:
        names = ["Full", "Full", "not", "", "Änderung (neu)!", "a.b", "\x1b[31mred", "9 lives", "Ünïted; drop"]
        model = document(options=[{"name": name, "permittedDirection": "both"} for name in names])
        model["decisionMakers"] = [
            {"name": "nature", "options": [0, 1, 2], "preferences": []},
            {"name": "nature", "options": [3, 4, 5], "preferences": []},
            {"name": "if", "options": [6, 7, 8], "preferences": []},
        ]
        scenario, _ = read(model)
        ids = [option.id for option in scenario.options]
        assert len(set(ids)) == len(names)
        assert ids[:2] == ["nature-2.Full", "nature-2.Full-2"]
        assert all(is_name(id) and to_text(parse(id)) == id for id in ids)
        assert len({party.id for party in scenario.parties}) == 3
        assert scenario.options[4].title == "Änderung (neu)!"
        assert scenario.options[6].title == "[31mred"

    def test_a_name_cannot_take_the_number_of_another(self) -> None:
        model = document(options=[{"name": name, "permittedDirection": "both"} for name in ("x", "x-2", "x")])
        model["decisionMakers"] = [{"name": "P", "options": [0, 1, 2], "preferences": []}]
        assert [option.name for option in read(model).scenario.options] == ["x", "x-2", "x-3"]

    def test_options_of_nobody_cannot_move(self) -> None:
        model = document()
        model["decisionMakers"][1]["options"] = []
        scenario, notices = read(model)
        assert scenario.options[1].owner == "nature"
        assert any("belongs to nobody" in notice for notice in notices)


class TestWhatIsLeftOut:
    def test_a_contradiction_is_never_true(self) -> None:
        model = document()
        model["decisionMakers"][0]["preferences"] = [[[0, "Y"], [0, "N"]], [[0, "N"]]]
        scenario, notices = read(model)
        assert len(scenario.preferences[0].statements) == 1
        assert any("preferences[0]" in notice and "both Y and N" in notice for notice in notices)

    def test_an_empty_statement_says_nothing(self) -> None:
        model = document()
        model["decisionMakers"][0]["preferences"] = [[]]
        scenario, notices = read(model)
        assert compile_graph(scenario).ranks[0].tolist() == [0, 0, 0, 0]
        assert any("same in every state" in notice for notice in notices)


class TestAsAScenario:
    def models(self) -> list[dict[str, Any]]:
        odd = document(
            options=[{"name": name, "permittedDirection": "back"} for name in ("Full: all", "#1", "no", "- a")],
            infeasibles=[[[0, "Y"], [1, "N"], [2, "Y"]]],
            coalitions=[[0, 1]],
            version="0.3: x # {",
        )
        odd["decisionMakers"] = [
            {"name": "on", "options": [0, 3], "preferences": []},
            {"name": "12", "options": [1], "preferences": [[[0, "Y"]], [[3, "N"], [2, "Y"]]]},
        ]
        return [document(), odd, ranked([4, [2, 3], 1], [[1, 2, 3, 4]])]

    @pytest.mark.parametrize("index", range(3))
    def test_written_and_read_again_it_is_the_same(self, index: int) -> None:
        scenario, _ = read(self.models()[index])
        assert loads(dumps(scenario)) == scenario

    def test_state_numbers_are_those_of_the_program(self) -> None:
        """Options in another file order and one pattern ruled out: NN, YN and NY remain."""
        model = ranked([3, 1, 2], [2, 1, 3], infeasibles=[[[0, "Y"], [1, "Y"]]])
        model["decisionMakers"][0]["options"], model["decisionMakers"][1]["options"] = [1], [0]
        graph = compile_graph(read(model).scenario)
        assert [graph.levels(state) for state in range(graph.states)] == [(0, 0), (1, 0), (0, 1)]
        assert graph.ranks.tolist() == [[1, 0, 2], [1, 2, 0]]

    def test_statements_order_states_as_the_program_does(self) -> None:
        """P: b first, then not a. Q: both or neither. Weights 2 and 1, as the program gives them."""
        graph = compile_graph(read(document()).scenario)
        assert graph.ranks.tolist() == [[1, 0, 3, 2], [1, 0, 0, 1]]


class TestProblems:
    def test_all_are_reported_at_once_with_their_path(self) -> None:
        model = document(options=[{"name": "a", "permittedDirection": "up"}, {"permittedDirection": "fwd"}])
        model["decisionMakers"][0]["preferences"] = [[[7, "Y"]]]
        told = problems(model)
        assert "lake.gmcr  options[0].permittedDirection: this is 'both', 'fwd' or 'back'." in told
        assert "options[1].name" in told
        assert "decisionMakers[0].preferences[0]: 7 is no option; options count from 0 to 1." in told
        assert "3 problems" in told

    @pytest.mark.parametrize(
        ("first", "words"),
        [
            ([4, 3, 2], "state 1 is not ranked"),
            ([4, 3, 2, 1, 1], "state 1 is ranked twice"),
            ([5, 4, 3, 2, 1], "there is no state 5; 4 are feasible"),
            ([4, 3, 2, True], "true is no state number"),
            ([4, 3, 2, "1"], '"1" is no state number'),
            ("4321", "a ranking is needed"),
        ],
    )
    def test_a_ranking_names_every_feasible_state_once(self, first: Any, words: str) -> None:
        assert words in problems(ranked(first, [1, 2, 3, 4]))

    def test_an_option_has_one_owner(self) -> None:
        model = document()
        model["decisionMakers"][1]["options"] = [0, 1]
        assert "already belongs to decision maker 0" in problems(model)

    def test_a_ranking_needs_every_option_to_have_an_owner(self) -> None:
        model = ranked([1, 2, 3, 4], [1, 2, 3, 4])
        model["decisionMakers"][1]["options"] = []
        assert "belong to nobody" in problems(model)

    def test_a_model_without_states_is_refused(self) -> None:
        assert "rule out every state" in problems(document(infeasibles=[[[0, "Y"]], [[0, "N"]]]))

    @pytest.mark.parametrize("key", ["options", "decisionMakers", "infeasibles", "useManualPreferenceRanking"])
    def test_required_keys_are_named(self, key: str) -> None:
        model = document()
        del model[key]
        assert key in problems(model)

    @pytest.mark.parametrize("key", ["options", "decisionMakers", "infeasibles", "useManualPreferenceRanking"])
    def test_a_misspelt_key_is_one_problem_with_its_near_miss(self, key: str) -> None:
        model = document()
        misspelt = key[:3] + key[4:]
        model[misspelt] = model.pop(key)
        told = problems(model)
        assert f"'{misspelt}' stands there instead: write '{key}'." in told
        assert "1 problem;" in told

    def test_misspelt_keys_of_options_and_parties_come_with_their_near_miss(self) -> None:
        model = document()
        model["options"][0] = {"nmae": "a", "permitedDirection": "both"}
        model["decisionMakers"][0]["option"] = model["decisionMakers"][0].pop("options")
        told = problems(model)
        assert (
            "options[0].permittedDirection: this is 'both', 'fwd' or 'back'. 'permitedDirection' stands" in told
        )
        assert "options[0].name: a text is needed here. 'nmae' stands there instead: write 'name'." in told
        assert "decisionMakers[0].options: a list is needed here. 'option' stands there instead" in told

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff\xfe\x00",
            b"[]",
            b"null",
            b"{",
            b"[" * 200_000,
            b'{"options": NaN}',
            b'{"options": ' + b"9" * 5000 + b"}",
            b" " * 9_000_000,
        ],
    )
    def test_hostile_content_is_refused(self, content: bytes) -> None:
        assert "lake.gmcr" in problems(content)

    @pytest.mark.parametrize(
        "junk",
        [None, 1, True, "Y", [], {}, [[]], [[[0]]], [[0, "Q"]], [[{}, "Y"]], {"compound": 1}, 10**30, -1],
    )
    @pytest.mark.parametrize("key", ["options", "preferences", "misperceptions", "preferenceRanking", "name"])
    def test_junk_in_a_party_is_read_or_refused_but_never_breaks(self, key: str, junk: Any) -> None:
        for model in (document(), ranked([1, 2, 3, 4], [4, 3, 2, 1])):
            for value in (junk, [junk]):
                model["decisionMakers"][0][key] = value
                with suppress(ScenarioError):
                    assert read(model).scenario.parties

    def test_too_many_options_are_refused_before_anything_is_counted(self) -> None:
        model = document(options=[{"name": f"o{n}", "permittedDirection": "both"} for n in range(60)])
        assert "60 entries; at most 28" in problems(model)
