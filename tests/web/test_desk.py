from __future__ import annotations

from pathlib import Path

import pytest

from detente import library
from detente.web import sliders
from detente.web.desk import Crisis, Desk, changes_of
from detente.web.drawing import address, as_line
from detente.what_if import Changes
from web.served import FERRY


def ferry() -> Crisis:
    crisis = Desk(FERRY).read("ferry").crisis
    assert crisis is not None
    return crisis


def test_the_own_crisis_comes_first_then_those_that_come_with_the_product() -> None:
    assert Desk(FERRY).names == ("ferry", *library.builtin())
    assert Desk("korea-2017").names[0] == "korea-2017"
    assert Desk("korea-2017").names.count("korea-2017") == 1


def test_a_file_never_stands_for_a_crisis_that_comes_with_the_product(tmp_path: Path) -> None:
    file = tmp_path / "prisoners.yaml"
    file.write_text(Path(FERRY).read_text("utf-8"), "utf-8")
    desk = Desk(str(file))
    assert desk.own == "prisoners-file"
    assert desk.read("prisoners").crisis.scenario.title != desk.read("prisoners-file").crisis.scenario.title  # type: ignore[union-attr]


def test_a_name_that_is_not_on_the_desk_is_no_file() -> None:
    with pytest.raises(KeyError):
        Desk(FERRY).read("../ferry")


def test_a_variant_is_made_once_and_no_change_is_the_crisis_itself() -> None:
    desk, crisis = Desk(FERRY), ferry()
    changes = changes_of(["interests.N.stone.weight=5", " "], [], [], [])
    assert desk.variant(crisis, changes) is desk.variant(crisis, changes)
    assert desk.variant(crisis, changes).told == ("interests.N.stone.weight = 5 (was 1)",)
    assert desk.variant(crisis, changes_of([], [], [], [])) is crisis
    assert desk.variant(crisis, changes).key != crisis.key


def test_values_that_only_move_a_number_are_told_from_others() -> None:
    changes = changes_of(
        ["interests.N.stone.weight=5", "interests.S.stone.weight=2 ± 1", "title=B"], [], [], []
    )
    moved, left = sliders.without_numbers(ferry(), changes)
    assert moved == {"interests.N.stone.weight": 5.0}
    assert left.values == ("interests.S.stone.weight=2 ± 1", "title=B")


def test_an_address_carries_every_change_in_a_form_that_can_be_read_back() -> None:
    given = Changes(("a=1&2",), ("t",), ("x y",), ("o=l",))
    assert address("/c/a/why", given, subject="s") == (
        "/c/a/why?sets=a%3D1%262&opens=t&closes=x+y&starts=o%3Dl&subject=s"
    )
    assert address("/c/a/why") == "/c/a/why"
    assert as_line({"a": "b\nc"}).count(b"\n") == 1
