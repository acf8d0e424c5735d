"""What holds when parties may act together, or at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.concepts import CONCEPTS, ITERATED, ROWS, SIM
from detente.errors import RefusedError, UnknownNameError
from detente.scenario.model import Scenario
from detente.stability.coalitions import OFFERED, coalition_stable
from detente.stability.iterated import doubtful
from detente.stability.sim import simultaneous
from detente.stability.table import stability
from detente.states.state_graph import Bools, Floats, StateGraph

EVERY = "all"
JOIN = "+"
SLOW = "smr"  # judged state by state: only when asked for
MOST_ITERATED = 1 << 20  # states beyond which it takes too long unless it is asked for
AT_ONCE = 1 << 10  # states between two words of progress

Coalition = tuple[str, ...]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class Held:
    """Under one concept: for whom each state is stable, by how much it holds, and which coalitions would leave.

    `holds[state]` is so for the states that are stable for every party and left by no coalition.
    """

    stable: Bools  # (party, state)
    margin: Floats  # (state,)
    leaves: Mapping[Coalition, Bools]  # (state,) each
    holds: Bools  # (state,)
    doubtful: Bools | None = None  # (party, state): stays only if what is undetermined is closed


def coalitions_of(scenario: Scenario, asked: Sequence[str]) -> tuple[Coalition, ...]:
    """The coalitions meant: `all`, or parties joined as in `USA+ROK`; members in the order of the document.

    Raises
    ------
    UnknownNameError
        For a party that does not exist.
    RefusedError
        For a coalition of fewer than two parties.
    """
    parties = [party.id for party in scenario.parties]
    found: list[Coalition] = []
    for text in asked:
        if text == EVERY:
            found += [one for size in range(2, len(parties) + 1) for one in combinations(parties, size)]
            continue
        members = {member.strip() for member in text.split(JOIN)}
        for member in sorted(members - set(parties)):
            raise UnknownNameError("party", member, parties)
        if len(members) < 2:
            raise RefusedError(f"'{text}' is no coalition: it has one member. Join two or more, as in A+B.")
        found.append(tuple(party for party in parties if party in members))
    return tuple(dict.fromkeys(found))


def concepts_for(asked: Sequence[str] | None, coalitions: Sequence[Coalition]) -> tuple[str, ...]:
    """The concepts to judge by: those asked for, else all that are offered.

    Raises
    ------
    RefusedError
        For a concept under which coalitions are not defined.
    """
    if not asked:
        return tuple(name for name in OFFERED if name != SLOW) if coalitions else tuple(ROWS)
    if coalitions and (other := [name for name in asked if name not in OFFERED]):
        raise RefusedError(f"coalitions are judged under {', '.join(OFFERED)}; not under {other[0]}.")
    return tuple(dict.fromkeys(asked))


def held(
    graph: StateGraph,
    concepts: Sequence[str],
    coalitions: Sequence[Coalition],
    inside: Bools,
    progress: Progress,
) -> dict[str, Held]:
    """What holds under each concept, against every party and every coalition."""
    table = stability(graph, tuple(CONCEPTS[ROWS[name]] for name in concepts if name in ROWS))
    found = {}
    for place, name in enumerate(concepts):
        if name == SIM.name:
            found[name] = _at_once(graph, inside, progress)
            continue
        stable = table.stable(name)
        holds, leaves = stable.all(axis=0) & inside, {}
        for number, members in enumerate(coalitions):
            done = (place + number / len(coalitions)) / len(concepts)
            progress(f"coalition {JOIN.join(members)} under {name}", done)
            against = coalition_stable(graph, [graph.parties.index(one) for one in members], name, holds)
            leaves[members] = holds & ~against
            holds = holds & against
        unsure = doubtful(graph) if name == ITERATED else None
        found[name] = Held(stable, table.margin[ROWS[name]], leaves, holds, unsure)
    return found


def _at_once(graph: StateGraph, inside: Bools, progress: Progress) -> Held:
    """Simultaneous stability, which has no margin, of the states that are looked at."""
    stable = np.zeros((len(graph.parties), graph.states), np.bool_)
    states = np.flatnonzero(inside)
    for begin in range(0, len(states), AT_ONCE):
        some = states[begin : begin + AT_ONCE]
        progress("moves at the same moment", begin / len(states))
        stable[:, some] = simultaneous(graph, some.tolist())
    return Held(stable, np.full(graph.states, np.nan), {}, stable.all(axis=0) & inside)
