"""What people write by mistake, and the advice they get: right place, right next step."""

from __future__ import annotations

import re

import pytest

from detente.errors import ScenarioError
from detente.scenario.expression import parse
from detente.scenario.fields import LONGEST_TEXT, LONGEST_TITLE
from detente.scenario.load import loads
from detente.scenario.nodes import MAX_PROBLEMS
from detente.scenario.tokens import ExpressionError
from scenario.texts import BASE, changed, problem, problems


def test_an_outcome_may_be_called_like_a_level_that_it_tests() -> None:
    scenario = loads(changed("  peace: A.talk and B.trade", "  peace: A.talk\n  many: A.arms == many"))
    assert [outcome.id for outcome in scenario.outcomes] == ["peace", "many", "tension"]


def test_an_outcome_made_of_itself_is_a_circle_still() -> None:
    both = changed("  peace: A.talk and B.trade", "  peace: A.talk\n  many: A.arms == many or many")
    assert "defined in a circle: many → many" in problem(both)


@pytest.mark.parametrize(
    ("written", "advised"),
    [
        ("0.06 if A.arms == many", "0.06 * (A.arms == many)"),
        ("0.06 if A.talk else 0.02", "0.06 * (A.talk) + 0.02 * (not (A.talk))"),
        ("0.1 + 0.2 if A.talk", "(0.1 + 0.2) * (A.talk)"),
        ("(0.1 if A.talk) + 0.2", "0.1 * (A.talk)"),
        ("1 if A.talk", "1 * (A.talk)"),
    ],
)
def test_a_number_under_a_condition_gets_advice_that_can_be_read(written: str, advised: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(f"write '{advised}'")):
        parse(written)
    loads(changed("hazard: 0.1", f"hazard: {advised}"))


def test_a_condition_under_a_condition_is_told_of_implies() -> None:
    with pytest.raises(ExpressionError, match="write 'b implies a'"):
        parse("a if b")


@pytest.mark.parametrize(
    ("weight", "advice"),
    [
        ("8,5", "Write 8.5, with a point."),
        ("'8,5 ± 1,2'", "Write 8.5 ± 1.2, with a point."),
        ("'1,234,567'", "Write 1234567, without commas."),
        ("'1,000'", "Write 1.000 or 1000."),
    ],
)
def test_a_comma_in_a_number_is_told_to_be_a_point(weight: str, advice: str) -> None:
    assert problem(changed("weight: 1 (0..2)", f"weight: {weight}")).endswith(advice)


def test_a_comma_in_the_number_of_a_level_is_told_to_be_a_point() -> None:
    told = problem(changed("some: 0.5, many", "some: 0,5, many"))
    assert told == "x.yaml:23:41  '5' stands alone after a comma. Write 0.5, with a point."


@pytest.mark.parametrize("day", ["2018-02-30", "2017-02-29", "2018-04-31"])
def test_an_observation_has_a_day_of_the_calendar(day: str) -> None:
    assert f"'{day}' is no date." in problem(f"{BASE}observed: {{{day}: {{A.talk: yes}}}}\n")
    loads(f"{BASE}observed: {{2016-02-29: {{A.talk: yes}}, 2018-02: {{}}, 2018: {{}}}}\n")


@pytest.mark.parametrize("importance", ["1e-8", "1e-300", "1 (1e-9..2)"])
def test_importances_that_would_be_lost_are_refused(importance: str) -> None:
    text = changed("good: coal, value: 2", f"good: coal, value: 2, importance: {importance}")
    assert "an importance is 0 or at least 0.000001. Only ratios count" in problem(text)


@pytest.mark.parametrize("importance", ["0", "1e-6", "0.5"])
def test_importances_that_count_are_taken(importance: str) -> None:
    loads(changed("good: coal, value: 2", f"good: coal, value: 2, importance: {importance}"))


def test_importances_too_far_apart_are_refused() -> None:
    text = changed("good: coal, value: 2", "good: coal, value: 2, importance: 1e9")
    told = "the importances of 'A' differ more than 100,000,000 to 1. Write 0 for what does not matter."
    assert problem(text) == f"x.yaml:30:3  {told}"
    loads(changed("good: coal, value: 2", "good: coal, value: 2, importance: 1e7"))


def test_composure_is_bounded() -> None:
    told = problem(changed("A: {name: Alpha}", "A: {name: Alpha, composure: 1e308}"))
    assert "a composure is between 0 and 1,000,000" in told
    assert "a composure added is between -1,000,000 and 1,000,000" in problem(changed("A: +0.4", "A: 1e308"))


