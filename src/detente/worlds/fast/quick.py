"""How strategies fare in many worlds of one crisis under sequential foresight, each in some milliseconds.

What is the same in all of them is laid out once (`ground`, `script`); of each world only its numbers are taken
(`numbers`, `quantities`), what its states are worth is added up from small tables (`worth`), and moves, replies
and agreements are looked at only where play comes (`replies`, `deals`, `walk`, `fare`). What comes out is what
`play` says, and a scenario that has something not foreseen here is left to it (`fit`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.case import BY_ITSELF, Case
from detente.states.state_graph import Bools, Floats, Int64
from detente.worlds.fast.deals import peaks_for, tray_for
from detente.worlds.fast.fare import Room, fares
from detente.worlds.fast.fit import unfit
from detente.worlds.fast.ground import Ground, Places
from detente.worlds.fast.numbers import Numbers, Rows
from detente.worlds.fast.quantities import Quantities
from detente.worlds.fast.replies import Worth, desk_for
from detente.worlds.fast.script import Script, commitments_of, script_of, stages_of, table_ids
from detente.worlds.fast.trade import Scenarios
from detente.worlds.fast.walk import Movers, path_for
from detente.worlds.fast.worth import Sums, Terms, add_up, sums_for
from detente.worlds.worlds import Worlds

MOST_CANDIDATES = 1 << 17


@dataclass(frozen=True, eq=False)
class Quick:
    """What is the same in all worlds of a scenario, laid out."""

    worlds: Worlds
    numbers: Numbers
    quantities: Quantities
    ground: Ground
    script: Script
    terms: Terms
    reader: Int64  # (party, party)
    spans: Int64  # (party,)
    whole: Floats  # (interest,): sum of the weights it is a share of
    owners: Int64  # (interest,): whose it is, numbered through parties and views
    sign: Floats  # (interest,)

    def fares(self, drawn: Floats, scenarios: Scenarios, rescaled: bool = False) -> tuple[Floats, Bools]:
        """How the strategies fare in worlds, and in which that was found out.

        Parameters
        ----------
        drawn : (world, input) the numbers of each world.
        scenarios : the worlds as scenarios; asked for only where trade needs the whole program.
        rescaled : weights are shares of the sum in their own world instead of in world 0.

        Returns
        -------
        found : (world, strategy, value) success by outcome; with an aim, lasting success on it and the margin.
        known : (world,) False where a world is one for the general way.
        """
        rows = self.numbers.rows(drawn)
        values, known = self.quantities.values(rows, scenarios)
        weights = self._weights(rows, rescaled)
        outcomes = self.script.inside.shape[0]
        found = np.full((len(drawn), len(self.script.first) - 1, outcomes + 2), np.nan)
        parties = len(self.spans)
        attitudes = rows["attitude"].reshape(len(drawn), parties, parties)
        room, sums = self._room()
        for world in np.flatnonzero(known):
            movers = Movers(rows["initiative"][world], rows["table"][world], rows["ratified"][world])
            known[world] = add_up(self.terms, weights[world], attitudes[world], values[world], sums) and fares(
                self.ground, self.script, Worth(sums.key, self.reader, self.spans), movers, room, found[world]
            )
        return found[..., : outcomes if self.script.aim < 0 else outcomes + 2], known

    def _weights(self, rows: Rows, rescaled: bool) -> Floats:
        """(world, interest) weights as shares of all weights, below 0 for what is avoided."""
        if not rescaled:
            return rows["weight"] / self.whole * self.sign
        sums = np.zeros((len(rows["weight"]), int(self.owners.max(initial=-1)) + 1))
        for interest, owner in enumerate(self.owners):
            sums[:, owner] += rows["weight"][:, interest]
        whole = sums[:, self.owners]
        return rows["weight"] / np.where(whole > 0, whole, 1.0) * self.sign

    def _room(self) -> tuple[Room, Sums]:
        cells, parties = len(self.ground.feasible), len(self.spans)
        most = int(np.diff(self.ground.begin[0]).max(initial=0)) + 1
        movers = parties + int(np.diff(self.script.seats).max(initial=0))
        desk, peaks = desk_for(cells, most), peaks_for(self.ground, parties)
        return Room(desk, peaks, tray_for(MOST_CANDIDATES), path_for(cells, movers)), sums_for(
            self.terms, parties
        )


def quick(worlds: Worlds, case: Case) -> Quick | str:
    """The fast way to look at the worlds of a scenario, or why there is none.

    Parameters
    ----------
    worlds : Worlds
    case : world 0, made ready for play, with nature's options held still.
    """
    scenario = case.scenario
    plans = stages_of(case, scenario.strategies or (BY_ITSELF,))
    places = Places(case.free, case.start)
    numbers = Numbers(scenario, worlds.inputs, table_ids(plans))
    why = unfit(case, plans, places, numbers)
    if why:
        return why
    quantities, graph = Quantities(scenario, places), case.free.graph
    terms = quantities.terms(places)
    owners = np.where(terms.owner >= 0, terms.owner, len(graph.parties) - 1 - terms.owner)
    weights = np.array([one.weight.central for one in quantities.interests])
    sums = [sum(weights[owners == owner].tolist()) for owner in owners]
    return Quick(
        worlds=worlds,
        numbers=numbers,
        quantities=quantities,
        ground=places.ground(commitments_of(plans)),
        script=script_of(case, plans, places),
        terms=terms,
        reader=_readers(case),
        spans=graph.spans.astype(np.int64),
        whole=np.array(sums, dtype=np.float64),
        owners=owners,
        sign=np.array([1.0 if one.sense == "wants" else -1.0 for one in quantities.interests]),
    )


def _readers(case: Case) -> Int64:
    """By whose keys each party expects each other to move: its own, or those of the view."""
    scenario = case.scenario
    places = {party.id: place for place, party in enumerate(scenario.parties)}
    readers = np.tile(np.arange(len(places), dtype=np.int64), (len(places), 1))
    for number, view in enumerate(scenario.views):
        readers[places[view.holder], places[view.other]] = len(places) + number
    return readers
