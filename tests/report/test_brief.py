from __future__ import annotations

from detente.report.brief import front, lowered, points, whole
from detente.report.page import Heading, Note, Page, Paragraph
from formats.briefs import FULL, PROVENANCE


def headings(page: Page) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in page.blocks if isinstance(block, Heading)]


def test_provenance_names_version_scenario_hash_and_seed() -> None:
    assert PROVENANCE.line == "detente 9.8.7 · korea-2017, hash 0123456789abcdef · central case, seed 1"


def test_the_first_page_has_the_question_the_bottom_line_and_a_paragraph_for_each_section() -> None:
    told = front(FULL)
    assert headings(told)[:2] == [(2, "The question"), (2, "Bottom line")]
    assert (3, "Why") in headings(told)
    assert (2, "Why") not in headings(told)
    assert isinstance(told.blocks[-1], Note)


def test_all_of_it_goes_on_with_every_section_a_level_deeper() -> None:
    told = headings(whole(FULL))
    assert told.index((2, "Verdicts")) < told.index((2, "Why")) < told.index((2, "Method"))
    assert (3, "What happens") in told
    assert max(level for level, _ in told) <= 4


def test_a_section_speaks_by_its_first_paragraph() -> None:
    assert dict(points(FULL))["Why"].startswith("The freeze lasts.")
    assert "Drawn" not in dict(points(FULL))  # it has no sentence


def test_headings_go_down_to_the_fourth_level() -> None:
    assert lowered((Heading("a", 4), Paragraph("b"))) == (Heading("a", 4), Paragraph("b"))
