"""What if a shock comes, and is there a plan for it?"""

from __future__ import annotations

from collections.abc import Sequence

from detente.answers.answer import common
from detente.errors import RefusedError, UnknownNameError
from detente.play.shocks import shocks as every_shock
from detente.questions.contingency.answer import Contingency
from detente.questions.contingency.shock import ShockTold
from detente.questions.contingency.start import Start
from detente.questions.named import foresight_named, round_years
from detente.questions.progress import Progress, silence
from detente.scenario.model import NATURE, Scenario

LONGEST = 10_000  # rounds at most


def contingency(
    scenario: Scenario,
    start: str | Sequence[str] | None = None,
    strategy: str | None = None,
    shocks: Sequence[str] | None = None,
    foresight: str | None = None,
    rounds: int = 10,
    all: bool = False,
    progress: Progress | None = None,
) -> Contingency:
    """What every shock would do: its hazard, where play rests after it without a plan and with each that fits.

    A plan's levels are set when the shock has happened and stay so for one stage, in moves, replies and
    foresight alike; then they lapse. Regret is what the best plan would bring above having none.

    Parameters
    ----------
    scenario : Scenario
    start : str or sequence of str, optional
        Where things stand when a shock comes: `status-quo`, the number of a state, or `OPTION=level` for
        whatever differs from the status quo.
    strategy : str, optional
        Where this strategy comes to rest. Without either: where the strategy does that assess puts first, or
        at the status quo where none gets to the aim.
    shocks : sequence of str, optional
        Only these shocks.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`.
    rounds : int
        Rounds over which the chance that a shock happens is given.
    all : bool
        Tell every shock in full on the page. The answer holds everything either way.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Contingency

    Raises
    ------
    UnknownNameError
        For a shock, a strategy, an option, a level or a concept that does not exist.
    RefusedError
        Where the scenario has no shocks, start and strategy are both given, the start is no one feasible state,
        the strategy cannot begin, or rounds is out of bounds.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    chosen = _chosen(scenario, shocks)
    if not 1 <= rounds <= LONGEST:
        raise RefusedError(f"rounds is {rounds}; chances are given over 1 to {LONGEST:,} rounds.")
    tell = progress or silence
    tell("states and payoffs", 0.0)
    outset = Start(scenario, start, strategy, foresight, rounds)
    known = [shock for shock in every_shock(scenario, outset.graph) if shock.id in chosen]
    tell("without any shock", 0.1)
    calm = outset.calm()
    seen = []
    for done, shock in enumerate(known):
        tell(shock.title, 0.15 + 0.85 * done / len(known))
        seen.append(ShockTold(outset, shock).seen())
    tell("done", 1.0)
    foresights = outset.conduct.foresight
    return Contingency(
        **common(scenario, outset.graph.states),
        strategy=strategy if outset.best is None else outset.best.strategy.id,
        best=outset.best is not None,
        start=outset.stands(outset.start),
        status_quo=scenario.status_quo,
        foresight=foresight_named(foresights),
        foresights=dict(zip(outset.graph.parties, foresights, strict=True)),
        rounds=rounds,
        round_years=round_years(scenario),
        clash_outcomes=scenario.clashes,
        aim=scenario.aim,
        all=all,
        calm=calm,
        shocks=tuple(seen),
    )


def _chosen(scenario: Scenario, wanted: Sequence[str] | None) -> frozenset[str]:
    natural = [option.id for option in scenario.options if option.owner == NATURE]
    known = [*natural, *(shock.id for shock in scenario.shocks)]
    if not known:
        raise RefusedError(
            "the scenario has no shocks, so there is nothing to plan for. Add an option of nature "
            "(`nature.x` with a `hazard`), or an entry under `shocks`."
        )
    for shock in wanted or ():
        if shock not in known:
            raise UnknownNameError("shock", shock, known)
    return frozenset(wanted or known)
