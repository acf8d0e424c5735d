"""Who stands with whom, which relation to repair first, and what do recorded events say?"""

from __future__ import annotations

from collections import Counter

import numpy as np

from detente.answers.answer import Common, common
from detente.concepts import FORESIGHT
from detente.errors import RefusedError, UnknownNameError
from detente.network.balance import SignedNetwork, balance, triads
from detente.network.history import PRIOR, Record, attitude_series
from detente.play.case import BY_ITSELF, Case, conduct_of
from detente.play.verdict import fared, ranked
from detente.questions.named import foresight_named, moved_in
from detente.questions.progress import Progress, silence
from detente.questions.regards import STEP, Regards
from detente.questions.relations.answer import (
    AttitudeSeen,
    EventsSeen,
    HowSeen,
    LeastSeen,
    NetworkSeen,
    PairSeen,
    Reason,
    Relations,
    RepairSeen,
    RepairsSeen,
    SuggestionSeen,
    TieSeen,
    TriadSeen,
    ViewSeen,
)
from detente.questions.relations.mechanism import Turn
from detente.questions.relations.repair import Repairs, Single, how, repairs
from detente.scenario.model import Cardinal, Interest, Scenario, Strategy
from detente.states.compile import compile_graph
from detente.states.payoffs import attitude_matrix
from detente.states.vocabulary import quantity_text

SLIGHT = 1e-9
REASONS: dict[Reason, str] = {
    "ordinal": "some party is known by the order of its states only, and noisy movers weigh gains. Give every "
    "party interests",
    "no-aim": "the scenario has no aim by which a strategy could succeed. Add `aim`",
    "one-party": "there are no two parties. Add another",
}
QUICKER = "seq"
FEW = 5_000  # states: up to so many, a hundred changed crises are played by the foresight of other questions
STRANGERS = 20  # names that are no party, listed in the answer


def relations(
    scenario: Scenario,
    strategy: str | None = None,
    step: float = STEP,
    foresight: str | None = None,
    events: Record | None = None,
    half_life: int = 180,
    progress: Progress | None = None,
) -> Relations:
    """The network of attitudes, what repairing each relation is worth, and what events suggest.

    Two directed attitudes make one tie by their mean; camps and frustration of the network of ties are exact.
    To repair a dyad is to raise both its attitudes by the step, each to 1 at most. A repair's worth is the
    success on the aim that it adds under noisy movers: alone, in pairs, and on average over all orders among
    the six strongest (Shapley 1953). The least step is the smallest found to change success as `assess` has it.

    Parameters
    ----------
    scenario : Scenario
    strategy : str, optional
        The strategy to be helped. When absent: of those not certain to reach the aim, the one that `assess`
        puts first under the same foresight; of equals the first.
    step : float
        Above 0 and at most 2.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`; `seq` in a
        crisis of more than 5,000 states, since a hundred changed crises are played.
    events : Record, optional
        Coded events as read by `detente.read_events`.
    half_life : int
        Days after which an event counts half.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Relations

    Raises
    ------
    RefusedError
        Parties are known by order only and no attitude is stated; a named strategy cannot be judged; the step
        or the half-life is out of range.
    UnknownNameError
        For a strategy or a concept that does not exist.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    tell = progress or silence
    _check(scenario, strategy, step, half_life)
    reason = _no_repairs(scenario)
    if strategy is not None and reason:
        raise RefusedError(f"no repair can be valued: {REASONS[reason]}.")
    tell("states and payoffs", 0.0)
    known = _common(scenario)
    quick = known["feasible"] > FEW
    conduct = conduct_of(scenario, foresight, otherwise=QUICKER if quick else FORESIGHT)
    kept = None if reason else _repairs(Case(scenario, conduct), strategy, step, tell)
    tell("done", 1.0)
    return Relations(
        **known,
        aim=scenario.aim,
        attitudes=_attitudes(scenario),
        views=tuple(_view(scenario, view.holder, view.other, view.interests) for view in scenario.views),
        network=_network(scenario),
        repairs=kept,
        no_repairs=reason,
        events=None if events is None else _events(scenario, events, float(half_life)),
    )


def _common(scenario: Scenario) -> Common:
    return common(scenario, compile_graph(scenario).states)


def _check(scenario: Scenario, strategy: str | None, step: float, half_life: int) -> None:
    known = [one.id for one in scenario.strategies]
    if strategy is not None and strategy not in known:
        raise UnknownNameError("strategy", strategy, known)
    if not 0 < step <= 2:
        raise RefusedError(
            f"the step is {step:g}; attitudes run from -1 to 1, so it lies above 0 and at most at 2."
        )
    if half_life <= 0:
        raise RefusedError(f"the half-life is {half_life} days; it is above 0.")
    ordinal = [party for party in _parties(scenario) if party not in _cardinal(scenario)]
    if ordinal and not scenario.attitudes:
        raise RefusedError(
            f"no attitude is stated, and none can be: {', '.join(ordinal)} "
            f"{'is' if len(ordinal) == 1 else 'are'} known by the order of states only. "
            "Give interests instead of rankings or statements, and attitudes under `relations`."
        )


def _no_repairs(scenario: Scenario) -> Reason:
    if len(_cardinal(scenario)) < len(scenario.parties):
        return "ordinal"
    if len(scenario.parties) < 2:
        return "one-party"
    return "no-aim" if scenario.aim is None else ""


def _parties(scenario: Scenario) -> tuple[str, ...]:
    return tuple(party.id for party in scenario.parties)


def _cardinal(scenario: Scenario) -> tuple[str, ...]:
    """Parties that can hold attitudes and be their object."""
    pairs = zip(scenario.parties, scenario.preferences, strict=True)
    return tuple(party.id for party, held in pairs if isinstance(held, Cardinal))


def _attitudes(scenario: Scenario) -> tuple[AttitudeSeen, ...]:
    stated = {(known.holder, known.other): known.value for known in scenario.attitudes}
    cardinal = _cardinal(scenario)
    return tuple(
        AttitudeSeen(
            holder,
            other,
            stated[holder, other].central if (holder, other) in stated else 0.0,
            stated[holder, other].because if (holder, other) in stated else "",
            (holder, other) in stated,
        )
        for holder in cardinal
        for other in cardinal
        if holder != other
    )


def _view(scenario: Scenario, holder: str, other: str, seen: tuple[Interest, ...]) -> ViewSeen:
    """A view, and by how much it is apart from the truth: half the sum of the differences of shares."""
    held = dict(zip(_parties(scenario), scenario.preferences, strict=True))[other]
    truth = _weights(held.interests) if isinstance(held, Cardinal) else Counter[str]()
    picture = _weights(seen)
    apart = sum(abs(truth[name] - picture[name]) for name in {**truth, **picture}) / 2
    return ViewSeen(holder, other, float(apart))


def _weights(interests: tuple[Interest, ...]) -> Counter[str]:
    """Each interest's share of all weights, by its sense and quantity."""
    shares: Counter[str] = Counter()
    whole = sum(interest.weight.central for interest in interests) or 1.0
    for interest in interests:
        shares[f"{interest.sense} {quantity_text(interest.quantity)}"] += interest.weight.central / whole  # type: ignore[assignment]
    return shares


