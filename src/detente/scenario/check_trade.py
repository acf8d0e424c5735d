"""Rules on a target's trade: its channels, what closes them, and where trade goes instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.scenario.check_parts import LARGEST_SUM
from detente.scenario.draft import Draft, Path
from detente.scenario.model import Channel, Cut, Pressure
from detente.scenario.near import meant, near_miss, near_miss_or

LARGEST_RATIO = 1e8
"""Beyond it the lesser of two importances is lost in the rounding of the greater."""


def channels_are_written_as_they_are_named(draft: Draft) -> None:
    """No partner or good of a channel is a slip: named nowhere, where something written almost like it is."""
    assert draft.scenario is not None
    parties = {party.id for party in draft.scenario.parties}
    for pressure in draft.scenario.pressures:
        uses = Counter(word for selector in _selectors(pressure) for word in selector.split())
        for index, channel in enumerate(pressure.channels):
            for field, written in (("partner", channel.partner), ("good", channel.good)):
                if written in uses or written in parties:
                    continue
                near = near_miss(written, _asked_in_vain(pressure, channel))
                if near is not None and (near in parties or uses[near] > 1):
                    place = draft.place("pressure", pressure.target, "channels", index, field)
                    what = f"{field} '{written}' is named nowhere else, and '{near}' is."
                    draft.problem(place, what, meant(written, near))
                    draft.misspelt.add((pressure.target, near))


def _asked_in_vain(pressure: Pressure, channel: Channel) -> tuple[str, ...]:
    """The words that alone keep the channel from what is asked for, where no channel answers to it."""
    words = set(channel.id.split())
    asked = (set(selector.split()) for selector in _selectors(pressure) if not pressure.select(selector))
    return tuple(sorted(word for each in asked if len(each - words) == 1 for word in each - words))


def _selectors(pressure: Pressure) -> Iterator[str]:
    """Every text that names channels of a target by their words."""
    yield from (cut.channels for cut in pressure.cuts)
    for divert in pressure.diverts:
        yield from (divert.origin, divert.destination)
    yield from (limit.channels for resolution in pressure.resolutions for limit in resolution.limits)
    yield from (figure.partner for figure in pressure.recorded if figure.partner)


def trade_is_described(draft: Draft) -> None:
    """Cuts and diversions find their channels, levels and goods."""
    assert draft.scenario is not None
    for pressure in draft.scenario.pressures:
        path: Path = ("pressure", pressure.target)
        _channels(draft, pressure, path)
        for index, cut in enumerate(pressure.cuts):
            selects(draft, pressure, cut.channels, (*path, "cuts", index, "channels"))
            _cut_levels(draft, cut, (*path, "cuts", index, "open"))
        for index, divert in enumerate(pressure.diverts):
            here = (*path, "diverts", index)
            origins = selects(draft, pressure, divert.origin, (*here, "from"))
            destinations = selects(draft, pressure, divert.destination, (*here, "to"))
            pairs = [(a, b) for a in origins for b in destinations if _same_trade(pressure, a, b)]
            if origins and destinations and not pairs:
                what = f"nothing can move from '{divert.origin}' to '{divert.destination}'."
                hint = "They share no good that flows the same way on two different channels."
                draft.problem(draft.place(*here), what, hint)


def _channels(draft: Draft, pressure: Pressure, path: Path) -> None:
    seen: set[tuple[str, str]] = set()
    _with_others(draft, pressure, path)
    for index, channel in enumerate(pressure.channels):
        if (channel.id, channel.flow) in seen:
            what = f"channel '{channel.id}' ({channel.flow}) stands twice."
            draft.problem(draft.place(*path, "channels", index), what, "Add the values up in one.")
        seen.add((channel.id, channel.flow))
    if pressure.channels and not any(c.value.central * c.importance.central for c in pressure.channels):
        what = f"the trade of '{pressure.target}' is worth nothing, so no pressure can be measured."
        draft.problem(draft.place(*path), what, "Give a channel a value above 0.")
    counted = [channel.importance.central for channel in pressure.channels]
    counted += [aid.importance.central for aid in pressure.aids]
    if max(counted, default=0) > LARGEST_RATIO * min(filter(None, counted), default=1):
        what = f"the importances of '{pressure.target}' differ more than {LARGEST_RATIO:,.0f} to 1."
        draft.problem(draft.place(*path), what, "Write 0 for what does not matter.")
    worth = [(channel.value, channel.importance) for channel in pressure.channels]
    worth += [(aid.value, aid.importance) for aid in pressure.aids]
    if sum(value.central * max(importance.central, 1) for value, importance in worth) > LARGEST_SUM:
        amount = f"more than {LARGEST_SUM:.0e}, too much to reckon with."
        what = f"the trade of '{pressure.target}' adds up to {amount}"
        draft.problem(draft.place(*path), what, "Choose a larger unit.")


def _with_others(draft: Draft, pressure: Pressure, path: Path) -> None:
    """A target trades with others, and is helped by others."""
    partners = {
        "channels": [channel.partner for channel in pressure.channels],
        "aids": [aid.partner for aid in pressure.aids],
        "recorded": [trade.partner for trade in pressure.recorded],
    }
    for name, others in partners.items():
        for index, other in enumerate(others):
            if other == pressure.target:
                place = draft.place(*path, name, index, "partner")
                hint = "Name the other side of the trade."
                draft.problem(place, f"'{pressure.target}' is its own partner here.", hint)


def selects(draft: Draft, pressure: Pressure, selector: str, path: Path) -> tuple[int, ...]:
    """The channels that words select; that they select none is noted, at the words."""
    found = pressure.select(selector)
    if not found:
        known = sorted({word for channel in pressure.channels for word in channel.id.split()})
        strange = next((word for word in selector.split() if word not in known), "")
        if any((pressure.target, word) in draft.misspelt for word in selector.split()):
            return ()
        otherwise = "Use words of partner, good and kind, or `all`."
        hint = near_miss_or(strange, known, otherwise) if strange else otherwise
        draft.problem(draft.place(*path), f"no channel is called '{selector}'.", hint)
    return found


def _same_trade(pressure: Pressure, origin: int, destination: int) -> bool:
    left, right = pressure.channels[origin], pressure.channels[destination]
    return origin != destination and left.good == right.good and left.flow == right.flow


def _cut_levels(draft: Draft, cut: Cut, path: Path) -> None:
    assert draft.scenario is not None
    options = {option.id: option for option in draft.scenario.options}
    option = options.get(cut.by)
    if option is None:
        return
    given = dict(cut.open)
    for level in given:
        if level not in option.levels:
            what = f"option '{option.id}' has no level '{level}'."
            hint = near_miss_or(level, option.levels, f"Its levels: {', '.join(option.levels)}.")
            draft.problem(draft.place(*path, level), what, hint)
    missing = [level for level in option.levels if level not in given]
    if missing and all(level in option.levels for level in given):
        what = f"`open` says nothing about {', '.join(missing)} of '{option.id}'."
        draft.problem(draft.place(*path), what, "Give the open share at every level; 1 leaves all open.")
