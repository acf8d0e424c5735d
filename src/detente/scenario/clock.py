"""How long a round of play takes: lengths of time as people write them, `6 months`."""

import re
from dataclasses import dataclass
from typing import Annotated, Self

from detente.scenario.fields import Length, Says, record

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
LENGTH_PATTERN = rf"\s*(\d{{1,6}}(?:\.\d+)?)\s+({'|'.join(DAYS)})s?\s*"
LENGTH_LOOKS = "Write 6 months: a number above 0 and days, weeks, months or years."


@dataclass(frozen=True)
class Period:
    """A length of time: so many days, weeks, months or years."""

    number: float
    unit: str

    @classmethod
    def parsed(cls, text: str) -> Self | None:
        """The length that a text says; None where it says none, or one of 0."""
        found = re.fullmatch(LENGTH_PATTERN, text)
        if found is None or not float(found[1]):
            return None
        return cls(float(found[1]), found[2])

    @property
    def years(self) -> float:
        """The same in years, of which each has 365 days and a quarter, and 12 months."""
        return self.number * DAYS[self.unit] / DAYS["year"]

    def __str__(self) -> str:
        return f"{self.number:.10g} {self.unit}{'' if self.number == 1 else 's'}"


@dataclass(frozen=True)
class Round:
    """What a round of play is in time."""

    length: Annotated[Period, Says(Length(), "How long a round takes.")]


ROUND = record("round", Round)