def _network(scenario: Scenario) -> NetworkSeen:
    """The network of mean attitudes."""
    cardinal = _cardinal(scenario)
    places = [_parties(scenario).index(party) for party in cardinal]
    directed = attitude_matrix(scenario)[np.ix_(places, places)]
    weights = (directed + directed.T) / 2
    np.fill_diagonal(weights, 0.0)
    network = SignedNetwork(cardinal, weights)
    division, found = balance(network), triads(network)
    return NetworkSeen(
        ties=tuple(TieSeen(cardinal[i], cardinal[j], weight) for i, j, weight in network.edges),
        frustration=division.index,
        share=division.share,
        camps=division.camps,
        against=tuple(TieSeen(*edge) for edge in division.against),
        triads=len(found),
        unbalanced=tuple(TriadSeen(triad.nodes, triad.weights) for triad in found if not triad.balanced),
    )


def _repairs(case: Case, wanted: str | None, step: float, tell: Progress) -> RepairsSeen:
    assert case.aim is not None
    strategy = _chosen(case, case.aim, wanted)
    regards = Regards(case, strategy, case.aim)
    found = repairs(regards, step, tell)
    names, foresights = _parties(case.scenario), case.conduct.foresight
    shares = dict(zip(found.strongest, found.shares, strict=True))
    singles = sorted(found.singles, key=lambda single: _merit(found, single, shares.get(single.dyad)))
    dyads = tuple(_repaired(case, found, single, shares.get(single.dyad), step) for single in singles)
    pairs = _pairs(found, names)
    helps = dyads[0].gain > SLIGHT or (dyads[0].share or 0.0) > SLIGHT
    return RepairsSeen(
        strategy=strategy.id,
        title=strategy.title or strategy.id,
        asked=wanted is not None,
        foresight=foresight_named(foresights),
        step=step,
        success=found.base,
        central=found.central,
        dared=_dared(case, strategy),
        together=found.together,
        dyads=dyads,
        strongest=tuple((names[one], names[other]) for one, other in found.strongest),
        pairs=pairs,
        possible=found.possible,
        first=dyads[0].dyad if helps else None,
        how=_how(case, strategy, how(regards, singles[0], found.central)) if helps else None,
    )


