"""Small crises on which an answer was wrong, with the right value."""

from __future__ import annotations

import json

import pytest

import detente
from detente.scenario.load import loads
from detente.scenario.model import Scenario

TWO_DEALS = """
detente: 1
title: Two deals that are as good as each other
parties: {A: {}, B: {}}
options: {A.x: {levels: [none, left, right]}, B.y: {levels: [none, left, right]}, A.const: {moves: fixed}}
rules: [{must: (A.x == none iff B.y == none) and (A.x == left iff B.y == left)}]
outcomes: {one: A.x == left, two: A.x == right}
aim: one
interests:
  A: [{wants: A.x >= left, weight: 1}, {wants: A.x == right, weight: 1}, {wants: A.const, weight: C}]
  B: [{wants: B.y >= left, weight: 1}, {wants: B.y == left, weight: 1}, {avoids: A.const, weight: 3}]
tables: {talks: [A, B]}
strategies: {s: {sponsors: [A], stages: [{tables: [talks]}]}}
"""


@pytest.mark.parametrize("constant", ["1", "3", "7", "0.123456789"])
def test_deals_whose_products_differ_by_rounding_alone_are_tied(constant: str) -> None:
    """Gains 1 and 2 of one party against 2 and 1 of the other, in any unit: the products are the same."""
    seen = detente.assess(loads(TWO_DEALS.replace("C}", constant + "}"))).strategies[0]
    assert seen.success == pytest.approx({"one": 0.5, "two": 0.5})


GATE = """
detente: 1
title: A second stage that can never begin
aim: calm
parties: {A: {}, B: {}}
options: {A.x: {}, B.y: {}}
rules: [{must: not (A.x and B.y)}]
outcomes: {calm: not A.x}
interests: {A: [{wants: A.x, weight: 1}], B: [{wants: B.y, weight: 1}]}
strategies:
  good: {sponsors: [B], stages: [{commit: {B.y: yes}}]}
  odd: {sponsors: [A, B], stages: [{}, {commit: {A.x: yes, B.y: yes}}]}
"""


def test_a_stage_that_cannot_begin_is_that_strategys_failure_alone() -> None:
    answer = detente.assess(loads(GATE))
    good, odd = answer.strategies
    assert (good.id, good.success["calm"], good.could_not_start) == ("good", 1.0, 0.0)
    assert (odd.could_not_start, odd.stuck["calm"]) == (1.0, pytest.approx(0.5))
    assert odd.success["calm"] == odd.stuck["calm"]
    page = " ".join(detente.render(answer).split())
    assert "A stage could not always start: odd (100% of all plays)." in page
    assert "Success counts what stands in the aim so: 50% for odd." in page
    assert "cannot begin" in detente.render(detente.why(loads(GATE), "odd"))
    detente.relations(loads(GATE), strategy="odd")


HALF = """
detente: 1
title: One of two doors closes for good
aim: calm
parties: {A: {}, B: {}}
options: {A.x: {moves: up}, B.y: {moves: up}}
rules: [{must: not (A.x and B.y)}]
outcomes: {calm: not A.x}
interests: {A: [{wants: "true", weight: 1}], B: [{wants: "true", weight: 1}]}
strategies: {wait: {stages: [{}]}}
"""


def test_survival_that_only_nears_one_half_has_no_half_life() -> None:
    answer = detente.durability(loads(HALF), strategy="wait", rounds=200)
    assert answer.never == pytest.approx(0.5)
    assert answer.half_life is None
    assert min(answer.survival) >= 0.5


FENCE = """
detente: 1
title: A fence that costs nothing
aim: calm
parties: {A: {foresight: nash}, B: {foresight: nash}}
options: {A.fence: {levels: LEVELS}, B.attack: {moves: up}}
status_quo: {A.fence: down}
outcomes: {calm: not B.attack}
interests:
  A: [{avoids: B.attack, weight: 1}]
  B: [{avoids: B.attack, weight: 1}, {avoids: B.attack and A.fence == up, weight: 4}]
"""


def test_the_order_of_levels_chooses_no_start() -> None:
    one, other = (
        detente.durability(loads(FENCE.replace("LEVELS", levels))) for levels in ("[down, up]", "[up, down]")
    )
    assert one.lasts.rounds == pytest.approx(other.lasts.rounds)
    assert [start.probability for start in one.start] == [0.5, 0.5]
    assert "one of 2 states that are alike the firmest" in " ".join(detente.render(one).split())


