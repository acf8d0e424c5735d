"""Which combinations of levels are feasible, and their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

import numpy as np

from detente.errors import Place, Problem, ScenarioError, TooLargeError
from detente.scenario.expression import to_text
from detente.scenario.model import Rule, Scenario
from detente.states.reading import Reading
from detente.states.space import strides_of
from detente.states.state_graph import Bools, Int64

MAX_COMBINATIONS = 1 << 28
MAX_STATES = 1 << 24
_ROW, _BLOCK = 1 << 10, 1 << 20


def feasible(scenario: Scenario) -> Int64:
    """Every combination of levels that no rule forbids, in the order that numbers the states.

    The combinations are counted through in blocks: in a block the later options stand still and each rule is
    evaluated over the levels of the earlier ones, so memory stays small and only sub-expressions that name
    several options are ever as large as the block.

    Returns
    -------
    Int64 array (state,)
        Mixed-radix codes in declaration order, first option fastest; ascending.

    Raises
    ------
    TooLargeError
        More than 2^28 combinations (before anything is allocated), or more feasible states than the scenario's
        `limit` (2^24 where it names none).
    ScenarioError
        The rules leave no state.
    """
    sizes = [len(option.levels) for option in scenario.options]
    if prod(sizes) > MAX_COMBINATIONS:
        raise TooLargeError(_too_many_combinations(scenario, sizes))
    limit = MAX_STATES if scenario.limit is None else scenario.limit
    parts, count = [], 0
    for start, mask in _blocks(scenario, scenario.rules, sizes):
        count += int(np.count_nonzero(mask))
        if count <= limit:
            parts.append(np.flatnonzero(mask) + start)
        else:
            parts.clear()
    if count > limit:
        raise TooLargeError(_too_many_states(scenario, sizes, count, limit))
    if count == 0:
        raise ScenarioError(_no_state(scenario, sizes))
    return np.concatenate(parts)


def _blocks(scenario: Scenario, rules: Sequence[Rule], sizes: list[int]) -> Iterator[tuple[int, Bools]]:
    """Code at which each block begins, and which of its combinations keep all rules."""
    row, block = _leading(sizes, _ROW), _leading(sizes, _BLOCK)
    shape = (*sizes[row:block][::-1], prod(sizes[:row]))
    levels = _row_levels(sizes, row)
    for place, axis in enumerate(range(row, block), start=1):
        levels[axis] = np.arange(sizes[axis], dtype=np.int64).reshape((-1,) + (1,) * place)
    strides = strides_of(sizes)
    for later in product(*(range(size) for size in sizes[block:][::-1])):
        fixed = {block + place: level for place, level in enumerate(later[::-1])}
        reading = Reading(scenario, levels | {axis: np.asarray(level) for axis, level in fixed.items()})
        mask = np.ones(shape, dtype=bool)
        for rule in rules:
            mask &= reading.condition(rule.must)
        yield sum(strides[axis] * level for axis, level in fixed.items()), mask.ravel()


def _leading(sizes: list[int], most: int) -> int:
    """How many of the first axes make a grid of at most so many combinations (at least one axis)."""
    count = min(1, len(sizes))
    while count < len(sizes) and prod(sizes[: count + 1]) <= most:
        count += 1
    return count


def _row_levels(sizes: list[int], row: int) -> dict[int, Int64]:
    """Levels of the first axes along one contiguous row, which keeps the inner loops long."""
    codes = np.arange(prod(sizes[:row]), dtype=np.int64)
    return {axis: codes // stride % sizes[axis] for axis, stride in enumerate(strides_of(sizes[:row]))}


def _too_many_combinations(scenario: Scenario, sizes: list[int]) -> str:
    total = prod(sizes)
    return (
        f"{len(sizes)} options make {_count(total)} combinations, "
        f"which would need about {_memory(scenario, total)}. "
        f"At most {MAX_COMBINATIONS:,} are looked through, as many as 28 options with two levels make. "
        f"{_largest(scenario)} Leave out, merge or shorten options."
    )


def _too_many_states(scenario: Scenario, sizes: list[int], count: int, limit: int) -> str:
    return (
        f"{count:,} of {prod(sizes):,} combinations are feasible, "
        f"which would need about {_memory(scenario, count)}. At most {limit:,} states are admitted. "
        f"{_largest(scenario)} "
        "Add rules, leave out or merge options, or raise `limit` in the scenario."
    )


def _largest(scenario: Scenario) -> str:
    options = sorted(scenario.options, key=lambda option: -len(option.levels))
    shown = ", ".join(f"{option.id} ({len(option.levels)})" for option in options[:6])
    more = f" and {len(options) - 6} more" if len(options) > 6 else ""
    return f"Options by number of levels: {shown}{more}."


def _count(number: int) -> str:
    return f"{number:,}" if number < 10**15 else f"{number:.1e}"


def _memory(scenario: Scenario, states: int) -> str:
    """Memory of codes, payoffs and ranks in a unit that suits it."""
    amount = float(states * (8 + 12 * len(scenario.parties) + 4 * len(scenario.views)))
    for unit in ("bytes", "KiB", "MiB", "GiB", "TiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}"
        amount /= 1024
    return f"{amount:,.0f} PiB"


def _no_state(scenario: Scenario, sizes: list[int]) -> list[Problem]:
    """Rules that cannot hold together, as few as leaving out one by one finds."""
    guilty = list(scenario.rules)
    for rule in scenario.rules:
        rest = [other for other in guilty if other is not rule]
        if prod(sizes) <= 1 << 22 and not any(mask.any() for _, mask in _blocks(scenario, rest, sizes)):
            guilty = rest
    listed = "; ".join(f"'{to_text(rule.must)}'" for rule in guilty)
    whole = "this rule holds" if len(guilty) == 1 else "these rules hold together"
    return [Problem(Place(), f"in no combination of levels {whole}: {listed}.", "Change or drop one of them.")]
