"""How a roadmap is told: the steps in order, who gains, who could break off and what deters it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.vocabulary import MoveSeen
from detente.questions.roadmap.answer import (
    Defection,
    DirectSeen,
    Mover,
    Other,
    PromiseSeen,
    Roadmap,
    RoadSeen,
    StepSeen,
)
from detente.report import columns, words
from detente.report.page import Block, Column, Heading, Note, Page, Paragraph, Step, Steps, Table

GRAND = 4  # options that change at once: so many or more are a grand bargain
SLIGHT = 0.005  # of a payoff range: a promise of less is told as a little


def page(answer: Roadmap) -> Page:
    """The order of steps, what would mend it, each step with movers and defectors, other ends, no tables."""
    blocks = (
        Paragraph(f"{_summary(answer)} {_end(answer)}".strip()),
        *_aside(answer),
        *_overview(answer),
        *_mending(answer),
        *_steps(answer),
        *_others(answer),
        *_staged(answer),
        *_alone(answer),
        *_notes(answer),
    )
    return Page(f"In which order: {answer.names.scenario}", blocks)


def _summary(answer: Roadmap) -> str:
    outcome, road = words.quoted(answer.names.outcomes, answer.outcome), answer.road
    if road is None and answer.most is not None:
        changes = words.count(answer.most, "option")
        return (
            f"No sound path leads to {outcome} on which at most {changes} "
            f"{words.verb(answer.most, 'changes', 'change')} in a step and every change goes towards the end. "
            "Allow more with --steps, or ask without it."
        )
    if road is None:
        return (
            f"No sound path leads to {outcome}: from the status quo no state of it can be reached at all, "
            "neither by moves of single parties nor at the tables that are open."
        )
    if answer.sound:
        return _sound(answer, outcome, road)
    if answer.holding == 0:
        told = f"No sound path leads to {outcome}: no state of it holds, so that the road would not end there."
    else:
        one, more = (
            "the only state of it that holds",
            f"any of the {answer.considered} states of it that hold best",
        )
        told = f"No sound path leads to {outcome}: not to {one if answer.considered == 1 else more}."
    if not road.steps:
        return f"{told} The status quo is the state of it that is nearest to holding."
    if answer.breaks is None:
        return f"{told} To the state nearest to holding there is a road that all who walk it prefer."
    step = road.steps[answer.breaks - 1]
    against = [_party(answer, mover.party) for mover in step.movers if not mover.willing]
    return (
        f"{told} On the road for which least must be promised, step {answer.breaks} is the first that breaks: "
        f"where the road ends is no better for {words.names(against)} than where that step begins."
    )


def _sound(answer: Roadmap, outcome: str, road: RoadSeen) -> str:
    """That there is a road, how long it is and how exposed."""
    if not road.steps:
        return f"The status quo is already a state of {outcome} that holds; no step is needed."
    length = words.count(len(road.steps), "step")
    gradual = "" if answer.most is None else f" of at most {words.count(answer.most, 'change')}"
    told = f"{_bargain(road)}From the status quo to {outcome} it takes {length}{gradual}"
    if not road.exposed:
        return f"{told}, and nobody could expect to gain by breaking off on the way."
    place, step = max(enumerate(road.steps, 1), key=lambda pair: pair[1].exposure or float(pair[1].exposed))
    tempted = next((one for one in step.defections if not one.deterred), None)
    who = "somebody" if tempted is None else _party(answer, tempted.party)
    if road.worst is None:
        gains = f"on this one {who}, at step {place}"
        return f"{told}, and on every road somebody could gain by breaking off: {gains}."
    where = f"at step {place}, " if len(road.steps) > 1 else ""
    return (
        f"{told}. Where it is most exposed, {where}{who} could expect to gain {words.number(road.worst)} of "
        "its payoff range by doing something else; no road that was found is less exposed."
    )


def _bargain(road: RoadSeen) -> str:
    """That everything is to be agreed at once."""
    at_once = len(road.steps[0].move.changes)
    if len(road.steps) > 1 or road.steps[0].table is None or at_once < GRAND:
        return ""
    return f"A grand bargain: {at_once} options change at once (--steps 2 asks for a gradual road). "


def _aside(answer: Roadmap) -> Iterator[Block]:
    """What changes on the way and not towards the end, and why."""
    road = answer.road
    if road is None or not road.detours:
        return
    names = words.names(words.name(answer.names.options, option) for option in road.detours)
    why = f" {_why(answer, answer.direct)}" if answer.direct else ""
    yield Paragraph(f"On the way this changes otherwise than towards the end: {names}.{why}")


def _why(answer: Roadmap, direct: DirectSeen) -> str:
    """Why the road does not go straight to its end."""
    if direct.outcome == "exposed":
        worst = "" if direct.worst is None else f" ({words.number(direct.worst)} at its worst step)"
        return f"There is a road that goes only towards the end, and it is more exposed{worst}."
    told = (
        "No road was found that goes only towards the end"
        if direct.outcome == "none"
        else "Too many options differ to look for a road that goes only towards the end"
    )
    if not direct.unwilling:
        return f"{told}."
    gains = words.names(
        _party(answer, one.party) + ("" if one.gain is None else f" ({words.signed(one.gain)})")
        for one in direct.unwilling
    )
    one = len(direct.unwilling) == 1
    return (
        f"{told}: {gains} would have to change something and {'does' if one else 'do'} not prefer that end to "
        f"how things stand today. On this road {'it does' if one else 'they do'} when it comes to that, "
        "because of what others have changed by then."
    )


def _staged(answer: Roadmap) -> Iterator[Block]:
    """The scenario's own strategies in several stages, beside the road."""
    if not answer.staged:
        return
    yield Heading("The scenario's own strategies in stages")
    titles = (
        Column("Strategy"),
        Column("Stages", "right", fixed=True),
        Column("Gets there", "right", fixed=True),
        Column("Ends as the road does", "right"),
    )
    rows = tuple(
        (one.title, str(one.stages), words.probability(one.success), words.probability(one.same))
        for one in answer.staged
    )
    yield columns.telling(Table(titles, rows))


