"""The five ways to look ahead, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.errors import UnknownNameError

Replies = Literal["none", "moves", "improvements"]


@dataclass(frozen=True)
class Concept:
    """How far a party looks before it leaves a state.

    `replies`: what it fears of the others after its own move: nothing, any legal sequence of their moves,
    or only sequences in which every mover gains. `escapes`: whether it counts on one more move of its own
    after that.
    """

    name: str
    title: str
    replies: Replies
    escapes: bool
    meaning: str
    source: str


CONCEPTS: tuple[Concept, ...] = (
    Concept(
        name="nash",
        title="Nash stability",
        replies="none",
        escapes=False,
        meaning="no move of its own leads anywhere it ranks higher",
        source="Nash 1950; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="gmr",
        title="general metarationality",
        replies="moves",
        escapes=False,
        meaning="the others could answer every improvement so that it gains nothing, whatever that costs them",
        source="Howard 1971; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="smr",
        title="symmetric metarationality",
        replies="moves",
        escapes=True,
        meaning="as general metarationality, and no move of its own escapes from that answer",
        source="Howard 1971; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="seq",
        title="sequential stability",
        replies="improvements",
        escapes=False,
        meaning="the others could answer every improvement, each gaining by its step, so that it gains nothing",
        source="Fraser and Hipel 1979; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="sseq",
        title="symmetric sequential stability",
        replies="improvements",
        escapes=True,
        meaning="as sequential stability, and no move of its own escapes from that answer",
        source="Rêgo and Vieira 2017",
    ),
)


def named(name: str) -> Concept:
    """The concept with this name.

    Raises
    ------
    UnknownNameError
        With a near miss, when there is none.
    """
    for concept in CONCEPTS:
        if concept.name == name:
            return concept
    raise UnknownNameError("concept", name, [concept.name for concept in CONCEPTS])
