"""How it is told what comfort is worth to the weaker and to the stronger."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.venues.answer import Asymmetry, Venues
from detente.report import words
from detente.report.page import Block, Column, Curve, Heading, Line, Paragraph, Table

SLIGHT = 0.0005  # of a share: less is told as nothing


def told(answer: Venues) -> Iterator[Block]:
    """How much longer it lasts when one party is at ease, as the other grows less superior."""
    found = answer.asymmetry
    if found is None:
        return
    weaker, stronger = (words.name(answer.names.parties, party) for party in (found.weaker, found.stronger))
    yield Heading(f"What comfort is worth as the gap in {'composure' if found.supposed else 'power'} closes")
    columns = (
        Column(f"Composure of {weaker}"),
        Column("Rounds", "right", fixed=True),
        Column(f"Comfort for {weaker}", "right"),
        Column(f"for {stronger}", "right"),
    )
    rows = tuple(
        (
            "as the other's" if point.ratio == 1 else f"{point.ratio:g} of the other's",
            words.number(point.rounds, 1),
            _gain(point.weaker),
            _gain(point.stronger),
        )
        for point in found.points
    )
    yield Table(columns, rows, "How much longer it lasts with the most comfort than with the least.")
    yield _curve(found, weaker, stronger)
    yield Paragraph(_reading(found, weaker, stronger))


def _gain(share: float) -> str:
    return f"{words.signed(100 * share, 1)}%"


def _curve(found: Asymmetry, weaker: str, stronger: str) -> Curve:
    lines, told = [], []
    for who, worth in ((weaker, _worth(found, True)), (stronger, _worth(found, False))):
        points = tuple((ratio, 100 * share) for ratio, share in worth)
        lines.append(Line(f"comfort for {who}", points, _gain(worth[-1][1])))
        told.append(f"for {who} from {_gain(worth[0][1])} to {_gain(worth[-1][1])}")
    alt = f"From the widest gap to parity, {told[0]}; {told[1]}."
    return Curve(
        "Worth of comfort",
        f"composure of {weaker} as a share of that of {stronger}",
        "how much longer it lasts, in percent",
        tuple(lines),
        alt,
        from_nought=True,
    )


def _worth(found: Asymmetry, weaker: bool) -> tuple[tuple[float, float], ...]:
    return tuple((one.ratio, one.weaker if weaker else one.stronger) for one in found.points)


def _reading(found: Asymmetry, weaker: str, stronger: str) -> str:
    """The answer to the question of asymmetry, and what it rests on."""
    wide, even = found.points[0], found.points[-1]
    peak = max(found.points, key=lambda one: one.weaker)
    most = f", most at a ratio of {peak.ratio:g} ({_gain(peak.weaker)})" if peak not in (wide, even) else ""
    course = "grows" if even.weaker > wide.weaker else "falls"
    led = [f"{one.ratio:g}" for one in found.points if one.weaker > one.stronger + SLIGHT]
    whom = f"comfort is worth more given to {weaker} than to {stronger}"
    where = f"{whom} at the ratios {words.names(led)}" if led else f"at no ratio tried {whom}"
    whose = (
        f"Nobody says who is the weaker of the two (`weaker_than` in the scenario does, or --weaker): {weaker} "
        "is the one for whose composure places differ most"
        if found.supposed
        else f"That {weaker} is the weaker is stated, not found"
    )
    return (
        f"As the gap closes, the worth of comfort for {weaker} {course} from {_gain(wide.weaker)} to "
        f"{_gain(even.weaker)}{most}; {where}. {whose}. This is a reading: the gap is measured in composure "
        f"alone, so that {weaker} has a share of the composure that {stronger} has. Comfort adds "
        f"{words.signed(found.low)} at least and {words.signed(found.high)} at most to composure, as places do "
        f"for {weaker}; either party is given the same, nowhere in particular."
    )
