"""How a brief's answers were come by, for a reader who has not seen the program."""

from __future__ import annotations

from detente.concepts import CONCEPTS
from detente.report import words
from detente.report.glossary import TERMS
from detente.report.page import Block, Column, Heading, Listing, Paragraph, Table

HOW = (
    "The crisis is written down as parties that hold options. A state says how every option stands; rules "
    "leave out states that cannot be. Each party values a state by its own interests, each with a weight, and "
    "by its attitude to the others' fortunes. Nothing is said of what people will do beyond that.",
    "A party leaves a state when it expects to gain by a move of its own, once it reckons with the answers of "
    "the others. How far it looks ahead is the concept of foresight, named with every verdict. Play goes from "
    "move to move, drawn by initiative, until nobody has a reason to move; where it ends, and how often, is "
    "worked out exactly.",
    "A strategy is what its sponsors commit to, stage by stage, and who may agree on changes together. Its "
    "success is the share of plays that end in the aim. It is compared with the same play with no table open, "
    "with agreements that bind, and with other foresight, so that no verdict hangs on one such choice unseen.",
)
LIMITS = (
    "Every weight and attitude is somebody's judgement. They are listed at the end with their reasons; whoever "
    "disagrees with one can change it and ask again.",
    "A chance in the central case is a share of plays in the model. It is no forecast of events.",
    "What is not in the scenario (a party, an option, an interest) plays no part in the answers.",
)
USED = ("aim", "attitude", "exposure", "foresight", "holdout", "lasting", "margin", "span", "spoiler", "world")
"""Words that the first pages of a brief use in a meaning of their own."""


def blocks(worlds: int) -> tuple[Block, ...]:
    """The method; `worlds` says over how many drawn worlds the brief speaks."""
    return (
        *(Paragraph(text) for text in HOW),
        Heading("How far parties look ahead"),
        Table(
            (Column("Concept", fixed=True), Column("A state holds when"), Column("Source")),
            tuple((concept.label, concept.clause, concept.source) for concept in CONCEPTS),
        ),
        *(_likelihoods() if worlds else ()),
        Heading("What to keep in mind"),
        Listing(LIMITS),
        Heading("Words"),
        Table(
            (Column("Word", fixed=True), Column("Meaning")),
            tuple((term.word, term.meaning) for term in TERMS if term.word in USED),
        ),
    )


def _likelihoods() -> tuple[Block, ...]:
    """Which word stands for which share over worlds."""
    edges = [edge for edge, _ in words.LIKELIHOODS]
    above = [1.0, *edges]
    rows = tuple(
        (word, f"{words.percent(low)} to {words.percent(high)}")
        for (low, word), high in zip(words.LIKELIHOODS, above, strict=False)
    )
    return (
        Heading("Words for shares over worlds"),
        Table(
            (Column("Word"), Column("Share of worlds", "right")),
            rows,
            "After ICD 203 (2015). Used for shares over worlds with drawn numbers, never of the central case.",
        ),
    )