GUARD = """
detente: 1
title: A guard
aim: calm
parties: {A: {foresight: nash}, B: {foresight: nash}MORE}
options: {B.attack: {moves: up}IDLE}
outcomes: {calm: not B.attack}
interests: {A: [{avoids: B.attack, weight: 1}], B: [{avoids: B.attack, weight: 1}]WISH}
"""


def guard(more: str = "", option: str = "", wish: str = "") -> Scenario:
    return loads(GUARD.replace("MORE", more).replace("IDLE", option).replace("WISH", wish))


@pytest.mark.parametrize(
    "crisis",
    [
        guard(option=", B.flag: {}"),
        guard(option=", A.flag: {levels: [a, b, c]}"),
        guard(", C: {}, D: {}", wish=', C: [{wants: "true", weight: 1}], D: [{wants: "true", weight: 1}]'),
    ],
    ids=["own idle option", "other's idle option", "onlookers"],
)
def test_what_nobody_values_neither_loosens_an_outcome_nor_slows_the_clock(crisis: Scenario) -> None:
    bare = detente.durability(guard())
    found = detente.durability(crisis)
    assert found.margin == bare.margin == pytest.approx(1.0)
    assert found.lasts.rounds == pytest.approx(bare.lasts.rounds)
    assert detente.assess(crisis).strategies[0].margin == pytest.approx(1.0)


BITTER = """
detente: 1
title: Two on a ridge
aim: quiet
parties: {A: {foresight: nash}, B: {foresight: nash}}
options: {A.guns: {}, B.guns: {}}
status_quo: {A.guns: yes, B.guns: yes}
outcomes: {quiet: not A.guns and not B.guns}
interests:
  A: [{wants: A.guns, weight: 1}, {avoids: B.guns, weight: 2}]
  B: [{wants: B.guns, weight: 1}, {avoids: A.guns, weight: 2}]
relations: {A ~ B: -0.9}
tables: {ridge: [A, B]}
strategies: {talks: {sponsors: [A], stages: [{tables: [ridge]}]}}
"""


def test_the_least_step_of_a_relation_may_be_more_than_1() -> None:
    repairs = detente.relations(loads(BITTER)).repairs
    assert repairs is not None
    (dyad,) = repairs.dyads
    assert dyad.least is not None
    assert dyad.least.step == pytest.approx(1.4, abs=0.011)


TIE = """
detente: 1
title: A tie on the side
aim: quiet
parties: {A: {}, B: {}}
options: {A.x: {}, A.y: {}, B.z: {}}
outcomes: {quiet: not A.x, other: A.y}
interests:
  A: [{wants: A.x, weight: 1}, {avoids: B.z, weight: 1}]
  B: [{avoids: A.x, weight: 1}]
"""
EDGE = """
detente: 1
title: Only indifference will do
aim: stays
parties: {A: {}, B: {}}
options: {B.o: {levels: [hurt, stay, help]}, A.x: {}}
outcomes: {stays: B.o == stay and not A.x}
interests:
  A: [{wants: {B.o: {hurt: 0, stay: 0.5, help: 1}}, weight: 1}, {avoids: A.x, weight: 1}]
  B: [{avoids: A.x, weight: 1}]
relations: {B > A: -0.5}
"""


@pytest.mark.parametrize("concept", [None, "nash"])
@pytest.mark.parametrize(("text", "holder"), [(TIE, "A"), (EDGE, "B")], ids=["tie", "edge"])
def test_ties_do_not_hide_the_least_shift_of_an_attitude(text: str, holder: str, concept: str | None) -> None:
    kinds = {seen.kind: seen for seen in detente.fix(loads(text), concept=concept).kinds}
    least = kinds["attitude"].least
    assert least is not None
    assert [(step.party, round(step.amount, 6)) for step in least.steps] == [(holder, 0.5)]
    assert least.works
    assert least.margin == pytest.approx(0.0, abs=1e-6)


def test_the_page_says_for_which_state_the_least_is_the_least() -> None:
    page = " ".join(detente.render(detente.fix(loads(TIE), concept="seq")).split())
    assert "Nothing cheaper exists in any of its 4 states among promises and commitments." in page
    json.loads(detente.fix(loads(TIE)).to_json())
