"""Why does this hold or not, and why does this strategy fail?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from detente.answers.answer import common
from detente.answers.assess import HoldoutSeen, MoveSeen, Part
from detente.answers.why import (
    Attempt,
    Compared,
    Ending,
    NoDeal,
    OutcomeSeen,
    PathSeen,
    Refusal,
    Reply,
    Share,
    Stance,
    Stand,
    StateSeen,
    StepSeen,
    StrategySeen,
    UnderConcept,
    Why,
)
from detente.dynamics.blockers import Holdout, holdouts
from detente.dynamics.paths import Leg, Path, paths
from detente.dynamics.seats import Table
from detente.dynamics.stages import NEVER, Course, Phase, values
from detente.errors import RefusedError, UnknownNameError
from detente.graph.moves import free_axes, joint_moves, own_moves
from detente.graph.names import labels, level_names
from detente.graph.payoffs import decompose
from detente.graph.state_graph import Bools, Floats, Int32, Int64, StateGraph
from detente.scenario.model import Scenario, Strategy
from detente.stability.anticipate import anticipations
from detente.stability.concepts import CONCEPTS
from detente.stability.table import stability
from detente.stability.witness import Witness, witness, witness_of_move
from detente.staging.case import Case, conduct_of
from detente.staging.subject import require_states, subject_of

ROWS = {concept.name: row for row, concept in enumerate(CONCEPTS)}
SHOWN = 3  # paths of a strategy that are told step by step


def why(
    scenario: Scenario,
    subject: str | Sequence[str] = "status-quo",
    concept: str | None = None,
    party: str | None = None,
) -> Why:
    """Why a state holds or not, why an outcome does, or why a strategy ends where it does.

    For every party: the most tempting move of its own, the gain by it decomposed by interest and attitude to
    the last term, and the replies of the others that deter it, or that nothing does (Fang, Hipel and Kilgour
    1993). For an outcome: how many of its states hold, and the same for its best state, or for the one nearest
    to holding. For a strategy: the likeliest way to where it ends, step by step, and who could bring the aim
    about from there, and does not.

    Parameters
    ----------
    scenario : Scenario
    subject : str or sequence of str
        `OPTION=level` (several may be given; whatever is not named stands as today), `status-quo`, the number
        of a state, or the id of an outcome or a strategy, read in this order; `outcome:` or `strategy:` before
        an id settles it.
    concept : str, optional
        How far every party looks ahead. When absent: each party's own foresight in the scenario, else `seq`.
    party : str, optional
        Explain this party only.

    Returns
    -------
    Why

    Raises
    ------
    UnknownNameError
        For a subject, a concept or a party that does not exist.
    RefusedError
        For a state that is not feasible, an outcome without states, or a strategy where there is no aim.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    asked = _parties(scenario, party)
    conduct = conduct_of(scenario, concept)
    case = Case(scenario, conduct)
    meant = subject_of(scenario, case.free.graph, subject)
    outcome, strategy = None, None
    if meant.kind == "outcome":
        outcome, place = _outcome(case, meant.name)
        view = _View(case)
    elif meant.kind == "strategy":
        strategy, view, place = _strategy(case, meant.name)
    else:
        assert meant.state is not None
        view, place = _View(case), meant.state
    foresights = conduct.foresight
    return Why(
        **common(scenario, case.free.graph.states),
        kind=meant.kind,
        subject=meant.name,
        also=meant.also,
        foresight=foresights[0] if len(set(foresights)) == 1 else "mixed",
        foresights=dict(zip(case.free.graph.parties, foresights, strict=True)),
        party=party,
        aim=scenario.aim,
        status_quo=scenario.status_quo,
        state=_state(view, place, asked),
        outcome=outcome,
        strategy=strategy,
    )


def _parties(scenario: Scenario, party: str | None) -> tuple[int, ...]:
    """The parties asked about: one, or all."""
    known = [each.id for each in scenario.parties]
    if party is None:
        return tuple(range(len(known)))
    if party not in known:
        raise UnknownNameError("party", party, known)
    return (known.index(party),)