def _end(answer: Roadmap) -> str:
    road = answer.road
    if road is None or not road.steps:
        return ""
    margin = "" if road.end.margin is None else f" (margin {words.margin(road.end.margin)})"
    fails = "" if road.end.holds else ", which does not hold"
    told = words.difference(answer.names.options, answer.options, road.end.levels, answer.status_quo)
    ends = words.strategy(answer.names.strategies, answer.strategy or "", best=True)
    whose = "" if answer.strategy is None else f", where {ends} ends"
    return (
        f"It ends in state {road.end.state:,}{whose}{margin}{fails}. Changed there from the status quo: {told}."
    )


def _overview(answer: Roadmap) -> Iterator[Block]:
    road = answer.road
    if road is None or not road.steps:
        return
    if len(road.steps) > 1:
        yield _drawn(answer, "Step by step, with the exposure of each", road)


def _drawn(answer: Roadmap, title: str, road: RoadSeen) -> Steps:
    """A road as a chart: who changes what, and how exposed that is."""
    steps = tuple(
        Step(_how(step), _names(answer, step), _changes(answer, step.move), _height(step), _exposure(step))
        for step in road.steps
    )
    alt = f"{words.count(len(steps), 'step')}; beside each its exposure, 0 where nobody could expect to gain."
    return Steps(title, steps, alt, "exposure, in shares of the payoff range of whoever would gain most")


def _how(step: StepSeen) -> str:
    """Whether a step is agreed or made alone, and what it brings at once to who makes it alone."""
    if step.table is not None:
        return f"Agreed ({step.table})"
    if len(step.movers) > 1:
        return "Together"
    gain = step.movers[0].now
    return "Alone" if gain is None else f"Alone ({words.signed(gain)} at once)"


def _height(step: StepSeen) -> float:
    return float(step.exposed) if step.exposure is None else step.exposure


def _exposure(step: StepSeen) -> str:
    """An exposure in a cell."""
    if step.exposure is None:
        return "exposed" if step.exposed else "safe"
    return words.number(step.exposure)


def _who(answer: Roadmap, step: StepSeen) -> str:
    names = _names(answer, step)
    return names if step.table is None else f"{names} (table {step.table})"


def _names(answer: Roadmap, step: StepSeen) -> str:
    return words.names(_party(answer, mover.party) for mover in step.movers)


def _mending(answer: Roadmap) -> Iterator[Block]:
    if answer.sound or answer.road is None:
        return
    yield Heading("What would mend it")
    moving = [one for one in answer.promises if one.purpose == "move"]
    staying = [one for one in answer.promises if one.purpose == "stay"]
    if moving:
        yield Paragraph(
            f"All would take their steps if promised, at the end of the road, {_promised(answer, moving)}. A "
            "promise that is kept only there counts for nothing on the way."
        )
    if staying:
        yield Paragraph(
            f"Nobody would leave the end again with a promise kept there: {_promised(answer, staying)}."
        )
    if not moving and not staying:
        yield Paragraph("No promise is needed at the end itself; what breaks is the road.")


def _promised(answer: Roadmap, promises: Sequence[PromiseSeen]) -> str:
    """Promises in a row; those to parties known only by an order of states have no size."""
    return words.names(f"{_size(one.amount)} to {_party(answer, one.party)}" for one in promises)


def _size(amount: float | None) -> str:
    if amount is None:
        return "something"
    if amount < SLIGHT:
        return "a little"
    return f"more than {words.number(amount)} of its payoff range"


