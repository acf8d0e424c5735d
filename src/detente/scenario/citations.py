"""Judgements that carry neither a reason nor a source: what a critic would ask about first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.errors import Place
from detente.scenario.draft import Draft, Path
from detente.scenario.expression import to_text
from detente.scenario.model import Cardinal, Interest, LevelScale, Number, Pressure, Scenario, Shock, Venue
from detente.scenario.numbers import number_text, plain_text

NOWHERE = Place()


@dataclass(frozen=True)
class Uncited:
    """One judgement without `because` and `source`: what it is about, its value, and its place where known."""

    what: str
    value: str
    place: Place = NOWHERE


def uncited(scenario: Scenario, draft: Draft | None = None) -> tuple[Uncited, ...]:
    """Return the numbers and judgements that nothing supports, in the order of the document.

    Parameters
    ----------
    scenario
        A reason or source on an interest, option, cut, venue and so on covers the numbers in it.
    draft
        What the scenario was read from (`load.drafted`), for the places.
    """
    judged = (
        *_hazards(scenario),
        *_interests(scenario),
        *(
            (
                ("relations", a.holder, "~" if a.mutual else ">", a.other),
                f"attitude of {a.holder} to {a.other}",
                a.value,
            )
            for a in scenario.attitudes
        ),
        *(found for pressure in scenario.pressures for found in _trade(pressure)),
        *(found for venue in scenario.venues for found in _venue(venue)),
        *(found for shock in scenario.shocks for found in _shock(shock)),
    )
    return tuple(
        Uncited(what, _shown(number), draft.place(*path) if draft else NOWHERE)
        for path, what, number in judged
        if not (isinstance(number, Number) and _supported(number))
    )


Judged = tuple[Path, str, Number | str]


def _shown(value: Number | str) -> str:
    return value if isinstance(value, str) else number_text(value) or plain_text(value.central)


def _supported(*parts: object) -> bool:
    return any(getattr(part, "because", "") or getattr(part, "source", ()) for part in parts)


def _hazards(scenario: Scenario) -> Iterator[Judged]:
    for option in scenario.options:
        if option.hazard is not None and not _supported(option):
            yield ("options", option.id, "hazard"), f"hazard of {option.id}", to_text(option.hazard)


def _interests(scenario: Scenario) -> Iterator[Judged]:
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            yield from _listed(("interests", party.id), party.id, preference.interests)
    for view in scenario.views:
        about = f"{view.other} in the eyes of {view.holder}"
        yield from _listed(("views", view.holder, "of", view.other), about, view.interests)


def _listed(path: Path, whose: str, interests: Iterable[Interest]) -> Iterator[Judged]:
    for index, interest in enumerate(interests):
        if not _supported(interest):
            scale = isinstance(interest.quantity, LevelScale)
            quantity = interest.quantity.option if isinstance(interest.quantity, LevelScale) else ""
            shown = quantity if scale else to_text(interest.quantity)  # type: ignore[arg-type]
            yield (*path, index), f"{whose} {interest.sense} {shown}: weight", interest.weight


def _trade(pressure: Pressure) -> Iterator[Judged]:
    path: Path = ("pressure", pressure.target)
    for index, channel in enumerate(pressure.channels):
        yield (*path, "channels", index), f"trade {channel.id}", channel.value
    for index, cut in enumerate(pressure.cuts):
        for level, number in cut.open if not _supported(cut) else ():
            yield (*path, "cuts", index), f"share of {cut.channels} open at {cut.by} {level}", number
    for index, divert in enumerate(pressure.diverts):
        for what, number in (("spare", divert.spare), ("loss", divert.loss)):
            if not _supported(divert):
                yield (*path, "diverts", index), f"{what} from {divert.origin} to {divert.destination}", number
    for index, aid in enumerate(pressure.aids):
        if not _supported(aid):
            yield (*path, "aids", index), f"aid of {aid.partner}", aid.value
    for text in pressure.resolutions:
        for index, limit in enumerate(text.limits):
            if not _supported(text, limit):
                where = (*path, "resolutions", text.id, "limits", index)
                yield where, f"share of {limit.channels} that {text.id} leaves", limit.open
    for index, figure in enumerate(pressure.recorded):
        if not _supported(figure):
            yield (*path, "recorded", index), f"trade recorded for {figure.year}", figure.value


def _venue(venue: Venue) -> Iterator[Judged]:
    if _supported(venue):
        return
    path: Path = ("venues", venue.id)
    for kind, numbers in (("composure", venue.composure), ("assurance", venue.assurance)):
        for party, number in numbers:
            yield (*path, kind, party), f"{kind} of {party} in {venue.id}", number
    for shift in venue.attitudes:
        sign = "~" if shift.mutual else ">"
        here = (*path, "attitudes", shift.holder, sign, shift.other)
        yield here, f"shift of {shift.holder}'s attitude to {shift.other} in {venue.id}", shift.value


def _shock(shock: Shock) -> Iterator[Judged]:
    if _supported(shock):
        return
    path: Path = ("shocks", shock.id)
    yield (*path, "hazard"), f"hazard of {shock.id}", to_text(shock.hazard)
    for shift in shock.attitudes:
        sign = "~" if shift.mutual else ">"
        here = (*path, "attitudes", shift.holder, sign, shift.other)
        yield here, f"shift of {shift.holder}'s attitude to {shift.other} by {shock.id}", shift.value
    for party, factors in shock.weights:
        for interest, factor in factors:
            yield (*path, "weights", party, interest), f"factor on {party}'s {interest} by {shock.id}", factor