class _View:
    """Where states are judged: the free graph, or that of a phase with its venue and what is committed there.

    States are those of `graph`; `home` gives the free graph's.
    """

    def __init__(
        self, case: Case, phase: Phase | None = None, stage: int | None = None, venue: str | None = None
    ) -> None:
        self.case, self.phase, self.stage = case, phase, stage
        self.scenario, ground = case.venue(venue)
        self.whole = ground.graph
        self.ground = ground if phase is None else phase.ground
        self.fixed = () if phase is None else phase.stage.fixed
        self.ahead = lru_cache(maxsize=None)(self._ahead)

    @property
    def graph(self) -> StateGraph:
        """The graph on which moves are judged."""
        return self.ground.graph

    @property
    def home(self) -> Int64:
        """The free graph's state of every state of the graph."""
        return self.ground.home

    @property
    def bound(self) -> dict[str, str]:
        """Options that stand committed, with their levels."""
        options = self.case.scenario.options
        return {options[axis].id: options[axis].levels[level] for axis, level in self.fixed}

    def concept(self, party: int) -> str:
        """How far a party looks."""
        return self.case.conduct.foresight[party]

    def spans(self, party: int, units: float) -> float | None:
        """Payoff units of the grid in the party's spans; None where it is known only by order."""
        return float(units) / float(self.graph.spans[party]) if self.graph.cardinal[party] else None

    def gain(self, party: int, start: int, end: int) -> float | None:
        """What a party's payoff gains from a state to a state."""
        payoffs = self.graph.payoffs[party]
        return self.spans(party, int(payoffs[end]) - int(payoffs[start]))

    def expects(self, party: int, state: int, rank: int) -> float | None:
        """What a rank is worth to a party, less what it has at a state."""
        if not self.graph.cardinal[party]:
            return None
        return self.gain(party, state, int(np.argmax(self.graph.ranks[party] == rank)))

    def move(self, start: int, end: int) -> MoveSeen:
        """A move with the options it changes, by name."""
        before, after = int(self.home[start]), int(self.home[end])
        return MoveSeen(before + 1, after + 1, self.case.changes(before, after))

    def parts(self, party: int, start: int, end: int) -> tuple[Part, ...]:
        """What a party gains from a state to a state, part by part, in its spans; parts of nothing left out."""
        if not self.graph.cardinal[party]:
            return ()
        states = int(self.home[start]), int(self.home[end])
        terms = decompose(
            self.scenario, self.whole, self.graph.parties[party], *states, base=self.case.scenario
        )
        span = float(self.graph.spans[party])
        return tuple(Part(term.kind, term.name, term.other, term.units / span) for term in terms if term.units)

    def _ahead(self, party: int) -> dict[str, Int32]:
        return anticipations(self.graph, party)


def _state(view: _View, state: int, asked: Sequence[int]) -> StateSeen:
    """Why a state holds or not."""
    graph, case = view.graph, view.case
    everybody = range(len(graph.parties))
    stands = tuple(_stand(view, party, state, view.concept(party)) for party in everybody)
    home, margin = int(view.home[state]), _least(graph, stands)
    return StateSeen(
        state=home + 1,
        levels=level_names(case.scenario, case.free.graph, home),
        labels=labels(case.scenario, case.free.graph, home),
        bound=view.bound,
        stage=view.stage,
        holds=all(stand.stance != "leaves" for stand in stands),
        margin=margin,
        nearest=None if margin is None else next(s.party for s in stands if s.margin == margin),
        stands=tuple(stands[party] for party in asked),
        concepts=tuple(_under(view, state, concept.name, stands) for concept in CONCEPTS),
        refusals=tuple(_refusals(view, state, asked)),
    )


def _least(graph: StateGraph, stands: Sequence[Stand]) -> float | None:
    """The least margin; None where a party is known only by order, or nobody has a move."""
    known = [stand.margin for stand in stands if stand.margin is not None]
    return min(known) if known and all(graph.cardinal) else None


def _stand(view: _View, party: int, state: int, concept: str) -> Stand:
    """How a party stands to a state: the move that tempts it most, or costs it least, and what comes of it."""
    graph, ahead = view.graph, view.ahead(party)[concept]
    moves = own_moves(graph, party, state)
    if not len(moves):
        return Stand(graph.parties[party], concept, "no moves", 0, 0, None, None)
    seen = witness(graph, concept, party, state, ahead)
    if seen.improvement is None:
        ranks = graph.ranks[party, moves]
        seen = witness_of_move(graph, concept, party, state, int(moves[np.argmax(ranks)]), ahead)
    stance: Stance = "deterred" if seen.improvements else "nothing better"
    return Stand(
        party=graph.parties[party],
        concept=concept,
        stance=stance if seen.stable else "leaves",
        moves=len(moves),
        improvements=seen.improvements,
        margin=_margin(view, party, state, concept),
        attempt=_attempt(view, seen),
    )


