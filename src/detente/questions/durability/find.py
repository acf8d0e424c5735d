"""Will it stick, who breaks it first, and what would make it last longer?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from detente.answers.answer import common, finite
from detente.answers.vocabulary import Duration
from detente.errors import RefusedError
from detente.play.cached_graph import CachedGraph
from detente.play.durability import (
    chain,
    lasting,
    likeliest_break,
    margins,
    rounds,
    slips,
)
from detente.play.first_passage import LONG, Passage
from detente.play.stages import NEVER, commit
from detente.questions.durability.answer import (
    Composed,
    Durability,
    Exit,
    LapseCounted,
    Remedy,
    ShockCounted,
    StartSeen,
    Steadied,
    Temptation,
)
from detente.questions.durability.keeping import Keeping
from detente.questions.durability.promises import promised
from detente.questions.durability.repeated_play import patience
from detente.questions.named import (
    duration,
    foresight_named,
    level_named,
    moved,
    named,
    option_named,
    party_named,
    round_years,
    terms,
)
from detente.questions.subject import goal_of
from detente.scenario.model import NATURE, Scenario
from detente.states.state_graph import Floats

FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0)  # a party's composure is multiplied by these
STEADIER = 2.0  # and this one is the remedy
PROMISE = 0.1  # spans, to the party that most probably breaks it
RARER = 0.5
LONGEST = 10_000  # rounds of the survival curve at most


def durability(
    scenario: Scenario,
    outcome: str | None = None,
    strategy: str | None = None,
    foresight: str | None = None,
    lag: int = 1,
    rounds: int = 50,
) -> Durability:
    """How long an outcome lasts once nobody is bound, what ends it, and what would make it last longer.

    Each round a shock may end it, or what the strategy committed may be quietly dropped (`lapse`); otherwise a
    party, drawn by initiative, chooses by logit among staying, its best alternative inside the outcome and its
    best outside, the more surely the higher its composure. Expected rounds are those of first passage, exact.
    Repeated play is judged apart: the least discount factor at which a party would rather keep to the start
    than take its best move and be answered for good.

    Parameters
    ----------
    scenario : Scenario
    outcome : str, optional
        What is to last: an outcome, or a state as for `why`. It begins in the outcome's state with the best
        margin among those in which no shock has happened yet; where several hold alike, in each of them as
        likely. When absent: the scenario's aim, from where the strategy ends that assess puts first.
    strategy : str, optional
        Begin where this strategy ends inside the outcome.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`.
        Durations under different concepts cannot be compared.
    lag : int
        Rounds until a breach is noticed, in repeated play.
    rounds : int
        Rounds of the survival curve.

    Returns
    -------
    Durability

    Raises
    ------
    UnknownNameError
        For an outcome, a strategy or a concept that does not exist.
    RefusedError
        Where a party is known only by order, the outcome has no state or the strategy never ends inside it,
        nothing is said to last, or a number of rounds is out of bounds.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    _admit(scenario, lag, rounds)
    goal = goal_of(scenario, outcome, "nothing is said to last")
    keeping = Keeping(goal.scenario, goal.outcome, outcome is not None, strategy, foresight)
    passage = lasting(keeping.forks, keeping.composure, rounds=rounds)
    exits = _exits(keeping, passage)
    composures = tuple(_swept(keeping, party, passage.never) for party in range(len(scenario.parties)))
    foresights = keeping.foresight
    return Durability(
        **common(scenario, keeping.cached.graph.states),
        outcome=keeping.outcome,
        strategy=keeping.strategy,
        best=keeping.best is not None,
        foresight=foresight_named(foresights),
        foresights=dict(zip(keeping.cached.graph.parties, foresights, strict=True)),
        status_quo=scenario.status_quo,
        start=_starts(keeping),
        inside=keeping.mass,
        beside=_beside(keeping),
        margin=finite(margins(keeping.cached, foresights, keeping.start.states).min()),
        visited=len(keeping.forks.states),
        lasts=duration(passage.rounds, passage.never),
        round_years=round_years(scenario),
        half_life=passage.half_life if passage.half_life < LONG else None,
        never=passage.never,
        survival=tuple(passage.survival.tolist()),
        exits=exits,
        clashes=scenario.clashes,
        shocks=_counted(keeping, passage),
        lapses=_dropped(keeping, passage),
        composures=composures,
        remedies=_remedies(keeping, passage, exits, composures),
        lag=lag,
        patience=tuple(_temptation(keeping, party, lag) for party in range(len(scenario.parties))),
    )


def _admit(scenario: Scenario, lag: int, rounds: int) -> None:
    if lag < 1:
        raise RefusedError(f"lag is {lag}; a breach is noticed after at least 1 round.")
    if not 1 <= rounds <= LONGEST:
        raise RefusedError(f"rounds is {rounds}; the survival curve has 1 to {LONGEST:,} rounds.")


def _starts(keeping: Keeping) -> tuple[StartSeen, ...]:
    scenario, graph = keeping.scenario, keeping.cached.graph
    pairs = sorted(
        zip(keeping.start.states.tolist(), keeping.start.chances.tolist(), strict=True),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return tuple(StartSeen(**named(scenario, graph, state), probability=chance) for state, chance in pairs)


def _beside(keeping: Keeping) -> tuple[str, ...]:
    """Options of parties that have changed where it begins, and whose going back the outcome does not feel."""
    graph, here = keeping.cached.graph, keeping.likeliest
    found = []
    for axis, (today, level) in enumerate(
        zip(graph.levels(keeping.case.start), graph.levels(here), strict=True)
    ):
        if today == level or graph.axes[axis].owner < 0:
            continue
        back = int(commit(graph, np.array([here]), ((axis, today),))[0])
        if back != NEVER and keeping.inside[back]:
            found.append(option_named(keeping.scenario, axis))
    return tuple(found)


def _exits(keeping: Keeping, passage: Passage) -> tuple[Exit, ...]:
    """Every way in which it ends, likeliest first."""
    parties, shocks = keeping.cached.graph.parties, len(keeping.shocks)
    leaving = chain(keeping.forks, keeping.composure).exits
    visits = np.where(leaving.sum(axis=1) > 0, passage.visits, 0.0)
    found = []
    for cause in np.argsort(-passage.exits, kind="stable").tolist():
        chance = float(passage.exits[cause])
        if chance > 0 and cause < len(parties):
            found.append(_slip(keeping, cause, chance, visits * leaving[:, cause]))
        elif chance > 0 and cause >= len(parties) + shocks:
            lapse = keeping.lapses[cause - len(parties) - shocks]
            found.append(_quiet(option_named(keeping.scenario, lapse.axis), chance))
        elif chance > 0:
            shock, often = keeping.shocks[cause - len(parties)], visits * leaving[:, cause]
            still = keeping.inside[shock.leads[keeping.forks.states]]
            found.append(
                Exit(None, shock.id, chance, None, None, None, (), float(often[still].sum() / often.sum()))
            )
    return tuple(found)


def _counted(keeping: Keeping, passage: Passage) -> tuple[ShockCounted, ...]:
    """Every shock: whether it counts where play may come to, its chance at the start, and what it ends."""
    here, parties = keeping.forks, len(keeping.cached.graph.parties)
    found = {}
    for place, shock in enumerate(keeping.shocks):
        chances = here.hazards[:, place]
        found[shock.id] = ShockCounted(
            id=shock.id,
            natural=shock.natural,
            status="counts" if chances.any() else "nil",
            hazard=float(chances @ here.start),
            share=float(passage.exits[parties + place]),
        )
    unstated = ShockCounted(id="", natural=True, status="unstated", hazard=None, share=0.0)
    natural = [option.id for option in keeping.scenario.options if option.owner == NATURE]
    order = (*natural, *(shock.id for shock in keeping.scenario.shocks))
    return tuple(found.get(id, replace(unstated, id=id)) for id in order)


def _dropped(keeping: Keeping, passage: Passage) -> tuple[LapseCounted, ...]:
    """Every commitment that may be quietly dropped, and what that ends."""
    here, before = keeping.forks, len(keeping.cached.graph.parties) + len(keeping.shocks)
    return tuple(
        LapseCounted(
            option=option_named(keeping.scenario, lapse.axis),
            level=level_named(keeping.scenario, lapse.axis, lapse.level),
            back=level_named(keeping.scenario, lapse.axis, lapse.back),
            chance=lapse.chance,
            stands=float((here.hazards[:, len(keeping.shocks) + place] > 0) @ here.start),
            share=float(passage.exits[before + place]),
        )
        for place, lapse in enumerate(keeping.lapses)
    )


def _quiet(option: str, chance: float) -> Exit:
    """The end by a commitment that is dropped."""
    return Exit(None, None, chance, None, None, None, (), None, lapse=option)


def _slip(keeping: Keeping, party: int, chance: float, often: Floats) -> Exit:
    """A party that leaves, with the move by which it does so most often."""
    cached, graph = keeping.cached, keeping.cached.graph
    slip = likeliest_break(cached, keeping.foresight, keeping.forks, often, keeping.inside, party)
    assert slip is not None
    slipped, into_clash = slips(
        cached, keeping.foresight, keeping.forks, often, keeping.inside, party, keeping.clash
    )
    return Exit(
        party=party_named(graph, party),
        shock=None,
        probability=chance,
        move=moved(keeping.case, slip.start, slip.end),
        share=slip.share,
        anticipated=slip.gain,
        parts=terms(keeping.scenario, graph, party, slip.start, slip.end),
        stands=None,
        slips=slipped,
        slips_into_clash=into_clash,
    )


def _swept(keeping: Keeping, party: int, never: float) -> Composed:
    """How long it lasts at other values of one party's composure, which never decides whether it can end."""
    own, stated = keeping.composure[party], keeping.scenario.parties[party].composure is not None
    lengths = [rounds(keeping.forks, _instead(keeping.composure, party, own * factor)) for factor in FACTORS]
    return Composed(
        party=party_named(keeping.cached.graph, party),
        composure=own,
        stated=stated,
        sweep=tuple(
            Steadied(factor, own * factor, duration(length, never))
            for factor, length in zip(FACTORS, lengths, strict=True)
        ),
    )


def _instead(values: Sequence[float], place: int, value: float) -> tuple[float, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _remedies(
    keeping: Keeping, passage: Passage, exits: tuple[Exit, ...], composures: tuple[Composed, ...]
) -> tuple[Remedy, ...]:
    """What might lengthen it, most helpful first; nothing where nothing, or only a part, is ever ended."""
    if passage.never > 0:
        return ()
    steadier = FACTORS.index(STEADIER)
    tried = [
        _remedy(passage, "composure", each.party, STEADIER, each.sweep[steadier].lasts) for each in composures
    ]
    for place, shock in enumerate(keeping.shocks):
        if not keeping.forks.hazards[:, place].any():
            continue
        factors = _instead((1.0,) * len(keeping.shocks), place, RARER)
        length = rounds(keeping.forks, keeping.composure, factors)
        tried.append(_remedy(passage, "hazard", shock.id, RARER, duration(length, 0.0)))
    breaking = next((each.party for each in exits if each.party is not None), None)
    if breaking is not None:
        tried.append(_remedy(passage, "promise", breaking, PROMISE, _promised(keeping, breaking)))
    return tuple(sorted(tried, key=lambda remedy: -_length(remedy.lasts)))


def _promised(keeping: Keeping, breaking: str) -> Duration:
    """How long it lasts when one party gains more wherever the outcome holds, and all reckon with that."""
    graph = keeping.cached.graph
    better = promised(graph, graph.parties.index(breaking), keeping.inside, PROMISE)
    passage = lasting(keeping.forked(CachedGraph(better)), keeping.composure, rounds=1)
    return duration(passage.rounds, passage.never)


def _remedy(
    passage: Passage, kind: Literal["composure", "promise", "hazard"], who: str, size: float, lasts: Duration
) -> Remedy:
    times = lasts.rounds / passage.rounds if lasts.rounds is not None and passage.rounds <= LONG else None
    return Remedy(kind, who, size, lasts, times)


def _length(lasts: Duration) -> float:
    """Durations in order, those without a number last."""
    return lasts.rounds if lasts.rounds is not None else {"beyond": 2 * LONG}.get(lasts.ending, float("inf"))


def _temptation(keeping: Keeping, party: int, lag: int) -> Temptation:
    """Repeated play, for one party, at the likeliest start."""
    state = keeping.likeliest
    found = patience(keeping.cached, keeping.case.conduct, state, party, lag)
    return Temptation(
        party=party_named(keeping.cached.graph, party),
        verdict=found.verdict,
        discount=found.discount,
        gain=found.gain,
        loss=found.loss,
        move=moved(keeping.case, state, found.move) if found.move >= 0 else None,
        inside=found.move >= 0 and bool(keeping.inside[found.move]),
        punishment=found.punishment + 1 if found.punishment >= 0 else None,
    )
