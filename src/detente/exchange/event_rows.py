"""The rows of a file of events, one by one: packed or not, with limits on bytes, lines and quotes.

A file may be endless, packed a thousandfold, or hold a quote that never closes; none of these may cost more
than the limits below, and none may swallow rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from detente.errors import Place, Problem, ScenarioError

MOST_BYTES = 2_000_000_000  # unpacked
LONGEST_LINE = 100_000  # bytes
MOST_JOINED = 20  # lines that one quoted field may run over
DELIMITERS = "\t,;|"


class Row(NamedTuple):
    """The cells of a row, and the line on which it begins, from 1."""

    line: int
    cells: list[str]


class Rows:
    """The rows of a file of events; its first row that holds anything decides how the others are divided."""

    def __init__(self, path: Path) -> None:
        self.file = str(path)
        self._lines = _lines(path)

    def __iter__(self) -> Iterator[Row]:
        delimiter, width = "", 0
        while (line := next(self._lines, None)) is not None:  # lines may be put back meanwhile
            number, text = line
            if not text.strip():
                continue
            if not delimiter:
                delimiter = max(DELIMITERS, key=text.count)
                width = len(_divided(text, delimiter))
            yield Row(number, self._row(text, delimiter, width))

    def _row(self, text: str, delimiter: str, width: int) -> list[str]:
        """A row; a quote that does not close where the row would be whole is a letter like any other."""
        if delimiter == "\t" or text.count('"') % 2 == 0:
            return _divided(text, delimiter)
        joined, held = text, []
        for number, more in self._lines:
            held.append((number, more))
            joined += "\n" + more
            if joined.count('"') % 2 == 0 and len(cells := _strictly(joined, delimiter)) == width:
                return cells
            if len(held) == MOST_JOINED or more.count(delimiter) == width - 1:
                break  # a row by itself stands in the way
        self._lines = _first(held, self._lines)
        return text.split(delimiter)


def _divided(text: str, delimiter: str) -> list[str]:
    """The cells of a row; quotes mean nothing where tabs divide, as in the archives of ICEWS and GDELT."""
    if delimiter == "\t":
        return text.split("\t")
    return next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


def _strictly(text: str, delimiter: str) -> list[str]:
    """The cells of a row by the letter of the standard; none where a quote stands where none may."""
    try:
        return next(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _first(held: list[tuple[int, str]], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield from held
    yield from rest


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file without their ends, with their numbers."""
    total = 0
    with _opened(path) as stream:
        for number in _counted():
            data = stream.readline(LONGEST_LINE + 1)
            if not data:
                return
            total += len(data)
            if len(data) > LONGEST_LINE:
                what = f"this line has more than {LONGEST_LINE:,} bytes; no row of events is so long."
                raise _refused(path, number, what, "Is it a file of events?")
            if total > MOST_BYTES:
                what = f"the file has more than {MOST_BYTES / 1e9:.0f} GB of text."
                raise _refused(path, number, what, "Cut it to the years and parties that matter.")
            yield number, _decoded(data, path, number).rstrip("\r\n")


def _counted() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


def _decoded(data: bytes, path: Path, line: int) -> str:
    try:
        return data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        what = f"the byte 0x{data[error.start]:02x} at position {error.start + 1} is not UTF-8."
        convert = f"Convert the file, e.g.: iconv -f latin1 -t utf-8 {path.name} > utf8-{path.name}"
        raise _refused(path, line, what, convert) from None


def _opened(path: Path) -> IO[bytes]:
    """The file as it is, or what is packed in it; the first bytes tell."""
    stream = path.open("rb")
    head = stream.peek(4)[:4]
    if head[:2] == b"\x1f\x8b":
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    if head == b"PK\x03\x04":
        archive = zipfile.ZipFile(stream)
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1:
            what = f"the archive holds {len(members)} files."
            raise _refused(path, 0, what, "Unpack it and name one of them.")
        return archive.open(members[0])
    if path.suffix == ".gz":
        raise ValueError("it is not gzipped, as its name says")
    return stream


def _refused(path: Path, line: int, what: str, hint: str) -> ScenarioError:
    return ScenarioError([Problem(Place(str(path), line, 1 if line else 0), what, hint)])
