"""How the strategies fare over worlds, in a few figures each."""

from __future__ import annotations

import numpy as np

from detente.answers.vocabulary import Swept
from detente.play.case import BY_ITSELF
from detente.states.state_graph import Floats
from detente.worlds.measure import Measure
from detente.worlds.shares import paired, share


def summary(measure: Measure, table: Floats) -> tuple[Swept, ...]:
    """Every strategy over worlds, best mean success in the aim first.

    Parameters
    ----------
    measure : Measure
    table : (world, column) the values of its records, at least one.
    """
    aim = measure.scenario.aim
    column = dict(zip(measure.columns, table.T, strict=True))
    strategies, outcomes = measure.scenario.strategies or (BY_ITSELF,), measure.scenario.outcomes
    success = {
        one.id: {known.id: share(column[f"{one.id}.success.{known.id}"]) for known in outcomes}
        for one in strategies
    }
    if not aim:
        return tuple(Swept(one.id, one.title or one.id, success[one.id]) for one in strategies)
    reached = {one.id: column[f"{one.id}.success.{aim}"] for one in strategies}
    rank = {one.id: column[f"{one.id}.rank"] for one in strategies}
    firsts = np.sum([ranks == 1 for ranks in rank.values()], axis=0)
    order = sorted(strategies, key=lambda one: (-success[one.id][aim].mean, float(rank[one.id].mean())))
    return tuple(
        Swept(
            strategy=one.id,
            title=one.title or one.id,
            success=success[one.id],
            lasting=share(column[f"{one.id}.lasting"]),
            behind=paired(reached[order[0].id], reached[one.id]),
            first=share(rank[one.id] == 1),
            alone=float(((rank[one.id] == 1) & (firsts == 1)).mean()),
            rank=float(rank[one.id].mean()),
        )
        for one in order
    )
