from __future__ import annotations

from detente.report.glossary import TERMS, page

WORDS = [term.word for term in TERMS]


def test_words_come_in_order_and_once() -> None:
    assert sorted(set(WORDS), key=str.casefold) == WORDS


def test_every_meaning_is_one_sentence() -> None:
    for term in TERMS:
        assert term.meaning[0].isupper()
        assert term.meaning.endswith(".")
        assert term.meaning.count(". ") == 0


def test_a_rejected_word_is_not_a_word() -> None:
    assert not {rejected for term in TERMS for rejected in term.instead_of} & set(WORDS)


def test_the_words_that_scenarios_are_written_in_are_explained() -> None:
    assert {"party", "option", "level", "state", "outcome", "interest", "attitude", "table", "strategy"} <= set(
        WORDS
    )


def test_the_page_holds_every_word() -> None:
    (table,) = page().blocks
    assert [row[0] for row in table.rows] == WORDS  # type: ignore[union-attr]
