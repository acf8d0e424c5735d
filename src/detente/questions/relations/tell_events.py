"""How it is told what events say of attitudes."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.relations.answer import EventsSeen, Relations
from detente.report import moves, words
from detente.report.page import Block, Column, Curve, Heading, Line, Note, Paragraph, Table

MOST_LINES = 6
MOST_NAMES = 8


def told(answer: Relations) -> Iterator[Block]:
    """The attitudes that events suggest, beside those of the scenario."""
    found = answer.events
    if found is None:
        return
    yield Heading("What events suggest")
    out = "; ".join(f"{number:,} {reason}" for reason, number in found.left_out.items())
    read = f"{words.count(found.events, 'event')} between the parties ({found.layout} layout)"
    if not found.suggestions:
        yield Paragraph(f"{words.capital(read)} say nothing of any attitude. Left out: {out or 'nothing'}.")
        return
    yield Paragraph(
        f"{words.capital(read)}, {found.months[0]} to {found.months[-1]}; left out: {out or 'nothing'}. An "
        "attitude is the mean Goldstein score over 10, an event counting half after "
        f"{words.number(found.half_life, 0)} days, and drawn to 0 as if {words.number(found.prior, 0)} neutral "
        f"events had happened. {_agreement(found)}"
    )
    if found.strangers:
        listed = ", ".join(
            f"{name} ({number:,})" for name, number in list(found.strangers.items())[:MOST_NAMES]
        )
        yield Note(
            f"Names that are no party of the scenario, and in how many rows: {listed}. A name that stands for "
            "a party goes under that party's `aliases`."
        )
    columns = (
        Column("Of"),
        Column("To"),
        *(Column(title, "right", fixed=True) for title in ("Events", "Suggested", "Scenario")),
    )
    yield Table(
        columns,
        tuple(
            (
                moves.party(answer, seen.holder),
                moves.party(answer, seen.other),
                f"{seen.events:,}",
                words.signed(seen.suggested),
                words.signed(seen.own),
            )
            for seen in found.suggestions
        ),
        "Events measure what is said and done, most of it talk; attitudes weigh another's fortune. Compare "
        "signs and order rather than sizes.",
    )
    yield _curve(answer, found)


def _agreement(found: EventsSeen) -> str:
    if not found.compared:
        return "The scenario states no attitude that could be compared."
    return f"In sign they agree with the scenario in {found.agree} of {found.compared} attitudes."


def _curve(answer: Relations, found: EventsSeen) -> Curve:
    most = sorted(found.suggestions, key=lambda seen: -seen.events)[:MOST_LINES]
    lines = tuple(
        Line(
            _pair(answer, seen.holder, seen.other),
            tuple((float(month), value) for month, value in enumerate(seen.curve, 1)),
            words.signed(seen.curve[-1]),
        )
        for seen in most
    )
    top = most[0]
    alt = (
        f"{_pair(answer, top.holder, top.other)}, with most events, goes from {words.signed(top.curve[0])} in "
        f"{found.months[0]} to {words.signed(top.curve[-1])} in {found.months[-1]}."
    )
    return Curve(
        "Attitudes that events suggest",
        f"Month (1 is {found.months[0]})",
        "attitude, from −1 to 1 (no unit)",
        lines,
        alt,
    )


def _pair(answer: Relations, holder: str, other: str) -> str:
    return f"{moves.party(answer, holder)} to {moves.party(answer, other)}"
