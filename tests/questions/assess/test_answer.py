"""The answer to assess as data: read back as written, schema kept, probabilities whole."""

from __future__ import annotations

import json

import jsonschema
import pytest

from detente.questions.assess.answer import Assess
from detente.questions.assess.find import assess
from detente.scenario.load import loads
from detente.scenario.starter import starter

KEYS = {
    "id", "title", "success", "lasting", "without_tables", "rests", "cycles", "margin", "credible",
    "credibility", "trade_kept", "attendance", "spoilers", "holdouts", "variants",
    "exits",
}  # fmt: skip


@pytest.fixture(scope="module")
def answer() -> Assess:
    return assess(loads(starter("strait")))


def test_written_and_read_back(answer: Assess) -> None:
    assert Assess.from_dict(json.loads(answer.to_json())) == answer


def test_an_answer_written_without_exits_is_still_read(answer: Assess) -> None:
    written = json.loads(answer.to_json())
    for strategy in written["strategies"]:
        del strategy["exits"]
    assert not any(strategy.exits for strategy in Assess.from_dict(written).strategies)


def test_what_is_written_follows_the_schema(answer: Assess) -> None:
    jsonschema.validate(answer.to_dict(), Assess.json_schema())


def test_every_documented_key_of_a_strategy(answer: Assess) -> None:
    written = json.loads(answer.to_json())
    assert {"question", "version", "scenario", "parties", "options", "feasible", "worlds"} <= set(written)
    assert {"foresight", "aim", "strategies"} <= set(written)
    for strategy in written["strategies"]:
        assert set(strategy) >= KEYS


def test_rests_and_cycles_are_whole(answer: Assess) -> None:
    for strategy in answer.strategies:
        mass = sum(rest.probability for rest in strategy.rests) + sum(c.probability for c in strategy.cycles)
        assert mass == pytest.approx(1.0)
        assert all(0 <= share <= 1 for share in strategy.success.values())


def test_one_row_per_strategy(answer: Assess) -> None:
    assert len(answer.rows()) == len(answer.strategies) > 1
