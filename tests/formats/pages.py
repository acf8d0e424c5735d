"""Pages that hold one of everything, and one that tries to break out of every format."""

from __future__ import annotations

from detente.report.page import Bar, Chart, Column, Heading, Listing, Note, Page, Paragraph, Table
from formats.drawings import DRAWINGS, named

HOSTILE = "<script>alert('x')</script> [bold]b[/bold] *a* _b_ `c` | & \"q\" \x1b[31mred\x1b[0m \u202etxt\n# h"

EVERYTHING = Page(
    "Korea, spring 2017",
    (
        Heading("What happens"),
        Paragraph("The freeze lasts. " * 8),
        Listing(("One thing.", "Another thing, told at some length. " * 4)),
        Table(
            (Column("Strategy"), Column("Success", "right", fixed=True), Column("Where it rests otherwise")),
            (
                ("Make China do it", "never", "The programme grows; " * 6),
                ("Freeze for freeze", "97%", "–"),
            ),
            "By success.",
        ),
        Chart(
            "waterfall",
            "What North Korea gains",
            (
                Bar("wants the war to stay away", 0.5, "+0.50"),
                Bar("avoids pressure", -0.2, "−0.20"),
                Bar("in all", 0.3, "+0.30"),
            ),
            "A gain of 0.50 from peace less 0.20 from pressure leaves 0.30.",
            "shares of its payoff range",
        ),
        Chart(
            "bars",
            "Success",
            (Bar("squeeze", 0.0, "never"), Bar("freeze", 0.97, "97%")),
            "Freeze leads.",
            "percent of plays",
        ),
        Note("These are the figures of the central case."),
        Note("One attitude turns a sign round.", "warning"),
    ),
)

BREAKOUT = Page(
    HOSTILE,
    (
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Listing((HOSTILE,)),
        Table((Column(HOSTILE), Column("b")), ((HOSTILE, "1"),), HOSTILE),
        Chart("bars", HOSTILE, (Bar(HOSTILE, 1.0, HOSTILE),), HOSTILE, HOSTILE),
        Note(HOSTILE),
        *named(HOSTILE),
    ),
)

PICTURES = Page("Pictures", DRAWINGS)
