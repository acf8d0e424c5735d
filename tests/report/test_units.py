"""Units of charts say what their numbers are."""

from __future__ import annotations

from detente.report import units


def test_numbers_without_a_unit_are_said_to_have_none() -> None:
    for unit in (units.ATTITUDES, units.TIES, units.PRESSURE):
        assert unit.endswith("no unit")
        assert " to 1" in unit, "and the scale says where it ends"
