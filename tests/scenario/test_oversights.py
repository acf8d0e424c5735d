"""What breaks no rule and is probably not meant: each is warned of at its place, and nothing like it is."""

from __future__ import annotations

import pytest

from detente.errors import Problem
from detente.scenario.document import parse_document
from detente.scenario.load import accepted, draft
from detente.scenario.sanity import report
from scenario.texts import BASE, changed, problem

CALM = BASE.replace("until: peace", "until: tension").replace("host: CHE", "host: Geneva")


def warnings(text: str) -> list[Problem]:
    found = draft(parse_document(text, "x.yaml"), "x.yaml", "x")
    return [warning for warning in report(accepted(found), found).warnings if warning.place.line]


def told(old: str, new: str) -> list[str]:
    return [str(warning) for warning in warnings(changed(old, new, CALM))]


def only(old: str, new: str) -> str:
    found = told(old, new)
    assert len(found) == 1, "\n".join(found)
    return found[0]


def test_an_ordinary_scenario_is_not_warned_of() -> None:
    assert warnings(CALM) == []


def test_an_option_that_nobody_values() -> None:
    assert only("  A.talk: {moves: up}", "  A.talk: {moves: up}\n  B.fair: {title: Fair}") == (
        "x.yaml:12:3  nobody values 'B.fair': no party's interests depend on it. "
        "Say under `interests` who cares, or leave it out."
    )


@pytest.mark.parametrize(
    "spoken",
    [
        ("weight: 2..4}", "weight: 2..4}\n    - {wants: B.fair, weight: 1}"),
        ("peace: A.talk and B.trade", "peace: A.talk and B.trade and not B.fair"),
        ("rules:", "rules:\n  - {must: B.fair implies A.talk}"),
        ("hazard: 0.1", "hazard: 0.1 + 0.1 * B.fair"),
        ("cuts: [", "cuts: [{channels: C, by: B.fair, open: {no: 1, yes: 0}}, "),
    ],
)
def test_an_option_that_somebody_values_a_long_way_round(spoken: tuple[str, str]) -> None:
    text = changed("  A.talk: {moves: up}", "  A.talk: {moves: up}\n  B.fair: {title: Fair}", CALM)
    if spoken[0].startswith("cuts"):
        text = text.replace("weight: 2..4}", "weight: 2..4}\n    - {wants: pressure(A), weight: 1}")
    assert warnings(changed(*spoken, text)) == []


def test_a_rule_that_always_holds() -> None:
    told = only("rules:", "rules:\n  - {must: A.talk or not A.talk}")
    assert told == (
        "x.yaml:15:12  this rule always holds: A.talk or not A.talk. It forbids nothing; is that meant?"
    )


def test_a_stage_that_is_over_as_it_begins() -> None:
    told = only("until: tension", "until: peace or A.talk")
    assert told == (
        "x.yaml:44:69  'peace or A.talk' holds as the stage begins, so it ends at once. "
        "Write what the stage is to reach."
    )


def test_an_aim_that_is_reached_already() -> None:
    told = only("status_quo: {B.trade: yes}", "status_quo: {B.trade: yes, A.talk: yes}")
    assert "x.yaml:3:6  the aim 'peace' holds at the status quo already" in told


def test_the_same_interest_twice() -> None:
    again = "weight: 2..4}\n    - {avoids: tension, weight: 1}"
    assert only("weight: 2..4}", again).startswith("x.yaml:26:7  B avoids 'tension' twice.")


def test_two_interests_of_one_name() -> None:
    again = "weight: 2..4, name: calm}\n    - {wants: peace, weight: 1, name: calm}"
    assert "x.yaml:26:7  B has two interests called 'calm'." in only("weight: 2..4}", again)


def test_a_weight_a_thousand_times_its_neighbours() -> None:
    told = only("weight: 2..4}", "weight: 2500}")
    assert told == (
        "x.yaml:25:33  one interest of B weighs 2,500 times as much as any other. "
        "Is 2500 the weight that is meant?"
    )
    assert warnings(changed("weight: 2..4}", "weight: 250}", CALM)) == []


@pytest.mark.parametrize(
    ("old", "new"), [("3 ± 1", "2 ± 50"), ("-0.2 ± 0.1", "0.2 ± 3"), ("spare: 3", "spare: 3 ± 80")]
)
def test_a_spread_wider_than_its_field(old: str, new: str) -> None:
    assert "Is the spread as it is meant?" in only(old, new)


@pytest.mark.parametrize(("old", "new"), [("3 ± 1", "2 ± 3"), ("-0.2 ± 0.1", "-0.2 ± 1.5"), ("3 ± 1", "0 ± 5")])
def test_a_wide_spread_within_its_field(old: str, new: str) -> None:
    assert told(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("guarantors: [B]", "guarantors: [B, B]", "guarantor 'B' is named twice."),
        ("tables: [both], venue", "tables: [both, both], venue", "table 'both' is named twice."),
        ("tables: {both", "clashes: [tension, tension]\ntables: {both", "clash 'tension' is named twice."),
        ("tables: {both", "coalitions: [[A, B], [B, A]]\ntables: {both", "coalition 'A and B' is named twice."),
    ],
)
def test_what_is_named_twice(old: str, new: str, what: str) -> None:
    assert what in only(old, new)