def _attempt(view: _View, seen: Witness) -> Attempt:
    """A move with what it brings, and the replies that count."""
    graph, party, start = view.graph, seen.party, seen.state
    assert seen.improvement is not None
    assert seen.anticipated is not None
    target = seen.improvement
    end = seen.replies[-1].end if seen.replies else target
    escapes = np.array(seen.escapes, dtype=np.int64)
    escape = int(escapes[np.argmax(graph.ranks[party, escapes])]) if len(escapes) else None
    return Attempt(
        move=view.move(start, target),
        gain=view.gain(party, start, target),
        better=bool(graph.ranks[party, target] > graph.ranks[party, start]),
        parts=view.parts(party, start, target),
        expects=view.expects(party, start, seen.anticipated),
        worthwhile=not seen.stable,
        replies=tuple(
            Reply(
                party=graph.parties[step.mover],
                move=view.move(step.start, step.end),
                gain=view.gain(step.mover, step.start, step.end),
                prefers=_prefers(graph, party, step.mover, step.start, step.end),
                after=view.gain(party, start, step.end),
                compared=_compared(graph, party, start, step.end),
            )
            for step in seen.replies
        ),
        escape=None if escape is None else view.move(end, escape),
    )


def _compared(graph: StateGraph, party: int, before: int, after: int) -> Compared:
    rise = int(graph.ranks[party, after]) - int(graph.ranks[party, before])
    return "better" if rise > 0 else "worse" if rise < 0 else "same"


def _prefers(graph: StateGraph, viewer: int, mover: int, start: int, end: int) -> bool:
    ranks = graph.seen.get((viewer, mover), graph.ranks[mover])
    return bool(ranks[end] > ranks[start])


def _under(view: _View, state: int, concept: str, known: Sequence[Stand]) -> UnderConcept:
    """Whether the state holds under one concept, and for whom otherwise than under the foresight asked for."""
    parties = range(len(view.graph.parties))
    margins = {party: _margin(view, party, state, concept) for party in parties}
    stays = [_stays(view, party, state, concept) for party in parties]
    firm = [margin for margin in margins.values() if margin is not None]
    return UnderConcept(
        concept=concept,
        holds=all(stays),
        margin=min(firm) if firm and all(view.graph.cardinal) else None,
        leavers=tuple(view.graph.parties[party] for party in parties if not stays[party]),
        turns=tuple(
            _stand(view, party, state, concept)
            for party in parties
            if stays[party] == (known[party].stance == "leaves")
        ),
    )


def _stays(view: _View, party: int, state: int, concept: str) -> bool:
    moves = own_moves(view.graph, party, state)
    return bool((view.ahead(party)[concept][moves] <= view.graph.ranks[party, state]).all())


def _margin(view: _View, party: int, state: int, concept: str) -> float | None:
    """What a party has at a state less what it expects of its most promising move, in its spans."""
    moves = own_moves(view.graph, party, state)
    if not len(moves):
        return None
    best = view.expects(party, state, int(view.ahead(party)[concept][moves].max()))
    return None if best is None else 0.0 - best


def _refusals(view: _View, state: int, asked: Sequence[int]) -> Iterator[Refusal]:
    """Outside the aim: the parties that could bring it about alone, each by its likeliest move there."""
    if view.case.aim is None:
        return
    inside = view.case.outcomes[view.case.aim][view.home]
    if inside[state]:
        return
    for party in asked:
        moves = own_moves(view.graph, party, state)
        moves = moves[inside[moves]]
        if len(moves):
            concept = view.concept(party)
            ahead = view.ahead(party)[concept]
            best = _likeliest(view.graph.ranks[party], ahead, state, moves)
            seen = witness_of_move(view.graph, concept, party, state, best, ahead)
            yield Refusal(view.graph.parties[party], concept, _attempt(view, seen))


def _likeliest(ranks: Int32, ahead: Int32, state: int, moves: Int64) -> int:
    """The move that a party would make first: an open one that it expects most of, else the least costly."""
    opened = ahead[moves] > ranks[state]
    first = np.where(opened, ahead[moves], -1)
    return int(moves[np.lexsort((-moves, ranks[moves], first))[-1]])


