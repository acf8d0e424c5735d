"""How contingency is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.questions.contingency import tell_hazards
from detente.questions.contingency.answer import (
    Aftermath,
    Contingency,
    PlanSeen,
    Regret,
    ShockSeen,
    Stand,
    Worth,
)
from detente.report import words
from detente.report.page import (
    Block,
    Column,
    Heading,
    Listing,
    Matrix,
    Note,
    Page,
    Paragraph,
    Table,
)

SHOWN = 2  # ends that are told, the likeliest first
SLIGHT = 0.005  # of a payoff range: less is told as nothing


def page(answer: Contingency) -> Page:
    """How probable shocks are and what moves that; then, one by one, what follows without and with plans."""
    blocks = (
        Paragraph(_summary(answer)),
        Paragraph(_start(answer)),
        *tell_hazards.told(answer),
        *(block for shock in answer.shocks for block in _shock(answer, shock)),
        *_regrets(answer),
        *_notes(answer),
    )
    return Page(f"What if: {answer.names.scenario}", blocks)


def _summary(answer: Contingency) -> str:
    stated = [shock for shock in answer.shocks if shock.hazard is not None and shock.unplanned is not None]
    told = f"{words.capital(words.count(len(answer.shocks), 'shock'))} may come."
    if stated and len(answer.shocks) > 1:
        likeliest = max(stated, key=lambda shock: shock.hazard or 0.0)
        share = words.hazard(likeliest.hazard)
        told += f" The likeliest is {tell_hazards.title(likeliest)}, {share} a round."
    if not answer.clash_outcomes:
        return f"{told} The scenario lists no clashes, so none is looked for."
    if answer.calm.clash > 0:
        told += f" Even without one a clash comes {words.chance(answer.calm.clash)}."
    clashing = [shock for shock in answer.shocks if _clash(shock) > answer.calm.clash + words.SURE]
    if not clashing:
        more = "makes that likelier" if answer.calm.clash > 0 else "leads to a clash"
        return f"{told} Without a plan, none {more}."
    listed = words.names(f"{tell_hazards.title(shock)} {words.chance(_clash(shock))}" for shock in clashing)
    return f"{told} Without a plan, {words.verb(len(clashing), 'one leads', 'some lead')} to a clash: {listed}."


def _clash(shock: ShockSeen) -> float:
    return 0.0 if shock.unplanned is None else shock.unplanned.clash


def _start(answer: Contingency) -> str:
    first = answer.start[0]
    changed = words.difference(answer.names.options, answer.options, first.levels, answer.status_quo)
    if answer.strategy is not None:
        most = "" if len(answer.start) == 1 else f", most probably ({words.percent(first.probability)}) with"
        where = f"Seen from where the strategy {answer.strategy} comes to rest{most}: {changed}."
    elif first.levels == answer.status_quo:
        where = "Seen from the status quo."
    else:
        where = f"Seen from state {first.state:,}: {changed}."
    alone = _ends(answer, answer.calm)
    stays = _chances_of(answer.calm.rests) == _chances_of(answer.start)
    return f"{where} Without any shock, play {'stays there' if stays else f'goes on: {alone}'}."


def _chances_of(stands: tuple[Stand, ...]) -> dict[int, float]:
    return {stand.state: round(stand.probability, 9) for stand in stands}


def _shock(answer: Contingency, shock: ShockSeen) -> Iterator[Block]:
    yield Heading(f"After: {tell_hazards.title(shock)}")
    if shock.unplanned is None:
        yield Paragraph(
            "It cannot happen here: it would change nothing, or a rule forbids where it would lead."
        )
        return
    yield Paragraph(_effect(answer, shock))
    if shock.plans:
        yield Listing(tuple(_plan(answer, place, plan) for place, plan in enumerate(shock.plans, 1)))
    columns = (
        Column("With", fixed=True),
        Column("Clash", "right", fixed=True),
        Column("Sticks", fixed=True),
        Column(f"Where play rests: what differs from {_reference(answer)}"),
    )
    plain = _chance_of_clash(answer, shock.unplanned)
    rows = [("no plan", plain, words.NOTHING, _ends(answer, shock.unplanned))]
    rows += [_way(answer, place, plan) for place, plan in enumerate(shock.plans, 1)]
    yield Table(columns, tuple(rows))
    yield _payoffs(answer, shock)
    clashing = " ".join(_clashing(answer, shock))
    if clashing:
        yield Paragraph(clashing)
    for place, plan in enumerate(shock.plans, 1):
        said = " ".join(_fate(answer, shock, place, plan))
        if said:
            yield Paragraph(said)
    yield Paragraph(" ".join(_regretted(answer, shock)))


def _reference(answer: Contingency) -> str:
    return "before" if len(answer.start) == 1 else "the likeliest start"


def _plan(answer: Contingency, place: int, plan: PlanSeen) -> str:
    """A plan and what it sets."""
    named = words.titled({plan.id: plan.title}, plan.id)
    return f"Plan {place}: {named}. It sets {_levels(answer, plan.sets)}."


def _levels(answer: Contingency, levels: Mapping[str, str]) -> str:
    return "; ".join(words.standing(answer.names.options, *pair) for pair in levels.items())


def _effect(answer: Contingency, shock: ShockSeen) -> str:
    """What the shock itself changes."""
    moved = [
        words.standing(answer.names.options, option, level)
        for option, level in shock.sets.items()
        if option != shock.id
    ]
    hit = {party: amount for party, amount in shock.at_once.items() if abs(amount or 0.0) >= SLIGHT}
    sentences = []
    if shock.possible < 1 - words.SURE:
        sentences.append(f"It can happen in {words.percent(shock.possible)} of these starts.")
    if moved:
        sentences.append(f"It sets {'; '.join(moved)}.")
    elif not shock.natural:
        sentences.append(
            "Here it moves no option; it changes what parties want, or how they regard each other."
        )
    if hit:
        worst = sorted(hit, key=lambda party: hit[party] or 0.0)
        listed = words.names(
            f"{words.name(answer.names.parties, party)} {words.signed(hit[party])}" for party in worst
        )
        sentences.append(f"At once, before anybody moves, it is worth: {listed}.")
    elif any(amount is not None for amount in shock.at_once.values()):
        sentences.append("By itself, before anybody moves, it costs nobody anything.")
    return " ".join(sentences)


def _way(answer: Contingency, place: int, plan: PlanSeen) -> tuple[str, str, str, str]:
    name = f"plan {place}"
    if plan.kept is None:
        return name, words.NOTHING, words.NOTHING, "could not be carried out"
    return (
        name,
        _chance_of_clash(answer, plan.kept),
        words.yes_no(plan.credible),
        _ends(answer, plan.kept),
    )


def _chance_of_clash(answer: Contingency, end: Aftermath) -> str:
    """How probable a clash is; nothing where the scenario lists none."""
    return words.probability(end.clash) if answer.clash_outcomes else words.NOTHING


def _ends(answer: Contingency, end: Aftermath) -> str:
    """Where play rests, likeliest first."""
    told = [
        _rest(answer, rest) if rest.probability >= 1 - words.SURE else _shared(answer, rest)
        for rest in end.rests[:SHOWN]
    ]
    left = sum(rest.probability for rest in end.rests[SHOWN:])
    if left > 0:
        told.append(f"elsewhere ({words.percent(left)})")
    told += [
        f"round and round among {words.count(len(cycle.states), 'state')} ({words.percent(cycle.probability)})"
        for cycle in end.cycles
    ]
    return "; or ".join(told)


def _shared(answer: Contingency, rest: Stand) -> str:
    return f"{_rest(answer, rest)} ({words.percent(rest.probability)})"


def _rest(answer: Contingency, rest: Stand) -> str:
    """What differs in a state from the likeliest start, apart from the shocks themselves."""
    before = answer.start[0].levels
    own = [place for place, option in enumerate(answer.options) if not option.startswith("nature.")]
    return words.difference(
        answer.names.options,
        [answer.options[place] for place in own],
        [rest.levels[place] for place in own],
        [before[place] for place in own],
    )


def _payoffs(answer: Contingency, shock: ShockSeen) -> Table:
    assert shock.unplanned is not None
    ways: dict[str, Aftermath] = {"No plan": shock.unplanned}
    for place, plan in enumerate(shock.plans, 1):
        if plan.kept is not None:
            ways[f"Plan {place}"] = plan.kept
    columns = (Column("Payoff of"), *(Column(way, "right", fixed=True) for way in ways))
    rows = tuple(
        (
            words.name(answer.names.parties, party),
            *(_worth(end.payoffs[party]) for end in ways.values()),
        )
        for party in answer.parties
    )
    return Table(columns, rows)


def _worth(worth: Worth) -> str:
    """Expected payoff, with its range where chance decides."""
    shown = words.signed(worth.expected)
    if worth.best is None or worth.worst is None or worth.best - worth.worst < SLIGHT:
        return shown
    return f"{shown} ({words.signed(worth.worst)} to {words.signed(worth.best)})"


def _clashing(answer: Contingency, shock: ShockSeen) -> Iterator[str]:
    """Which clashes occur without a plan, whether they pass, and whether a plan averts them."""
    assert shock.unplanned is not None
    for outcome, chance in shock.unplanned.clashes.items():
        if chance > 0:
            lasting = shock.unplanned.settles[outcome]
            passes = "; it passes" if lasting <= 0 else ""
            if 0 < lasting < chance - words.SURE:
                passes = f"; play ends in it {words.chance(lasting)}"
            name = words.titled(answer.names.outcomes, outcome)
            yield f"With no plan a clash comes {words.chance(chance)}: {name}{passes}."
    clash = next((one for one in shock.regrets if one.party is None and one.plan is not None), None)
    if clash is not None:
        place, plan = _numbered(shock, clash.plan or "")
        left = 0.0 if plan.kept is None else plan.kept.clash
        yield f"With plan {place} {'none comes' if left <= 0 else f'one comes {words.chance(left)}'}."


def _numbered(shock: ShockSeen, id: str) -> tuple[int, PlanSeen]:
    return next((place, plan) for place, plan in enumerate(shock.plans, 1) if plan.id == id)


def _fate(answer: Contingency, shock: ShockSeen, place: int, plan: PlanSeen) -> Iterator[str]:
    """What stands in the way of a plan, who would leave it, and what is left of it."""
    if plan.carried_out < plan.fits - words.SURE:
        only = "" if plan.kept is None else f" in more than {words.percent(plan.carried_out)} of all plays"
        yield f"Plan {place} could not be carried out{only}: {_obstacles(answer, plan)}."
    if plan.kept is not None and plan.lapsed is not None and not plan.credible:
        yield f"Plan {place} does not stick: free again, {_leaving(answer, plan)}."
        if _same(plan.lapsed, shock.unplanned):
            yield "Once it lapses, play ends where it would have ended without a plan."
        else:
            yield f"Once it lapses, play rests with: {_ends(answer, plan.lapsed)}."


def _same(one: Aftermath, other: Aftermath | None) -> bool:
    """Whether play rests in the same states."""
    return other is not None and {r.state for r in one.rests} == {r.state for r in other.rests}


def _obstacles(answer: Contingency, plan: PlanSeen) -> str:
    told = []
    for obstacle in plan.obstacles:
        if obstacle.kind == "direction":
            told.append(f"{words.name(answer.names.options, obstacle.what)} cannot be moved that way")
        else:
            reason = f" ({obstacle.because.rstrip('.')})" if obstacle.because else ""
            told.append(f"the rule “{obstacle.what}” forbids it{reason}")
    return words.names(told)


def _leaving(answer: Contingency, plan: PlanSeen) -> str:
    told = []
    for kept in plan.credibility:
        if kept.move is not None:
            who = words.name(answer.names.parties, kept.party)
            worth = "" if kept.gain is None else f" ({words.signed(kept.gain)} expected)"
            told.append(f"{who} would set {_levels(answer, kept.move.changes)}{worth}")
    return words.names(told)


def _regretted(answer: Contingency, shock: ShockSeen) -> Iterator[str]:
    """Who would be better off with a plan, and by how much."""
    if not shock.plans:
        yield "No plan of the scenario answers it."
    missed = [one for one in shock.regrets if one.party is not None and (one.amount or 0.0) >= SLIGHT]
    if missed:
        ordered = sorted(missed, key=lambda one: -(one.amount or 0.0))
        listed = words.names(_missed(answer, shock, one) for one in ordered)
        yield f"What the best plan for each party would bring it above having none: {listed}."
    elif shock.regrets:
        yield "No party would gain noticeably by any of these plans."


def _missed(answer: Contingency, shock: ShockSeen, one: Regret) -> str:
    place, plan = _numbered(shock, one.plan or "")
    kept = "" if plan.credible else ", if it were kept"
    return (
        f"{words.name(answer.names.parties, one.party or '')} {words.number(one.amount)} (plan {place}{kept})"
    )


def _regrets(answer: Contingency) -> Iterator[Block]:
    """All regrets side by side."""
    planned = [shock for shock in answer.shocks if shock.regrets]
    amounts = [one.amount for shock in planned for one in shock.regrets[1:] if one.amount]
    if not amounts or max(amounts) < SLIGHT:
        return
    yield Heading("What having no plan costs")
    most = max(
        ((one, shock) for shock in planned for one in shock.regrets[1:]), key=lambda pair: pair[0].amount or 0.0
    )
    yield Matrix(
        title="Regret of having no plan",
        rows=tuple(shock.title for shock in planned),
        columns=tuple(words.name(answer.names.parties, party) for party in answer.parties),
        values=tuple(tuple(one.amount for one in shock.regrets[1:]) for shock in planned),
        alt=(
            f"The greatest is {words.number(most[0].amount)}: "
            f"{words.name(answer.names.parties, most[0].party or '')} after {most[1].title}."
        ),
        unit="shares of the party's payoff range",
        low=0.0,
        high=max(amounts),
    )


def _notes(answer: Contingency) -> Iterator[Block]:
    yield Note(
        f"These are the central case's figures, in the model, {words.look(answer.foresight)}. One shock at "
        "a time; parties want what they wanted before unless the shock changes that. A plan's levels are "
        "set at once and kept for one stage; it sticks if nobody who is free again has an open move out "
        "of its part. Payoffs are expected changes from before the shock, by what each party wants after "
        "it, in units of its payoff range. A clash counts if it holds right after the shock and the plan, "
        "on the way, or in the end."
    )