def _steps(answer: Roadmap) -> Iterator[Block]:
    if answer.road is None:
        return
    for number, step in enumerate(answer.road.steps, 1):
        yield Heading(f"Step {number}: {_who(answer, step)}")
        yield _movers(answer, step)
        yield from _defections(answer, step)


def _movers(answer: Roadmap, step: StepSeen) -> Table:
    titles = (
        Column("Party"),
        Column("By the step", "right", fixed=True),
        Column("By the end", "right", fixed=True),
        Column("Changes"),
    )
    rows = tuple(
        (
            _party(answer, mover.party),
            words.signed(mover.now),
            _in_the_end(mover),
            _part(answer, step.move, mover.party),
        )
        for mover in step.movers
    )
    return columns.telling(Table(titles, rows))


def _in_the_end(mover: Mover) -> str:
    """What a party has of the end of the road, and whether it goes along."""
    if mover.end is None:
        return "prefers it" if mover.willing else "unwilling"
    return f"{words.signed(mover.end)}{'' if mover.willing else ' (unwilling)'}"


def _part(answer: Roadmap, move: MoveSeen, party: str) -> str:
    """What one party changes in a move of several."""
    own = {option: level for option, level in move.changes.items() if option.partition(".")[0] == party}
    return _standing(answer, own)


def _defections(answer: Roadmap, step: StepSeen) -> Iterator[Block]:
    if not step.defections:
        yield Paragraph("No other move there would bring anybody anything, even before the others reply.")
        return
    titles = (
        Column("Could instead"),
        Column("At once", "right", fixed=True),
        Column("Expects", "right", fixed=True),
        Column("Deterred by"),
    )
    yield columns.telling(Table(titles, tuple(_tempted(answer, one) for one in step.defections)))


def _tempted(answer: Roadmap, one: Defection) -> tuple[str, ...]:
    told = f"{_party(answer, one.party)}: {_changes(answer, one.move)}"
    return told, words.signed(one.gain), words.signed(one.expects), _deterrent(answer, one)


def _deterrent(answer: Roadmap, one: Defection) -> str:
    if not one.deterred:
        return "nothing"
    replies = (f"{_party(answer, reply.party)}: {_changes(answer, reply.move)}" for reply in one.replies)
    return "; then ".join(replies)


def _others(answer: Roadmap) -> Iterator[Block]:
    if not answer.others or answer.road is None:
        return
    yield Heading("Next best ends")
    titles = (
        Column("State", "right", fixed=True),
        Column("Margin", "right", fixed=True),
        Column("Steps", "right", fixed=True),
        Column("Worst", "right", fixed=True),
        Column("Unlike the end above"),
    )
    reference = answer.road.end.levels
    yield columns.telling(Table(titles, tuple(_other(answer, one, reference) for one in answer.others)))


def _other(answer: Roadmap, one: Other, reference: Sequence[str]) -> tuple[str, ...]:
    worst = ("exposed" if one.exposed else "safe") if one.worst is None else words.number(one.worst)
    unlike = words.difference(answer.names.options, answer.options, one.end.levels, reference)
    return f"{one.end.state:,}", words.margin(one.end.margin), str(one.steps), worst, unlike


def _alone(answer: Roadmap) -> Iterator[Block]:
    """The same end without any table."""
    if not (answer.sound and answer.tables and answer.road and answer.road.steps):
        return
    yield Heading("Without any table")
    road = answer.alone
    if road is None:
        yield Paragraph("No sound path leads to that end by moves of single parties alone.")
        return
    worst = ("exposed" if road.exposed else "safe") if road.worst is None else words.number(road.worst)
    yield Paragraph(
        f"By moves of single parties alone it takes {words.count(len(road.steps), 'step')}; worst exposure: "
        f"{worst}."
    )
    yield _drawn(answer, "The same end by moves of single parties", road)


def _notes(answer: Roadmap) -> Iterator[Block]:
    tables = f"Tables open: {words.names(answer.tables)}." if answer.tables else "No table is open."
    searched = ""
    if answer.considered < answer.holding:
        searched = (
            f" Of {words.count(answer.holding, 'state')} of the outcome that hold, roads were looked for to "
            f"the {answer.considered} with the best margin."
        )
    yield Note(
        f"In the model's central case, {words.look(answer.foresight)}, nature as at the status quo. "
        f"{tables} All who take a step prefer the end of the road to where the step begins; on the way "
        "they may lose. Exposure: the most that a party expects to gain by another move of its own, "
        f"replies counted. Gains are in units of each party's payoff range.{searched}"
    )


def _party(answer: Roadmap, party: str) -> str:
    return words.name(answer.names.parties, party)


def _changes(answer: Roadmap, move: MoveSeen) -> str:
    return _standing(answer, dict(move.changes))


def _standing(answer: Roadmap, changes: dict[str, str]) -> str:
    shown = (words.standing(answer.names.options, option, level) for option, level in changes.items())
    return "; ".join(shown)
