"""How durability is told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.vocabulary import MoveSeen
from detente.questions.durability.answer import Durability, Exit, Remedy, ShockCounted, Temptation
from detente.report import durations, sums, words
from detente.report.page import Block, Column, Curve, Heading, Line, Note, Page, Paragraph, Table
from detente.report.units import ROUNDS

SLIGHT = 0.005  # of a payoff range: less is told as nothing
NEVER = "never enough"
HELPS = 1.005  # times as long: less is told as no help


def page(answer: Durability) -> Page:
    """How long it lasts, who breaks it first, what composure does, what would help, and repeated play."""
    blocks = (
        Paragraph(_summary(answer)),
        Paragraph(_start(answer)),
        *_beside(answer),
        *_endings(answer),
        *_shocks(answer),
        *_lapses(answer),
        *_survival(answer),
        *_composure(answer),
        *_remedies(answer),
        *_patience(answer),
        *_notes(answer),
    )
    return Page(f"Will it stick: {answer.names.scenario}", blocks)


def _summary(answer: Durability) -> str:
    outcome = words.quoted(answer.names.outcomes, answer.outcome)
    match answer.lasts.ending:
        case "never":
            return (
                f"{outcome} lasts for ever: no party could leave it by a move of its own, and no shock ends it."
            )
        case "partly":
            share = words.percent(answer.never)
            return f"{outcome} never ends in {share} of all plays; its average duration has no number."
        case "beyond":
            return f"{outcome} would last more than a billion rounds on average: in effect, it sticks."
    half = (
        ""
        if answer.half_life is None
        else f"; in half of all plays it is gone after {durations.rounds(answer.half_life, answer.round_years)}"
    )
    lasts = f"{outcome} would last {durations.lasts(answer.lasts, answer.round_years)} on average{half}."
    return f"{lasts} {_first(answer)}{_upset(answer)}"


def _first(answer: Durability) -> str:
    """Who, or what, most probably ends it."""
    first = answer.exits[0]
    share = words.percent(first.probability)
    if first.party is not None:
        return f"The likeliest to break it is {words.name(answer.names.parties, first.party)} ({share})."
    if first.lapse is not None:
        what = _lapse(answer, first.lapse)
        return f"What most probably ends it is a commitment quietly dropped: {what} ({share})."
    return f"What most probably ends it is a shock: {_shock(answer, first.shock or '')} ({share})."


def _upset(answer: Durability) -> str:
    """How often a shock is the end though the outcome still stands right after it."""
    share = sum(way.probability * (way.stands or 0.0) for way in answer.exits)
    if not share > 0:
        return ""
    return (
        f" In {words.percent(share)} of all plays the end is a shock right after which the outcome still "
        "stands, in a crisis that has changed: contingency tells what follows."
    )


def _shock(answer: Durability, id: str) -> str:
    return words.titled({**answer.names.options, **answer.names.shocks}, id)


def _lapse(answer: Durability, option: str) -> str:
    """Where an option stands once what was committed is dropped."""
    [lapse] = [one for one in answer.lapses if one.option == option]
    return words.standing(answer.names.options, option, lapse.back)


def _start(answer: Durability) -> str:
    first = answer.start[0]
    told = words.difference(answer.names.options, answer.options, first.levels, answer.status_quo)
    where = _best(answer) if answer.strategy is None else _end(answer)
    return f"{where}, with nobody bound and no table open. Changed from the status quo: {told}."


def _beside(answer: Durability) -> Iterator[Block]:
    """What was given besides, and may be taken back without ending the outcome."""
    if not answer.beside:
        return
    names = words.names(words.quoted(answer.names.options, option) for option in answer.beside)
    each = ", each by itself" if len(answer.beside) > 1 else ""
    yield Paragraph(
        f"The outcome would still hold if {names} went back to what is done today{each}. To ask how long the "
        "whole exchange lasts, name both sides' parts in the outcome."
    )


def _best(answer: Durability) -> str:
    """That it begins in the outcome's firmest state."""
    holds = ""
    if answer.margin is not None:
        fails = ": it does not hold" if answer.margin < 0 else ""
        holds = f" (margin {words.margin(answer.margin)}{fails})"
    first = f"{answer.start[0].state:,}"
    if len(answer.start) > 1:
        many = words.count(len(answer.start), "state")
        return f"It begins in one of {many} that are alike the firmest in the outcome{holds}, such as {first}"
    return f"It begins in state {first}, the firmest in the outcome{holds}"


def _end(answer: Durability) -> str:
    """That it begins where a strategy ends."""
    first = answer.start[0]
    part = f"{words.percent(first.probability)} of that " if len(answer.start) > 1 else ""
    which = words.strategy(answer.names.strategies, answer.strategy or "", answer.best)
    return (
        f"It begins where {which} ends inside the outcome, which it does "
        f"{words.chance(answer.inside)}, {part}in state {first.state:,}"
    )