def _dared(case: Case, strategy: Strategy) -> float | None:
    """Success where only answers count that would be dared; None where that is how repairs are judged."""
    assert case.aim is not None
    plain = conduct_of(case.scenario)
    if plain == case.conduct or FORESIGHT not in plain.foresight:
        return None
    return Case(case.variant, plain, case).course(strategy).success(case.outcomes[case.aim])


def _how(case: Case, strategy: Strategy, found: Turn | None) -> HowSeen | None:
    """The step that a repair turns on, with names."""
    if found is None:
        return None
    scenario, graph = case.scenario, case.free.graph
    names = graph.parties
    table = None
    if found.mover >= len(names):
        sat = scenario.table(strategy.stages[found.phase].tables[found.mover - len(names)])
        table = sat.title or sat.id
    other = next(party for party in found.dyad if party != found.party)
    return HowSeen(
        stage=found.phase + 1,
        move=moved_in(scenario, graph, found.start, found.end),
        table=table,
        party=names[found.party],
        through=names[other],
        before=found.before,
        after=found.after,
    )


def _chosen(case: Case, aim: int, wanted: str | None) -> Strategy:
    """The strategy asked for, else the first in the ranking of assess of those not certain to succeed."""
    strategies = case.scenario.strategies or (BY_ITSELF,)
    if wanted is not None:
        return next(strategy for strategy in strategies if strategy.id == wanted)
    fares = [
        fared(case.free, case.conduct, case.plan(strategy), case.start, case.outcomes)
        for strategy in strategies
    ]
    order = [place for place, _ in ranked(fares, aim)]
    return strategies[next((place for place in order if fares[place].success[aim] < 1 - SLIGHT), order[0])]


def _merit(found: Repairs, single: Single, share: float | None) -> tuple[float, float, float]:
    step = single.least.step if single.least else 2.0
    return -round(single.success - found.base, 9), -round(share or 0.0, 9), step


def _repaired(case: Case, found: Repairs, single: Single, share: float | None, step: float) -> RepairSeen:
    names, attitudes = case.free.graph.parties, attitude_matrix(case.scenario)
    one, other = single.dyad
    before = float(attitudes[one, other]), float(attitudes[other, one])
    return RepairSeen(
        dyad=(names[one], names[other]),
        before=before,
        after=(min(1.0, before[0] + step), min(1.0, before[1] + step)),
        success=single.success,
        gain=single.success - found.base,
        share=share,
        least=None if single.least is None else LeastSeen(single.least.step, single.least.success),
        mended=None if single.mended is None else single.mended - found.base,
        views=tuple((names[holder], names[seen]) for holder, seen in single.views),
    )


def _pairs(found: Repairs, names: tuple[str, ...]) -> tuple[PairSeen, ...]:
    alone = {single.dyad: single.success - found.base for single in found.singles}
    seen = [
        PairSeen(
            (names[pair.first[0]], names[pair.first[1]]),
            (names[pair.second[0]], names[pair.second[1]]),
            pair.success,
            pair.success - found.base,
            pair.success - found.base - alone[pair.first] - alone[pair.second],
        )
        for pair in found.pairs
    ]
    return tuple(sorted(seen, key=lambda pair: -round(pair.extra, 9)))


def _events(scenario: Scenario, record: Record, half_life: float) -> EventsSeen:
    """What the record suggests for every ordered pair in it, beside the scenario's own attitude."""
    own = {(seen.holder, seen.other): seen.value for seen in _attitudes(scenario)}
    order = {pair: place for place, pair in enumerate(own)}
    series = [one for one in attitude_series(record.events, half_life) if (one.holder, one.other) in own]
    found = tuple(
        SuggestionSeen(
            one.holder, one.other, one.last, own[one.holder, one.other], sum(one.events), one.attitude
        )
        for one in sorted(series, key=lambda one: order[one.holder, one.other])
    )
    signed = [seen for seen in found if abs(seen.suggested) > SLIGHT and abs(seen.own) > SLIGHT]
    return EventsSeen(
        layout=record.layout,
        events=len(record.events),
        left_out=dict(record.left_out),
        strangers=dict(record.strangers[:STRANGERS]),
        half_life=half_life,
        prior=PRIOR,
        months=series[0].months if series else (),
        suggestions=found,
        agree=sum((seen.suggested > 0) == (seen.own > 0) for seen in signed),
        compared=len(signed),
    )
