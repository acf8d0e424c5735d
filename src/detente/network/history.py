"""From dated events to attitudes: how warm one party has lately been towards another.

Every event carries a score on Goldstein's scale from -10 (most hostile) to +10 (most friendly; Goldstein 1992).
The attitude on a day is the mean score of the events so far, each weighted by 1/2 for every half-life that has
passed since, divided by ten: a number in [-1, 1]. With little evidence it is drawn towards 0, as if `prior`
neutral events had happened that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

GOLDSTEIN_RANGE = 10.0
PRIOR = 5.0
"""Neutral events that every attitude starts from."""


@dataclass(frozen=True, order=True, slots=True)
class Event:
    """Something one party did towards another on a day, with its Goldstein score."""

    day: date
    source: str
    target: str
    score: float
    code: str = ""


@dataclass(frozen=True)
class Record:
    """Events read from a file: the events, their layout, how many rows were left out and why.

    `strangers` counts the names in rows left out that are no party, the commonest first.
    """

    events: tuple[Event, ...]
    layout: str
    left_out: tuple[tuple[str, int], ...]
    strangers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class AttitudeSeries:
    """The attitude of `holder` to `other` at the end of each month, with the events that month."""

    holder: str
    other: str
    months: tuple[str, ...]
    attitude: tuple[float, ...]
    events: tuple[int, ...]

    @property
    def last(self) -> float:
        """The attitude at the end of the series."""
        return self.attitude[-1]


def attitude_series(
    events: Iterable[Event], half_life_days: float = 180.0, prior: float = PRIOR
) -> tuple[AttitudeSeries, ...]:
    """One series per ordered pair of parties that occur as source and target, sorted by name.

    Parameters
    ----------
    half_life_days : days after which an event counts half as much (stated in every report).
    prior : weight of neutral evidence that every attitude starts from, in events.
    """
    if half_life_days <= 0:
        raise ValueError("the half-life must be above 0 days")
    if prior < 0:
        raise ValueError("the prior weight must not be negative")
    tally = Counter((event.source, event.target, event.day, event.score) for event in events)
    by_pair: dict[tuple[str, str], list[tuple[date, float, int]]] = defaultdict(list)
    for (source, target, day, score), times in sorted(tally.items()):
        if source != target:
            by_pair[source, target].append((day, score, times))
    if not by_pair:
        return ()
    days = [day for pair in by_pair.values() for day, _, _ in pair]
    months = month_ends(min(days), max(days))
    return tuple(
        _series(pair, chosen, months, half_life_days, prior) for pair, chosen in sorted(by_pair.items())
    )


def month_ends(first: date, last: date) -> tuple[date, ...]:
    """The last day of every month from that of `first` to that of `last`."""
    ends, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        ends.append(date(year, month, 1) - timedelta(days=1))
    return tuple(ends)


def _series(
    pair: tuple[str, str],
    scored: list[tuple[date, float, int]],
    months: tuple[date, ...],
    half_life: float,
    prior: float,
) -> AttitudeSeries:
    """The series of a pair from its days, scores and how often each occurred: one step from month to month."""
    ends = np.array([end.toordinal() for end in months])
    days = np.array([day.toordinal() for day, _, _ in scored])
    scores = np.array([score for _, score, _ in scored])
    times = np.array([times for _, _, times in scored])
    month = np.searchsorted(ends, days)
    weights = times * 0.5 ** ((ends[month] - days) / half_life)
    fresh = np.bincount(month, weights, len(ends))
    scored_fresh = np.bincount(month, weights * scores, len(ends))
    kept = 0.5 ** (np.diff(ends, prepend=ends[0]) / half_life)
    attitudes, weight, total = [], 0.0, 0.0
    for at in range(len(ends)):
        weight = weight * kept[at] + fresh[at]
        total = total * kept[at] + scored_fresh[at]
        evidence = weight + prior
        attitudes.append(float(total / evidence / GOLDSTEIN_RANGE) if evidence else 0.0)
    counts = np.bincount(month, times, len(ends))
    return AttitudeSeries(
        holder=pair[0],
        other=pair[1],
        months=tuple(end.strftime("%Y-%m") for end in months),
        attitude=tuple(attitudes),
        events=tuple(int(number) for number in counts),
    )