def test_two_states_with_one_code() -> None:
    text = CALM.replace("  A: {name: Alpha}", "  A: {name: Alpha}\n  KOR: {iso: KP}\n  PRK: {iso: KP}")
    text = text.replace(
        "relations:", "  KOR: [{wants: peace, weight: 1}]\n  PRK: [{wants: peace, weight: 1}]\nrelations:"
    )
    assert [str(one) for one in warnings(text)] == [
        "x.yaml:9:14  'KOR' and 'PRK' have one `iso` code, KP. Event files cannot tell them apart."
    ]


def test_two_parties_of_one_alias() -> None:
    text = changed("{name: Alpha}", "{name: Alpha, aliases: [North, North]}", CALM)
    text = changed("{name: Beta}", "{name: Beta, aliases: [West, 'north ']}", text)
    assert [str(one) for one in warnings(text)] == [
        "x.yaml:8:35  'A' and 'B' have one alias, 'north '. Event files cannot tell them apart."
    ]


def test_two_things_of_one_title() -> None:
    outcomes = only("peace: A.talk and B.trade", "peace: {where: A.talk and B.trade, title: tension}")
    assert "two outcomes are called 'Tension': 'peace' and 'tension'." in outcomes
    ports = told("B.trade: {title: Trade}", "B.trade: {title: Trade}\n  B.ports: {title: trade}")
    assert any("two options are called 'trade': 'B.trade' and 'B.ports'." in each for each in ports)
    assert told("A.talk: {moves: up}", "A.talk: {moves: up, title: Trade}") == []


def test_two_parties_of_one_name_are_refused() -> None:
    assert problem(changed("{name: Beta}", "{name: ' alpha'}")) == (
        "x.yaml:8:13  the parties 'A' and 'B' are both called ' alpha'. Give each a name of its own."
    )
    assert "both called 'A'" in problem(changed("{name: Beta}", "{name: A}").replace("{name: Alpha}", "{}"))


@pytest.mark.parametrize(
    ("partner", "meant"),
    [("partner: b, good: coal, value: 10", "B"), ("partner: Beta, good: coal, value: 10", "B")],
)
def test_a_partner_that_is_almost_a_party(partner: str, meant: str) -> None:
    text = CALM.replace("partner: B, good: coal, value: 10", partner)
    text = text.replace("B coal", f"{partner.split()[1][:-1]} coal")
    assert f"is no party. Did you mean '{meant}'?" in str(warnings(text)[0])


@pytest.mark.parametrize(
    ("partner", "hint"),
    [("KOS", "partner 'KOS' is no party. Did you mean 'KOR'?"), ("KOT", "'KOT'"), ("ROW", ""), ("JOR", "")],
)
def test_a_code_that_no_state_has_is_a_slip(partner: str, hint: str) -> None:
    """Jordan is a neighbour of nobody's spelling, and the rest of the world is meant by no name."""
    text = CALM.replace("  A: {name: Alpha}", "  A: {name: Alpha}\n  KOR: {}")
    text = text.replace("relations:", "  KOR: [{wants: peace, weight: 1}]\nrelations:")
    text = text.replace("partner: B, good: coal", f"partner: {partner}, good: coal")
    text = text.replace("B coal", f"{partner} coal")
    told = [str(one) for one in warnings(text)]
    assert [hint in one for one in told] == ([True] if hint else [])


def test_a_host_that_is_almost_a_party() -> None:
    assert "host 'Alpha' is no party. Did you mean 'A'?" in only("host: Geneva", "host: Alpha")
    assert told("host: Geneva", "host: Vienna") == []


def test_a_section_that_is_indented_too_far() -> None:
    told = only("  peace: A.talk and B.trade", "  peace: A.talk and B.trade\n  limit: peace")
    assert told == (
        "x.yaml:19:3  outcome 'limit' is named like a section of the document. "
        "If the section `limit` is meant, begin its line at the left margin."
    )


def test_a_name_of_a_section_that_the_document_has_is_a_name() -> None:
    text = changed("  peace: A.talk and B.trade", "  peace: A.talk and B.trade\n  aim: peace", CALM)
    assert warnings(text) == []


def test_letters_of_two_alphabets_in_one_name() -> None:
    text = CALM.replace("peace", "pe\u0430ce")
    assert "outcome 'pe\u0430ce' mixes alphabets: 'p' is Latin, '\u0430' is Cyrillic." in str(warnings(text)[0])


def test_a_near_miss_that_looks_the_same_names_the_letter() -> None:
    told = problem(changed("aim: peace", "aim: pe\u0430ce"))
    assert told.endswith("Did you mean 'peace'? The '\u0430' here is Cyrillic Small Letter A.")
    assert "Cyrillic Capital Letter A" in problem(changed("A > B: -0.2", "\u0410 > B: -0.2"))


@pytest.mark.parametrize("mark", ["\\u202e", "\\u2028", "\\n", "\\u200b"])
def test_marks_that_nobody_sees(mark: str) -> None:
    told = only("title: Trade", f'title: "Tr{mark}ade"')
    assert "a name holds what nobody sees: U+" in told


def test_a_section_that_has_run_into_the_prose_above_it() -> None:
    prose = "about: >-\n  Two neighbours and\n  their border.\n"
    text = changed("aim: peace\n", f"{prose}  limit: 500\naim: peace\n", CALM)
    assert [str(one) for one in warnings(text)] == [
        "x.yaml:3:8  `about` holds 'limit: …', and the document has no such section. "
        "If the section `limit` is meant, begin its line at the left margin."
    ]
    assert warnings(changed("aim: peace\n", f"{prose}  aim: peace\naim: peace\n", CALM)) == []
