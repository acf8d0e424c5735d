"""A scenario file as a tree that remembers line and column; the only place that opens a scenario file."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import BinaryIO

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.json_text import parse_json
from detente.scenario.nodes import Node
from detente.scenario.yaml_text import parse_yaml

MAX_BYTES = 5_000_000

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_document(path: str | Path) -> Node:
    """Read a scenario file: `.json` as JSON, anything else as YAML 1.2.

    Raises
    ------
    ScenarioError
        When the file is missing, too large, not UTF-8, or not a document; with the place.
    """
    file = Path(path)
    return parse_document(_decoded(_bytes(file), str(path)), str(path))


def read_stream(stream: BinaryIO, file: str) -> Node:
    """Read a scenario from a stream as `read_document` does; `file` stands in the places.

    Raises
    ------
    ScenarioError
        When it is too large, not UTF-8, or not a document; with the place.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ScenarioError([_too_large(file, len(data))])
    return parse_document(_decoded(data, file), file)


def parse_document(text: str, file: str = "<text>") -> Node:
    """Read the text of a scenario; `file` stands in the places and decides by its ending how to read."""
    if len(text) > MAX_BYTES:
        raise ScenarioError([_too_large(file, len(text))])
    text = text.removeprefix("\ufeff")
    if found := _CONTROL.search(text):
        what = f"the character U+{ord(found.group()):04X} is not allowed in a text file."
        raise ScenarioError([Problem(_place(text, found.start(), file), what, "Remove it.")])
    return parse_json(text, file) if file.endswith(".json") else parse_yaml(text, file)


def _bytes(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise ScenarioError(
                [Problem(Place(str(file)), "is a folder, not a scenario.", "Name a file in it.")]
            )
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise ScenarioError([_too_large(str(file), size)])
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except PermissionError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = Problem(Place(str(file)), f"cannot be read: {reason}.", "Check the name and the folder.")
        raise ScenarioError([problem]) from None
    if len(data) > MAX_BYTES:
        raise ScenarioError([_too_large(str(file), len(data))])
    return data


def _too_large(file: str, size: int) -> Problem:
    what = f"has {size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read."
    return Problem(Place(file), what, "A large scenario has about 0.1 MB.")


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        what = f"the byte 0x{data[error.start]:02x} is not UTF-8."
        problem = Problem(_place(before, len(before), file), what, "Save the file as UTF-8.")
        raise ScenarioError([problem]) from None


def _place(text: str, position: int, file: str) -> Place:
    before = text[:position].replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