def _endings(answer: Durability) -> Iterator[Block]:
    if not answer.exits:
        return
    yield Heading("How it ends")
    columns = (
        Column("By", fixed=True),
        Column("Share", "right", fixed=True),
        Column("Expects", "right", fixed=True),
        Column("Most often by"),
    )
    yield Table(columns, tuple(_ending(answer, way) for way in answer.exits))
    broken = next((way for way in answer.exits if way.party is not None), None)
    if broken is not None:
        yield Paragraph(_motive(answer, broken))
        yield Paragraph(_slips(answer))


def _ending(answer: Durability, way: Exit) -> tuple[str, ...]:
    share = words.percent(way.probability)
    if way.lapse is not None:
        return "quietly dropped", share, words.NOTHING, _lapse(answer, way.lapse)
    if way.party is None or way.move is None:
        return "a shock", share, words.NOTHING, _shock(answer, way.shock or "")
    who = words.name(answer.names.parties, way.party)
    return who, share, words.signed(way.anticipated), _changes(answer, way.move)


def _shocks(answer: Durability) -> Iterator[Block]:
    """Which shocks count, and what share of all endings each makes."""
    if not answer.shocks:
        return
    yield Heading("Which shocks count")
    columns = (
        Column("Shock"),
        Column("A round", "right", fixed=True),
        Column("Ends", "right", fixed=True),
    )
    yield Table(columns, tuple(_counted(answer, shock) for shock in answer.shocks))
    if any(shock.status == "counts" for shock in answer.shocks):
        ended = words.percent(sum(shock.share for shock in answer.shocks))
        yield Paragraph(
            f"A round: its chance where the outcome begins. Ends: the share of all plays that it ends; shocks "
            f"together end {ended}."
        )


def _lapses(answer: Durability) -> Iterator[Block]:
    """What was committed and may be quietly dropped, and what share of all endings that makes."""
    if not answer.lapses:
        return
    yield Heading("What may be quietly dropped")
    columns = (
        Column("Commitment"),
        Column("Falls back to", fixed=True),
        Column("A round", "right", fixed=True),
        Column("Ends", "right", fixed=True),
    )
    yield Table(
        columns,
        tuple(
            (
                words.standing(answer.names.options, one.option, one.level),
                one.back,
                words.hazard(one.chance),
                words.percent(one.share) if one.stands > 0 or one.share > 0 else words.NOTHING,
            )
            for one in answer.lapses
        ),
    )
    yield Paragraph(
        "Nobody is bound any more, and each commitment that still stands may be dropped with this chance, "
        "without its party deciding so. That ends the outcome only where it no longer holds without it."
    )


def _counted(answer: Durability, shock: ShockCounted) -> tuple[str, ...]:
    name = _shock(answer, shock.id)
    match shock.status:
        case "counts":
            return name, words.hazard(shock.hazard), words.percent(shock.share)
        case "nil":
            return f"{name}: no chance while it holds", words.NOTHING, words.NOTHING
        case "unstated":
            return f"{name}: not counted, no hazard is stated", words.NOTHING, words.NOTHING


def _motive(answer: Durability, way: Exit) -> str:
    """Why the party that breaks it first does so: on purpose, or as a slip."""
    who = words.name(answer.names.parties, way.party or "")
    expected, gain = way.anticipated or 0.0, sum(part.amount for part in way.parts)
    if expected > SLIGHT:
        why = (
            f"{who} expects to gain {words.number(expected)} of its payoff range by that: it leaves on purpose."
        )
    elif expected < -SLIGHT:
        why = (
            f"{who} expects that move, of its ways out the one it fears least, to cost it "
            f"{words.number(-expected)} of its payoff range once the others have replied: it is a slip."
        )
    else:
        why = f"{who} expects neither gain nor loss from that move, so nothing holds it back."
    return f"{why} By itself the move is worth {sums.gained(answer, way.parts, gain)}."


def _slips(answer: Durability) -> str:
    """How often parties end it by slips, and into what, apart from moves that they expect to gain by."""
    ways = [way for way in answer.exits if way.slips is not None]
    slipped = sum(way.probability * (way.slips or 0.0) for way in ways)
    meant = sum(way.probability for way in ways) - slipped
    told = (
        f"Moves that a party expects to gain by end it in {words.percent(meant)} of all plays; slips, by which "
        f"none does, in {words.percent(slipped)}"
    )
    if answer.clashes and slipped > 0:
        into = sum(way.probability * (way.slips_into_clash or 0.0) for way in ways)
        clashes = words.names((words.quoted(answer.names.outcomes, one) for one in answer.clashes), last="or")
        told += f", of which {words.percent(into)} into {clashes}"
    return f"{told}."


def _changes(answer: Durability, move: MoveSeen) -> str:
    return "; ".join(
        words.standing(answer.names.options, option, level) for option, level in move.changes.items()
    )


