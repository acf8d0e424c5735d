from __future__ import annotations

from pathlib import Path

from detente import library
from detente.ask import ask
from detente.briefing.front import front
from detente.questions.assess.answer import Assess
from detente.report.page import Chart, Table
from detente.scenario.load import loads

CRISES = Path(__file__).resolve().parents[1] / "crises"


def assessed(foresight: str) -> Assess:
    answer = ask("assess", library.open(CRISES / "ridge.yaml"), foresight=foresight)
    assert isinstance(answer, Assess)
    return answer


def test_strategies_stand_in_order_under_their_titles_with_every_foresight() -> None:
    answer = assessed("seq")
    table = next(block for block in front(answer) if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [seen.title for seen in answer.strategies]
    assert [column.title for column in table.columns][1:] == [
        "Gets there",
        "Then lasts",
        "If only answers that would be dared count",
        "If nobody looks past its own move",
    ]


def test_what_the_best_asks_of_each_party_stands_with_what_it_gains() -> None:
    blocks = front(assessed("seq"))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [column.title for column in tables[1].columns] == ["Party", "Gains", "Does otherwise than today"]
    assert any(isinstance(block, Chart) for block in blocks)


def test_without_an_aim_nothing_is_judged() -> None:
    bare = loads(
        "detente: 1\ntitle: A\nparties: {A: {}}\noptions: {A.x: {}}\ninterests: {A: [{wants: A.x, weight: 1}]}"
    )
    answer = ask("assess", bare)
    assert isinstance(answer, Assess)
    assert front(answer) == ()
