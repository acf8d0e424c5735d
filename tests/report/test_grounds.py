from __future__ import annotations

from dataclasses import replace

from detente import library
from detente.report import grounds
from detente.report.page import Heading, Paragraph, Table
from detente.scenario.judgements import judgements
from detente.scenario.load import loads

CRISIS = loads("""
detente: 1
title: A toy
sources: {gov: {title: A report, author: Somebody, year: 2017}}
parties: {A: {name: Alpha}, B: {}}
options: {A.go: {title: Going}, B.stop: {levels: [no, half, yes]}}
outcomes: {calm: not A.go}
interests:
  A:
    - {wants: A.go, weight: {value: 3 ± 1, because: said so, source: gov}}
    - {name: half way, wants: {B.stop: {no: 0, half: 0.5, yes: 1}}, weight: 1, because: it is near}
  B: [{avoids: A.go, weight: 2}]
relations: {A ~ B: -0.5}
""")


def rows() -> dict[str, tuple[str, str]]:
    blocks = grounds.appendix(CRISIS, judgements(CRISIS))
    return {row[0]: (row[1], row[2]) for block in blocks if isinstance(block, Table) for row in block.rows}


def test_a_judgement_stands_with_its_spread_its_reason_and_its_source() -> None:
    assert rows()["the weight of A.go to Alpha"] == ("3 ± 1", "Said so. [gov]")
    assert rows()["the weight of half way to Alpha"] == ("1", "It is near.")
    assert rows()["the weight of A.go to B"] == ("2", "–")
    assert rows()["the attitudes of Alpha and B to each other"] == ("-0.5", "–")


def test_what_a_level_means_is_counted_and_not_listed_where_it_is_all_or_nothing() -> None:
    told = next(b.text for b in grounds.appendix(CRISIS, judgements(CRISIS)) if isinstance(b, Paragraph))
    assert "how much “B.stop: half” counts to Alpha" in rows()
    assert "how much “B.stop: yes” counts to Alpha" not in rows()
    assert told.startswith(f"The scenario states {len(judgements(CRISIS))} numbers.")


def test_sources_are_listed_by_the_word_that_cites_them() -> None:
    table = next(block for block in grounds.sources(CRISIS) if isinstance(block, Table))
    assert table.rows == (("gov", "Somebody, “A report”, 2017"),)
    assert grounds.sources(replace(CRISIS, sources=())) == ()


def test_attitudes_of_all_to_all_stand_in_one_table() -> None:
    korea = library.open("korea-2017")
    titles = [b.text for b in grounds.appendix(korea, judgements(korea)) if isinstance(b, Heading)]
    assert len(titles) == len(set(titles))
    assert sum("elation" in title for title in titles) == 1
