"""How a sweep over worlds is told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.vocabulary import Share
from detente.questions.sweep.answer import StrategySwept, Sweep
from detente.report import words
from detente.report.page import Bar, Block, Chart, Column, Heading, Listing, Note, Page, Paragraph, Table

SHOWN = 5
FEW = 30
"""So few worlds leave every share open by a fifth or more."""


def page(answer: Sweep) -> Page:
    """Which strategy comes first and how often, each with its interval; what failed."""
    blocks = (
        Paragraph(_summary(answer)),
        *(_ranked(answer) if answer.aim and answer.strategies else _outcomes(answer)),
        *_failed(answer),
        *_notes(answer),
    )
    return Page(f"If the numbers are off: {answer.names.scenario}", blocks)


def _summary(answer: Sweep) -> str:
    drawn = words.count(answer.unsure, "unsure number")
    many = words.count(answer.worlds, "world")
    over = f"{many}, each with {drawn} drawn anew, {words.look(answer.foresight)}"
    if not answer.strategies:
        return f"Of {words.count(answer.wanted, 'world')} nothing came out in any: see below why."
    if not answer.aim:
        return f"Over {over}, this is how often each strategy ends in each outcome."
    best, aim = answer.strategies[0], words.quoted(answer.names.outcomes, answer.aim)
    share = best.success[answer.aim]
    if share.mean == 0:
        return f"Over {over}, no strategy ever reaches {aim}."
    return f"Over {over}, {_called(answer, best)} reaches {aim} most often: {_often(share)}.{_rivals(answer)}"


def _rivals(answer: Sweep) -> str:
    """Which strategies reach the aim just as often, or too nearly so to tell."""
    behind = [(one, one.behind) for one in answer.strategies[1:] if one.behind]
    same = [_called(answer, one) for one, (mean, low, high) in behind if mean == low == high == 0]
    close = [_called(answer, one) for one, (_, low, high) in behind if low <= 0 < high]
    told = ""
    if same:
        told += f" In every world {words.names(same, 3)} {words.verb(len(same), 'does', 'do')} as well."
    if close:
        told += f" The worlds are too few to tell it from {words.names(close, 3)}."
    return told


def _called(answer: Sweep, one: StrategySwept) -> str:
    return words.quoted(answer.names.strategies, one.strategy)


def _often(share: Share) -> str:
    """A share with its interval and its word."""
    word = words.likelihood(share.mean)
    return f"in {words.percent(share.mean)} ({_interval(share)}; {word})"


def _interval(share: Share) -> str:
    return f"{words.percent(share.low)} to {words.percent(share.high)}"


def _ranked(answer: Sweep) -> Iterator[Block]:
    aim = answer.aim or ""
    columns = (
        Column("Strategy"),
        Column("Reaches it", "right", fixed=True),
        Column("95 % interval", fixed=True),
        Column("Certain in", "right", fixed=True),
        Column("Never in", "right", fixed=True),
        Column("First in", "right", fixed=True),
    )
    rows = tuple(
        (
            words.titled(answer.names.strategies, one.strategy),
            words.percent(one.success[aim].mean),
            _interval(one.success[aim]),
            words.percent(one.success[aim].certain),
            words.percent(one.success[aim].never),
            words.percent(one.first.mean if one.first else 0.0),
        )
        for one in answer.strategies
    )
    caption = "Shares of all worlds; first: on success, then lasting, then margin, alone or with equals."
    yield Table(columns, rows, caption)
    bars = tuple(
        Bar(_title(answer, one), one.success[aim].mean, words.percent(one.success[aim].mean))
        for one in answer.strategies
    )
    told = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    name = words.name(answer.names.outcomes, aim)
    yield Chart(
        "bars",
        f"How often each strategy reaches “{name}”",
        bars,
        f"Of {words.count(answer.worlds, 'world')}: {told}.",
        "percent of worlds, chances counted in parts",
    )
    lasting = [one for one in answer.strategies if one.lasting and one.success[aim].mean > 0]
    fading = [one for one in lasting if one.lasting and one.success[aim].mean - one.lasting.mean > 0.005]
    if fading:
        told = "; ".join(
            f"{_title(answer, one)} {words.percent(one.lasting.mean)}" for one in fading if one.lasting
        )
        yield Paragraph(f"It is left again once nobody is bound; one stage later the aim still stands: {told}.")


def _title(answer: Sweep, one: StrategySwept) -> str:
    return words.name(answer.names.strategies, one.strategy)


def _outcomes(answer: Sweep) -> Iterator[Block]:
    """Without an aim: every strategy and outcome."""
    if not answer.strategies or not answer.strategies[0].success:
        return
    outcomes = [*answer.strategies[0].success]
    columns = (Column("Strategy"), Column("Outcome"), Column("Mean", "right"), Column("95 % interval"))
    rows = tuple(
        (
            words.titled(answer.names.strategies, one.strategy) if place == 0 else "",
            words.titled(answer.names.outcomes, outcome),
            words.percent(one.success[outcome].mean),
            _interval(one.success[outcome]),
        )
        for one in answer.strategies
        for place, outcome in enumerate(outcomes)
    )
    yield Table(columns, rows, "The mean chance over the worlds.")


def _failed(answer: Sweep) -> Iterator[Block]:
    if not answer.failed:
        return
    yield Heading("Worlds in which nothing came out")
    many = words.count(len(answer.failed), "world")
    yield Paragraph(f"{words.capital(many)} of {answer.wanted:,} failed and count nowhere.")
    shown = tuple(f"World {one.world:,}: {words.sentence(one.reason)}" for one in answer.failed[:SHOWN])
    rest = len(answer.failed) - SHOWN
    yield Listing((*shown, *((f"and {words.count(rest, 'more')}",) if rest > 0 else ())))


def _notes(answer: Sweep) -> Iterator[Block]:
    if 0 < answer.worlds < FEW:
        yield Note(f"{words.count(answer.worlds, 'world')} say little: look at the intervals. -n draws more.")
    yield Note(
        f"Worlds are drawn with seed {answer.seed}; world by world they are the same in every run. Shares "
        "rest on the spreads that the scenario states, on its structure, and on this foresight."
    )
