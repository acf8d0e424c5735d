"""What was typed after a command, refused before any work where it cannot be meant."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

from detente.errors import DetenteError
from detente.scenario.near import near_miss
from detente.workbench import SUFFIXES

LONGEST = 1000  # characters; names and lists of levels are far shorter
LONGEST_FILE = 200  # bytes of a new file's name; file systems take 255, and a moment's copy needs some
KEPT = "nothing was written."
ENDINGS = {"": "terminal", ".txt": "terminal", **SUFFIXES}
"""The format that a file's ending stands for."""


class Command(TyperCommand):
    """A command that refuses an option given twice, where one value would silently win over the other."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed; see `TyperCommand`."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        given = Counter(option.opts[0] for option in order if _holds_one(option))
        for flag, count in given.items():
            if count > 1:
                ctx.fail(f"{flag} is given {'twice' if count == 2 else f'{count} times'}. Keep one.")
        return super().parse_args(ctx, args)


def _holds_one(parameter: Any) -> bool:
    return parameter.param_type_name == "option" and not parameter.multiple and not parameter.is_flag


def whole(text: str | int) -> int:
    """A whole number as typed."""
    try:
        return int(text)
    except ValueError:
        fault = "has too many digits" if str(text).isdecimal() else "is no whole number"
        raise typer.BadParameter(f"{_quoted(str(text))} {fault}. Write e.g. 10.") from None


def decimal(text: str | float) -> float:
    """A number as typed."""
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{_quoted(str(text))} is no number. Write e.g. 0.5.") from None


def readable(label: str, texts: Iterable[str], advice: str) -> None:
    """Refuse a name that is empty, endless, or holds what no name can hold.

    Raises
    ------
    DetenteError
        With the label under which it was typed, and the advice.
    """
    for text in texts:
        if not text.strip():
            raise DetenteError(f"{label} is empty. {advice}")
        if len(text) > LONGEST:
            raise DetenteError(f"{label} has {len(text):,} characters; no name is so long. {advice}")
        if steering := _steering(text):
            raise DetenteError(f"{label} holds the control character U+{ord(steering):04X}. Type it anew.")


def destination(text: str | None, label: str = "--output") -> Path | None:
    """The file that an answer goes to; None for the standard output.

    Raises
    ------
    DetenteError
        Where no file can be written under that name.
    """
    if text is None:
        return None
    readable(label, [text], "Name a file, or leave it out.")
    if text == "-":
        raise DetenteError(f"{label} is '-'; {KEPT} Without it the answer goes to the standard output.")
    path = Path(text)
    try:
        if path.is_dir() or text.endswith("/"):
            raise DetenteError(f"{text} is a folder; {KEPT} Name a file in it.")
        _folder_exists(path.parent)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DetenteError(f"{_quoted(text)} cannot be a file: {reason}; {KEPT} Choose another.") from None
    return path


def form(chosen: str | None, output: Path | None) -> str:
    """The format that was asked for; else the one that the output file's ending stands for.

    Raises
    ------
    DetenteError
        For an ending that stands for none.
    """
    if chosen is not None:
        return chosen
    ending = output.suffix.lower() if output else ""
    if ending not in ENDINGS:
        known = ", ".join(known for known in ENDINGS if known)
        advice = f"Let the file end in one of {known}, or add --format."
        raise DetenteError(f"'{ending}' stands for no format; {KEPT} {advice}")
    return ENDINGS[ending]


def folder(text: str | None, label: str) -> Path | None:
    """A folder to write into, whether it exists already or not.

    Raises
    ------
    DetenteError
        Where there can be no folder of that name.
    """
    if text is None:
        return None
    readable(label, [text], "Name a folder, or leave it out.")
    path = Path(text)
    try:
        nearest = next((each for each in (path, *path.parents) if each.exists()), path)
        if nearest.exists() and not nearest.is_dir():
            raise DetenteError(f"{nearest} is a file, not a folder; {KEPT} Name a folder.")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DetenteError(f"{_quoted(text)} cannot be a folder: {reason}; {KEPT} Choose another.") from None
    return path


def starting(name: str, output: str | None) -> tuple[str, Path]:
    """The name of a new scenario, and the file that it goes to.

    Raises
    ------
    DetenteError
        Where the name cannot be that of a file, or the file is there already.
    """
    readable("NAME", [name], "Name the crisis, e.g. border-river.")
    if any(unicodedata.category(character) == "Cs" for character in name):
        raise DetenteError(f"NAME holds a byte that is no UTF-8 text; {KEPT} Type it anew.")
    named = destination(output)
    title = name if named else name.removesuffix(".yaml")
    path = named or Path(f"{title}.yaml")
    if named is None:
        _names_a_file(title)
    if path.exists():
        raise DetenteError(f"{path} exists already; {KEPT} Choose another name, or -o FILE.")
    return title, path


def _names_a_file(name: str) -> None:
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    if not name.strip(". "):
        raise DetenteError(f"{_quoted(name)} is no name of a file; {KEPT} Write e.g. border-river.")
    if "/" in name or "\\" in name:
        instead = last.strip(". ") or "NAME"
        hint = f"For another folder write: detente new {instead} -o FOLDER/{instead}.yaml"
        raise DetenteError(f"{_quoted(name)} names a folder too; {KEPT} {hint}")
    size = len(name.encode("utf-8", "surrogatepass"))
    if size > LONGEST_FILE:
        what = f"NAME has {size:,} bytes, and the name of a file at most {LONGEST_FILE}"
        raise DetenteError(f"{what}; {KEPT} Choose a shorter one, or -o FILE.")


def _folder_exists(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.exists():
        raise DetenteError(f"{folder} is a file, not a folder; {KEPT} Name a file beside it.")
    around = folder.parent
    beside = [each.name for each in around.iterdir() if each.is_dir()] if around.is_dir() else []
    near = near_miss(folder.name, beside)
    hint = f"Did you mean '{around / near}'?" if near else f"Make it first: mkdir -p {folder}"
    raise DetenteError(f"there is no folder {folder}; {KEPT} {hint}")


def _steering(text: str) -> str | None:
    """The first character that steers a terminal instead of being shown."""
    return next((character for character in text if unicodedata.category(character) == "Cc"), None)


def _quoted(text: str) -> str:
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"
