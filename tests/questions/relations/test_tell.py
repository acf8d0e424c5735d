"""How relations are told: a whole report as it was last read, and sentences for what it does not show.

`python tests/questions/relations/test_tell.py` writes the report anew;
read the difference before you commit it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.ask import read_events
from detente.formats import terminal
from detente.questions.relations.answer import LeastSeen, Relations
from detente.questions.relations.find import relations
from detente.questions.relations.tell import page
from detente.report.page import Chart, Curve, Drawing, Matrix, Network, Page
from detente.scenario.load import load
from detente.scenario.model import Scenario

HERE = Path(__file__).parents[2] / "crises"
GOLDEN = HERE / "golden" / "ridge-relations.txt"


def crisis() -> Scenario:
    return load(HERE / "ridge.yaml")


def answered() -> Relations:
    return relations(crisis(), events=read_events(HERE / "ridge-events.csv", crisis()))


def report(told: Page) -> str:
    """The page as text, without its drawings, whose look is tested with the formats."""
    kept = tuple(block for block in told.blocks if not isinstance(block, Drawing))
    return terminal.render(replace(told, blocks=kept))


def text(answer: Relations) -> str:
    return " ".join(report(page(answer)).split())


def test_the_report_reads_as_it_was_kept() -> None:
    assert report(page(answered())) == GOLDEN.read_text(encoding="utf-8")


def test_what_is_drawn() -> None:
    drawn = [block for block in page(answered()).blocks if isinstance(block, Drawing)]
    assert [type(block) for block in drawn] == [Matrix, Network, Chart, Curve]
    matrix, network, bars, curve = drawn
    assert isinstance(matrix, Matrix)
    assert matrix.values[0] == (None, 0.3, -0.1)
    assert isinstance(network, Network)
    assert {(edge.source, edge.target) for edge in network.edges} >= {("Alm", "Brook"), ("Brook", "Alm")}
    assert network.camps == (("Alm", "Brook"), ("Cairn",))
    assert isinstance(bars, Chart)
    assert sum(bar.value for bar in bars.bars) == pytest.approx(1.0)
    assert isinstance(curve, Curve)
    assert curve.lines[0].label == "Alm to Brook"
    assert all(block.alt for block in drawn)


def test_no_aim() -> None:
    assert "has no aim for a strategy to succeed at" in text(relations(replace(crisis(), aim=None)))


def test_no_ties() -> None:
    said = text(relations(replace(crisis(), attitudes=())))
    assert "0 are friendly, 0 hostile and 3 neither" in said
    assert "There are no ties" in said


def test_all_enemies() -> None:
    hostile = tuple(
        replace(attitude, holder=one, other=other, value=replace(attitude.value, central=-0.5))
        for attitude in crisis().attitudes[:1]
        for one in "ABC"
        for other in "ABC"
        if one != other
    )
    said = text(relations(replace(crisis(), attitudes=hostile)))
    assert "frustration 0.50, 33% of the weight of all ties" in said
    assert "Of 1 triad, 1 is unbalanced" in said


def test_a_repair_that_does_it_alone() -> None:
    said = text(relations(crisis(), step=0.5))
    assert "Repair Alm–Brook first: alone it takes success with noisy movers from never to certain." in said


def test_the_headline_claims_nothing_without_a_mechanism() -> None:
    answer = relations(crisis())
    assert answer.repairs is not None
    assert "In stage 1 Brook then moves by itself to “Guns of Brook: no”. Brook would lose" in text(answer)
    said = text(replace(answer, repairs=replace(answer.repairs, how=None)))
    assert "Of all repairs Alm–Brook adds most to the strategy “Talks on the ridge”" in said
    assert "relation to repair first for" not in said
    agreed = replace(answer.repairs.how, table="Talks on the bridge", before=0.0)
    said = text(replace(answer, repairs=replace(answer.repairs, how=agreed)))
    assert "In stage 1 “Talks on the bridge” then agrees on “Guns of Brook: no”. Brook gains nothing by" in said


def test_repairs_that_change_nothing_are_told_in_one_sentence() -> None:
    said = text(relations(crisis()))
    assert "One repair changes nothing, whatever the step: Brook–Cairn." in said
    assert said.count("Brook–Cairn") == 1


def test_of_many_repairs_that_change_nothing_a_few_are_named() -> None:
    answer = relations(crisis())
    assert answer.repairs is not None
    idle = next(seen for seen in answer.repairs.dyads if seen.dyad == ("B", "C"))
    crowded = replace(answer.repairs, dyads=(*answer.repairs.dyads, *(idle,) * 275))
    said = " ".join(text(replace(answer, repairs=crowded)).split())
    assert "276 repairs change nothing, whatever the step: Brook–Cairn" in said
    assert "and 264 others." in said
    assert said.count("Brook–Cairn") == 12


def test_repairs_that_add_nothing() -> None:
    said = text(relations(crisis(), step=0.01))
    assert "No repair helps the strategy “Talks on the ridge” alone or on average." in said
    assert "None of the 3 repairs adds anything alone" in said
    assert "All 3 pairs were played. None adds more than its two repairs alone." in said


def test_pairs_are_called_other_only_beside_those_that_work_only_together() -> None:
    answer = relations(crisis(), step=0.01)
    assert answer.repairs is not None
    pairs = tuple(replace(pair, gain=0.5, extra=0.5) for pair in answer.repairs.pairs)
    helping = tuple(replace(seen, gain=0.25) for seen in answer.repairs.dyads)
    said = text(replace(answer, repairs=replace(answer.repairs, pairs=pairs, dyads=helping)))
    assert "All 3 pairs were played. 3 pairs add more than the two alone." in said
    said = text(replace(answer, repairs=replace(answer.repairs, pairs=pairs)))
    assert "3 pairs work only together: neither repair adds anything alone. Extra" in said


def test_one_relation_makes_no_pairs() -> None:
    answer = relations(crisis())
    assert answer.repairs is not None
    alone = replace(answer.repairs, pairs=(), possible=0, dyads=answer.repairs.dyads[:1])
    assert "Two relations together" not in text(replace(answer, repairs=alone))


def test_a_strategy_that_succeeds_already() -> None:
    warm = tuple(replace(known, value=replace(known.value, central=0.9)) for known in crisis().attitudes)
    answer = relations(replace(crisis(), attitudes=warm), strategy="talks")
    said = text(answer)
    assert "The strategy “Talks on the ridge” needs no repair: it succeeds already." in said
    assert "so no repair can add anything" in said
    assert not any(isinstance(block, Chart) for block in page(answer).blocks)


def test_pairs_that_were_left_out_are_counted() -> None:
    answer = relations(crisis())
    assert answer.repairs is not None
    fewer = replace(answer.repairs, pairs=answer.repairs.pairs[:2])
    assert "Of 3 pairs, 2 were played" in text(replace(answer, repairs=fewer))


def test_mending_that_helps_and_a_strategy_that_was_asked_for() -> None:
    answer = relations(crisis(), strategy="talks")
    assert answer.repairs is not None
    dyads = tuple(replace(seen, mended=0.25, least=LeastSeen(0.5, 0.5)) for seen in answer.repairs.dyads)
    said = text(replace(answer, repairs=replace(answer.repairs, dyads=dyads)))
    assert "Seeing each other's interests as the author puts them helps between Alm–Brook (+25%)" in said
    assert "It is looked at because" not in said


def test_events_between_nobody() -> None:
    record = read_events(HERE / "ridge-events.csv", crisis())
    said = text(relations(crisis(), events=replace(record, events=())))
    assert "No events between the parties (plain layout) say nothing of any attitude." in said


def main() -> None:
    GOLDEN.write_text(report(page(answered())), encoding="utf-8")


if __name__ == "__main__":
    main()


def test_another_foresight_than_that_of_assess_is_said_at_once() -> None:
    answer = answered()
    assert "by that of assess" not in text(answer)
    assert answer.repairs is not None
    otherwise = replace(answer, repairs=replace(answer.repairs, foresight="seq", dared=1.0))
    first = page(otherwise).blocks[0]
    assert "Repairs are judged here with all parties by SEQ foresight; by that of assess" in str(first)
    assert "“Talks on the ridge” reaches the aim for certain as things are, without any." in str(first)
