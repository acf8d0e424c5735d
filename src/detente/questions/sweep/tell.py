"""How a sweep over worlds is told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.vocabulary import Swept
from detente.questions.sweep.answer import Sweep
from detente.report import words
from detente.report.page import Block, Column, Heading, Listing, Note, Page, Paragraph, Table
from detente.report.shares import compared, drawn, interval, often, rivals

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
    unsure, many = words.count(answer.unsure, "unsure number"), words.count(answer.worlds, "world")
    over = f"{many}, each with {unsure} drawn anew, {words.look(answer.foresight)}"
    if not answer.strategies:
        return f"Of {words.count(answer.wanted, 'world')} nothing came out in any: see below why."
    if not answer.aim:
        return f"Over {over}, this is how often each strategy ends in each outcome."
    best, aim = answer.strategies[0], words.quoted(answer.names.outcomes, answer.aim)
    share = best.success[answer.aim]
    if share.mean == 0:
        return f"Over {over}, no strategy ever reaches {aim}."
    called = words.quoted(answer.names.strategies, best.strategy)
    near = rivals(answer.names.strategies, answer.strategies)
    return f"Over {over}, {called} reaches {aim} most often: in {often(share)}.{near}"


def _ranked(answer: Sweep) -> Iterator[Block]:
    aim = answer.aim or ""
    yield compared(answer.names.strategies, answer.strategies, aim)
    name = words.name(answer.names.outcomes, aim)
    yield drawn(answer.names.strategies, name, answer.strategies, aim, answer.worlds)
    lasting = [one for one in answer.strategies if one.lasting and one.success[aim].mean > 0]
    fading = [one for one in lasting if one.lasting and one.success[aim].mean - one.lasting.mean > 0.005]
    if fading:
        told = "; ".join(
            f"{_title(answer, one)} {words.percent(one.lasting.mean)}" for one in fading if one.lasting
        )
        yield Paragraph(f"It is left again once nobody is bound; one stage later the aim still stands: {told}.")


def _title(answer: Sweep, one: Swept) -> str:
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
            interval(one.success[outcome]),
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
