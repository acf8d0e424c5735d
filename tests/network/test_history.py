"""Attitudes from events: the stated decay, term by term."""

import random
from datetime import date, timedelta

import pytest

from detente.network.history import Event, attitude_series, month_ends


def test_one_event_halves_its_pull_after_a_half_life() -> None:
    events = [Event(date(2017, 1, 31), "A", "B", 10.0), Event(date(2017, 3, 2), "B", "A", -5.0)]
    series = {(s.holder, s.other): s for s in attitude_series(events, half_life_days=28.0, prior=1.0)}
    warm = series["A", "B"]
    assert warm.months == ("2017-01", "2017-02", "2017-03")
    assert warm.attitude[0] == pytest.approx(10 / 2 / 10)
    assert warm.attitude[1] == pytest.approx(0.5 * 10 / (0.5 + 1) / 10)
    assert warm.events == (1, 0, 0)
    assert series["B", "A"].attitude[1] == 0
    assert series["B", "A"].last < 0


def test_without_prior_the_attitude_is_the_weighted_mean() -> None:
    events = [Event(date(2017, 1, 1), "A", "B", 4.0), Event(date(2017, 1, 31), "A", "B", -2.0)]
    (series,) = attitude_series(events, half_life_days=30.0, prior=0.0)
    assert series.last == pytest.approx((0.5 * 4 - 2) / 1.5 / 10)


def test_attitudes_stay_in_range_and_order_does_not_matter() -> None:
    events = [Event(date(2017, m, 3), "A", "B", s) for m, s in [(5, 10.0), (1, 10.0), (3, 10.0)]]
    assert attitude_series(events) == attitude_series(events[::-1])
    assert all(-1 <= value <= 1 for value in attitude_series(events)[0].attitude)


def test_nothing_in_nothing_out() -> None:
    assert attitude_series([]) == ()
    assert attitude_series([Event(date(2017, 1, 1), "A", "A", 3.0)]) == ()


def test_month_ends_cross_the_year_and_leap_days() -> None:
    assert month_ends(date(2015, 12, 5), date(2016, 2, 1)) == (
        date(2015, 12, 31),
        date(2016, 1, 31),
        date(2016, 2, 29),
    )


@pytest.mark.parametrize(("half_life", "prior"), [(0.0, 1.0), (-3.0, 1.0), (10.0, -1.0)])
def test_senseless_settings_are_refused(half_life: float, prior: float) -> None:
    with pytest.raises(ValueError, match=r"must"):
        attitude_series([], half_life_days=half_life, prior=prior)


@pytest.mark.parametrize("prior", [0.5, 5.0])
@pytest.mark.parametrize("half_life", [7.0, 180.0, 5000.0])
@pytest.mark.parametrize("seed", range(20))
def test_every_month_is_the_weighted_mean_of_all_that_was_before(
    seed: int, half_life: float, prior: float
) -> None:
    """A second opinion: the definition, event by event."""
    chance = random.Random(seed)
    events = [
        Event(
            date(2000, 1, 1) + timedelta(chance.randrange(1800)),
            chance.choice("AB"),
            chance.choice("ABC"),
            chance.choice([-10.0, -4.4, 0.0, 1.9, 10.0]),
        )
        for _ in range(chance.randrange(30))
    ]
    for series in attitude_series(events, half_life, prior):
        mine = [one for one in events if (one.source, one.target) == (series.holder, series.other)]
        days = [date.fromisoformat(f"{month}-01") for month in series.months]
        ends = [month_ends(day, day)[0] for day in days]
        for end, attitude, number in zip(ends, series.attitude, series.events, strict=True):
            weights = {place: 0.5 ** ((end - one.day).days / half_life) for place, one in enumerate(mine)}
            past = [place for place, one in enumerate(mine) if one.day <= end]
            total = sum(weights[place] * mine[place].score for place in past)
            mean = total / (sum(weights[place] for place in past) + prior) / 10
            assert attitude == pytest.approx(mean, abs=1e-12)
            assert number == sum((one.day.year, one.day.month) == (end.year, end.month) for one in mine)