def _outcome(case: Case, name: str) -> tuple[OutcomeSeen, int]:
    """How an outcome fares, and its best state: the firmest that holds, else the one that is nearest to it."""
    row = [outcome.id for outcome in case.scenario.outcomes].index(name)
    require_states(name, case.outcomes[row])
    members = np.flatnonzero(case.outcomes[row])
    graph, foresights = case.free.graph, case.conduct.foresight
    mixed = len(set(foresights)) > 1
    table = stability(graph, per_party=mixed)
    bits = np.array([1 << ROWS[concept] for concept in foresights], dtype=np.uint8)
    stable = (table.flags[:, members] & bits[:, None]) > 0
    margin = table.margin[ROWS[foresights[0]], members]
    if table.margins is not None:
        own = [table.margins[ROWS[concept], party, members] for party, concept in enumerate(foresights)]
        margin = np.min(own, axis=0)
    counts = {concept.name: table.equilibria(concept.name)[members] for concept in CONCEPTS}
    best = _best(members, stable, margin, np.sum([*counts.values()], axis=0))
    seen = OutcomeSeen(
        id=name,
        states=len(members),
        holding=int(stable.all(axis=0).sum()),
        counts={concept: int(holds.sum()) for concept, holds in counts.items()},
    )
    return seen, best


def _best(members: Int64, stable: Bools, margin: Floats, concepts: Int64) -> int:
    """The firmest state; by order only, the one that most parties stay in; then by the number of concepts."""
    firm = np.where(np.isnan(margin), stable.sum(axis=0), margin)
    return int(members[np.lexsort((-members, concepts, firm))[-1]])


def _strategy(case: Case, name: str) -> tuple[StrategySeen, _View, int]:
    """Why a strategy ends as it does; and where, and as what, the ending that matters most is to be judged."""
    strategy = next(each for each in case.scenario.strategies if each.id == name)
    if case.aim is None:
        raise RefusedError("the scenario names no aim, so no strategy fails. Add `aim: OUTCOME`.")
    inside = case.outcomes[case.aim]
    require_states(case.scenario.outcomes[case.aim].id, inside)
    plan, course = case.plan(strategy), case.course(strategy)
    worth = values(course, inside)
    found = sorted(paths(course), key=lambda path: _success(path, inside))
    view, place = _judged(case, strategy, course, found[0], inside)
    failed = not _success(found[0], inside)
    seen = StrategySeen(
        id=strategy.id,
        title=strategy.title or strategy.id,
        sponsors=strategy.sponsors,
        success=course.success(inside),
        paths=tuple(_path(case, strategy, course, worth, path, inside) for path in found[:SHOWN]),
        others=len(found[SHOWN:]),
        no_deals=tuple(_no_deals(view, place, inside)) if failed else (),
        holdouts=tuple(
            _holdout(case, strategy, course, holdout)
            for holdout in (holdouts(course, plan.stages, worth, inside) if failed else ())
        ),
    )
    return seen, view, place


def _success(path: Path, inside: Bools) -> bool:
    return bool(inside[list(path.cycle)].all() if path.cycle else inside[path.end])


def _judged(case: Case, strategy: Strategy, course: Course, path: Path, inside: Bools) -> tuple[_View, int]:
    """Away from the aim, what binds there counts; in the aim, the question is whether free parties keep it."""
    if _success(path, inside) or path.local == NEVER:
        return _View(case), path.end
    view = _played(case, strategy, course, path.phase)
    return view, int(course.phases[path.phase].walk.states[path.local])


def _played(case: Case, strategy: Strategy, course: Course, phase: int) -> _View:
    """A phase as it was played: its venue, and what was committed."""
    return _View(case, course.phases[phase], phase + 1, strategy.stages[phase].venue)


def _path(
    case: Case, strategy: Strategy, course: Course, worth: Sequence[Floats], path: Path, inside: Bools
) -> PathSeen:
    first, begin = course.phases[0], float(course.success(inside))
    assert len(first.start.states) == 1
    steps = []
    for leg in path.legs:
        steps.append(_step(case, strategy, course, leg, begin, float(worth[leg.phase][leg.local])))
        begin = steps[-1].after
    return PathSeen(
        probability=path.probability,
        chance=path.chance,
        ending=_ending(course, path),
        state=path.end + 1,
        labels=labels(case.scenario, case.free.graph, path.end),
        inside=_success(path, inside),
        stage=path.phase + 1,
        steps=tuple(steps),
    )


