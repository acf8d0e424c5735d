"""The crises on the desk: the one that the server was started with, and those that come with the product.

A file is read anew when it has changed. One with problems stays on the desk: they are shown at their lines.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from detente import library
from detente.errors import DetenteError, Problem, ScenarioError
from detente.scenario.fingerprint import fingerprint
from detente.scenario.judgements import Judgement, judgements
from detente.scenario.model import Scenario
from detente.what_if import Changes, changed

KEPT = 16  # variants that are remembered


@dataclass(frozen=True, eq=False)
class Crisis:
    """A scenario that is looked at, with what was changed in it, and what is read off it again and again."""

    scenario: Scenario
    told: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """Tells it from every other crisis, in this process and in others."""
        return f"{self.scenario.id} {fingerprint(self.scenario)}"

    @cached_property
    def numbers(self) -> tuple[Judgement, ...]:
        """Every number of it."""
        return judgements(self.scenario)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Where its numbers stand."""
        return frozenset(address for one in self.numbers for address in one.addresses)


@dataclass(frozen=True)
class Read:
    """A crisis as it was read, or what is wrong with it."""

    crisis: Crisis | None
    problems: tuple[Problem, ...] = ()
    error: str = ""


class Desk:
    """Crises by the names that stand in addresses."""

    def __init__(self, source: str) -> None:
        self.own = source if source in library.builtin() else _name(source)
        self._sources = {name: name for name in library.builtin()} | {self.own: source}
        self._read: dict[str, tuple[float, Read]] = {}
        self._variants: OrderedDict[tuple[Crisis, Changes], Crisis] = OrderedDict()
        self._turn = Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The crises, the own one first."""
        return (self.own, *(name for name in self._sources if name != self.own))

    def read(self, name: str) -> Read:
        """A crisis as it stands now.

        Raises
        ------
        KeyError
            For a name that is not on the desk.
        """
        source = self._sources[name]
        try:
            stamp = os.stat(source).st_mtime_ns if name == self.own and os.path.exists(source) else 0
        except OSError:
            stamp = -1
        with self._turn:
            known = self._read.get(name)
            if known is None or known[0] != stamp:
                known = self._read[name] = (stamp, _opened(source))
            return known[1]

    def text(self, name: str) -> str:
        """The text of a crisis, as far as it can be shown."""
        try:
            if self._sources[name] in library.builtin():
                return library.text_of(self._sources[name])
            return Path(self._sources[name]).read_text("utf-8", errors="replace")
        except (DetenteError, OSError) as error:
            return str(error)

    def variant(self, crisis: Crisis, changes: Changes) -> Crisis:
        """A crisis with changes; see `what_if.changed`."""
        if changes == Changes((), (), (), ()):
            return crisis
        with self._turn:
            known = self._variants.get((crisis, changes))
        if known is None:
            found = changed(crisis.scenario, changes)
            known = Crisis(found.scenario, found.told)
        with self._turn:
            self._variants[crisis, changes] = known
            self._variants.move_to_end((crisis, changes))
            while len(self._variants) > KEPT:
                self._variants.popitem(last=False)
        return known


def changes_of(
    sets: Sequence[str], opens: Sequence[str], closes: Sequence[str], starts: Sequence[str]
) -> Changes:
    """Changes that can be told apart and remembered."""
    return Changes(*(tuple(filter(str.strip, texts)) for texts in (sets, opens, closes, starts)))


def _name(source: str) -> str:
    """A file's name as part of an address, never that of a built-in crisis."""
    stem = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in Path(source).stem)
    return f"{stem or 'crisis'}-file" if stem in library.builtin() or not stem else stem


def _opened(source: str) -> Read:
    try:
        return Read(Crisis(library.open_with_notices(source).scenario))
    except ScenarioError as error:
        return Read(None, error.problems)
    except DetenteError as error:
        return Read(None, error=str(error))
    except OSError as error:
        return Read(None, error=f"{source}: {error.strerror or error}")
