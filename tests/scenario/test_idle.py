"""Which options nothing speaks of."""

from __future__ import annotations

import pytest

import detente
from detente.scenario.idle import idle
from detente.scenario.load import loads

CRISIS = """
detente: 1
title: x
parties: {A: {}, B: {}}
options: {A.x: {}, A.y: {}, B.z: {}, nature.w: {moves: up, hazard: 0.1}}
interests: {A: [{wants: A.x, weight: 1}], B: [{avoids: A.x, weight: 1}]}
"""


def test_what_no_part_names_is_idle_and_nature_never_is() -> None:
    assert idle(loads(CRISIS)) == {"A.y", "B.z"}


@pytest.mark.parametrize(
    "more",
    [
        "rules: [{must: not (A.x and A.y and B.z)}]",
        "outcomes: {o: A.y or B.z}",
        "strategies: {s: {sponsors: [A, B], stages: [{commit: {A.y: yes, B.z: yes}}]}}",
        "outcomes: {o: A.x}\nstrategies: {s: {stages: [{until: A.y and B.z}]}}",
        "views: {A of B: [{wants: {A.y: {no: 0, yes: 1}}, weight: 1}, {avoids: B.z, weight: 1}]}",
        "shocks: {f: {hazard: 0.1, set: {A.y: yes, B.z: yes}}}",
        "plans: {p: {after: nature.w, do: {A.y: yes, B.z: yes}}}",
    ],
)
def test_whatever_names_an_option_makes_it_matter(more: str) -> None:
    assert idle(loads(CRISIS + more)) == frozenset()


def test_cuts_name_what_closes_them() -> None:
    cut = "{channels: all, by: B.z, open: {no: 1, yes: 0}}"
    trade = f"pressure: {{A: {{channels: [{{partner: B, good: g, value: 1}}], cuts: [{cut}]}}}}"
    assert idle(loads(CRISIS + trade)) == {"A.y"}


def test_a_ranking_by_number_tells_every_option() -> None:
    ranked = CRISIS.replace(
        "A: [{wants: A.x, weight: 1}]", "A: {ranking: [" + ", ".join(map(str, range(1, 17))) + "]}"
    )
    assert idle(loads(ranked)) == frozenset()


def test_no_built_in_has_an_idle_option() -> None:
    assert {name: idle(detente.load(name)) for name in detente.scenarios()} == dict.fromkeys(
        detente.scenarios(), frozenset()
    )
