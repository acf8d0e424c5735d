"""The fewest channels, against looking through every set of them."""

from __future__ import annotations

from itertools import combinations

import pytest

from detente.questions.pressure import closing
from detente.questions.pressure.closing import closed, least_closure
from detente.scenario.expression import Constant
from detente.scenario.model import Aid, Channel, Diversion, Number, Pressure
from detente.trade.certificate import UncertifiedError
from detente.trade.economy import solve
from trade.economies import literal_optimum, random_combination, random_economy


def literal(economy: Pressure, opens, active, aided, wanted: float):  # type: ignore[no-untyped-def]
    """Fewest channels, then least open trade, by looking at all sets with scipy's solver."""
    baseline = sum(channel.value.central * channel.importance.central for channel in economy.channels)
    for many in range(len(opens) + 1):
        found = []
        for chosen in combinations(range(len(opens)), many):
            kept = literal_optimum(economy, closed(opens, chosen), active, aided)
            if 1 - kept / baseline >= wanted - 1e-9:
                found.append(sum(opens[place] * economy.channels[place].value.central for place in chosen))
        if found:
            return many, min(found)
    return None


@pytest.mark.parametrize("wanted", [0.3, 0.6, 0.85])
@pytest.mark.parametrize("seed", range(25))
def test_nothing_smaller_and_nothing_cheaper_exists(seed: int, wanted: float) -> None:
    economy = random_economy(seed)
    opens, active, aided = random_combination(economy, seed)
    found = least_closure(economy, opens, active, aided, wanted)
    expected = literal(economy, opens, active, aided, wanted)
    if expected is None:
        assert found is None
        return
    assert found is not None
    carried = sum(opens[place] * economy.channels[place].value.central for place in found.channels)
    assert (len(found.channels), carried) == (expected[0], pytest.approx(expected[1], abs=1e-6))
    assert found.flow == solve(economy, closed(opens, found.channels), active, aided)
    assert found.flow.pressure >= wanted - 1e-7 or wanted <= 0


def test_closing_one_may_have_to_close_its_way_round() -> None:
    coal = (Channel("A", "coal", "licit", Number(60.0)), Channel("B", "coal", "licit", Number(0.0)))
    fish = Channel("C", "fish", "licit", Number(40.0))
    leaky = Pressure("X", channels=(*coal, fish), diverts=(Diversion("A coal", "B coal", Number(60.0)),))
    found = least_closure(leaky, (1, 1, 1), (True,), (), 0.6)
    assert found is not None
    assert found.channels == (0, 1)


def test_what_is_reached_already_needs_nothing() -> None:
    alone = Pressure("X", channels=(Channel("A", "coal", "licit", Number(5.0)),))
    found = least_closure(alone, (0.0,), (), (), 0.9)
    assert found is not None
    assert found.channels == ()


def test_aid_can_put_it_out_of_reach() -> None:
    helped = Pressure(
        "X", channels=(Channel("A", "coal", "licit", Number(10.0)),), aids=(Aid("B", Number(8.0), Constant(1)),)
    )
    assert least_closure(helped, (1.0,), (), (True,), 0.5) is None


def test_a_wrong_answer_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Pressure("X", channels=(Channel("A", "coal", "licit", Number(5.0)),))
    monkeypatch.setattr(closing._Search, "best", lambda *given: ())
    with pytest.raises(UncertifiedError, match="closing 0 channels was to bring pressure"):
        least_closure(alone, (1.0,), (), (), 0.9)
