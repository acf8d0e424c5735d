"""Which strategy works, does it last, and who would spoil it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import numpy as np

from detente.answers.answer import common, finite, ratification
from detente.answers.vocabulary import CycleSeen, HoldoutSeen, Keeps, Part, Ratification, Swept
from detente.errors import RefusedError, UnknownNameError
from detente.play.blockers import Holdout, Spoiler
from detente.play.case import BY_ITSELF, Case, conduct_of
from detente.play.chain import Choice
from detente.play.commitments import Keeping
from detente.play.exits import Exit
from detente.play.stages import Mixture
from detente.play.verdict import Verdict, ranked
from detente.questions.assess.answer import (
    Assess,
    ExitSeen,
    RestSeen,
    SpoilerSeen,
    StrategySeen,
    TimedSeen,
    TradeKept,
    VariantSeen,
)
from detente.questions.assess.timing import Timing
from detente.questions.named import (
    foresight_named,
    moved,
    named,
    outcome_named,
    party_named,
    round_years,
    terms,
)
from detente.questions.progress import Progress, silence
from detente.questions.subject import require_states
from detente.scenario import model
from detente.scenario.model import Scenario, Strategy
from detente.states.evaluate import trade_at
from detente.states.names import labels, level_names
from detente.trade.economy import Flow, solve, undone_by
from detente.worlds.measure import Measure
from detente.worlds.summary import summary
from detente.worlds.sweeping import MOST, refuse_seed, swept
from detente.worlds.worlds import SEED

Found = TypeVar("Found")

SLIGHT = 1e-9  # money a year that counts as nothing


def assess(
    scenario: Scenario,
    strategies: Sequence[str] | None = None,
    foresight: str | None = None,
    choice: Choice = "best",
    rounds: int | None = None,
    worlds: int = 0,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Assess:
    """How every strategy fares: success, whether it lasts, where it rests, who would keep or spoil it.

    Each strategy is played from the status quo stage by stage; where everything ends is computed exactly. The
    strategies are ranked by success on the scenario's aim, then by lasting success, then by margin; equals
    share a rank. Without
    strategies, the answer says where the status quo goes by itself.

    Parameters
    ----------
    scenario : Scenario
    strategies : sequence of str, optional
        Ids of the strategies to assess; all when absent.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`.
    choice : {'best', 'any', 'noisy'}
        How a mover chooses among its open moves.
    rounds : int, optional
        Also play every strategy round by round, over so many rounds, with shocks between the moves.
    worlds : int
        Also play every strategy in so many worlds, in each of which the unsure numbers are drawn anew.
    seed : int
        Of the draws: other seeds, other worlds.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Assess

    Raises
    ------
    UnknownNameError
        For a strategy or a concept that does not exist.
    RefusedError
        For a table with a party known only by order, a strategy that cannot begin at the status quo, an aim to
        which no feasible state belongs, rounds out of bounds or without an aim, or worlds where no number has a
        spread.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    tell = progress or silence
    chosen = _chosen(scenario, strategies)
    tell("states and payoffs", 0.0)
    case = Case(scenario, conduct_of(scenario, foresight, choice))
    if case.aim is not None:
        require_states(outcome_named(scenario, case.aim), case.outcomes[case.aim])
    timing = None if rounds is None else Timing(case, rounds)
    verdicts = _judged(case, chosen, tell)
    order = ranked(verdicts, case.aim)
    seen = tuple(_strategy(case, chosen[place], verdicts[place], rank) for place, rank in order)
    if timing is not None:
        seen = tuple(
            replace(one, timed=clocked)
            for one, clocked in zip(
                seen, _timed(timing, [chosen[place] for place, _ in order], tell), strict=True
            )
        )
    over, counted = _over(replace(scenario, strategies=chosen), foresight, worlds, seed, tell)
    tell("done", 1.0)
    foresights = case.conduct.foresight
    return Assess(
        **common(scenario, case.free.graph.states),
        worlds=counted,
        over=over,
        foresight=foresight_named(foresights),
        foresights=dict(zip(case.free.graph.parties, foresights, strict=True)),
        aim=scenario.aim,
        by_itself=not scenario.strategies,
        status_quo=scenario.status_quo,
        strategies=seen,
        rounds=rounds,
        round_years=round_years(scenario),
        ratify=_ratified(scenario, chosen),
    )


def _over(
    scenario: Scenario, foresight: str | None, worlds: int, seed: int, tell: Progress
) -> tuple[tuple[Swept, ...], int]:
    """How the strategies fare over worlds, and in how many something came out."""
    refuse_seed(seed)
    if worlds == 0:
        return (), 0
    if not 0 < worlds <= MOST:
        raise RefusedError(f"--worlds is {worlds:,}; up to {MOST:,} can be drawn.")
    measure = Measure(scenario, seed, foresight)
    records = swept(measure, range(1, worlds + 1), None, None, False, tell)
    table = [records[world].values for world in sorted(records) if not records[world].failed]
    return (summary(measure, np.array(table)) if table else ()), len(table)


def _ratified(scenario: Scenario, strategies: Sequence[Strategy]) -> dict[str, Ratification]:
    """Per table that some of the strategies open, who has to ratify what it agrees on."""
    opened = {table for strategy in strategies for stage in strategy.stages for table in stage.tables}
    known = ((table.id, ratification(table)) for table in scenario.tables if table.id in opened)
    return {table: ratify for table, ratify in known if ratify is not None}


def _judged(case: Case, strategies: Sequence[Strategy], tell: Progress) -> list[Verdict]:
    """Every strategy's verdict."""
    case.prepare()
    titles = [strategy.title or strategy.id for strategy in strategies]
    return _two_at_a_time(case.verdict, strategies, titles, tell)


def _timed(timing: Timing, strategies: Sequence[Strategy], tell: Progress) -> list[TimedSeen]:
    """Every strategy round by round."""
    titles = [f"round by round: {strategy.title or strategy.id}" for strategy in strategies]
    return _two_at_a_time(timing.seen, strategies, titles, tell)


def _two_at_a_time(
    work: Callable[[Strategy], Found], strategies: Sequence[Strategy], titles: Sequence[str], tell: Progress
) -> list[Found]:
    """What is found out about every strategy: compiled loops let other threads run."""
    results = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            for done, found in enumerate(pool.map(work, strategies)):
                tell(titles[done], (1 + done) / (1 + len(strategies)))
                results.append(found)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return results


def _chosen(scenario: Scenario, ids: Sequence[str] | None) -> tuple[Strategy, ...]:
    if not ids:
        return scenario.strategies or (BY_ITSELF,)
    known = {strategy.id: strategy for strategy in scenario.strategies}
    for wanted in ids:
        if wanted not in known:
            raise UnknownNameError("strategy", wanted, tuple(known))
    return tuple(known[wanted] for wanted in dict.fromkeys(ids))


def _strategy(case: Case, strategy: Strategy, verdict: Verdict, rank: int) -> StrategySeen:
    """A verdict with names."""
    aim = case.aim
    return StrategySeen(
        id=strategy.id,
        rank=rank,
        title=strategy.title or strategy.id,
        sponsors=strategy.sponsors,
        success=_by_outcome(case, verdict.success.tolist()),
        partly=_by_outcome(case, verdict.partly.tolist()),
        lasting=None if aim is None else float(verdict.lasting[aim]),
        without_tables=None if aim is None else float(verdict.without_tables[aim]),
        rests=_rests(case, verdict),
        cycles=tuple(
            CycleSeen(tuple(int(state) + 1 for state in cycle.states), cycle.probability)
            for cycle in sorted(verdict.course.cycles, key=lambda cycle: -cycle.probability)
        ),
        could_not_start=verdict.course.could_not_start,
        stuck=_by_outcome(case, [verdict.course.stuck(inside) for inside in case.outcomes]),
        margin=finite(verdict.margin),
        credible=verdict.credible,
        credibility=tuple(_keeps(case, kept) for kept in verdict.keeping),
        trade_kept=_trade_kept(case, verdict.course.final),
        attendance={party_named(case.free.graph, party): finite(gain) for party, gain in verdict.attendance},
        spoilers=tuple(_spoiler(case, strategy, spoiler) for spoiler in verdict.spoilers),
        holdouts=tuple(_holdout(case, strategy, holdout) for holdout in verdict.holdouts),
        variants=_variants(case, verdict),
        exits=tuple(_exit(case, strategy, way) for way in verdict.exits),
    )


def _by_outcome(case: Case, chances: Sequence[float]) -> dict[str, float]:
    return {outcome.id: chance for outcome, chance in zip(case.scenario.outcomes, chances, strict=True)}


def _rests(case: Case, verdict: Verdict) -> tuple[RestSeen, ...]:
    """The states of rest, each once, likeliest first."""
    chances: dict[int, float] = {}
    firm: dict[int, tuple[float, tuple[int, ...]]] = {}
    for rest, margin, nearest in zip(verdict.course.rests, verdict.margins, verdict.nearest, strict=True):
        chances[rest.state] = chances.get(rest.state, 0.0) + rest.probability
        firm[rest.state] = float(margin), nearest
    graph = case.free.graph
    return tuple(
        RestSeen(
            **named(case.scenario, graph, state),
            probability=chance,
            margin=finite(firm[state][0]),
            nearest=tuple(party_named(graph, party) for party in firm[state][1]),
            gains=_gains(case, state),
        )
        for state, chance in sorted(chances.items(), key=lambda item: (-item[1], item[0]))
    )


def _gains(case: Case, state: int) -> dict[str, float | None]:
    """What each party has in a state more than at the status quo."""
    graph = case.free.graph
    rises = (graph.payoffs[:, state] - graph.payoffs[:, case.start]) / graph.spans
    return {
        party_named(graph, party): float(rise) if graph.cardinal[party] else None
        for party, rise in enumerate(rises)
    }


def _keeps(case: Case, kept: Keeping) -> Keeps:
    move = None if kept.end < 0 else moved(case, kept.start, kept.end)
    return Keeps(party_named(case.free.graph, kept.sponsor), kept.keeps, move, kept.gain)


def _spoiler(case: Case, strategy: Strategy, spoiler: Spoiler) -> SpoilerSeen:
    parts: tuple[Part, ...] = ()
    cardinal = spoiler.party is not None and case.free.graph.cardinal[spoiler.party]
    if spoiler.party is not None and cardinal:
        parts = _parts(case, strategy, spoiler.phase, spoiler.party, spoiler.start, spoiler.end)
    return SpoilerSeen(
        party=None if spoiler.party is None else party_named(case.free.graph, spoiler.party),
        table=spoiler.table,
        stage=spoiler.phase + 1,
        move=moved(case, spoiler.start, spoiler.end),
        damage=spoiler.damage,
        gain=sum(part.amount for part in parts) if cardinal else None,
        parts=parts,
    )


def _holdout(case: Case, strategy: Strategy, holdout: Holdout) -> HoldoutSeen:
    parts = _parts(case, strategy, holdout.phase, holdout.party, holdout.start, holdout.end)
    gain = sum(part.amount for part in parts)
    return HoldoutSeen(
        party=party_named(case.free.graph, holdout.party),
        stage=holdout.phase + 1,
        move=moved(case, holdout.start, holdout.end),
        promise=holdout.promise,
        raises=holdout.raises,
        gain=gain,
        fear=-holdout.promise - gain,
        parts=parts,
    )


def _exit(case: Case, strategy: Strategy, way: Exit) -> ExitSeen:
    graph, gain = case.free.graph, None
    if graph.cardinal[way.party]:
        gain = sum(part.amount for part in _parts(case, strategy, way.phase, way.party, way.start, way.end))
    return ExitSeen(
        party=party_named(graph, way.party),
        table=way.table,
        stage=None if way.phase is None else way.phase + 1,
        levels=level_names(case.scenario, graph, way.start),
        labels=labels(case.scenario, graph, way.start),
        move=moved(case, way.start, way.end),
        probability=way.probability,
        gain=gain,
        success=way.success,
    )


def _parts(
    case: Case, strategy: Strategy, phase: int | None, party: int, start: int, end: int
) -> tuple[Part, ...]:
    """What a party gains or loses between two states, part by part, in its spans; parts of nothing left out.

    A phase is played in its venue; none is one more stage after the strategy, in no venue.
    """
    scenario, cached = case.venue(None if phase is None else strategy.stages[phase].venue)
    return terms(scenario, cached.graph, party, start, end, base=case.scenario)


def _variants(case: Case, verdict: Verdict) -> dict[str, dict[str, VariantSeen]]:
    found: dict[str, dict[str, VariantSeen]] = {}
    for variant in verdict.variants:
        seen = VariantSeen(None, None)
        if case.aim is not None:
            seen = VariantSeen(variant.success[case.aim], variant.lasting[case.aim])
        found.setdefault(variant.agreements, {})[variant.foresight] = seen
    return found


def _trade_kept(case: Case, final: Mixture) -> TradeKept | None:
    """What the (first) target of pressure keeps of its trade where play ends, and through whom.

    The share is the mean over the final states by their probability. `through` is the partner whose
    taking in of diverted trade undoes most of the cut (`flows.economy.undone_by`, likewise averaged); where
    nothing is diverted, the partner with whom most value is retained; none where nothing is.
    """
    if not case.scenario.pressures:
        return None
    pressure = case.scenario.pressures[0]
    retained = 0.0
    undone: dict[str, float] = {}
    kept: dict[str, float] = {}
    for chance, flow, leaks in _flows(case, pressure, final):
        retained += chance * flow.retained
        for partner, amount in leaks:
            undone[partner] = undone.get(partner, 0.0) + chance * amount
        for channel, money in zip(pressure.channels, flow.kept, strict=True):
            worth = chance * money * channel.importance.central
            kept[channel.partner] = kept.get(channel.partner, 0.0) + worth
    return TradeKept(pressure.target, retained, _most(undone) or _most(kept))


def _flows(
    case: Case, pressure: model.Pressure, final: Mixture
) -> Iterator[tuple[float, Flow, tuple[tuple[str, float], ...]]]:
    """Probability, flow and what each partner undoes, for every way in which trade may stand in the end."""
    target, graph = pressure.target, case.free.graph
    ways: dict[tuple[tuple[float, ...], tuple[bool, ...], tuple[bool, ...]], float] = {}
    for state, chance in zip(final.states, final.chances, strict=True):
        way = trade_at(case.scenario, graph, target, int(state))
        ways[way] = ways.get(way, 0.0) + float(chance)
    for way, chance in ways.items():
        yield chance, solve(pressure, *way), undone_by(pressure, *way)


def _most(amounts: dict[str, float]) -> str | None:
    """The name with the largest amount, the first of equals; None where all are nothing."""
    name = max(amounts, key=lambda known: amounts[known], default=None)
    return name if name is not None and amounts[name] > SLIGHT else None
