"""A crisis with something changed before it is asked about: a value, a table, a channel, where it starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from detente.arguments import quoted
from detente.errors import DetenteError, RefusedError, ScenarioError, UnknownNameError
from detente.scenario.addresses import addresses
from detente.scenario.change import close_channel, open_table, throughout
from detente.scenario.model import Scenario


@dataclass(frozen=True)
class Changes:
    """What is to be changed, as somebody typed it.

    Attributes
    ----------
    values : `ADDRESS=VALUE`; see `Scenario.addresses`.
    tables : the id of a table, or its members as `A+B`, open in every stage of every strategy.
    channels : words of partner, good and kind, or `TARGET:` and these; shut whatever anybody does.
    starts : `OPTION=level` where things stand at the start, or the number of the state that is the start.
    """

    values: Sequence[str] = ()
    tables: Sequence[str] = ()
    channels: Sequence[str] = ()
    starts: Sequence[str] = ()


@dataclass(frozen=True)
class Changed:
    """The scenario with the changes, and what was changed, told line by line."""

    scenario: Scenario
    told: tuple[str, ...] = ()


def changed(scenario: Scenario, changes: Changes) -> Changed:
    """The scenario with everything changed that was asked for.

    Raises
    ------
    DetenteError
        For what is no change, names nothing, or leaves no scenario that could be asked about.
    """
    scenario, told = _begun(scenario, [text for text in changes.starts if text.strip().isdecimal()])
    starts = [text for text in changes.starts if not text.strip().isdecimal()]
    pairs = [*_pairs(changes.values, "--set", "ADDRESS=VALUE"), *_starts(starts)]
    told += _valued(scenario, pairs)
    if pairs:
        scenario, left = _placed(scenario, dict(pairs))
        told += left
    for ways, change in ((changes.tables, _opened), (changes.channels, _closed)):
        scenario, more = _each(scenario, ways, change)
        told += more
    return Changed(scenario, tuple(told))


def _pairs(texts: Iterable[str], flag: str, form: str) -> list[tuple[str, str]]:
    pairs: dict[str, str] = {}
    for text in texts:
        address, sign, value = text.rpartition("=") if flag == "--start" else text.partition("=")
        if not sign or not address.strip() or not value.strip():
            raise DetenteError(f"{flag} {quoted(text)} is not of the form {form}.")
        if address.strip() in pairs:
            raise DetenteError(f"{flag} gives {quoted(address.strip())} twice. Keep one.")
        pairs[address.strip()] = value.strip()
    return list(pairs.items())


def _starts(texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(f"status_quo.{option}", level) for option, level in _pairs(texts, "--start", "OPTION=level")]


def _begun(scenario: Scenario, numbers: Sequence[str]) -> tuple[Scenario, list[str]]:
    """The scenario with a state of its own, by its number, for its status quo."""
    if not numbers:
        return scenario, []
    if len(numbers) > 1:
        raise DetenteError(f"--start names {len(numbers)} states. Play starts in one.")
    from detente.questions.subject import state_levels

    levels = state_levels(scenario, numbers[0].strip())
    told = [f"play starts in state {int(numbers[0]):,}, which stands for the status quo"]
    scenario, left = _placed(scenario, {f"status_quo.{option}": level for option, level in levels.items()})
    return scenario, told + left


def _placed(scenario: Scenario, values: dict[str, str]) -> tuple[Scenario, list[str]]:
    """The scenario with other values; what was claimed or seen from its own start goes where it misfits."""
    bare = replace(scenario, claims=(), observed=(), forecasts=())
    try:
        return scenario.with_values(values), []
    except ScenarioError:
        if bare == scenario or not any(address.startswith("status_quo.") for address in values):
            raise
        return bare.with_values(values), ["claims and observations are left out: they do not fit that start"]


def _valued(scenario: Scenario, pairs: Sequence[tuple[str, str]]) -> list[str]:
    if not pairs:
        return []
    known = addresses(scenario)
    return [f"{address} = {value} (was {known.get(address) or 'open'})" for address, value in pairs]


def _each(
    scenario: Scenario, texts: Sequence[str], change: Callable[[Scenario, str], tuple[Scenario, str]]
) -> tuple[Scenario, list[str]]:
    told = []
    for text in texts:
        scenario, what = change(scenario, text)
        told.append(what)
    return scenario, told


def _opened(scenario: Scenario, text: str) -> tuple[Scenario, str]:
    """A table open in every stage of every strategy; one that does not exist is made of its members."""
    known = [table.id for table in scenario.tables]
    name = text
    if text not in known:
        if "+" not in text:
            raise UnknownNameError("table", text, known)
        name = text.replace("+", "-").replace(" ", "")
        scenario = open_table(scenario, [member.strip() for member in text.split("+")], id=name)
    if not scenario.strategies:
        raise RefusedError(
            f"--open {text}: the scenario has no strategy in whose stages a table could be open."
        )
    strategies = tuple(throughout(strategy, table=name) for strategy in scenario.strategies)
    return replace(scenario, strategies=strategies), f"the table {name} is open in every stage"


def _closed(scenario: Scenario, text: str) -> tuple[Scenario, str]:
    """Channels shut whatever anybody does; the target may be left out where there is one."""
    targets = [pressure.target for pressure in scenario.pressures]
    target, sign, channels = text.partition(":")
    if not sign:
        target, channels = targets[0] if len(targets) == 1 else "", text
    if not targets:
        raise RefusedError(f"--close-channel {text}: the scenario describes nobody's trade.")
    if not target:
        raise DetenteError(
            f"--close-channel {text}: whose? Write one of: {', '.join(f'{t}:{text}' for t in targets)}."
        )
    words = channels.strip().replace("-", " ")
    for pressure in scenario.pressures:
        if pressure.target == target and not pressure.select(words):
            raise UnknownNameError("channel", words, [channel.id for channel in pressure.channels])
    told = f"the channels {quoted(words)} of {target} are closed"
    return close_channel(scenario, target, words), told
