"""What was observed makes a path: dates in order, states that can exist, options that went where they may."""

from __future__ import annotations

from datetime import date

import pytest

from detente.scenario.clock import last_day
from detente.scenario.load import loads
from scenario.texts import BASE, problems


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018", (2018, 12, 31)),
        ("2018-04", (2018, 4, 30)),
        ("2016-02", (2016, 2, 29)),
        ("2018-04-02", (2018, 4, 2)),
    ],
)
def test_a_month_and_a_year_mean_their_last_day(text: str, day: tuple[int, int, int]) -> None:
    assert last_day(text) == date(*day)


def told(observed: str) -> list[str]:
    return [line.split("  ", 1)[1] for line in problems(f"{BASE}observed: {{{observed}}}\n")]


def test_dates_stand_in_order() -> None:
    hint = "Put dates in order; a month means its last day, and a year too."
    assert told("2018-03: {}, 2018-01: {}") == [
        f"2018-01 is not later than 2018-03, which stands before it. {hint}"
    ]
    assert told("2018-03: {}, 2018-03-31: {}") == [
        f"2018-03-31 is not later than 2018-03, which stands before it. {hint}"
    ]
    loads(f"{BASE}observed: {{2018-03-30: {{}}, 2018-03: {{}}, 2018: {{}}}}\n")


def test_an_option_went_where_it_may() -> None:
    assert told("2018-01: {A.talk: yes}, 2018-02: {}, 2018-03: {A.talk: no}") == [
        "'A.talk' moves only up, so it cannot have gone from yes to no. Correct the level, here or at an "
        "earlier date, or change `moves`."
    ]
    loads(f"{BASE}observed: {{2018-01: {{A.talk: no}}, 2018-02: {{A.talk: yes}}}}\n")


def test_what_stands_from_an_earlier_date_counts() -> None:
    assert told("2018-01: {A.talk: yes}, 2018-03: {A.arms: many}") == [
        "how things stood at 2018-03 breaks this rule: not (A.arms == many and A.talk). Correct a level, "
        "also one that still stands from an earlier date, or the rule."
    ]
    loads(f"{BASE}observed: {{2018-01: {{A.arms: many}}, 2018-03: {{A.talk: yes, A.arms: some}}}}\n")


def test_unknown_options_and_levels_are_told_once() -> None:
    assert len(told("2018-01: {A.tlak: yes}, 2018-03: {A.arms: much}")) == 2


def asked(window: str, rest: str = "") -> list[str]:
    one = f"{{asks: Will they talk?, {window}, where: A.talk, resolved: no{rest}}}"
    lines = problems(f"{BASE}round: {{length: 1 year}}\nforecasts: {{talks: {one}}}\n")
    return [line.split("  ", 1)[1] for line in lines]


def test_a_forecast_has_a_window() -> None:
    assert asked("from: 2018-03, until: 2018-02") == [
        "the window of 'talks' closes at 2018-02, not after it opens (2018-03). Write a later date, or an "
        "earlier `from`."
    ]
    assert any("until" in line for line in asked("from: 2018-03"))
    assert any("from" in line for line in asked("until: 2018-03"))
    assert asked("from: 2018-03, until: soon") == ["'soon' is no date. Write 2018, 2018-04 or 2018-04-27."]
    assert asked("from: [2018], until: 2018-03")[0].endswith("is no date. Write 2018, 2018-04 or 2018-04-27.")
    loads(
        f"{BASE}round: {{length: 1 year}}\nforecasts: "
        "{talks: {asks: Talks?, from: 2018-03, until: 2018-03, where: A.talk, resolved: no}}\n"
    )


def test_a_forecast_needs_a_clock() -> None:
    text = f"{BASE}forecasts: {{t: {{asks: Talks?, from: 2018, until: 2019, where: A.talk, resolved: no}}}}\n"
    (told_,) = problems(text)
    assert told_.endswith(
        "`forecasts` ask about time, and the scenario does not say how long a round is. Add e.g. `round: "
        "{length: 6 months}`."
    )


def test_a_forecast_asks_about_what_there_is() -> None:
    (told_,) = asked("from: 2018-03, until: 2018-05", ", at_end: yes, source: [reprot]")
    assert "Did you mean 'report'" in told_
