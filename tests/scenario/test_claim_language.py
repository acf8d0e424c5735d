"""A claim's test is read as what it demands, or refused with the place, the fault and the next step."""

from __future__ import annotations

import pytest

from detente.scenario.claim_language import read_test
from detente.scenario.claim_terms import FORMS, Change
from detente.scenario.tokens import ExpressionError


def refused(text: str) -> tuple[int, str]:
    with pytest.raises(ExpressionError) as error:
        read_test(text)
    return error.value.position, str(error.value)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_example_of_the_table_is_a_term_of_its_name(form: object) -> None:
    example = form.example  # type: ignore[attr-defined]
    compared = {"truth": example, "name": example}.get(form.gives, f"{example} > 0")  # type: ignore[attr-defined]
    assert read_test(compared).terms[0].name == form.name  # type: ignore[attr-defined]


def test_a_term_holds_its_arguments_and_changes() -> None:
    (term,) = read_test("success(talk, peace; A.arms = few; A ~ B = -0.2, without stage 2) > 0.5").terms
    assert term.of == ("talk", "peace")
    assert term.changes == (
        Change("level", ("A.arms",), "few"),
        Change("attitudes", ("A", "B"), "-0.2"),
        Change("stage", (), "2"),
    )


def test_names_with_spaces_are_kept_and_spaces_about_them_are_not() -> None:
    test = read_test("weight( PRK ,  Chinese   guarantee ) > weight(PRK,Russian guarantee)")
    assert [term.of for term in test.terms] == [("PRK", "Chinese guarantee"), ("PRK", "Russian guarantee")]


def test_terms_that_ask_the_same_are_equal() -> None:
    one, other = read_test("success(a, b; venue = c) > success( a,b ; venue=c )").terms
    assert one == other
    assert one.text != other.text


def test_levels_stand_on_both_sides_of_a_preference() -> None:
    (term,) = read_test("prefers(all; status-quo; A.x = up, B.y = no)").terms
    assert term.of == ("all",)
    assert term.sides == ((), (Change("level", ("A.x",), "up"), Change("level", ("B.y",), "no")))


def test_a_spread_reads_what_stands_within() -> None:
    (term,) = read_test("spread(success(a, b; venue = each)) > 0").terms
    assert term.inner is not None
    assert term.inner.terms[0].several


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("sucess(a, b) > 0", 0, "no term called 'sucess'. Did you mean 'success'?"),
        ("0 < wobble(a, b)", 4, "no term called 'wobble'. Known: success, lasting"),
        ("success(a) > 0", 8, "'success' has 1 of 2 arguments. Write e.g. 'success(summit, frozen"),
        ("success(a, b) >", 15, "something is missing after '>'"),
        ("success(a, b) success(a, c)", 14, "something is missing between 'success(a, b)' and 'success(a, c)'"),
        ("success(a, b > 0", 7, "'(' is never closed. Add ')'."),
        ("success(a, b)", 0, "this test is a number, and nothing says what it should be. Compare it"),
        ("success(a, b) and status_quo(A.x = y)", 0, "a number stands where something must hold. Compare it"),
        ("success(a, b; venu = lake) > 0", 14, "'venu = lake' is no change. Write e.g. 'venue = singapore'."),
        ("success(a, b; A.x == y) > 0", 14, "'A.x == y' is no change. Write '=' to set; '==' compares."),
        ("margin(b; venue = lake) > 0", 10, "'margin' takes no change like 'venue = lake'. It takes"),
        ("weight(A, x; views = truth) > 1", 13, "'weight' takes no change like 'views = truth'."),
        ("status_quo(A.x == y)", 11, "'A.x == y' sets no level. Write '='."),
        ("prefers(A; calm; storm)", 11, "'calm' sets no level. Write 'OPTION = level', or status-quo."),
        ("prefers(A; A.x = y)", 8, "'prefers' is not complete. Write e.g. 'prefers(CHN;"),
        ("success(a, b; venue = each) > 0", 0, "a number for each venue. Put it in spread(…), min(…) or"),
        ("success(a, b) > durability(a)", 0, "a chance and a duration, which are not alike. Compare like"),
        ("best(venue, a) > 3", 0, "'best(venue, a)' is a name. Write e.g. 'best(venue, summit) == hanoi'."),
        ("equilibria(nash, a and) > 0", 22, "something is missing after 'and'"),
        ("A.x == y", 0, "'A.x' says nothing here. Write e.g."),
        ("τ0 > success(a, b)", 0, "'τ' means nothing in a test."),
        ("success(a, b) > 0" + " or success(a, b) > 0" * 100, 0, "this test has 101 terms; at most 100"),
        ("x" * 4001, 4000, "this test has 4,001 characters; at most 4000 are read."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_where_it_stands(text: str, place: int, said: str) -> None:
    position, message = refused(text)
    assert said in message
    assert position == place


def test_a_multiple_of_a_number_keeps_its_unit_and_a_ratio_has_none() -> None:
    assert read_test("2 * durability(a) > durability(b)")
    assert read_test("durability(a) / durability(b) > success(a, b)")
    assert "not alike" in refused("2 * durability(a) > success(a, b)")[1]


def test_conditions_are_counted() -> None:
    assert read_test("count(attitude(A, B) < 0; attitude(A, C) < 0; prefers(A; A.x = y; status-quo)) >= 2")
