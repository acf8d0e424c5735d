"""How the course of a strategy is told: its likeliest ways, and who could bring the aim about from its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.vocabulary import HoldoutSeen
from detente.questions.why import tell_stances
from detente.questions.why.answer import NoDeal, PathSeen, Share, StepSeen, StrategySeen, Why
from detente.report import moves, sums, words
from detente.report.page import Block, Listing, Paragraph

ALIKE = 0.005  # chances this close are told as the same


def ends(answer: Why, seen: StrategySeen) -> str:
    """Where a strategy most probably fails, if it does."""
    failing = [path for path in seen.paths if not path.inside]
    if not failing:
        return "It does not fail in the model; what is left to ask is whether its end holds."
    first = failing[0]
    how = {
        "rest": "it comes to rest in",
        "until": "it stops, as its last stage demands, in",
        "missed": "a stage misses what it requires, in",
        "blocked": "a stage cannot begin in",
        "cycle": "it goes round without end through",
    }[first.ending]
    place = f"state {first.state:,}"
    labels = f" ({words.outcomes(answer.names.outcomes, first.labels)})" if first.labels else ""
    if seen.success <= ALIKE and first.probability >= 1 - ALIKE:
        return words.sentence(f"{how} {place}{labels}")
    return words.sentence(f"{words.chance(first.probability)}, {how} {place}{labels}")


def way(answer: Why, path: PathSeen) -> Iterator[Block]:
    """One way of play, step by step, and how it ends."""
    where = words.outcomes(answer.names.outcomes, path.labels) if path.labels else "no named outcome"
    away = "in the aim" if path.inside else "away from the aim"
    alone = abs(path.chance - path.probability) < ALIKE
    by = "" if alone else f"; by this way {words.chance(path.chance)}"
    yield Paragraph(
        f"To state {path.state:,}, {away} ({where}), {words.chance(path.probability)} in all{by}:"
        if not alone
        else f"To state {path.state:,}, {away} ({where}), {words.chance(path.probability)}:"
    )
    steps = [_step(answer, step) for step in path.steps]
    last = {
        "rest": "There nobody who may move has a move that it expects to gain by.",
        "until": "There the stage ends, as it was told to.",
        "missed": f"Stage {path.stage} ends there without what it requires, so nothing follows.",
        "blocked": f"There stage {path.stage} cannot begin: what it commits is not feasible.",
        "cycle": "From there play goes round.",
    }[path.ending]
    yield Listing((*(steps or ["Nothing that is committed changes anything."]), last))


def _step(answer: Why, step: StepSeen) -> str:
    stage = f"Stage {step.stage}" + (f" ({step.title})" if step.title else "")
    who, move = moves.parties(answer, step.who) if step.who else "the stage", moves.changes(answer, step.move)
    if step.kind == "commit":
        text = f"{stage}: {move}, committed by {who}."
    elif step.table is not None:
        text = f"{stage}: the table {step.table} agrees on {move}{_chance(step.chance)}."
        text += _each(answer, step.shares)
    else:
        gain = "".join(
            f" That brings it {sums.total(answer, share.parts, share.gain)}." for share in step.shares
        )
        text = f"{stage}: {move}, by {who}{_chance(step.chance)}.{gain}"
    if abs(step.before - step.after) <= ALIKE:
        return text
    verb = "falls" if step.after < step.before else "rises"
    before, after = words.percent(step.before), words.percent(step.after)
    return f"{text} Success {verb} from {before} to {after}."


def _chance(chance: float) -> str:
    return "" if chance >= 1 - words.SURE else f" ({words.probability(chance)})"


def _each(answer: Why, shares: Sequence[Share]) -> str:
    gains = [f"{moves.party(answer, share.party)} {words.signed(share.gain)}" for share in shares]
    return f" That brings {words.names(gains)}." if gains else ""


def blocks(answer: Why, seen: StrategySeen) -> Iterator[Block]:
    """Who could bring the aim about from where a strategy ends: parties alone, tables, and for what promise."""
    for refusal in answer.state.refusals:
        yield from tell_stances.refused(answer, refusal)
    if not answer.state.refusals:
        who = "No party could" if answer.party is None else f"{moves.party(answer, answer.party)} could not"
        yield Paragraph(f"{who} reach the aim from there by a move of its own.")
    for deal in seen.no_deals:
        yield Paragraph(_no_deal(answer, deal))
    for held in seen.holdouts:
        if answer.party in (None, held.party):
            yield Paragraph(_holdout(answer, held))


def _no_deal(answer: Why, deal: NoDeal) -> str:
    table = words.titled({deal.table: deal.title}, deal.table)
    gains = [f"{moves.party(answer, share.party)} {words.signed(share.gain)}" for share in deal.shares]
    text = (
        f"The table {table} could reach it together; what comes nearest to an agreement is "
        f"{moves.changes(answer, deal.move)}: {words.names(gains)}."
    )
    if deal.against:
        losing = [share for share in deal.shares if share.party in deal.against]
        why = [
            f"{moves.party(answer, share.party)} ({sums.terms(answer, share.parts, share.gain)})"
            for share in losing
        ]
        return f"{text} Against it: {words.names(why)}."
    if deal.breakers:
        return f"{text} Nobody loses by it, but {moves.parties(answer, deal.breakers)} would not keep it."
    return text


def _holdout(answer: Why, held: HoldoutSeen) -> str:
    fear = f", and it fears answers worth {words.signed(held.fear)}" if held.fear < -ALIKE else ""
    return (
        f"A promise worth {words.number(held.promise)}, kept wherever the move leads, would bring "
        f"{moves.party(answer, held.party)} to {moves.changes(answer, held.move)}, which raises "
        f"success by {words.percent(held.raises)}. By itself that brings it "
        f"{sums.total(answer, held.parts, held.gain)}{fear}."
    )
