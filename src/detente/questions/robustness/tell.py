"""How it is told on which numbers a strategy's success turns."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.robustness.answer import BoxSeen, EdgeSeen, InputSeen, LimitSeen, Robustness
from detente.report import words
from detente.report.judgements import family, judgement
from detente.report.page import Bar, Block, Chart, Column, Heading, Listing, Note, Page, Paragraph, Table
from detente.report.shares import interval

SHOWN = 10
FEW = 8
FEWER = 3
SMALL = 0.005
CHANCE = "The nearest to deciding it, though chance may explain as much among so many. "
VERDICTS = {"certain": "succeeds for certain", "never": "never succeeds", "sometimes": "succeeds sometimes"}


def page(answer: Robustness) -> Page:
    """How often it succeeds, on what that turns, under which beliefs, and what alone flips the verdict."""
    blocks = (
        Paragraph(_summary(answer)),
        *_numbers(answer),
        *_groups(answer),
        *_beliefs(answer),
        *_edges(answer),
        *_notes(answer),
    )
    return Page(f"What it turns on: {answer.names.scenario}", blocks)


def _summary(answer: Robustness) -> str:
    aim = words.quoted(answer.names.outcomes, answer.outcome)
    strategy = words.quoted(answer.names.strategies, answer.strategy)
    share = answer.success
    why = "" if answer.chosen else ", the best over these worlds,"
    told = (
        f"The strategy {strategy}{why} reaches {aim} in {words.percent(share.mean)} of "
        f"{words.count(answer.worlds, 'world')} ({interval(share)}; {words.likelihood(share.mean)}), "
        f"{words.look(answer.foresight)}. On the central numbers it "
        f"{VERDICTS[answer.verdict]}."
    )
    matter = [one for one in answer.inputs if one.matters]
    if share.certain == 1 or share.never == 1:
        return f"{told} No world is otherwise, so it turns on none of {_unsure(answer)}."
    if not matter:
        return f"{told} No single one of {_unsure(answer)} can be shown to decide it with so few worlds."
    shown = words.names([_judgement(answer, one) for one in matter], 3)
    return f"{told} Of {_unsure(answer)}, it turns on {shown}."


def _unsure(answer: Robustness) -> str:
    return words.count(len(answer.inputs), "unsure number")


def _judgement(answer: Robustness, one: InputSeen | LimitSeen | EdgeSeen) -> str:
    subject = answer.subjects.get(one.address, "")
    return judgement(answer.names.parties, answer.names.options, one.address, subject, one.mutual)


def _numbers(answer: Robustness) -> Iterator[Block]:
    sure = [one for one in answer.inputs if one.matters][:SHOWN]
    shown = sure or [one for one in answer.inputs[:FEWER] if one.index > SMALL]
    if not shown:
        return
    yield Heading("Numbers")
    columns = (
        Column("Number"),
        Column("Spread", "right", fixed=True),
        Column("Share", "right", fixed=True),
        Column("If low", "right", fixed=True),
        Column("If high", "right", fixed=True),
    )
    rows = tuple(
        (
            _capital(_judgement(answer, one)),
            f"{_number(one.low)} to {_number(one.high)}",
            words.percent(one.index),
            words.percent(one.least),
            words.percent(one.most),
        )
        for one in shown
    )
    caption = (
        f"{'' if sure else CHANCE}Share: of success's variance that the number alone explains. If low, if "
        "high: mean success in the third of the worlds in which it is lowest, highest."
    )
    yield Table(columns, rows, caption)


def _capital(text: str) -> str:
    """A phrase with a capital; an address as it is."""
    return words.capital(text) if " " in text else text


def _number(value: float) -> str:
    return f"{words.MINUS if value < 0 else ''}{abs(value):.3g}"


def _groups(answer: Robustness) -> Iterator[Block]:
    shown = [one for one in answer.groups if one.matters][:FEW]
    if shown:
        bars = tuple(
            Bar(
                words.capital(family(answer.names.parties, one.family)),
                one.index or 0.0,
                words.percent(one.index or 0.0),
            )
            for one in shown
        )
        told = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
        yield Chart(
            "bars",
            "What goes with numbers that belong together",
            bars,
            f"Of the variance of success: {told}.",
            "percent of the variance of success",
        )
    left = [one for one in answer.groups if one.index is None]
    if left:
        told = words.names([family(answer.names.parties, one.family) for one in left], 3)
        yield Paragraph(f"Too few worlds to tell what goes with {told} as a whole.")


def _beliefs(answer: Robustness) -> Iterator[Block]:
    if not (answer.succeeds or answer.fails):
        return
    yield Heading("Under which beliefs")
    items = [_box(answer, box, "succeeds", answer.holding) for box in answer.succeeds]
    items += [_box(answer, box, "fails", 1 - answer.holding) for box in answer.fails]
    yield Listing(tuple(items))


def _box(answer: Robustness, box: BoxSeen, verb: str, base: float) -> str:
    limits = words.names([_limit(answer, one) for one in box.limits])
    return (
        f"It {verb} in {words.percent(box.density)} of the worlds in which {limits} (of all: "
        f"{words.percent(base)}); these are {words.percent(box.coverage)} of those in which it {verb}."
    )


def _limit(answer: Robustness, one: LimitSeen) -> str:
    what = _judgement(answer, one)
    verb = "are" if one.mutual else "is"
    if one.low is None:
        return f"{what} {verb} at most {_number(one.high or 0.0)}"
    if one.high is None:
        return f"{what} {verb} at least {_number(one.low)}"
    return f"{what} {verb} from {_number(one.low)} to {_number(one.high)}"


def _edges(answer: Robustness) -> Iterator[Block]:
    if not answer.tried:
        return
    yield Heading("Knife edges")
    tried = words.count(answer.tried, "number")
    every = answer.tried == len(answer.inputs)
    if not answer.edges:
        which = f"{tried} that are unsure" if every else f"{tried} with the largest share"
        yield Paragraph(
            f"None of the {which} flips the central verdict when it alone moves to an end of its spread."
        )
        return
    which = f"all {tried} that are unsure" if every else f"the {tried} with the largest share"
    yield Paragraph(
        f"From the central numbers, each of these flips the verdict when it alone moves ({which} were tried, "
        "towards both ends of their spreads):"
    )
    yield Listing(tuple(_edge(answer, one) for one in answer.edges))


def _edge(answer: Robustness, one: EdgeSeen) -> str:
    rises = one.flips > one.central
    way = ("pass" if rises else "fall below") if one.mutual else ("passes" if rises else "falls below")
    return (
        f"It {VERDICTS[one.verdict]} once {_judgement(answer, one)} {way} {_number(one.flips)} (now "
        f"{_number(one.central)}; {words.percent(one.way)} of the way to the end of its spread)."
    )


def _notes(answer: Robustness) -> Iterator[Block]:
    if answer.enough > answer.worlds:
        yield Note(
            f"{answer.enough:,} worlds would leave the share open by five points on either side; -n draws more."
        )
    if answer.together:
        yield Note(
            "Some numbers are off together, as the scenario says: the share of each holds what it owes to the "
            "others of its group."
        )
    if answer.failed:
        yield Note(f"Nothing came out in {words.count(answer.failed, 'world')}; `detente sweep` says why.")
    yield Note(
        f"Worlds are drawn with seed {answer.seed}. What is told rests on the spreads that the scenario "
        "states, on its structure, and on this foresight."
    )
