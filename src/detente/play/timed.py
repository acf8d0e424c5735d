"""Timed play: where a strategy stands after so many rounds, if every round shocks may come first.

A commitment that may be quietly dropped counts like a shock. What a shock costs is told along the play as it
would go without any: wherever it may come there, its chance times what its coming takes from the chance to
stand in the aim in the end, whatever comes after. Where that is a loss, it *forestalls*; where it is a gain,
it *furthers*. Success without shocks, less all that is forestalled, plus all that is furthered, is success
with them. Chances go forward and values backward through the same chain; nothing is simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.play.shocks import Shock
from detente.play.turns import Explorer, Stages, Turns, World
from detente.states.state_graph import Bools, Floats, StateGraph

NEGLECTED = 0.005
"""The share of plays in worlds so rare that they need not be followed."""


@dataclass(frozen=True, eq=False)
class Timed:
    """How a strategy fares with the clock running.

    `success` is the chance to stand in the aim after 0, 1, 2, … rounds, a lower bound by as much as `left_out`:
    the share of plays that came into worlds which were not followed. `calm` is the same if no shock came and no
    commitment was dropped. `came` is the chance that a shock has come by the last round. What is forestalled
    and furthered is told per upset: the shocks, then the commitments that may be dropped, whose axes are
    `lapsing`.
    """

    success: Floats  # (round,)
    calm: Floats  # (round,)
    came: Floats  # (shock,)
    forestalled: Floats  # (upset,)
    furthered: Floats  # (upset,)
    left_out: float
    lapsing: tuple[int, ...] = ()


def timed(
    stages: Stages,
    shocks: Sequence[Shock],
    graph: StateGraph,
    start: int,
    inside: Bools,
    rounds: int,
    neglected: float = NEGLECTED,
) -> Timed:
    """Play a strategy round by round.

    Parameters
    ----------
    stages : the strategy's stages, in the crisis as some shocks have left it.
    shocks : those whose hazard is stated; their states are those of the graph.
    graph : the free graph.
    start : the state in which the strategy begins; its first stage can.
    inside : (state,) the aim.
    rounds : at least 1.
    neglected : the share of plays that need not be followed; 0 for all.
    """
    explorer = Explorer(stages, shocks, graph, start)
    turns = explorer.open(())
    while True:
        ahead = _Ahead(turns, rounds)
        rare = _rare(turns.closed, ahead.lost, neglected)
        wanted = [world for world in turns.closed if world not in rare]
        if not wanted:
            break
        turns = explorer.open(wanted)
    aim = inside[turns.states].astype(np.float64)
    forestalled, furthered = ahead.costs(aim)
    return Timed(
        success=np.stack(ahead.mass) @ aim,
        calm=np.stack(ahead.undisturbed) @ aim,
        came=_came(turns, ahead, shocks, graph),
        forestalled=forestalled,
        furthered=furthered,
        left_out=float(ahead.lost.sum()),
        lapsing=turns.lapsing,
    )


class _Ahead:
    """Where play stands after every round, with shocks and as if there were none."""

    def __init__(self, turns: Turns, rounds: int) -> None:
        self.turns = turns
        self.lost = np.zeros(len(turns.closed))
        begun = np.zeros(len(turns.states))
        begun[turns.start] = 1.0
        self.mass: list[Floats] = [begun]
        self.undisturbed: list[Floats] = [begun]
        for _ in range(rounds):
            self.mass.append(self._shaken(self.mass[-1]) @ turns.moves)
            self.undisturbed.append(self.undisturbed[-1] @ turns.moves)

    def _shaken(self, mass: Floats) -> Floats:
        """Where play stands after the upsets of a round; what they lead to unfollowed is noted as lost."""
        for hazard, leads in zip(self.turns.hazards, self.turns.leads, strict=True):
            struck, mass = mass * hazard, mass * (1 - hazard)
            followed = leads >= 0
            np.add.at(mass, leads[followed], struck[followed])
            np.add.at(self.lost, -1 - leads[~followed], struck[~followed])
        return mass

    def costs(self, aim: Floats) -> tuple[Floats, Floats]:
        """What each upset forestalls, and what it furthers."""
        hazards, leads = self.turns.hazards, self.turns.leads
        forestalled, furthered = np.zeros(len(hazards)), np.zeros(len(hazards))
        worth = aim
        for mass in reversed(self.undisturbed[:-1]):
            worth = self.turns.moves @ worth
            for k in reversed(range(len(hazards))):
                followed = leads[k] >= 0
                led = np.where(followed, worth[leads[k]], 0.0)
                lost = np.where(followed, mass * hazards[k] * (worth - led), 0.0)
                forestalled[k] += np.maximum(lost, 0.0).sum()
                furthered[k] += np.maximum(-lost, 0.0).sum()
                worth = (1 - hazards[k]) * worth + hazards[k] * led
        return forestalled, furthered


def _rare(closed: Sequence[World], lost: Floats, neglected: float) -> set[World]:
    """The rarest closed worlds that together need not be followed."""
    order = np.argsort(lost, kind="stable")
    few = int(np.searchsorted(np.cumsum(lost[order]), neglected, side="right"))
    return {closed[place] for place in order[:few].tolist()}


def _came(turns: Turns, ahead: _Ahead, shocks: Sequence[Shock], graph: StateGraph) -> Floats:
    """The chance that each shock has come: by name, or as an option of nature that has risen."""
    natural = [axis for axis, part in enumerate(graph.axes) if part.owner < 0]
    first = turns.worlds[turns.start].nature
    worlds, mass = (*turns.worlds, *turns.closed), np.concatenate([ahead.mass[-1], ahead.lost])
    found = np.zeros(len(shocks))
    for place, shock in enumerate(shocks):
        axis = next((k for k, at in enumerate(natural) if graph.axes[at].option == shock.id), None)
        for world, share in zip(worlds, mass, strict=True):
            rose = axis is not None and world.nature[axis] > first[axis]
            found[place] += share if rose or place in world.struck else 0.0
    return np.clip(found, 0.0, 1.0)
