from __future__ import annotations

import pytest

from detente.report.page import Heading, Listing, Note, Paragraph
from detente.report.unaddressed import sentences, unaddressed


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (
            "8 options change at once (--steps 2 asks for a gradual road). It ends.",
            "8 options change at once. It ends.",
        ),
        ("None holds without fear: --concept nash asks what would.", "None holds without fear."),
        ("Ends of a and b are left out here; --format json has them.", "Ends of a and b are left out here."),
        ("All in full, and its chance: --all.", ""),
        ("--claim ID tells a claim in full: its test, and what is compared.", ""),
        ("It takes 3. Allow more with --steps, or ask without it.", "It takes 3."),
        ("Threats count; `--foresight iseq` leaves them out, and takes longer.", "Threats count."),
        ("A line -- a dash -- and a cut-off well-being.", "A line -- a dash -- and a cut-off well-being."),
    ],
)
def test_what_to_type_is_left_out_and_nothing_else(told: str, left: str) -> None:
    assert sentences(told) == left


def test_a_block_that_only_said_what_to_type_goes() -> None:
    given = (Heading("A"), Note("All of it: --all."), Paragraph("It ends."), Listing(("See --x.",)))
    assert tuple(unaddressed(given)) == (Heading("A"), Paragraph("It ends."))
