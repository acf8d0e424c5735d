"""How two scenarios side by side are told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.codec import Json
from detente.answers.comparison import AnswerSeen, Comparison
from detente.report import words
from detente.report.page import Block, Column, Heading, Note, Page, Paragraph, Table

SHOWN = 30  # rows of a table; JSON has all


def page(found: Comparison) -> Page:
    """What differs in the judgements, then question by question what differs in the answers."""
    one, other = found.titles
    same = one == other
    title = f"Compared: {one}" if same else f"Compared: {one}, and {other}"
    return Page(title, (Paragraph(_summary(found)), *_judgements(found), *_answers(found)))


def _summary(found: Comparison) -> str:
    if not found.judgements:
        return "The two say the same: no judgement differs."
    told = f"They differ in {words.count(len(found.judgements), 'judgement')}"
    moved = [seen.question for seen in found.answers if seen.figures]
    alike = [seen.question for seen in found.answers if not seen.figures and not seen.refused]
    if moved:
        told += f", and in the answers to {words.names(moved)}"
    if alike:
        told += f"; {words.names(alike)} {words.verb(len(alike), 'answers', 'answer')} the same"
    return f"{told}."


def _judgements(found: Comparison) -> Iterator[Block]:
    if not found.judgements:
        return
    yield Heading("The judgements")
    rows = tuple((seen.address, _said(seen.before), _said(seen.after)) for seen in found.judgements)
    yield from _table((Column("Address"), Column("First"), Column("Second")), rows)


def _said(judgement: str | None) -> str:
    """What a scenario says at an address; an entry that holds nothing but its name is there."""
    return words.NOTHING if judgement is None else "there" if judgement in ("{}", "[]", "") else judgement


def _answers(found: Comparison) -> Iterator[Block]:
    for seen in found.answers:
        yield Heading(f"The answers: {seen.question}")
        yield from _answer(seen)


def _answer(seen: AnswerSeen) -> Iterator[Block]:
    for which, why in seen.refused.items():
        yield Note(f"The {which} cannot be asked: {why}")
    if seen.refused:
        return
    if not seen.figures:
        yield Paragraph("Nothing differs.")
        return
    told = [(each.row or "in all", each.figure, _told(each.before), _told(each.after)) for each in seen.figures]
    rows = tuple(row for row in told if row[2] != row[3])
    columns = (Column("Of"), Column("Figure"), Column("First", "right"), Column("Second", "right"))
    if rows:
        yield from _table(columns, rows)
    if small := len(told) - len(rows):
        many = words.count(small, "more difference" if rows else "difference")
        yield Note(f"{many} {words.verb(small, 'is', 'are')} too small to show; --format json lists all.")


def _table(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[Block]:
    yield Table(columns, rows[:SHOWN])
    if len(rows) > SHOWN:
        yield Note(f"{SHOWN} of {len(rows):,} differences are shown; --format json lists all.")


def _told(value: Json) -> str:
    match value:
        case None:
            return words.NOTHING
        case bool():
            return words.yes_no(value)
        case int():
            return f"{value:,}"
        case float():
            return words.number(value)
        case list():
            return ", ".join(_told(each) for each in value) or words.NOTHING
        case _:
            return str(value)
