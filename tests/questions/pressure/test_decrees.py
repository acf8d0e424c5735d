from __future__ import annotations

from datetime import date

import pytest

from detente.questions.pressure.decrees import in_force, left, over_year, recordable
from detente.scenario.model import Channel, Diversion, Limit, Number, Pressure, Resolution

TRADE = Pressure(
    "X",
    "mn",
    (
        Channel("A", "coal", "licit", Number(100.0)),
        Channel("B", "coal", "illicit", Number(0.0)),
        Channel("B", "coal", "licit", Number(0.0)),
        Channel("A", "rice", "licit", Number(50.0), flow="import"),
        Channel("A", "work", "labour", Number(30.0), flow="transfer"),
    ),
    diverts=(
        Diversion("A coal", "B coal illicit", Number(20.0), Number(0.5)),
        Diversion("A coal", "B coal licit", Number(10.0), Number(0.2)),
    ),
    resolutions=(
        Resolution(
            "one", "2017-03-01", limits=(Limit("A coal", Number(0.6)), Limit("work", Number(0.5), "2017-07-02"))
        ),
        Resolution("two", "2017-07-02", limits=(Limit("A coal", Number(0.1)),)),
        Resolution("three", "2018-01-01", limits=(Limit("A coal", Number(0.3)),)),
    ),
)


def test_limits_hold_from_their_day_and_never_ease() -> None:
    assert in_force(TRADE, date(2017, 2, 28)) == (1, 1, 1, 1, 1)
    assert in_force(TRADE, date(2017, 3, 1)) == (0.6, 1, 1, 1, 1)
    assert in_force(TRADE, date(2017, 7, 2)) == (0.1, 1, 1, 1, 0.5)
    assert in_force(TRADE, date(2018, 6, 1)) == (0.1, 1, 1, 1, 0.5)
    assert in_force(TRADE, date(2018, 6, 1), until="one") == (0.6, 1, 1, 1, 0.5)


def test_a_year_is_divided_by_its_days() -> None:
    parts = over_year(TRADE, 2017)
    assert [opens[0] for opens, _ in parts] == [1.0, 0.6, 0.1]
    assert [share * 365 for _, share in parts] == pytest.approx([59, 123, 183])
    assert over_year(TRADE, 2016) == (((1.0,) * 5, 1.0),)


def test_only_licit_goods_are_recorded_and_diverted_ones_as_they_arrive() -> None:
    stands = left(TRADE, in_force(TRADE, date(2017, 7, 2)), (True, True))
    assert recordable(TRADE, stands.letter) == pytest.approx(60)
    assert recordable(TRADE, stands.leaking) == pytest.approx(60 + 8)
    assert recordable(TRADE, stands.leaking, partner="B") == pytest.approx(8)
    assert recordable(TRADE, stands.leaking, way="import") == pytest.approx(50)
    assert recordable(TRADE, stands.leaking, "A", "export") == pytest.approx(10)
    assert stands.leaking.pressure < stands.letter.pressure
