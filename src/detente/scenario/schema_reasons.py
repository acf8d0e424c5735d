"""What a judgement rests on, as fields: titles, reasons, sources, claims and findings."""

from __future__ import annotations

from detente.scenario.fields import SHORT, Citations, Field, Record, Text

BECAUSE = Field("because", Text(), "The reason for the judgement, in your own words.")
SOURCE = Field("source", Citations(), "What it rests on: ids of `sources`, each with a locator if wanted.")
TITLE = Field("title", SHORT, "What people call it.")

SOURCE_RECORD = Record(
    "source",
    (
        Field("title", SHORT, "Its title."),
        Field("author", SHORT, "Who wrote it."),
        Field("publisher", SHORT, "Who published it."),
        Field("year", SHORT, "When."),
        Field("url", Text(), "Where it can be read."),
        Field("note", Text(), "What a reader should know about it."),
    ),
)

CLAIM = Record(
    "claim",
    (
        Field("says", Text(), "The claim in your own words, never a quotation.", required=True),
        Field("test", Text(), "What would have to hold.", required=True),
        SOURCE,
        BECAUSE,
    ),
)

FINDING = Record(
    "finding",
    (
        Field("text", Text(), "A published or expected answer.", required=True),
        Field("evidence", Text(), "How good the evidence for it is."),
    ),
)
