from __future__ import annotations

from detente.concepts import CONCEPTS
from detente.report import method
from detente.report.page import Heading, Table


def tables(worlds: int) -> dict[str, Table]:
    found, title = {}, ""
    for block in method.blocks(worlds):
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, Table):
            found[title] = block
    return found


def test_every_concept_is_told_with_its_source() -> None:
    told = tables(0)["How far parties look ahead"].rows
    assert [row[0] for row in told] == [concept.label for concept in CONCEPTS]
    assert all(row[2] for row in told)


def test_words_for_shares_are_told_only_where_worlds_were_drawn() -> None:
    assert "Words for shares over worlds" not in tables(0)
    told = dict(tables(100)["Words for shares over worlds"].rows)
    assert told["almost certain"] == "95% to 100%"
    assert told["roughly even chance"] == "45% to 55%"
    assert told["almost no chance"] == "0% to 5%"


def test_every_word_that_is_explained_is_in_the_glossary() -> None:
    assert [row[0] for row in tables(0)["Words"].rows] == sorted(method.USED)
