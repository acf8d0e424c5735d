"""A page says once which part of a scenario could have counted in the answer and does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.scenario.load import loads
from worlds.conftest import DAM

CRISIS = """
detente: 1
title: A pass
aim: open
parties: {A: {}, B: {}}
options: {A.fort: {}, B.road: {}, nature.snow: {moves: up, hazard: 0.1}}
outcomes: {open: B.road and not A.fort}
interests: {A: [{wants: open, weight: 1}, {avoids: nature.snow, weight: 1}], B: [{avoids: A.fort, weight: 1}]}
coalitions: [[A, B]]
claims: {c: {says: The pass opens., test: 'success(wait, open) > 0'}}
observed: {2018: {A.fort: yes}}
strategies: {wait: {sponsors: [A], stages: [{}]}}
"""


@pytest.mark.parametrize("question", ["assess", "contingency"])
def test_what_plays_no_role_is_in_the_data_and_what_bears_on_the_answer_on_its_page(question: str) -> None:
    answer = getattr(detente, question)(loads(CRISIS))
    assert answer.unused == ("coalitions", "claims", "observed")
    text = " ".join(detente.render(answer).split())
    assert text.count("not used by this question") == 1
    assert "The scenario's coalitions are kept" in text


def test_a_chart_over_worlds_does_not_claim_to_show_the_central_case(tmp_path: Path) -> None:
    dam = detente.loads(DAM, id="dam")
    over = detente.save_charts(detente.sweep(dam, 10, workers=1), tmp_path)
    central = detente.save_charts(detente.assess(dam), tmp_path)
    assert not any("central case" in path.read_text("utf-8") for path in over if path.suffix == ".svg")
    assert all("central case" in path.read_text("utf-8") for path in central if path.suffix == ".svg")


def test_every_chart_names_its_scenario(tmp_path: Path) -> None:
    """Also where the page is titled by what was asked, such as `Why: The status quo`."""
    dam = detente.loads(DAM, id="dam")
    written = (
        *detente.save_charts(detente.why(dam), tmp_path),
        *detente.save_charts(detente.assess(dam), tmp_path),
    )
    drawn = [path.read_text("utf-8") for path in written if path.suffix == ".svg"]
    assert len(drawn) > 1
    assert all(text.count(f"{dam.title}") >= 1 for text in drawn)
    assert not any(f"{dam.title}. What works: {dam.title}" in text for text in drawn)
