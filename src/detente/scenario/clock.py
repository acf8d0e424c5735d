"""How long a round of play takes, and when something was: `6 months`, `2018-04`, as people write them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
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


def first_day(text: str) -> date:
    """The day with which a date begins: a month and a year begin with their first day."""
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """The day that a date means: a year and a month mean their last day, as what holds "by then" does."""
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
