"""Every number of a crisis as something to move: what it says, between which ends, and why it is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from detente.report import grounds
from detente.scenario.judgements import Judgement
from detente.scenario.model import Scenario
from detente.web.desk import Crisis
from detente.what_if import Changes

FIRST = ("interests", "relations", "views", "pressure")
STEPS = 200  # of a slider from end to end


def shelves(crisis: Crisis) -> list[dict[str, Any]]:
    """Sliders as JSON data, family by family, first what people argue about first."""
    found = grounds.families(crisis.scenario, sorted(crisis.numbers, key=_place))
    return [
        {"title": title, "numbers": [_slider(crisis.scenario, one) for one in group]} for title, group in found
    ]


def parted(crisis: Crisis, values: Sequence[str]) -> tuple[dict[str, float], tuple[str, ...]]:
    """Values that only move a number, and those that say something else, as `ADDRESS=VALUE`."""
    moved: dict[str, float] = {}
    left = []
    for text in values:
        place, _, value = text.partition("=")
        number = _plain(value)
        if place.strip() in crisis.addresses and number is not None:
            moved[place.strip()] = number
        else:
            left.append(text)
    return moved, tuple(left)


def without_numbers(crisis: Crisis, changes: Changes) -> tuple[dict[str, float], Changes]:
    """The numbers that changes move, and the changes without them."""
    moved, left = parted(crisis, changes.values)
    return moved, Changes(left, changes.tables, changes.channels, changes.starts)


def switches(scenario: Scenario) -> list[Mapping[str, Any]]:
    """Where each option stands at the start, and where else it could."""
    return [
        {"option": option.id, "title": option.title or option.id, "levels": list(option.levels), "level": level}
        for option, level in zip(scenario.options, scenario.status_quo, strict=True)
    ]


def _place(one: Judgement) -> int:
    section = one.address.partition(".")[0]
    return FIRST.index(section) if section in FIRST else len(FIRST)


def _slider(scenario: Scenario, one: Judgement) -> dict[str, Any]:
    low, high = _ends(one)
    number = one.number
    return {
        "addresses": one.addresses,
        "says": grounds.told(scenario, one),
        "value": number.central,
        "low": low,
        "high": high,
        "step": float(f"{(high - low) / STEPS:.1g}") or 0.01,
        "shown": grounds.value(number),
        "spread": None if number.spread is None else [number.spread.low, number.spread.high],
        "because": grounds.reason(scenario, one),
    }


def _ends(one: Judgement) -> tuple[float, float]:
    """The ends of a slider: those of the field where it has near ones, else twice what it is."""
    central, spread = one.number.central, one.number.spread
    reach = max(2 * abs(central), abs(spread.high) * 1.25 if spread else 0.0, 1.0)
    low = one.low if -100 < one.low < inf else -reach
    high = one.high if -inf < one.high < 100 else reach
    return low, high


def _plain(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value - value == 0.0 else None
