"""Where the model is surprised: moves that were closed to whoever made them, and open ones that nobody made."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.vocabulary import Part
from detente.questions.backtest.answer import Backtest, MoveMade, Offer, Period
from detente.report import moves, words
from detente.report.page import Block, Heading, Listing, Paragraph

SURPRISES = 5
SHOWN = 3  # of what speaks against a move
TOLD = 0.0005  # smaller parts are no reason


def surprises(answer: Backtest) -> Iterator[Block]:
    """What was done though it was closed to whoever did it, farthest first; and an open move not made."""
    made = [(period, move) for period in answer.periods for move in period.moves if not move.open]
    made.sort(key=lambda pair: -(pair[1].short or 0.0))
    told = [_surprise(answer, period, move) for period, move in made[:SURPRISES]]
    idle = _idle(answer)
    if not told and not idle:
        return
    yield Heading("Where the model is surprised")
    if told:
        yield Listing(tuple(told))
        yield from _offers(answer)
    if idle:
        yield Paragraph(idle)


def _offers(answer: Backtest) -> Iterator[Block]:
    """What those who moved would have agreed on at a table, where one of them would not have moved alone."""
    told = [
        _offer(answer, period, min(period.offers, key=lambda offer: len(offer.members)))
        for period in answer.periods
        if period.offers and not all(move.open for move in period.moves)
    ]
    if told:
        yield Paragraph(
            "At the smallest table that seats whoever moved they would have agreed on something else:"
        )
        yield Listing(tuple(told))


def _offer(answer: Backtest, period: Period, offer: Offer) -> str:
    movers = dict.fromkeys(move.party for move in period.moves)
    gains = [f"{moves.party(answer, id)} {words.signed(gain)}" for id, gain in offer.gains.items()]
    done = [f"{moves.party(answer, id)} {words.signed(period.worth[id])}" for id in offer.gains]
    who = "Alone" if len(movers) == 1 else "Together"
    return (
        f"{between(period)}, table {offer.table}: {moves.changes(answer, offer.move)} ({', '.join(gains)}). "
        f"{who}, what was done came to {', '.join(done)}."
    )


def _surprise(answer: Backtest, period: Period, move: MoveMade) -> str:
    who = moves.party(answer, move.party)
    said = f"{between(period)}: {who} did {moves.changes(answer, move.move)}"
    if move.expects is None:
        return f"{said}, which it did not expect to gain by."
    said += f", by which it expected {_change(move.expects)}"
    if move.answers:
        said += f", with {_answers(answer, move)} ({_change(move.gain or 0.0)} by the move itself)"
    if move.instead is not None:
        said += f"; it would rather have done {moves.changes(answer, move.instead)}"
    return f"{said}. {_against_it(answer, move)} {_weights(move)}"


def _answers(answer: Backtest, move: MoveMade) -> str:
    told = [
        f"{moves.party(answer, one.party)} answering {moves.changes(answer, one.move)}" for one in move.answers
    ]
    return words.names(told)


def _against_it(answer: Backtest, move: MoveMade) -> str:
    against = sorted((part for part in move.parts if part.amount < -TOLD), key=lambda part: part.amount)
    named = [f"{_part(answer, part)} {words.signed(part.amount)}" for part in against[:SHOWN]]
    return f"Against it: {words.names(named)}." if named else ""


def _part(answer: Backtest, part: Part) -> str:
    return part.name if part.kind == "interest" else f"its attitude to {moves.party(answer, part.other)}"


def _weights(move: MoveMade) -> str:
    """Which weight alone would have to be otherwise."""
    if not move.weights:
        return "No single weight of its own would make it break even."
    told = [f"{one.interest} weighed {words.number(one.factor)} times as much" for one in move.weights]
    return f"It would break even if {words.names(told, last='or')}."


def _change(amount: float) -> str:
    if amount == 0:
        return "neither gain nor loss"
    return f"a {'gain' if amount > 0 else 'loss'} of {words.number(abs(amount))}"


def _idle(answer: Backtest) -> str:
    """The largest gain that somebody left lying where nothing changed."""
    quiet = [
        (move, state, period)
        for state, period in zip(answer.states, answer.periods, strict=False)
        for move in state.open
        if not period.moves and move.expects is not None
    ]
    if not quiet:
        return ""
    rounds = sum(period.rounds for period in {id(one[2]): one[2] for one in quiet}.values())
    move, state, _ = max(quiet, key=lambda one: one[0].expects or 0.0)
    left = f"{moves.party(answer, move.party)} at {state.date}, {moves.changes(answer, move.move)}"
    return (
        f"Nothing changed over {words.number(rounds, 1)} rounds in which somebody had an open move. The "
        f"largest gain left lying: {left}, {words.signed(move.expects)}."
    )


def between(period: Period) -> str:
    """The two dates of a period."""
    return f"{period.since} to {period.until}"
