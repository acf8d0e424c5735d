"""What ways round undo, against the literal program, and what such figures must obey."""

from __future__ import annotations

import pytest

from detente.questions.pressure.leaks import detours, leaks
from detente.scenario.model import Channel, Diversion, Number, Pressure
from detente.trade.economy import diversions, solve, undone_by
from trade.economies import literal_optimum, random_combination, random_economy

COAL = tuple(
    Channel(partner, "coal", "licit", Number(value))
    for partner, value in (("A", 100.0), ("B", 0.0), ("C", 0.0))
)
STAND_IN = Pressure(
    "X",
    "mn",
    COAL,
    diverts=(
        Diversion("A coal", "B coal", Number(60.0), Number(0.5)),
        Diversion("A coal", "C coal", Number(60.0), Number(0.5)),
    ),
)


def test_two_who_could_stand_in_for_each_other() -> None:
    found = {leak.partner: leak for leak in leaks(STAND_IN, (0, 1, 1), (True, True))}
    assert found["B"].undone == pytest.approx(20.0)
    assert found["B"].share == found["C"].share == pytest.approx(25.0)


def test_a_pair_is_named_with_what_moves_and_what_arrives() -> None:
    (only,) = detours(STAND_IN, (0, 1, 1), (True, False))
    assert (only.origin, only.destination) == ("A", "B")
    assert (only.undone, only.moved, only.arrives) == pytest.approx((30.0, 60.0, 30.0))


@pytest.mark.parametrize("seed", range(60))
def test_shares_add_up_and_differences_are_those_of_the_literal_program(seed: int) -> None:
    economy = random_economy(seed)
    opens, active, aided = random_combination(economy, seed)
    routes = diversions(economy)
    whole = literal_optimum(economy, opens, active, aided)
    none = literal_optimum(economy, opens, (False,) * len(active), aided)
    found = leaks(economy, opens, active, aided)
    assert sum(leak.share or 0.0 for leak in found) == pytest.approx(whole - none, abs=1e-7)
    assert {leak.partner: leak.undone for leak in found} == pytest.approx(
        dict(undone_by(economy, opens, active, aided)), abs=1e-7
    )
    for detour in detours(economy, opens, active, aided):
        without = tuple(
            used
            and (economy.channels[route.origin].partner, economy.channels[route.destination].partner)
            != (detour.origin, detour.destination)
            for used, route in zip(active, routes, strict=True)
        )
        expected = whole - literal_optimum(economy, opens, without, aided)
        assert detour.undone == pytest.approx(expected, abs=1e-7)
        assert detour.arrives <= detour.moved + 1e-9


@pytest.mark.parametrize("seed", range(40))
def test_closing_a_leak_never_lowers_pressure(seed: int) -> None:
    economy = random_economy(seed)
    opens, active, aided = random_combination(economy, seed)
    before = solve(economy, opens, active, aided).pressure
    for place, used in enumerate(active):
        if used:
            shut = tuple(on and other != place for other, on in enumerate(active))
            assert solve(economy, opens, shut, aided).pressure >= before - 1e-9
    for place in range(len(opens)):
        tighter = tuple(0.0 if other == place else share for other, share in enumerate(opens))
        assert solve(economy, tighter, active, aided).pressure >= before - 1e-9
