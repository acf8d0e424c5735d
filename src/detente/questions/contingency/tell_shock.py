"""One shock told in full: what follows it without a plan, and with each that answers it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.contingency import tell_hazards, telling
from detente.questions.contingency.advice import SLIGHT
from detente.questions.contingency.answer import (
    Aftermath,
    Contingency,
    PlanSeen,
    Regret,
    ShockSeen,
    Worth,
)
from detente.report import words
from detente.report.page import Block, Column, Heading, Listing, Matrix, Paragraph, Table


def told(answer: Contingency, shock: ShockSeen) -> Iterator[Block]:
    """All there is about a shock."""
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
    rows = [("no plan", plain, words.NOTHING, telling.ends(answer, shock.unplanned))]
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
    return f"Plan {place}: {named}. It sets {telling.levels(answer, plan.sets)}."


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
        telling.ends(answer, plan.kept),
    )


def _chance_of_clash(answer: Contingency, end: Aftermath) -> str:
    """How probable a clash is; nothing where the scenario lists none."""
    return words.probability(end.clash) if answer.clash_outcomes else words.NOTHING


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
    yield from telling.clashes(answer, shock)
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
        yield f"Plan {place} does not stick: free again, {telling.leaving(answer, plan)}."
        if _same(plan.lapsed, shock.unplanned):
            yield "Once it lapses, play ends where it would have ended without a plan."
        else:
            yield f"Once it lapses, play rests with: {telling.ends(answer, plan.lapsed)}."


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


def regrets(answer: Contingency) -> Iterator[Block]:
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
