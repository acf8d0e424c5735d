"""How a why is told: what holds or fails, who is tempted by what, what deters it, and the sums behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.questions.why import tell_course, tell_stances
from detente.questions.why.answer import Why
from detente.report import moves, words
from detente.report.page import Block, Column, Heading, Note, Page, Paragraph, Table


def page(answer: Why) -> Page:
    """The verdict, the concepts compared, each party's reason, and the sums behind the moves that matter."""
    story = {"state": _of_state, "outcome": _of_outcome, "strategy": _of_strategy}[answer.kind]
    return Page(f"Why: {_subject(answer)}", (*story(answer), *_notes(answer)))


def _subject(answer: Why) -> str:
    if answer.kind == "strategy" and answer.strategy is not None:
        return words.titled({answer.subject: answer.strategy.title}, answer.subject)
    if answer.kind == "outcome":
        return words.titled(answer.names.outcomes, answer.subject)
    return words.capital(_state(answer))


def _of_state(answer: Why) -> Iterator[Block]:
    yield Paragraph(f"{_verdict(answer)} {_where(answer)}")
    yield from tell_stances.reasons(answer)


def _of_outcome(answer: Why) -> Iterator[Block]:
    seen = answer.outcome
    assert seen is not None
    title, here = words.titled(answer.names.outcomes, seen.id), words.capital(_state(answer))
    if seen.holding:
        held = f"{seen.holding:,} of its {seen.states:,} states" if seen.states > 1 else "its one state"
        firm = f"{'It is' if seen.holding == 1 else 'The firmest is'} {_state(answer)}."
        found = f"{held} {words.verb(seen.holding, 'holds', 'hold')} {_looking(answer)}. {firm}"
    elif seen.states > 1:
        found = f"none of its {seen.states:,} states holds {_looking(answer)}. {here} comes nearest: "
        found += f"{_departures(answer)}."
    else:
        found = f"its one state does not hold {_looking(answer)}. In {_state(answer)}, {_departures(answer)}."
    yield Paragraph(f"{title}: {found} {_where(answer)}")
    columns = (Column("States that hold under"), Column("Number", "right", fixed=True))
    rows = tuple(
        (f"{words.concept(concept)}: {words.concept_meaning(concept)}", f"{held:,}")
        for concept, held in seen.counts.items()
    )
    yield Table(columns, rows)
    yield Heading(f"Why {_state(answer)} {'holds' if answer.state.holds else 'does not hold'}")
    yield Paragraph(_verdict(answer))
    yield from tell_stances.reasons(answer)


def _of_strategy(answer: Why) -> Iterator[Block]:
    seen = answer.strategy
    assert seen is not None
    assert answer.aim is not None
    aim = words.quoted(answer.names.outcomes, answer.aim)
    reached = "never reaches" if seen.success <= words.SURE else "reaches"
    chance = "" if seen.success <= words.SURE else f", {words.chance(seen.success)}"
    named = words.quoted({answer.subject: seen.title}, answer.subject)
    yield Paragraph(f"{named} {reached} the aim, {aim}{chance}. {tell_course.ends(answer, seen)}")
    yield Heading("The likeliest way" if len(seen.paths) == 1 else "The likeliest ways")
    for path in seen.paths:
        yield from tell_course.way(answer, path)
    if seen.others:
        yield Note(f"Besides these, play has {words.count(seen.others, 'less probable ending')}.")
    explained = seen.paths[0]
    if not explained.inside:
        yield Heading("Who could bring the aim about from there, and does not")
        yield from tell_course.blocks(answer, seen)
    yield Heading("Why play ends there" if answer.state.stage else "Whether it holds there")
    verdict = _uncapital(_verdict(answer))
    scene = f"In stage {answer.state.stage}, {_bound(answer)}" if answer.state.stage else "Once nobody is bound"
    yield Paragraph(f"{scene}, {verdict} {_where(answer)}")
    yield from tell_stances.reasons(answer)


# What holds


def _state(answer: Why) -> str:
    number = f"state {answer.state.state:,}"
    return f"the status quo ({number})" if answer.state.levels == answer.status_quo else number


def _looking(answer: Why) -> str:
    if answer.foresight == "mixed":
        return "with each party looking as far as it does"
    return f"under {words.concept(answer.foresight)}"


def _verdict(answer: Why) -> str:
    subject = words.capital(_state(answer))
    if not answer.state.holds:
        return f"{subject} does not hold {_looking(answer)}: {_departures(answer)}."
    if answer.state.margin is None:
        return f"{subject} holds {_looking(answer)}: every party stays."
    who = moves.party(answer, answer.state.nearest or "")
    return (
        f"{subject} holds {_looking(answer)}: every party stays. Nearest to leaving is {who}, by a "
        f"margin of {words.number(answer.state.margin)}."
    )


def _departures(answer: Why) -> str:
    leavers = _leavers(answer)
    return f"{moves.parties(answer, leavers)} would leave it"


def _leavers(answer: Why) -> Sequence[str]:
    """Who leaves by the foresight asked for, whichever parties were asked about."""
    found = {under.concept: under.leavers for under in answer.state.concepts}
    return [party for party in answer.parties if party in found[answer.foresights[party]]]


def _where(answer: Why) -> str:
    """What the state counts as, and how it differs from the status quo."""
    told = []
    if answer.state.labels:
        told.append(f"It counts as: {words.outcomes(answer.names.outcomes, answer.state.labels)}.")
    if answer.state.levels != answer.status_quo:
        levels = words.difference(answer.names.options, answer.options, answer.state.levels, answer.status_quo)
        told.append(f"It differs from the status quo by: {levels}.")
    return " ".join(told)


def _bound(answer: Why) -> str:
    if not answer.state.bound:
        return "where nobody is bound"
    many = len(answer.state.bound)
    return f"while {words.count(many, 'option')} {words.verb(many, 'stands', 'stand')} as committed"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def _notes(answer: Why) -> Iterator[Block]:
    concept = answer.foresight
    if any(stand.margin is not None for stand in answer.state.stands):
        yield Note(
            "Gains, costs and margins are in units of each party's payoff range, in the central case. The "
            "terms of a sum are rounded so that they add up as shown."
        )
    ordinal = [stand.party for stand in answer.state.stands if stand.attempt and stand.attempt.gain is None]
    if ordinal:
        who = moves.parties(answer, ordinal)
        are = words.verb(1 if who == moves.EVERYBODY else len(ordinal), "is", "are")
        yield Note(f"{words.capital(who)} {are} known only by order: a gain has no size and no parts.")
    if concept != "mixed":
        title = dict.fromkeys((words.concept(concept), words.concept_title(concept)))
        yield Note(f"{', '.join(title)}: {words.concept_meaning(concept)}.")
    for other in answer.also:
        yield Note(f"There is also a {other} of that name; ask for it as {other}:{answer.subject}.")
