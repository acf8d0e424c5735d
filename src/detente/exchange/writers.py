"""The forms in which a scenario can be written, one row each; by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from detente.errors import DetenteError
from detente.exchange.tables import files_of
from detente.scenario.dump import dumps, dumps_json
from detente.scenario.model import Scenario
from detente.scenario.near import near_miss


@dataclass(frozen=True)
class Writer:
    """A form: the endings of its files, what it is, and the files that a scenario becomes under a name."""

    endings: tuple[str, ...]
    about: str
    write: Callable[[Scenario, Path], dict[Path, bytes]]


def _text(write: Callable[[Scenario], str]) -> Callable[[Scenario, Path], dict[Path, bytes]]:
    return lambda scenario, path: {path: write(scenario).encode("utf-8")}


def _nfg(scenario: Scenario, path: Path) -> dict[Path, bytes]:
    from detente.exchange.gambit import write_nfg

    return {path: write_nfg(scenario).encode("utf-8")}


WRITERS: tuple[Writer, ...] = (
    Writer((".yaml", ".yml"), "a scenario as people write it", _text(dumps)),
    Writer((".json",), "a scenario as programs read it", _text(dumps_json)),
    Writer((".xlsx", ".csv"), "its parties, options, interests, attitudes and channels as tables", files_of),
    Writer((".nfg",), "a strategic game for Gambit", _nfg),
)


def writer(path: Path) -> Writer:
    """The form that a file's ending stands for.

    Raises
    ------
    DetenteError
        For an ending that stands for none, with those that do.
    """
    ending = path.suffix.lower()
    for row in WRITERS:
        if ending in row.endings:
            return row
    endings = [each for row in WRITERS for each in row.endings]
    near = near_miss(ending, endings) if ending else None
    known = ", ".join(f"{row.endings[0]} ({row.about})" for row in WRITERS)
    hint = f"Did you mean '{near}'? " if near else ""
    what = f"'{ending}' stands for no form of a scenario" if ending else f"{path} has no ending"
    raise DetenteError(f"{what}; nothing was written. {hint}What can be written: {known}.")
