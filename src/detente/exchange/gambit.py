"""Writes a crisis as a strategic game in Gambit's `.nfg` format, for mixed equilibria and second opinions.

In such a game everybody chooses once and at the same time: each party picks one setting of all its options.
Its pure Nash equilibria are exactly the states that are Nash stable here, as long as every option can move both
ways and every setting of one party goes with every setting of the others; where that is not so, the crisis is
refused rather than bent.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from math import prod

from detente.errors import RefusedError, TooLargeError
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.moves import restrict
from detente.states.names import status_quo
from detente.states.state_graph import StateGraph

MOST_OUTCOMES = 1_000_000

Setting = tuple[int, ...]


def write_nfg(scenario: Scenario) -> str:
    """Write a crisis as the text of an `.nfg` file.

    Options of nature stay at the status quo. Payoffs of cardinal parties are written exactly; for a party known
    only by order they are ranks, from 0, which is enough for pure equilibria and means nothing for mixed ones.

    Parameters
    ----------
    scenario : Scenario
        At most a million states.

    Returns
    -------
    str
        The file, in Gambit's payoff version of the format: outcomes with the first player's strategy fastest.

    Raises
    ------
    RefusedError
        An option moves one way only, or the settings of different parties exclude each other.
    TooLargeError
        There are more than a million states.
    """
    graph = _free_of_nature(scenario)
    if graph.states > MOST_OUTCOMES:
        raise TooLargeError(
            f"the game would have {graph.states:,} outcomes; at most {MOST_OUTCOMES:,} are written. "
            "Fix some options by rules."
        )
    strategies, states = _outcomes(scenario, graph)
    players = " ".join(_quoted(party) for party in graph.parties)
    named = "\n".join(
        "{ " + " ".join(_quoted(_strategy(scenario, graph, party, setting)) for setting in settings) + " }"
        for party, settings in enumerate(strategies)
    )
    grid = Decimal(repr(graph.grid))
    units = [grid if cardinal else Decimal(1) for cardinal in graph.cardinal]
    payoffs = "\n".join(
        " ".join(
            format((int(row[state]) * unit).normalize(), "f")
            for row, unit in zip(graph.payoffs, units, strict=True)
        )
        for state in states
    )
    return f'NFG 1 R {_quoted(scenario.title)} {{ {players} }}\n{{ {named} }}\n""\n\n{payoffs}\n'


def _free_of_nature(scenario: Scenario) -> StateGraph:
    """The graph with nature's options where they stand now, refused where some option moves one way only."""
    graph = compile_graph(scenario)
    oneway = [axis.option for axis in graph.axes if axis.owner >= 0 and axis.size > 1 and axis.moves != "both"]
    if oneway:
        raise RefusedError(
            f"a strategic game has no one-way moves, and {', '.join(oneway)} cannot be taken back. "
            "Write the game without that limit if it does not matter."
        )
    quo = graph.levels(status_quo(scenario, graph))
    nature = {axis: quo[axis] for axis, part in enumerate(graph.axes) if part.owner < 0}
    return restrict(graph, nature)[0] if nature else graph


def _outcomes(scenario: Scenario, graph: StateGraph) -> tuple[list[list[Setting]], list[int]]:
    """Every party's settings, and the state of every combination of them, the first party's fastest."""
    owned = [
        [axis for axis, part in enumerate(graph.axes) if part.owner == party]
        for party in range(len(graph.parties))
    ]
    found: dict[tuple[Setting, ...], int] = {}
    for state in range(graph.states):
        levels = graph.levels(state)
        found[tuple(tuple(levels[axis] for axis in axes) for axes in owned)] = state
    strategies = [list(dict.fromkeys(key[party] for key in found)) for party in range(len(owned))]
    if prod(map(len, strategies)) != len(found):
        raise RefusedError(
            f"'{scenario.title}' is no strategic game: some settings of one party exclude settings of another. "
            "Rules may only concern options of one party."
        )
    return strategies, [found[profile[::-1]] for profile in product(*reversed(strategies))]


def _strategy(scenario: Scenario, graph: StateGraph, party: int, setting: Setting) -> str:
    """A setting in words: the levels of the party's options, or `-` where it has none."""
    axes = [axis for axis, part in enumerate(graph.axes) if part.owner == party]
    words = [
        f"{scenario.options[axis].name} {scenario.options[axis].levels[graph.axes[axis].first + level]}"
        for axis, level in zip(axes, setting, strict=True)
    ]
    return "; ".join(words) or "-"


def _quoted(text: str) -> str:
    """Text as Gambit reads it: on one line, quotation marks escaped, no backslashes (it keeps them doubled)."""
    plain = " ".join(text.split()).replace("\\", "/").replace('"', '\\"')
    return f'"{plain}"'