@pytest.mark.parametrize("ending", ["x.yaml", "x.json"])
def test_endless_repetitions_are_told_a_hundred_times(ending: str) -> None:
    keys = '"a": 1, ' * 5_000
    assert len(problems(f'{{{keys}"b": 1}}', ending)) == MAX_PROBLEMS


def test_endless_texts_are_refused() -> None:
    told = problem(changed("title: Two neighbours", f"title: {'x' * 4_800_000}"))
    assert told.startswith("x.yaml:2:8  title has 4,800,000 characters; at most 500 are read.")
    assert "because has" in problem(changed("They exclude each other.", "x" * (LONGEST_TEXT + 1)))
    assert "source has" in problem(changed("report p2", "report " + "x" * LONGEST_TITLE))
    assert "a name has at most 100" in problems(BASE.replace("B.trade", f"B.{'t' * 200}"))[0]


def test_a_shock_may_change_an_interest_whose_name_holds_a_line_break() -> None:
    interest = changed("weight: 2..4}", 'weight: 2..4, name: "one\\ntwo"}')
    loads(interest + 'shocks: {quake: {hazard: 0.1, weights: {B: {"one\\ntwo": 2}}}}\n')


def test_deep_nesting_is_told_alike_by_every_parser() -> None:
    with pytest.raises(ScenarioError, match="nested more than 64 levels deep"):
        loads("[" * 5_000)


@pytest.mark.parametrize(
    ("old", "new", "place", "meant"),
    [
        ("partner: B, good: coal, value: 10", "partner: BB, good: coal, value: 10", "33:19", "partner 'BB'"),
        ("good: coal", "good: cola", "33:28", "good 'cola'"),
    ],
)
def test_a_slip_in_a_channel_is_told_where_it_was_made(old: str, new: str, place: str, meant: str) -> None:
    first, *_ = problems(BASE.replace(old, new))
    assert first.startswith(f"x.yaml:{place}  {meant} is named nowhere else, and ")


def test_a_slip_in_what_names_a_channel_is_told_there() -> None:
    assert problem(changed("channels: B coal", "channels: B cola")) == (
        "x.yaml:35:23  no channel is called 'B cola'. Did you mean 'coal'?"
    )


@pytest.mark.parametrize("section", ["outcomes", "interests", "pressure", "tables", "venues", "strategies"])
def test_a_section_within_another_is_told_once(section: str) -> None:
    """Indented, a section belongs to the one above it; that what it defines is missing is not told."""
    text = BASE.replace("status_quo: {B.trade: yes}", "status_quo:\n  B.trade: yes")
    text = text.replace("tables: {both: [A, B]}", "tables:\n  both: [A, B]")
    start = text.index(f"\n{section}:") + 1
    following = re.compile(r"\n(?=[a-z_]+:)").search(text, start)
    end = following.end() if following else len(text)
    inner = "".join(f"  {line}" for line in text[start:end].splitlines(keepends=True))
    told = problem(text[:start] + inner + text[end:])
    assert f"`{section}` stands within" in told
    assert told.endswith(f"If the section `{section}` is meant, begin its line at the left margin.")


def test_a_section_as_a_field_of_something_is_told_where_it_belongs() -> None:
    told = problem(changed("  B: {name: Beta}", "  B:\n    name: Beta\n    limit: 100"))
    assert told == (
        "x.yaml:10:5  a party has no field 'limit'. "
        "If the section `limit` is meant, begin its line at the left margin."
    )


def test_a_level_in_a_scale_that_is_misspelt_has_a_near_miss() -> None:
    assert problem(changed("some: 0.5, many", "smoe: 0.5, many")).endswith("Did you mean 'some'?")


def test_a_misspelt_not_has_a_near_miss() -> None:
    assert "Did you mean 'not'?" in problem(changed("not (A.arms", "nto (A.arms"))
    assert "'not' instead of 'nto'?" in problem(changed("A.talk and B.trade", "nto A.talk and B.trade"))


def test_a_shock_multiplies_by_a_million_at_most() -> None:
    text = changed("weight: 2..4}", "weight: 2..4, name: calm}")
    text += "shocks: {quake: {hazard: 0.1, weights: {B: {calm: FACTOR}}}}\n"
    assert "factor is 1e+12; a factor is between 0 and 1,000,000." in problem(text.replace("FACTOR", "1e12"))
    loads(text.replace("FACTOR", "1e6"))


def test_names_without_values_are_no_torn_numbers() -> None:
    assert "comma" not in problems(changed("{few: 0, some: 0.5, many: 1}", "{few: 0, 1, 2, 3}"))[-1]


def test_an_expression_that_may_be_endless_is_looked_through_in_bounds() -> None:
    keys = ", ".join(f"{number}" for number in range(40_000))
    assert len(problems(f"title: x\nparties: {{{keys}}}\n")) == MAX_PROBLEMS
