from __future__ import annotations

from detente import library
from detente.catalogue import QUESTIONS
from detente.offered import KNOWN

KOREA = library.open("korea-2017")


def test_whatever_is_offered_belongs_to_a_parameter_or_a_change() -> None:
    known = {parameter.keyword for row in QUESTIONS for parameter in row.parameters}
    assert KNOWN.keys() - known == {"opens", "starts", "sets"}


def test_names_are_those_of_the_crisis() -> None:
    assert "summit" in KNOWN["strategy"](KOREA)
    assert "frozen" in KNOWN["outcome"](KOREA)
    assert "USA.drills=suspended" in KNOWN["starts"](KOREA)
