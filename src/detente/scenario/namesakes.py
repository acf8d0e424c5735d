"""Names that are easily taken for something else: for one another, a section, a party, other letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from detente.errors import hidden
from detente.scenario.countries import states
from detente.scenario.draft import Oversight, Path
from detente.scenario.lookalikes import alphabets, skeleton
from detente.scenario.model import Scenario
from detente.scenario.near import meant, near_miss
from detente.scenario.schema import SECTIONS
from detente.scenario.unreached import interest_lists

MOST_STRANGERS = 200
"""Of so many partners and hosts that are no parties the spelling is looked at."""

NO_STATES = ("ALL", "ANY", "OTH", "ROW", "WLD")
"""Codes in use for whoever is meant by no name."""

Named = tuple[str, Path, str]  # id, where it stands, what people call it


def one_name_for_two(scenario: Scenario) -> Iterator[Oversight]:
    """Two things of a kind that people call the same, and two states of one code."""
    for kind, things in _titled(scenario):
        seen: dict[str, str] = {}
        for id, path, title in things:
            name = title.strip().casefold()
            owner = id.partition(".")[0] if kind == "option" else ""
            if name and seen.setdefault(f"{owner}.{name}", id) != id:
                what = f"two {kind}s are called '{title}': '{seen[f'{owner}.{name}']}' and '{id}'."
                yield Oversight((*path, "title"), what, "Nothing tells them apart where titles are shown.")
    known: dict[str, str] = {}
    for party in scenario.parties:
        for index, alias in enumerate(party.aliases):
            other = known.setdefault(alias.strip().casefold(), party.id)
            if other != party.id:
                what = f"'{other}' and '{party.id}' have one alias, '{alias}'."
                yield Oversight(
                    ("parties", party.id, "aliases", index), what, "Event files cannot tell them apart."
                )
    states: dict[str, str] = {}
    for party in scenario.parties:
        code = party.iso.strip().upper() if _is_a_state(party.id) else ""
        if code and states.setdefault(code, party.id) != party.id:
            what = f"'{states[code]}' and '{party.id}' have one `iso` code, {party.iso}."
            yield Oversight(("parties", party.id, "iso"), what, "Event files cannot tell them apart.")


def _is_a_state(id: str) -> bool:
    """Whether a party is called by a code; groups within one state share its code rightly."""
    return len(id) == 3 and id.isalpha() and id.isupper()


def twice_in_a_list(scenario: Scenario) -> Iterator[Oversight]:
    """A guarantor, a table, a clash or a coalition that is named twice."""
    lists: list[tuple[str, Path, Sequence[str]]] = [("clash", ("clashes",), scenario.clashes)]
    together = [" and ".join(sorted(members)) for members in scenario.coalitions]
    lists.append(("coalition", ("coalitions",), together))
    for venue in scenario.venues:
        lists.append(("guarantor", ("venues", venue.id, "guarantors"), venue.guarantors))
    for strategy in scenario.strategies:
        for index, stage in enumerate(strategy.stages):
            lists.append(("table", ("strategies", strategy.id, "stages", index, "tables"), stage.tables))
    for kind, path, items in lists:
        for index, item in enumerate(items):
            if item in items[:index]:
                yield Oversight((*path, index), f"{kind} '{item}' is named twice.", "Keep one.")


def strangers(scenario: Scenario) -> Iterator[Oversight]:
    """A partner in trade, or a host, that is no party but is written almost like one."""
    parties = {party.id: party.name for party in scenario.parties}
    named = tuple(_abroad(scenario))
    written = Counter(name for _, _, name in named if name not in parties)
    often = {name: "" for name, count in written.most_common(MOST_STRANGERS) if count > 1}
    near = {
        name: _meant(name, parties) or _meant(name, often if count == 1 else {})
        for name, count in written.most_common()[::-1][:MOST_STRANGERS]
    }
    for path, kind, name in named:
        other = near.get(name)
        if other is not None:
            yield Oversight(path, f"{kind} '{name}' is no party.", meant(name, other))


def _abroad(scenario: Scenario) -> Iterator[tuple[Path, str, str]]:
    """Hosts and partners, who need not be parties."""
    for venue in scenario.venues:
        if venue.host:
            yield ("venues", venue.id, "host"), "host", venue.host
    for pressure in scenario.pressures:
        for index, channel in enumerate(pressure.channels):
            yield ("pressure", pressure.target, "channels", index, "partner"), "partner", channel.partner
        for index, aid in enumerate(pressure.aids):
            yield ("pressure", pressure.target, "aids", index, "partner"), "partner", aid.partner


def _meant(name: str, known: dict[str, str]) -> str | None:
    """The name that was meant, if it is almost this one; a code that a state has is meant as it is."""
    for id, title in known.items():
        if id.casefold() == name.casefold() or (title and title.casefold() == name.casefold()):
            return id
        if len(name) <= 3 and sorted(id.casefold()) == sorted(skeleton(name).casefold()):
            return id
    codes = [id for id in known if len(id) <= 3]
    if len(name) <= 3:
        code = _is_a_state(name) and name not in states() and name not in NO_STATES
        return near_miss(name, [id for id in codes if _is_a_state(id)], apart=1) if code else None
    return near_miss(name, [id for id in known if len(id) > 3]) or near_miss(name, codes, apart=1)


def names_of_sections(scenario: Scenario) -> Iterator[Oversight]:
    """Something called like a section that the document lacks: the section's line is indented too far."""
    for kind, things in _titled(scenario):
        for id, path, _ in things:
            if id in SECTIONS and not _given(scenario, id):
                what = f"{kind} '{id}' is named like a section of the document."
                yield Oversight(path, what, _at_the_margin(id))
    for word in dict.fromkeys(re.findall(r"(?:^|\s)([a-z_]+): \S", scenario.about)):
        if word in SECTIONS and not _given(scenario, word):
            what = f"`about` holds '{word}: …', and the document has no such section."
            yield Oversight(("about",), what, _at_the_margin(word))


