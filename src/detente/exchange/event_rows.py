"""The rows of a file of events, one by one: packed or not, with limits on bytes, lines and quotes.

A file may be endless, packed a thousandfold, or hold a quote that never closes; none of these may cost more
than the limits below, and none may swallow rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import stat
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO, NamedTuple, cast

from detente.errors import Place, Problem, ScenarioError

MOST_BYTES = 2_000_000_000  # unpacked
MOST_LINES = 50_000_000
LONGEST_LINE = 100_000  # bytes, and those of all lines that one quoted field may run over
MOST_JOINED = 20  # lines that one quoted field may run over
TOLD = 1 << 16  # lines between two words about how far reading has come
DELIMITERS = "\t,;|"

Tell = Callable[[str, float], None]
Line = tuple[int, str]


class Row(NamedTuple):
    """The cells of a row, and the line on which it begins, from 1."""

    line: int
    cells: list[str]


class Rows:
    """The rows of a file of events; its first row that holds anything decides how the others are divided."""

    def __init__(self, path: Path, tell: Tell | None = None) -> None:
        self.file = str(path)
        self._lines = _lines(path, tell)
        self._back: deque[Line] = deque()  # lines that were looked at and turned out to be rows of their own

    def __iter__(self) -> Iterator[Row]:
        delimiter, width = "", 0
        while (line := self._next()) is not None:
            number, text = line
            if not text or text.isspace():
                continue
            if not delimiter:
                delimiter = max(DELIMITERS, key=text.count)
                width = len(_divided(text, delimiter))
            yield Row(number, self._row(text, delimiter, width))

    def _next(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def _row(self, text: str, delimiter: str, width: int) -> list[str]:
        """A row; a quote that does not close where the row would be whole is a letter like any other."""
        if delimiter == "\t" or text.count('"') % 2 == 0:
            return _divided(text, delimiter)
        joined, held = text, list[Line]()
        while len(held) < MOST_JOINED and len(joined) <= LONGEST_LINE:
            line = self._next()
            if line is None:
                break
            held.append(line)
            joined += "\n" + line[1]
            whole = line[1].count(delimiter) == width - 1
            if whole and text.count(delimiter) >= width - 1:
                break  # both are rows by themselves
            if joined.count('"') % 2 == 0 and len(cells := _strictly(joined, delimiter)) == width:
                return cells
            if whole:
                break  # a row by itself stands in the way
        self._back.extendleft(reversed(held))
        return text.split(delimiter)


def _divided(text: str, delimiter: str) -> list[str]:
    """The cells of a row; quotes mean nothing where tabs divide, as in the archives of ICEWS and GDELT."""
    if delimiter == "\t" or '"' not in text:
        return text.split(delimiter)
    return next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


def _strictly(text: str, delimiter: str) -> list[str]:
    """The cells of one row by the letter of the standard; none where a quote stands where none may."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


def _lines(path: Path, tell: Tell | None) -> Iterator[Line]:
    """The lines of a file without their ends, with their numbers."""
    total = 0
    with path.open("rb") as file, _unpacked(file, path) as stream:
        for number in count(1):
            data = stream.readline(LONGEST_LINE + 1)
            if not data:
                return
            total += len(data)
            if len(data) > LONGEST_LINE:
                what = f"this line has more than {LONGEST_LINE:,} bytes; no row of events is so long."
                raise _refused(path, number, what, "Is it a file of events?")
            if total > MOST_BYTES or number > MOST_LINES:
                much = f"{MOST_LINES:,} lines" if number > MOST_LINES else f"{MOST_BYTES / 1e9:.0f} GB of text"
                raise _refused(
                    path,
                    number,
                    f"the file has more than {much}.",
                    "Cut it to the years and parties that matter.",
                )
            if tell is not None and number % TOLD == 0:
                tell(f"reading events: {number:,} lines", _share(file))
            yield number, _decoded(data, path, number).rstrip("\r\n")


def _share(file: IO[bytes]) -> float:
    """Which share of a file was read; 0 where its size is not known."""
    about = os.fstat(file.fileno())
    whole = about.st_size if stat.S_ISREG(about.st_mode) else 0
    return min(1.0, file.tell() / whole) if whole else 0.0


def _decoded(data: bytes, path: Path, line: int) -> str:
    try:
        return data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        what = f"the byte 0x{data[error.start]:02x} at position {error.start + 1} is not UTF-8."
        convert = f"Convert the file, e.g.: iconv -f latin1 -t utf-8 {path.name} > utf8-{path.name}"
        raise _refused(path, line, what, convert) from None


def _unpacked(stream: io.BufferedReader, path: Path) -> IO[bytes]:
    """The file as it is, or what is packed in it; the first bytes tell."""
    head = stream.peek(4)[:4]
    if head[:2] == b"\x1f\x8b":
        return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=stream)))
    if head == b"PK\x03\x04":
        return _member(zipfile.ZipFile(stream), path)
    if path.suffix == ".gz":
        raise ValueError("it is not gzipped, as its name says")
    return stream


def _member(archive: zipfile.ZipFile, path: Path) -> IO[bytes]:
    """The one file of an archive."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        what = f"the archive holds {len(members)} files."
        raise _refused(path, 0, what, "Unpack it and name one of them.")
    if members[0].flag_bits & 1:
        raise _refused(path, 0, "the archive is locked with a password.", "Unpack it and name the file in it.")
    if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        what = "the archive is packed in a way that is not read here."
        raise _refused(path, 0, what, "Unpack it and name the file in it.")
    return io.BufferedReader(cast(io.RawIOBase, archive.open(members[0])))


def _refused(path: Path, line: int, what: str, hint: str) -> ScenarioError:
    return ScenarioError([Problem(Place(str(path), line, 1 if line else 0), what, hint)])
