"""The strategies of a scenario in numbers: what their stages fix, who sits at which table, until when."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.play.cached_graph import Fixed
from detente.play.case import Case
from detente.play.stages import Stage
from detente.scenario.model import Strategy
from detente.states.state_graph import Bools, Int64
from detente.worlds.fast.ground import Places

NEVER_OVER = -1


class Script(NamedTuple):
    """Strategies stage by stage; the stages of the k-th are `first[k]:first[k + 1]`, and the last binds nobody.

    A stage is played under a set of commitments of the ground, set by `set_to[stage, position]`; until a state
    of `until[ends[stage]]` is reached (-1: no end is named), of which the next stage may make a condition; at
    the tables `seats[stage]:seats[stage + 1]`.
    """

    start: int
    first: Int64  # (strategy + 1,)
    commitments: Int64  # (stage,)
    set_to: Int64  # (stage, position)
    ends: Int64  # (stage,)
    require: Bools  # (stage,)
    seats: Int64  # (stage + 1,)
    members: Bools  # (table, party)
    binding: Bools  # (table,)
    until: Bools  # (end, cell)
    inside: Bools  # (outcome, cell)
    aim: int  # row of `inside`; -1: none


def stages_of(case: Case, strategies: tuple[Strategy, ...]) -> list[tuple[Stage, ...]]:
    """The stages of every strategy, in indices."""
    return [case.plan(strategy).stages for strategy in strategies]


def commitments_of(plans: list[tuple[Stage, ...]]) -> list[Fixed]:
    """Every set of commitments that a stage fixes, each once; the first is none."""
    return list(dict.fromkeys([(), *(stage.fixed for stages in plans for stage in stages)]))


def table_ids(plans: list[tuple[Stage, ...]]) -> list[str]:
    """The table of every seat that a script has, in its order."""
    return [table.id for stages in plans for stage in stages for table in stage.tables]


def script_of(case: Case, plans: list[tuple[Stage, ...]], places: Places) -> Script:
    """Strategies laid out for compiled loops."""
    stages = [*(stage for plan in plans for stage in plan), Stage(case.free, case.conduct)]
    tables = [table for stage in stages for table in stage.tables]
    known = commitments_of(plans)
    ends = [stage.until for stage in stages if stage.until is not None]
    named = np.cumsum([stage.until is not None for stage in stages]) - 1
    members = np.zeros((len(tables), len(places.positions)), dtype=np.bool_)
    for place, table in enumerate(tables):
        members[place, list(table.members)] = True
    return Script(
        start=places.start,
        first=np.cumsum([0, *(len(plan) for plan in plans)]).astype(np.int64),
        commitments=np.array([known.index(stage.fixed) for stage in stages], dtype=np.int64),
        set_to=np.array([places.set_to(stage.fixed) for stage in stages]),
        ends=np.where([stage.until is None for stage in stages], NEVER_OVER, named).astype(np.int64),
        require=np.array([stage.require for stage in stages], dtype=np.bool_),
        seats=np.cumsum([0, *(len(stage.tables) for stage in stages)]).astype(np.int64),
        members=members,
        binding=np.array([table.binding for table in tables], dtype=np.bool_),
        until=_rows([places.over(end) for end in ends], places.cells),
        inside=_rows([places.over(row) for row in case.outcomes], places.cells),
        aim=-1 if case.aim is None else case.aim,
    )


def _rows(rows: list[Bools], cells: int) -> Bools:
    return np.array(rows, dtype=np.bool_).reshape(len(rows), cells)