def _at_the_margin(section: str) -> str:
    return f"If the section `{section}` is meant, begin its line at the left margin."


def letters_that_look_alike(scenario: Scenario) -> Iterator[Oversight]:
    """A name in letters of two alphabets, and two names that look the same."""
    for kind, things in _titled(scenario):
        seen: dict[str, str] = {}
        for id, path, _ in things:
            mixed = alphabets(id)
            if len(mixed) > 1:
                letters = ", ".join(f"'{letter}' is {name}" for name, letter in mixed.items())
                what = f"{kind} '{id}' mixes alphabets: {letters}."
                yield Oversight(path, what, "Write it in one.")
            elif seen.setdefault(skeleton(id), id) != id:
                what = f"{kind}s '{seen[skeleton(id)]}' and '{id}' look the same, in different letters."
                yield Oversight(path, what, "Give one of them another name.")


def marks_that_nobody_sees(scenario: Scenario) -> Iterator[Oversight]:
    """A title that holds a line break, or a mark that turns the reading direction or takes no room."""
    texts: list[tuple[Path, str]] = [(("title",), scenario.title)]
    texts += [
        ((*path, index, "name"), interest.name)
        for path, _, interests in interest_lists(scenario)
        for index, interest in enumerate(interests)
    ]
    texts += [(path, name) for path, _, name in _abroad(scenario)]
    texts += [((*path, "title"), title) for _, things in _titled(scenario) for _, path, title in things]
    for path, text in texts:
        marks = dict.fromkeys(f"U+{ord(mark):04X}" for mark in hidden(text.strip()))
        if marks:
            what = f"a name holds what nobody sees: {', '.join(marks)}."
            yield Oversight(path, what, "Type it anew.")


def _titled(scenario: Scenario) -> Iterator[tuple[str, list[Named]]]:
    """Everything with an id: its kind, and id, place and title of each."""
    kinds = {
        "party": [(party.id, ("parties", party.id), party.name) for party in scenario.parties],
        "option": [(each.id, ("options", each.id), each.title) for each in scenario.options],
        "outcome": [(each.id, ("outcomes", each.id), each.title) for each in scenario.outcomes],
        "table": [(each.id, ("tables", each.id), each.title) for each in scenario.tables],
        "venue": [(each.id, ("venues", each.id), each.title) for each in scenario.venues],
        "shock": [(each.id, ("shocks", each.id), each.title) for each in scenario.shocks],
        "plan": [(each.id, ("plans", each.id), each.title) for each in scenario.plans],
        "strategy": [(each.id, ("strategies", each.id), each.title) for each in scenario.strategies],
        "source": [(each.id, ("sources", each.id), "") for each in scenario.sources],
        "claim": [(each.id, ("claims", each.id), "") for each in scenario.claims],
    }
    for kind, things in kinds.items():
        named: list[Named] = [(id, path, title) for id, path, title in things]
        yield kind, named


def _given(scenario: Scenario, section: str) -> bool:
    """Whether the document has that section."""
    held = {"relations": scenario.attitudes, "pressure": scenario.pressures, "cost": scenario.costs}
    return bool(held.get(section, getattr(scenario, section, None)))
