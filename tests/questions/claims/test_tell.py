"""Claims are told with the names people use, both figures, and what the facts say."""

from __future__ import annotations

from dataclasses import replace

import pytest

import detente
from detente.formats import terminal
from detente.questions.claims.answer import Claims
from detente.questions.claims.tell import FEW, page
from detente.report.page import Table
from detente.scenario.claim_terms import FORMS
from detente.scenario.load import loads
from questions.claims.crisis import crisis


def said(answer: Claims) -> str:
    return " ".join(terminal.render(page(answer), 200).split())


def told(*tests: str) -> str:
    return said(detente.claims(loads(crisis(*tests))))


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        (
            "success(talks, shared; U ~ L = 0.3; close both) < 2 * success(toll, shared)",
            "The chance of “The river is shared” by “Talks” (attitudes between Upland and Lowland at 0.3; "
            "without the table “The two”):",
        ),
        (
            "durability(talks; venue = castle) > max(durability(talks; venue = each))",
            "How long what “Talks” reaches lasts (in The castle): ",
        ),
        (
            "pressure(U; L.toll = yes) > 0.5",
            "The pressure on Upland (The toll: yes): 40%. Asked for: more than 50%.",
        ),
        (
            "prefers(all; U.dam = low; status-quo)",
            "Every party wants rather “The dam: low” than what is today: no, not",
        ),
        (
            "weight(L of U, spite) >= 1",
            "The weight of “spite” for Upland as Lowland sees it: 1. Asked for: at least 1.",
        ),
        ("attitude(U, L) < 0", "The attitude of Upland to Lowland: −0.1. Asked for: less than 0."),
        ("status_quo(U.dam = high)", "Today stands “The dam: high”: yes."),
        ("best(venue, talks) == castle", "The best place for “Talks”: The bridge. Asked for: The castle."),
        ("equilibria(nash, shared) != 1", "How many states hold under Nash in which “The river is shared”:"),
        (
            "margin(shared; after drought) > 9",
            "The best margin within “The river is shared” (after “A drought”):",
        ),
        ("composure(U) == 5", "The composure of Upland: 5. Asked for: 5."),
        ("repair(toll, any) > 0.5", "What the best repair of one relation adds to “A toll”:"),
        (
            "spread(success(talks, shared; venue = each)) > 0",
            "The spread, from place to place, of the chance of “The",
        ),
        (
            "count(weight(U, water) > 1; weight(U, calm) > 9) == 1",
            "Of 2 conditions, how many hold: 1. Asked for: 1.",
        ),
    ],
)
def test_what_is_compared_is_told_in_words(test: str, sentence: str) -> None:
    assert sentence in told(test)


def test_every_term_has_words() -> None:
    from detente.questions.claims import tell_term

    assert set(tell_term._TOLD) == {form.name for form in FORMS} - {"spread"}


def test_a_claim_in_full_has_its_test_its_figures_and_its_facts() -> None:
    scenario = crisis("weight(U, water) > 3").replace(
        "source: gazette p1",
        "source: gazette p1, fact: {verdict: denied, because: It was seen, source: survey p2}",
    )
    text = said(detente.claims(loads(scenario), worlds=10))
    assert "c1: contradicted So it is. (gazette p1) Test: weight(U, water) > 3" in text
    assert "On the central numbers, whatever the foresight, the test fails:" in text
    assert "Over 10 worlds under SEQ the test holds in" in text
    assert "Facts: Denied. It was seen. (“A survey of the river”)" in text


def test_where_foresights_differ_both_are_told() -> None:
    answer = detente.claims(loads(crisis("success(talks, shared) > 0")))
    (claim,) = answer.claims
    first, second = (
        claim.under[0],
        replace(claim.under[0], foresight="seq", holds=not claim.under[0].holds, parts=()),
    )
    text = said(replace(answer, claims=(replace(claim, under=(first, second)),)))
    assert "c1: supported, depends on foresight" in text
    assert "On the central numbers under iSEQ, the test holds:" in text
    assert "On the central numbers under SEQ, the test fails:" in text


MANY = ["weight(U, water) > 1"] * FEW + ["weight(U, water) > 9", "success(toll, shared; venue = bridge) > 0"]


def test_a_newspaper_could_print_the_summary() -> None:
    assert (
        "“The river will be shared” (The Gazette) makes 8 claims. 7 can be tested against this picture of the "
        "crisis; 1 cannot. 6 follow from it, 1 is contradicted." in told(*MANY)
    )


def test_some_of_the_claims_are_told_as_some() -> None:
    answer = detente.claims(loads(crisis(*MANY)), claims=["c1", "c2"])
    assert "2 of the 8 claims of “The river will be shared” (The Gazette) are told of." in said(answer)


def test_many_claims_stand_in_a_table_with_the_figures_that_decide() -> None:
    answer = detente.claims(loads(crisis(*MANY)))
    (table,) = (block for block in page(answer).blocks if isinstance(block, Table))
    assert table.rows[0] == ("c1", "So it is", "supported", "2 vs 1")
    assert table.rows[-2] == ("c7", "So it is", "contradicted", "2 vs 9")
    assert table.rows[-1][2:] == ("not testable", "–")


def test_no_line_is_wider_than_the_terminal() -> None:
    answer = detente.claims(loads(crisis(*MANY)), worlds=2)
    assert max(len(line) for line in terminal.render(page(answer), 80).splitlines()) <= 80


def test_what_turns_on_numbers_and_on_foresight_says_so() -> None:
    (claim,) = detente.claims(loads(crisis("weight(U, water) > 2")), worlds=20).claims
    answer = detente.claims(loads(crisis("weight(U, water) > 2")), worlds=20)
    assert "c1: depends on numbers So it is" in said(answer)
    other = replace(claim.under[0], foresight="seq", holds=not claim.under[0].holds)
    both = replace(answer, claims=(replace(claim, under=(claim.under[0], other)),))
    assert "c1: depends on numbers and foresight So it is" in said(both)
