"""How a backtest is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from detente.questions.backtest.answer import (
    ALIKE,
    NOTHING,
    TALKS,
    WALK,
    Backtest,
    StateJudged,
)
from detente.questions.backtest.tell_forecasts import forecasts
from detente.questions.backtest.tell_surprises import between, surprises
from detente.report import moves, words
from detente.report.page import Bar, Block, Chart, Column, Heading, Listing, Note, Page, Paragraph, Table


def page(answer: Backtest) -> Page:
    """How likely what happened was, which moves were open, and where the model is surprised."""
    blocks = (*(_path(answer) if answer.periods else ()), *forecasts(answer))
    return Page(f"Held against what happened: {answer.names.scenario}", blocks)


def _path(answer: Backtest) -> Iterator[Block]:
    yield Paragraph(_summary(answer))
    yield from _bits(answer)
    yield from _moves(answer)
    yield from surprises(answer)
    yield from _states(answer)
    yield from _notes(answer)


def _summary(answer: Backtest) -> str:
    made = [move for period in answer.periods for move in period.moves]
    first, last = answer.states[0].date, answer.states[-1].date
    open_ = sum(move.open for move in made)
    said = (
        f"From {first} to {last} parties made {words.count(len(made), 'move')}; {open_ or 'none'} of them "
        f"{words.verb(open_, 'was', 'were')} open to whoever made {words.verb(open_, 'it', 'them')}. "
    )
    if not answer.counted:
        return said + "No period can be told by single moves, so no chances are compared."
    return said + (
        f"As a forecast of what happened, the walk is {_against(answer, NOTHING)} than that nothing ever "
        f"changes, and {_against(answer, ALIKE)} than that every feasible move is alike."
    )


def _against(answer: Backtest, base: str) -> str:
    more = answer.totals[WALK] - answer.totals[base]
    if abs(more) < 0.05:
        return "no better or worse"
    return f"{'better' if more > 0 else 'worse'} by {words.number(abs(more), 1)} bits"


def _bits(answer: Backtest) -> Iterator[Block]:
    if not answer.counted:
        return
    columns = (
        Column("Held against what happened"),
        Column("Bits", "right", fixed=True),
        Column("Bits a period", "right", fixed=True),
    )
    order = sorted(answer.totals, key=lambda model: -answer.totals[model])
    rows = tuple(
        (
            _model(answer, model),
            words.number(-answer.totals[model], 1),
            words.number(-answer.totals[model] / answer.counted, 1),
        )
        for model in order
    )
    yield Table(columns, rows, "By how much what happened surprises: 0 bits if it was certain, 1 if even odds")
    bars = tuple(
        Bar(_model(answer, model), -answer.totals[model], words.number(-answer.totals[model], 1))
        for model in order
    )
    told = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    yield Chart("bars", "Surprise", bars, f"Surprise in bits, least first: {told}.", "bits")
    yield Paragraph(
        f"Mixed with the base rate on which every move is alike, the walk makes what happened likeliest with "
        f"a share of {words.percent(answer.best_share)}, which is known only afterwards; the comparison "
        f"gives it {words.percent(1 - answer.floor)}."
    )


def _model(answer: Backtest, model: str) -> str:
    return {
        WALK: f"the walk, {words.look(answer.foresight)}",
        TALKS: "the same with every table open",
        NOTHING: "nothing ever changes",
        ALIKE: "every feasible move alike",
    }.get(model) or f"the walk under {words.concept(model)}"


def _moves(answer: Backtest) -> Iterator[Block]:
    rows = [(period, move) for period in answer.periods for move in period.moves]
    if not rows:
        return
    yield Heading("What was done")
    columns = (
        Column("Seen", fixed=True),
        Column("Move"),
        Column("Open", fixed=True),
        Column("Expects", "right", fixed=True),
        Column("Missed by", "right", fixed=True),
    )
    yield Table(
        columns,
        tuple(
            (
                period.until,
                f"{moves.party(answer, move.party)}: {moves.changes(answer, move.move)}",
                words.yes_no(move.open),
                words.signed(move.expects),
                words.number(move.short) if move.short else words.NOTHING,
            )
            for period, move in rows
        ),
    )
    yield Paragraph(
        "Expects: what the mover expects to gain once the others have answered, in units of its payoff range. "
        "Missed by: how much more it would have to value where the move leads for nothing to seem better to "
        "it. Several moves between two dates stand in the order that the walk makes likeliest."
    )
    yield from _agreements(answer)


def _agreements(answer: Backtest) -> Iterator[Block]:
    """What tables would have brought about at once, of what happened, from how things stood before."""
    seen = [
        (period, one)
        for period in answer.periods
        for one in period.agreements
        if one.move.state == period.moves[0].move.state
    ]
    if seen:
        told = tuple(
            f"{between(period)}: {words.names([moves.party(answer, id) for id in one.members])} at the table "
            f"{one.table}: {moves.changes(answer, one.move)}."
            for period, one in seen
        )
        yield Paragraph("Tables of the scenario, had they been open, would have agreed at once on:")
        yield Listing(told)


def _states(answer: Backtest) -> Iterator[Block]:
    yield Heading("How things stood")
    columns = (
        Column("Seen", fixed=True),
        Column("Rests under", fixed=True),
        Column("Margin", "right", fixed=True),
        Column("Who would have moved"),
    )
    rows = []
    for _, run in groupby(answer.states, key=lambda seen: seen.state):
        group = list(run)
        first = group[0]
        rows.append(
            (
                first.date if len(group) == 1 else f"{first.date} to {group[-1].date}",
                _rests(first),
                words.margin(first.margin[answer.foresight]),
                _would(answer, first),
            )
        )
    yield Table(columns, tuple(rows))


def _rests(seen: StateJudged) -> str:
    under = [words.concept(name) for name, rests in seen.rests.items() if rests]
    return words.NOTHING if not under else "all" if len(under) == len(seen.rests) else ", ".join(under)


def _would(answer: Backtest, seen: StateJudged) -> str:
    told = (f"{moves.party(answer, one.party)}: {moves.changes(answer, one.move)}" for one in seen.open)
    return "; ".join(told) or "nobody"


def _notes(answer: Backtest) -> Iterator[Block]:
    clock = (
        "Rounds come at random, on average as many as the scenario's clock says."
        if answer.round_years is not None
        else "The scenario has no clock (`round`), so that every period counts as one round on average."
    )
    yield Note(
        f"{clock} Nobody is bound by a strategy here, and between two dates each party that moved moves "
        f"once. Every chance per round is {words.percent(1 - answer.floor)} the model's and "
        f"{words.percent(answer.floor)} that of every move alike (--floor), or one impossible move would "
        "decide everything."
    )
    for period in answer.periods:
        if not period.given:
            continue
        named = "; ".join(words.standing(answer.names.options, *pair) for pair in period.given.items())
        yield Note(f"{between(period)}, taken as given: {named}.")
    left = len(answer.periods) - answer.counted
    if left:
        yield Note(
            f"{words.count(left, 'period')} {words.verb(left, 'is', 'are')} left out of the sums: no single "
            "moves lead from the one date to the other."
        )
    yield Note(
        "A scenario written by somebody who knew what followed is not tested by it; see the page on "
        "backtests for what one can show."
    )
