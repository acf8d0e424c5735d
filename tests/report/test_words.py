from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.concepts import CONCEPTS
from detente.formats import chart_data
from detente.report import words

M = words.MINUS


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1.0, "certain"),
        (1 - 1e-12, "certain"),
        (0.9996, "over 99%"),
        (0.994, "99%"),
        (0.5, "50%"),
        (0.006, "1%"),
        (0.004, "under 1%"),
        (1e-12, "never"),
        (0.0, "never"),
    ],
)
def test_only_what_is_certain_is_called_so(value: float, told: str) -> None:
    assert words.probability(value) == told


@given(st.floats(1e-6, 1 - 1e-6))
def test_what_is_open_is_never_told_as_settled(value: float) -> None:
    assert words.probability(value) not in ("certain", "never", "0%", "100%")
    assert words.percent(value) not in ("0%", "100%")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1.0, "for certain"),
        (0.0, "never"),
        (0.54, "with 54% probability"),
        (0.001, "with under 1% probability"),
    ],
)
def test_a_chance_reads_in_a_sentence(value: float, told: str) -> None:
    assert words.chance(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.3, "+0.30"),
        (-0.3, f"{M}0.30"),
        (0.0, "0"),
        (0.004, "+0.004"),
        (-0.00012, f"{M}0.0001"),
        (0.0027, "+0.003"),
        (1e-7, "just above 0"),
        (-1e-7, "just below 0"),
        (-1234.5, f"{M}1,234.50"),
        (None, words.NOTHING),
        (float("inf"), words.NOTHING),
        (float("nan"), words.NOTHING),
    ],
)
def test_gains_and_losses_carry_their_sign(value: float | None, told: str) -> None:
    assert words.signed(value) == told


@given(st.floats(-10, 10).filter(lambda x: abs(x) > 1e-300))
def test_a_gain_is_never_told_as_nought(value: float) -> None:
    assert words.signed(value) not in ("0", "+0.00", f"{M}0.00")
    assert words.signed(value).startswith(("+", "just above") if value > 0 else (M, "just below"))


@pytest.mark.parametrize(
    ("many", "told"), [(0, "no states"), (1, "1 state"), (2, "2 states"), (20736, "20,736 states")]
)
def test_numbers_of_things(many: int, told: str) -> None:
    assert words.count(many, "state") == told


def test_irregular_plurals_are_given() -> None:
    assert words.count(6, "party", "parties") == "6 parties"
    assert words.count(1, "party", "parties") == "1 party"


@pytest.mark.parametrize(
    ("items", "limit", "told"),
    [
        ((), None, "nobody"),
        (("China",), None, "China"),
        (("China", "Japan"), None, "China and Japan"),
        (("China", "Japan", "Russia"), None, "China, Japan and Russia"),
        (("China", "Japan", "Russia", "Korea"), 2, "China, Japan and 2 others"),
        (("China", "Japan", "Russia"), 2, "China, Japan and 1 other"),
    ],
)
def test_names_in_a_row(items: tuple[str, ...], limit: int | None, told: str) -> None:
    assert words.names(items, limit) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "in no world"),
        (0.01, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.5, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (0.999, "almost certain"),
        (1.0, "in every world"),
    ],
)
def test_likelihood_words_are_those_of_icd_203(share: float, told: str) -> None:
    assert words.likelihood(share) == told


def test_a_share_outside_0_to_1_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        words.likelihood(1.2)


def test_a_state_is_told_by_what_differs() -> None:
    known = {"CHN.enforcement": "Enforcement"}
    options = ("CHN.enforcement", "USA.strike")
    assert words.difference(known, options, ("full", "no"), ("lax", "no")) == "Enforcement: full"
    assert (
        words.difference(known, options, ("full", "yes"), ("lax", "no")) == "Enforcement: full; USA.strike: yes"
    )
    assert words.difference(known, options, ("lax", "no"), ("lax", "no")) == "nothing changes"


def test_a_name_stands_with_its_id_unless_they_are_one() -> None:
    known = {"frozen": "A verified freeze", "war": "War"}
    assert words.titled(known, "frozen") == "A verified freeze (frozen)"
    assert words.titled(known, "war") == "War"
    assert words.titled(known, "peace") == "peace"


def test_labels_are_told_by_their_titles() -> None:
    assert words.outcomes({"frozen": "A verified freeze"}, ("frozen", "war")) == "A verified freeze, war"
    assert words.outcomes({}, ()) == words.NOTHING


def test_every_concept_has_its_words() -> None:
    for concept in CONCEPTS:
        assert words.concept(concept.name).lower() == concept.name
        assert words.concept_title(concept.name).split()[0] in concept.title.lower() + concept.title
        assert words.concept_meaning(concept.name)


@pytest.mark.parametrize(
    ("text", "told"), [("war ends", "War ends."), ("Why?", "Why?"), ("", ""), ("iPhone.", "IPhone.")]
)
def test_sentences(text: str, told: str) -> None:
    assert words.sentence(text) == told


def test_small_words() -> None:
    assert words.yes_no(True) == "yes"
    assert words.yes_no(None) == words.NOTHING
    assert words.verb(1, "is", "are") == "is"
    assert words.verb(0, "is", "are") == "are"
    assert words.margin(0.25) == "+0.25"
    assert "misperceptions" in words.unused("misperceptions")


@pytest.mark.parametrize(
    ("amounts", "total", "shown"),
    [
        ([0.014, 0.014, 0.014], 0.042, [0.02, 0.01, 0.01]),
        ([0.016, 0.016, 0.016], 0.048, [0.01, 0.02, 0.02]),
        ([-0.254, 0.15, -0.003], -0.107, [-0.26, 0.15, 0.0]),
        ([0.1], 0.1, [0.1]),
        ([], 0.0, []),
    ],
)
def test_terms_are_rounded_so_that_they_add_up(amounts: list[float], total: float, shown: list[float]) -> None:
    found = words.adding_up(amounts, total)
    assert found == shown
    assert round(sum(found), 2) == round(total, 2)
    assert all(abs(one - exact) < 0.01 for one, exact in zip(found, amounts, strict=True))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (1.0, "+100%"),
        (0.533, "+53%"),
        (-0.017, f"{M}2%"),
        (0.0, "0%"),
        (-1e-12, "0%"),
        (0.001, "under 1% more"),
        (-0.999, "over 99% less"),
    ],
)
def test_what_is_added_to_a_chance_carries_its_sign(change: float, told: str) -> None:
    assert words.points(change) == told


def test_a_name_in_a_sentence_stands_in_quotation_marks() -> None:
    assert words.quoted({"frozen": "A freeze"}, "frozen") == "“A freeze” (frozen)"
    assert words.quoted({"war": "War"}, "war") == "War"
    assert words.quoted({}, "war") == "war"


@given(st.floats(-1, 1).filter(lambda x: abs(x) >= words.TINY or x == 0))
def test_charts_round_as_sentences_do(value: float) -> None:
    assert chart_data.signed(value) == words.signed(value)
