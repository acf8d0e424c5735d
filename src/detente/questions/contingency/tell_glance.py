"""Every shock at a glance: how probable, what becomes of the aim, who gains and loses, what to do first."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.contingency import telling
from detente.questions.contingency.advice import SLIGHT
from detente.questions.contingency.answer import Contingency, PlanSeen, ShockSeen
from detente.report import durations, words
from detente.report.page import Block, Column, Heading, Listing, Paragraph, Table

MOST = 3  # parties named in a cell, those with most at stake


def told(answer: Contingency) -> Iterator[Block]:
    """The table, then what follows each shock and the plan to begin with."""
    columns = [
        Column("Shock"),
        Column(f"Within {answer.rounds:,}", "right", fixed=True),
        Column("The aim", fixed=True),
        Column("Gains and losses"),
        Column("First thing to do"),
    ]
    rows = [_row(answer, shock) for shock in answer.shocks]
    if answer.aim is None:
        columns, rows = [*columns[:2], *columns[3:]], [(*row[:2], *row[3:]) for row in rows]
    yield Table(tuple(columns), tuple(rows))
    yield Paragraph(
        f"Within {answer.rounds:,}: the chance that it comes within "
        f"{durations.rounds(answer.rounds, answer.round_years)} if nothing else changes. "
        f"{'The aim, gains' if answer.aim else 'Gains'} and losses are those without a "
        "plan, from before the shock to where play rests; gains and losses are shares of the party's payoff "
        "range."
    )
    yield Heading("What follows, and what to do")
    quiet = [shock.title for shock in answer.shocks if _quiet(answer, shock)]
    followed = [
        _followed(answer, shock) for shock in answer.shocks if shock.unplanned and not _quiet(answer, shock)
    ]
    if quiet:
        followed.append(
            f"After {telling.quoted(quiet)} nothing changes without a plan, and no plan is better than none."
        )
    yield Listing(tuple(followed))
    if not answer.all:
        yield Paragraph("Each shock in full, with what moves its chance and what every plan is worth: --all.")


def _row(answer: Contingency, shock: ShockSeen) -> tuple[str, ...]:
    return (
        shock.title,
        words.hazard(shock.within),
        _aim(shock),
        _stakes(answer, shock),
        _first(answer, shock),
    )


def _quiet(answer: Contingency, shock: ShockSeen) -> bool:
    """Whether a shock, left alone, changes nothing, and no plan is advised."""
    end = shock.unplanned
    return end is not None and shock.advised is None and telling.unchanged(answer, end) and end.clash <= 0


def _aim(shock: ShockSeen) -> str:
    return words.NOTHING if shock.unplanned is None else words.probability(shock.unplanned.aim or 0.0)


def _stakes(answer: Contingency, shock: ShockSeen) -> str:
    """The parties with most to gain or lose without a plan."""
    if shock.unplanned is None:
        return "it cannot happen"
    worth = {party: seen.expected or 0.0 for party, seen in shock.unplanned.payoffs.items()}
    felt = sorted((p for p in worth if abs(worth[p]) >= SLIGHT), key=lambda party: -abs(worth[party]))
    told = [f"{words.name(answer.names.parties, p)} {words.signed(worth[p])}" for p in felt[:MOST]]
    return ", ".join(told) or "nobody"


def _first(answer: Contingency, shock: ShockSeen) -> str:
    if shock.unplanned is None:
        return words.NOTHING
    if not shock.plans:
        return "no plan is written for it"
    plan = _advised(shock)
    if plan is None:
        return "nothing: no plan is better than none"
    bound = [words.name(answer.names.parties, one.party) for one in plan.credibility if one.move is not None]
    return f"{plan.title}; bind {words.names(bound)}" if bound else plan.title


def _advised(shock: ShockSeen) -> PlanSeen | None:
    return next((plan for plan in shock.plans if plan.id == shock.advised), None)


def _followed(answer: Contingency, shock: ShockSeen) -> str:
    """Where play rests after a shock, and what the plan to begin with does."""
    assert shock.unplanned is not None
    plan = _advised(shock)
    told = [f"{shock.title}. Without a plan: {telling.ends(answer, shock.unplanned)}."]
    told += telling.clashes(answer, shock)
    told += _planned(answer, shock, plan) if plan is not None else ()
    return " ".join(told)


def _planned(answer: Contingency, shock: ShockSeen, plan: PlanSeen) -> Iterator[str]:
    """What is left to do of a plan, for whom it is better than none, and who would leave it."""
    stands = dict(zip(answer.options, answer.start[0].levels, strict=True)) | dict(shock.sets)
    left = {option: level for option, level in plan.sets.items() if stands[option] != level}
    yield f"“{plan.title}” asks for {telling.levels(answer, left or plan.sets)}."
    assert shock.unplanned is not None
    assert plan.kept is not None
    if plan.kept.clash < shock.unplanned.clash - words.SURE:
        yield f"With it {'no clash comes' if plan.kept.clash <= 0 else 'a clash is less probable'}."
    if (plan.kept.aim or 0.0) > (shock.unplanned.aim or 0.0) + words.SURE:
        yield f"With it play ends in the aim {words.chance(plan.kept.aim or 0.0)}."
    worth = sorted(plan.gains.items(), key=lambda pair: -(pair[1] or 0.0))
    gains = [words.name(answer.names.parties, party) for party, gain in worth if (gain or 0.0) >= SLIGHT]
    loses = [words.name(answer.names.parties, party) for party, gain in worth[::-1] if (gain or 0.0) <= -SLIGHT]
    if gains or loses:
        yield f"It is better than none for {words.names(gains)}, worse for {words.names(loses)}."
    if not plan.credible:
        yield f"It does not stick: free again, {telling.leaving(answer, plan)}."
