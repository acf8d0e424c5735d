"""Judgements that carry neither a reason nor a source: what a critic would ask about first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from detente.errors import Place
from detente.scenario.draft import Draft, Path
from detente.scenario.expression import to_text
from detente.scenario.model import (
    Attitude,
    Cardinal,
    Interest,
    LevelScale,
    Number,
    Pressure,
    Scenario,
    Shock,
    Venue,
)
from detente.scenario.numbers import number_text, plain_text

NOWHERE = Place()


@dataclass(frozen=True)
class Uncited:
    """A judgement that lacks something: what it is about, its value, and its place where known."""

    what: str
    value: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Support:
    """How many judgements a scenario holds, and how many of them cite a source.

    `uncited` are those that nothing supports, `sure` the numbers that are given without a spread. What cannot
    spread (a figure on record, a share that is all or nothing, an attitude of nought) is not among these.
    """

    judgements: int
    sourced: int
    uncited: tuple[Uncited, ...]
    sure: tuple[Uncited, ...] = ()


def support(scenario: Scenario, draft: Draft | None = None) -> Support:
    """Return what the numbers and judgements rest on.

    Parameters
    ----------
    scenario
        A reason or source on an interest, option, cut, venue and so on covers the numbers in it.
    draft
        What the scenario was read from (`load.drafted`), for the places.
    """
    judged = tuple(_judged(scenario))

    def named(one: _Judged) -> Uncited:
        return Uncited(one.what, _shown(one.value), draft.place(*one.path) if draft else NOWHERE)

    lacking = tuple(
        named(one)
        for one in judged
        if not any(map(_reasoned, one.resting_on)) and not any(map(_sourced, one.resting_on))
    )
    sure = tuple(named(one) for one in judged if _sure(one))
    return Support(len(judged), sum(any(map(_sourced, one.resting_on)) for one in judged), lacking, sure)


def uncited(scenario: Scenario, draft: Draft | None = None) -> tuple[Uncited, ...]:
    """Return the numbers and judgements that nothing supports, in the order of the document."""
    return support(scenario, draft).uncited


class _Judged(NamedTuple):
    """One judgement: where it stands, what it is about, and what may carry its reason."""

    path: Path
    what: str
    value: Number | str
    resting_on: tuple[object, ...]


def _judged(scenario: Scenario) -> Iterator[_Judged]:
    for option in scenario.options:
        if option.hazard is not None:
            here: Path = ("options", option.id, "hazard")
            yield _Judged(here, f"hazard of {option.id}", to_text(option.hazard), (option,))
    yield from _interests(scenario)
    for attitude in scenario.attitudes:
        sign = "~" if attitude.mutual else ">"
        what = f"attitude of {attitude.holder} to {attitude.other}"
        here = ("relations", attitude.holder, sign, attitude.other)
        yield _Judged(here, what, attitude.value, (attitude.value,))
    for pressure in scenario.pressures:
        yield from _trade(pressure)
    for venue in scenario.venues:
        yield from _venue(venue)
    for shock in scenario.shocks:
        yield from _shock(shock)


def _sure(one: _Judged) -> bool:
    """Whether a number that could well be otherwise is given without a spread."""
    if isinstance(one.value, str) or one.value.spread is not None or "recorded" in one.path:
        return False
    return one.value.central not in (0, 1) or one.what.endswith(": weight")


def _shown(value: Number | str) -> str:
    return value if isinstance(value, str) else number_text(value) or plain_text(value.central)


def _reasoned(part: object) -> bool:
    return bool(getattr(part, "because", ""))


def _sourced(part: object) -> bool:
    return bool(getattr(part, "source", ()))


def _interests(scenario: Scenario) -> Iterator[_Judged]:
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            yield from _listed(("interests", party.id), party.id, preference.interests)
    for view in scenario.views:
        about = f"{view.other} in the eyes of {view.holder}"
        yield from _listed(("views", view.holder, "of", view.other), about, view.interests)


def _listed(path: Path, whose: str, interests: Iterable[Interest]) -> Iterator[_Judged]:
    for index, interest in enumerate(interests):
        quantity = interest.quantity
        shown = quantity.option if isinstance(quantity, LevelScale) else to_text(quantity)
        what = f"{whose} {interest.sense} {shown}: weight"
        yield _Judged((*path, index), what, interest.weight, (interest, interest.weight))


def _trade(pressure: Pressure) -> Iterator[_Judged]:
    path: Path = ("pressure", pressure.target)
    for index, channel in enumerate(pressure.channels):
        yield _Judged((*path, "channels", index), f"trade {channel.id}", channel.value, (channel.value,))
    for index, cut in enumerate(pressure.cuts):
        for level, number in cut.open:
            what = f"share of {cut.channels} open at {cut.by} {level}"
            yield _Judged((*path, "cuts", index), what, number, (cut, number))
    for index, divert in enumerate(pressure.diverts):
        for word, number in (("spare", divert.spare), ("loss", divert.loss)):
            what = f"{word} from {divert.origin} to {divert.destination}"
            yield _Judged((*path, "diverts", index), what, number, (divert, number))
    for index, aid in enumerate(pressure.aids):
        yield _Judged((*path, "aids", index), f"aid of {aid.partner}", aid.value, (aid, aid.value))
    for text in pressure.resolutions:
        for index, limit in enumerate(text.limits):
            where = (*path, "resolutions", text.id, "limits", index)
            what = f"share of {limit.channels} that {text.id} leaves"
            yield _Judged(where, what, limit.open, (text, limit, limit.open))
    for index, figure in enumerate(pressure.recorded):
        what = f"trade recorded for {figure.year}"
        yield _Judged((*path, "recorded", index), what, figure.value, (figure, figure.value))


def _venue(venue: Venue) -> Iterator[_Judged]:
    path: Path = ("venues", venue.id)
    for kind, numbers in (("composure", venue.composure), ("assurance", venue.assurance)):
        for party, number in numbers:
            what = f"{kind} of {party} in {venue.id}"
            yield _Judged((*path, kind, party), what, number, (venue, number))
    yield from _shifts((*path, "attitudes"), f"in {venue.id}", venue, venue.attitudes)


def _shock(shock: Shock) -> Iterator[_Judged]:
    path: Path = ("shocks", shock.id)
    yield _Judged((*path, "hazard"), f"hazard of {shock.id}", to_text(shock.hazard), (shock,))
    yield from _shifts((*path, "attitudes"), f"by {shock.id}", shock, shock.attitudes)
    for party, factors in shock.weights:
        for interest, factor in factors:
            what = f"factor on {party}'s {interest} by {shock.id}"
            yield _Judged((*path, "weights", party, interest), what, factor, (shock, factor))


def _shifts(path: Path, why: str, within: object, shifts: Iterable[Attitude]) -> Iterator[_Judged]:
    for shift in shifts:
        sign = "~" if shift.mutual else ">"
        what = f"shift of {shift.holder}'s attitude to {shift.other} {why}"
        yield _Judged((*path, shift.holder, sign, shift.other), what, shift.value, (within, shift.value))
