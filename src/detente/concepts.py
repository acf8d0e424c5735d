"""The ways to look ahead, one row each: schema, help, words, documentation and the engine read them here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from detente.errors import UnknownNameError

Replies = Literal["none", "moves", "improvements", "dared"]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What it means that a state holds.

    Attributes
    ----------
    name, label, title, word : str
        As it is typed, usually written, called in full, and used before a noun.
    meaning : str
        A state is stable for a party under it when this is so.
    clause : str
        The same of a state that holds for all, in one clause.
    source : str
        Where it comes from.
    """

    name: str
    label: str
    title: str
    word: str
    meaning: str
    clause: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Concept(Definition):
    """How far a party looks before it leaves a state: it says what holds, and by that where play goes.

    Attributes
    ----------
    replies : {"none", "moves", "improvements", "dared"}
        What it fears of the others after its own move: nothing, any legal sequence of their moves, only
        sequences in which every mover gains, or only those in which every mover still gains once it reckons
        with the answers to its own step, by the same rule all the way down.
    escapes : bool
        Whether it counts on one more move of its own after that.
    """

    replies: Replies
    escapes: bool

    @property
    def must_pay(self) -> bool:
        """Whether a reply counts only where each of its steps pays for the one who makes it."""
        match self.replies:
            case "improvements" | "dared":
                return True
            case "none" | "moves":
                return False
            case _:
                assert_never(self.replies)


CONCEPTS: tuple[Concept, ...] = (
    Concept(
        name="nash",
        label="Nash",
        title="Nash stability",
        word="Nash",
        replies="none",
        escapes=False,
        meaning="no move of its own leads anywhere it ranks higher",
        clause="nobody would gain by a move of its own",
        source="Nash 1950; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="gmr",
        label="GMR",
        title="general metarationality",
        word="general metarational",
        replies="moves",
        escapes=False,
        meaning="the others could answer every improvement so that it gains nothing, whatever that costs them",
        clause="whoever moves can be answered so that it is no better off",
        source="Howard 1971; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="smr",
        label="SMR",
        title="symmetric metarationality",
        word="symmetric metarational",
        replies="moves",
        escapes=True,
        meaning="as general metarationality, and no move of its own escapes from that answer",
        clause="as GMR, and no further move of its own escapes that answer",
        source="Howard 1971; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="seq",
        label="SEQ",
        title="sequential stability",
        word="sequential",
        replies="improvements",
        escapes=False,
        meaning="the others could answer every improvement, each gaining by its step, so that it gains nothing",
        clause="whoever moves would be answered so, by moves that pay for those who make them",
        source="Fraser and Hipel 1979; Fang, Hipel and Kilgour 1993",
    ),
    Concept(
        name="sseq",
        label="SSEQ",
        title="symmetric sequential stability",
        word="symmetric sequential",
        replies="improvements",
        escapes=True,
        meaning="as sequential stability, and no move of its own escapes from that answer",
        clause="as SEQ, and no further move of its own escapes that answer",
        source="Rêgo and Vieira 2017",
    ),
    Concept(
        name="iseq",
        label="iSEQ",
        title="iterated sequential stability",
        word="iterated sequential",
        replies="dared",
        escapes=False,
        meaning="the others would dare to answer every improvement so that it gains nothing; they too are held "
        "back only by answers that would be dared, by the same rule all the way down",
        clause="as SEQ, but nobody is held back by an answer that the others would not dare to give",
        source="Oliveira and Rêgo 2018; Van Gelder 1993",
    ),
)
SIM = Definition(
    name="sim",
    label="SIM",
    title="simultaneous stability",
    word="simultaneous",
    meaning="improvements that others take at the same moment could leave it no better off by any of its own",
    clause="others who gain could move at the same moment and leave whoever moves no better off",
    source="Fraser and Hipel 1984",
)
"""Says what holds, but not what a move is worth: play cannot look ahead by it."""
NAMES = tuple(concept.name for concept in CONCEPTS)
ROWS = {concept.name: row for row, concept in enumerate(CONCEPTS)}
LISTED = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"
ITERATED = "iseq"
FORESIGHT = ITERATED
"""How far parties look ahead where nobody says otherwise."""


def named(name: str) -> Concept:
    """The concept with this name.

    Raises
    ------
    UnknownNameError
        With a near miss, when there is none.
    """
    if name in ROWS:
        return CONCEPTS[ROWS[name]]
    raise UnknownNameError("concept", name, NAMES)


def defined(name: str) -> Definition:
    """The concept with this name, or simultaneous stability.

    Raises
    ------
    UnknownNameError
        With a near miss, when there is none.
    """
    if name == SIM.name:
        return SIM
    if name in ROWS:
        return CONCEPTS[ROWS[name]]
    raise UnknownNameError("concept", name, [*NAMES, SIM.name])
