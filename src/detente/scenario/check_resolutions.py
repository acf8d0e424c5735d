"""Rules on what a target's trade is held against: resolutions and recorded figures."""

from __future__ import annotations

from datetime import date

from detente.scenario.check_trade import selects
from detente.scenario.draft import Draft, Path
from detente.scenario.model import Pressure
from detente.scenario.near import near_miss_or

LAST_YEAR = 9998  # the calendar knows the day after


def resolutions_are_described(draft: Draft) -> None:
    """Resolutions have days in their order and find their channels; recorded figures name known partners."""
    assert draft.scenario is not None
    for pressure in draft.scenario.pressures:
        before = ""
        for text in pressure.resolutions:
            path: Path = ("pressure", pressure.target, "resolutions", text.id)
            _day(draft, text.date, (*path, "date"))
            if before > text.date:
                what = f"resolution '{text.id}' of {text.date} stands after one of {before}."
                draft.problem(draft.place(*path), what, "Put them in the order of their dates.")
            before = max(before, text.date)
            for index, limit in enumerate(text.limits):
                here = (*path, "limits", index)
                selects(draft, pressure, limit.channels, (*here, "channels"))
                if limit.since and _day(draft, limit.since, (*here, "since")) and limit.since < text.date:
                    what = f"a limit holds since {limit.since}, before the resolution of {text.date}."
                    draft.problem(draft.place(*here, "since"), what, "Write a later day, or leave it out.")
        _partners(draft, pressure)


def _day(draft: Draft, text: str, path: Path) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        draft.problem(draft.place(*path), f"'{text}' is no day.", "Write e.g. 2017-08-05.")
        return False
    return True


def _partners(draft: Draft, pressure: Pressure) -> None:
    known = sorted({channel.partner for channel in pressure.channels})
    for index, figure in enumerate(pressure.recorded):
        if figure.year > LAST_YEAR:
            place = draft.place("pressure", pressure.target, "recorded", index, "year")
            draft.problem(place, f"{figure.year} is no calendar year.", "Write e.g. 2017.")
        noted = (pressure.target, figure.partner) in draft.misspelt
        if figure.partner and figure.partner not in known and not noted:
            place = draft.place("pressure", pressure.target, "recorded", index, "partner")
            hint = near_miss_or(figure.partner, known, f"Its partners: {', '.join(known)}.")
            draft.problem(place, f"'{pressure.target}' has no partner called '{figure.partner}'.", hint)
