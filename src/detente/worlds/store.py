"""Worlds kept on disk: one file, one row a world, each with a seal, in whole batches or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from detente.answers.answer import key_of
from detente.errors import RefusedError
from detente.worlds.measure import Measure, Record

SCHEMA = 1
"""Of the file's tables; a later version reads every earlier one."""

_TABLES = """
create table facts (name text primary key, text text not null);
create table worlds (
  world integer primary key, reason text not null, row blob not null, seal blob not null
);
"""


Facts = Mapping[str, str]
"""What a file's worlds are worlds of: scenario, seed, foresight, and what was recorded of each."""


class Store:
    """A file of measured worlds.

    Parameters
    ----------
    path : the file; made where there is none.
    facts : of what it holds worlds; None: whatever it says itself.

    Raises
    ------
    RefusedError
        The file is no store, is damaged, or holds worlds of something else: another scenario, seed, foresight,
        or another measure of them.
    """

    def __init__(self, path: str | Path, facts: Facts | None) -> None:
        self.path = Path(path)
        with self._plainly():
            self._file = _opened(self.path)
            self.facts = self._admitted(facts)

    def close(self) -> None:
        """Fold the journal into the file."""
        with self._plainly():
            self._file.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, records: Iterable[Record]) -> None:
        """Keep records, all of them or none; a world that is known already is replaced."""
        rows = [(one.world, one.reason, _packed(one.values), _seal(one)) for one in records]
        with self._plainly(), self._file:
            self._file.executemany("insert or replace into worlds values (?, ?, ?, ?)", rows)

    def forget_failed(self) -> None:
        """Drop the worlds of which nothing came out, so that they are tried again."""
        with self._plainly(), self._file:
            self._file.execute("delete from worlds where reason <> ''")

    def records(self) -> Iterator[Record]:
        """Every world that is kept and whole, in order."""
        with self._plainly():
            for world, reason, row, seal in self._file.execute("select * from worlds order by world"):
                try:
                    record = Record(world, struct.unpack(f"<{len(row) // 8}d", row), reason)
                except struct.error:
                    continue
                if _seal(record) == seal:
                    yield record

    def _admitted(self, wanted: Facts | None) -> Facts:
        """Make a new file one of these worlds, or refuse one that is of others."""
        held = dict(self._file.execute("select name, text from facts"))
        if not held:
            with self._file:
                self._file.executemany("insert into facts values (?, ?)", [*(wanted or {}).items()])
            return wanted or {}
        for name, text in (wanted or {}).items():
            if held.get(name) != text:
                raise RefusedError(_differs(self.path, name, held.get(name, ""), text))
        return held

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise RefusedError(_unusable(self.path, error)) from error


def merge(sources: Sequence[Path], target: Path) -> int:
    """Put the worlds of several files into one; how many it then has.

    Raises
    ------
    RefusedError
        A file is missing or no store, or one holds worlds of something else than the first.
    """
    for source in sources:
        if not source.exists():
            raise RefusedError(f"there is no file {source}. Name the stores to be merged.")
    with Store(sources[0], None) as first:
        facts = first.facts
    with Store(target, facts) as store:
        for source in sources:
            with Store(source, facts) as part:
                store.add(part.records())
        return sum(1 for _ in store.records())


def digest(store: Store) -> str:
    """A hash of everything that the store holds, the same for the same worlds however they came there."""
    found = hashlib.sha256()
    for record in store.records():
        found.update(_seal(record))
    return found.hexdigest()


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=60, check_same_thread=False)
    held = {name for (name,) in file.execute("select name from sqlite_master where type = 'table'")}
    if held and not {"facts", "worlds"} <= held:
        raise RefusedError(f"{path} is no store of worlds: it holds other tables. Name another file.")
    file.execute("pragma journal_mode = wal")
    if not held:
        file.executescript(_TABLES)
    return file


def facts_of(measure: Measure) -> Facts:
    """Of what the records of a measure are records."""
    return {
        "schema": str(SCHEMA),
        "scenario": key_of(measure.scenario).hash,
        "seed": str(measure.seed),
        "foresight": measure.foresight or "",
        "columns": json.dumps(measure.columns),
    }


def _packed(values: Sequence[float]) -> bytes:
    return struct.pack(f"<{len(values)}d", *values)


def _seal(record: Record) -> bytes:
    text = f"{record.world}\n{record.reason}\n".encode() + _packed(record.values)
    return hashlib.sha256(text).digest()[:16]


def _differs(path: Path, name: str, held: str, wanted: str) -> str:
    what = {
        "schema": "another version of detente wrote it",
        "scenario": f"it holds worlds of another scenario (hash {held}, not {wanted})",
        "seed": f"it was drawn with seed {held}, not {wanted}",
        "foresight": f"it rests on foresight {held or 'of the scenario'}, not {wanted or 'of the scenario'}",
        "columns": "it records other strategies or outcomes",
    }[name]
    return f"{path} cannot take these worlds: {what}. Name another file, or ask as it was asked."


def _unusable(path: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text:
        return f"no room is left for {path}; what it holds is whole. Make room and ask again: it goes on there."
    if "not a database" in text or "malformed" in text:
        return f"{path} is no store of worlds, or is damaged ({text}). Name another file."
    if "unable to open" in text:
        return f"{path} cannot be opened: its folder is missing, or may not be written to. Name another file."
    return f"{path} cannot be used: {text}. Name another file."