def _ending(course: Course, path: Path) -> Ending:
    if path.cycle:
        return "cycle"
    return next(rest.why for rest in course.rests if (rest.phase, rest.state) == (path.phase, path.end))


def _step(case: Case, strategy: Strategy, course: Course, leg: Leg, before: float, after: float) -> StepSeen:
    """A step of a path with names, and what those who make it gain."""
    phase, stage = course.phases[leg.phase], strategy.stages[leg.phase]
    view = _played(case, strategy, course, leg.phase)
    parties, changes = view.graph.parties, case.changes(leg.start, leg.end)
    table = None
    if leg.mover is None:
        who = tuple(s for s in strategy.sponsors if any(o.partition(".")[0] == s for o in changes))
    elif leg.mover < len(parties):
        who = (parties[leg.mover],)
    else:
        table = phase.stage.tables[leg.mover - len(parties)]
        who = tuple(parties[m] for m in table.members if _changes(view, m, leg.start, leg.end))
    ends = view.ground.place(np.array([leg.start, leg.end], dtype=np.int64))
    movers = () if leg.mover is None else tuple(parties.index(each) for each in who)
    return StepSeen(
        stage=leg.phase + 1,
        title=stage.title,
        kind="commit" if leg.mover is None else "move" if table is None else "table",
        who=who,
        table=None if table is None else table.id,
        move=MoveSeen(leg.start + 1, leg.end + 1, changes),
        chance=leg.chance,
        shares=tuple(_shares(view, movers, int(ends[0]), int(ends[1]))),
        before=before,
        after=after,
    )


def _changes(view: _View, party: int, start: int, end: int) -> bool:
    """Whether a party's own options differ between two states of the free graph."""
    before, after = view.case.free.graph.levels(start), view.case.free.graph.levels(end)
    return any(before[axis] != after[axis] for axis in free_axes(view.case.free.graph, party))


def _shares(view: _View, members: Sequence[int], start: int, end: int) -> Iterator[Share]:
    for party in members:
        gain = view.gain(party, start, end)
        if gain is not None:
            yield Share(view.graph.parties[party], gain, view.parts(party, start, end))


def _no_deals(view: _View, state: int, inside: Bools) -> Iterator[NoDeal]:
    """Per table open at the ending: the agreement on the aim that comes nearest, and who stands against it."""
    if view.phase is None:
        return
    titles = {table.id: table.title for table in view.case.scenario.tables}
    for table in view.phase.stage.tables:
        targets = joint_moves(view.graph, table.members, state)
        targets = targets[inside[view.home[targets]]]
        if len(targets):
            yield _no_deal(view, table, titles[table.id], state, targets)


def _no_deal(view: _View, table: Table, title: str, state: int, targets: Int64) -> NoDeal:
    members = list(table.members)
    rises = view.graph.payoffs[members][:, targets] - view.graph.payoffs[members, state][:, None]
    gains = rises / view.graph.spans[members][:, None]
    nearest = int(targets[np.lexsort((-targets, gains.sum(axis=0), gains.min(axis=0)))[-1]])
    shares = tuple(_shares(view, members, state, nearest))
    ends = int(view.home[state]), int(view.home[nearest])
    against = tuple(
        share.party
        for member, share in zip(members, shares, strict=True)
        if share.gain < 0 or (share.gain == 0 and _changes(view, member, *ends))
    )
    stands = (_stand(view, member, nearest, view.concept(member)) for member in members)
    breakers = () if against or table.binding else tuple(s.party for s in stands if s.stance == "leaves")
    return NoDeal(table.id, title, view.move(state, nearest), shares, against, breakers)


def _holdout(case: Case, strategy: Strategy, course: Course, found: Holdout) -> HoldoutSeen:
    view = _played(case, strategy, course, found.phase)
    start, end = view.ground.place(np.array([found.start, found.end], dtype=np.int64)).tolist()
    parts = view.parts(found.party, start, end)
    gain = sum(part.amount for part in parts)
    return HoldoutSeen(
        party=view.graph.parties[found.party],
        stage=found.phase + 1,
        move=view.move(start, end),
        promise=found.promise,
        raises=found.raises,
        gain=gain,
        fear=-found.promise - gain,
        parts=parts,
    )