def _survival(answer: Durability) -> Iterator[Block]:
    if answer.lasts.ending == "never":
        return
    points = tuple((float(time), round(share, 4)) for time, share in enumerate(answer.survival))
    last = len(points) - 1
    yield Curve(
        title="Share of plays in which it still holds",
        x_title=ROUNDS,
        y_title="share of plays",
        lines=(Line(words.name(answer.names.outcomes, answer.outcome), points, words.percent(points[-1][1])),),
        alt=f"It falls from all plays at the start to {words.percent(points[-1][1])} "
        f"after {durations.rounds(last, answer.round_years)}.",
    )


def _composure(answer: Durability) -> Iterator[Block]:
    if answer.lasts.ending in ("never", "partly"):
        return
    yield Heading("What composure does")
    factors = [step.factor for step in answer.composures[0].sweep]
    columns = (
        Column("Composure of"),
        Column("Now", "right", fixed=True),
        *(Column(_times(factor), "right", fixed=True) for factor in factors),
    )
    rows = tuple(
        (
            words.name(answer.names.parties, one.party),
            f"{one.composure:g}{'' if one.stated else '*'}",
            *(durations.cell(step.lasts) for step in one.sweep),
        )
        for one in answer.composures
    )
    yield Table(columns, rows)
    taken = (
        "" if all(one.stated for one in answer.composures) else " * Not stated in the scenario: the default."
    )
    yield Paragraph(
        "Expected rounds when one party's composure is multiplied and all else stays. At composure 5, what is "
        f"worth a fifth of a payoff range more is chosen 2.7 times as often.{taken}"
    )


def _times(factor: float) -> str:
    return {0.25: "× 1/4", 0.5: "× 1/2"}.get(factor, f"× {factor:g}")


def _remedies(answer: Durability) -> Iterator[Block]:
    if not answer.remedies:
        return
    yield Heading("What would make it last longer")
    columns = (
        Column("Tried"),
        Column("Rounds", "right", fixed=True),
        Column("Times as long", "right", fixed=True),
    )
    yield Table(
        columns,
        tuple(
            (
                _remedy(answer, one),
                durations.cell(one.lasts),
                words.NOTHING if one.gain is None else words.number(one.gain),
            )
            for one in answer.remedies
        ),
    )
    best = answer.remedies[0]
    if best.gain is not None and best.gain < HELPS:
        yield Paragraph("Nothing that was tried makes it last noticeably longer.")


def _remedy(answer: Durability, one: Remedy) -> str:
    match one.kind:
        case "composure":
            return f"{words.name(answer.names.parties, one.who)}: composure × {one.size:g}"
        case "promise":
            who = words.name(answer.names.parties, one.who)
            return f"{who}: a promise of {words.number(one.size)} while it holds"
        case "hazard":
            return f"{_shock(answer, one.who)}: hazard × {one.size:g}"


def _patience(answer: Durability) -> Iterator[Block]:
    yield Heading("If play is repeated")
    columns = (
        Column("Party"),
        Column("Now", "right", fixed=True),
        Column("Later", "right", fixed=True),
        Column("Least patience", "right", fixed=True),
        Column("Tempted by"),
    )
    yield Table(columns, tuple(_tempted(answer, one) for one in answer.patience))
    yield Paragraph(_patient(answer))


def _tempted(answer: Durability, one: Temptation) -> tuple[str, ...]:
    need = {"untempted": "0", "deterred": words.number(one.discount), "unpunished": NEVER, "unsettled": NEVER}
    return (
        words.name(answer.names.parties, one.party),
        words.signed(one.gain) if one.verdict != "untempted" else words.NOTHING,
        words.signed(-one.loss) if one.loss is not None else words.NOTHING,
        need[one.verdict],
        words.NOTHING if one.move is None else _temptation(answer, one.move, one.inside),
    )


def _temptation(answer: Durability, move: MoveSeen, inside: bool) -> str:
    return f"{_changes(answer, move)}{' (it still holds)' if inside else ''}"


def _patient(answer: Durability) -> str:
    """What the table of repeated play says, in sentences."""
    late = "" if answer.lag == 1 else f", noticed only after {durations.rounds(answer.lag, answer.round_years)}"
    told = (
        f"At state {answer.start[0].state:,}: the most that a party gains at once by a move of its own; what "
        f"that changes for it in every later round, where play then settles worst for it{late}; and the least "
        "discount factor per round at which it would rather not move."
    )
    free = [one for one in answer.patience if one.discount is None and not one.inside]
    if free:
        who = words.names(words.name(answer.names.parties, one.party) for one in free)
        told += f" No patience, however great, keeps {who} from ending it: no answer makes up for the gain."
    return told


def _notes(answer: Durability) -> Iterator[Block]:
    yield Note(
        f"These are the central case's figures, in the model, {words.look(answer.foresight)}. Durations "
        "under different foresights cannot be compared. A shock counts as an end, whatever it leaves "
        "standing. Expects: what the party anticipates from that move once the others have replied. "
        "Gains, losses and promises are in units of each party's payoff range."
        f"{durations.clock(answer.round_years)}"
    )
