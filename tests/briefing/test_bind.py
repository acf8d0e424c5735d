"""What a brief asks, and how it binds what it was told."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import library
from detente.ask import ask
from detente.briefing.bind import PARTS, VERDICT, WORDS, brief
from detente.catalogue import QUESTIONS
from detente.errors import DetenteError, UnknownNameError
from detente.rendering import page_of
from detente.report.brief import Brief, bottom_line
from detente.report.page import Paragraph, Table

CRISES = Path(__file__).resolve().parents[1] / "crises"
RIDGE = library.open(CRISES / "ridge.yaml")
FERRY = library.open(CRISES / "ferry.yaml")


def titles(bound: Brief) -> list[str]:
    return [section.id for section in bound.sections]


def test_every_section_is_told_by_a_question_of_the_catalogue() -> None:
    known = {row.word for row in QUESTIONS}
    assert {part.question for part in (VERDICT, *PARTS)} <= known
    assert len(set(WORDS)) == len(WORDS)


def test_the_bottom_line_is_what_assess_says_first() -> None:
    bound = brief(RIDGE, "1.2", ["why"])
    first = page_of(ask("assess", RIDGE)).blocks[0]
    assert isinstance(first, Paragraph)
    assert bottom_line(bound) == first.text
    assert titles(bound) == ["why"]
    assert not bound.appendices


def test_why_is_asked_of_the_strategy_that_fares_best() -> None:
    best = ask("assess", RIDGE).rows()[0]["strategy"]
    bound = brief(RIDGE, "1.2", ["why"])
    assert f"({best})" in bound.sections[0].lead


def test_sections_that_a_crisis_cannot_fill_are_named_with_the_reason() -> None:
    bound = brief(RIDGE, "1.2", ["risks", "pressure", "why"])
    assert titles(bound) == ["why"]
    assert [told.partition(":")[0] for told in bound.missing] == ["Risks", "Pressure"]
    assert "no shocks" in bound.missing[0]


def test_usual_sections_are_all_there_where_the_crisis_has_them() -> None:
    bound = brief(FERRY, "1.2", foresight="seq")
    assert titles(bound) == ["why", "change", "roadmap", "lasting", "risks"]
    assert [section.id for section in bound.appendices] == ["method", "judgements"]  # it names no source
    assert bound.missing == ()  # a crisis without claims need not say so


def test_foresight_is_asked_of_every_section() -> None:
    by_nash, by_seq = (brief(RIDGE, "1", ["why", "change"], foresight=one) for one in ("nash", "seq"))
    assert all("SEQ" in section.lead or section.id == "why" for section in by_seq.sections)
    assert by_nash.verdict != by_seq.verdict


def test_worlds_are_told_in_the_words_of_shares_on_the_first_page() -> None:
    number = next(address for address in RIDGE.addresses() if address.endswith(".weight"))
    unsure = RIDGE.with_value(number, "3 ± 1")
    bound = brief(unsure, "1", ["method"], worlds=8, seed=3)
    table = next(block for block in bound.glance if isinstance(block, Table))
    assert table.columns[-1].title == "If the numbers are off"
    assert "8 worlds, seed 3" in bound.provenance.line


def test_where_it_comes_from_names_what_was_changed() -> None:
    bound = brief(FERRY, "1.2", ["method"], changes=("a = 1 (was 2)",))
    assert "with 1 changed" in bound.provenance.line


def test_an_unknown_section_comes_with_a_near_miss() -> None:
    with pytest.raises(UnknownNameError, match=r"no section called 'roadmpa'. Did you mean 'roadmap'"):
        brief(FERRY, "1", ["roadmpa"])


def test_a_concept_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DetenteError, match="seqq"):
        brief(FERRY, "1", ["why"], foresight="seqq")


def test_progress_goes_up_to_the_end() -> None:
    seen: list[float] = []
    brief(FERRY, "1", ["why", "risks"], progress=lambda what, share: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
