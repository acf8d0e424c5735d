"""Why does this hold or not, and why does this strategy fail?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.answers.answer import common
from detente.concepts import CONCEPTS, ROWS
from detente.errors import UnknownNameError
from detente.play.case import Case, conduct_of
from detente.questions.named import foresight_named
from detente.questions.subject import require_states, subject_of, without_clashes
from detente.questions.why.answer import OutcomeSeen, Why
from detente.questions.why.course import strategy_seen
from detente.questions.why.stances import state_seen
from detente.questions.why.view import View
from detente.scenario.model import Scenario
from detente.stability.table import stability
from detente.states.state_graph import Bools, Floats, Int64


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
        How far every party looks ahead. When absent: each party's own foresight in the scenario, else `iseq`.
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
        view = View(case)
    elif meant.kind == "strategy":
        strategy, view, place = strategy_seen(case, meant.name)
    else:
        assert meant.state is not None
        view, place = View(case), meant.state
    foresights = conduct.foresight
    return Why(
        **common(scenario, case.free.graph.states),
        kind=meant.kind,
        subject=meant.name,
        also=meant.also,
        foresight=foresight_named(foresights),
        foresights=dict(zip(case.free.graph.parties, foresights, strict=True)),
        party=party,
        aim=scenario.aim,
        status_quo=scenario.status_quo,
        state=state_seen(view, place, asked),
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


def _outcome(case: Case, name: str) -> tuple[OutcomeSeen, int]:
    """How an outcome fares, and its best state: the firmest that holds, else the one that is nearest to it."""
    row = [outcome.id for outcome in case.scenario.outcomes].index(name)
    require_states(name, case.outcomes[row])
    members = np.flatnonzero(case.outcomes[row])
    graph, foresights = case.free.graph, case.conduct.foresight
    calm = without_clashes(case.scenario, graph, name, case.outcomes[row])[members]
    mixed = len(set(foresights)) > 1
    table = stability(graph, per_party=mixed)
    bits = np.array([1 << ROWS[concept] for concept in foresights], dtype=np.uint8)
    stable = (table.flags[:, members] & bits[:, None]) > 0
    margin = table.margin[ROWS[foresights[0]], members]
    if table.margins is not None:
        own = [table.margins[ROWS[concept], party, members] for party, concept in enumerate(foresights)]
        margin = np.min(own, axis=0)
    counts = {concept.name: table.equilibria(concept.name)[members] for concept in CONCEPTS}
    best = _best(members[calm], stable[:, calm], margin[calm], np.sum([*counts.values()], axis=0)[calm])
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
