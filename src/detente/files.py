"""Files that are written: names are looked at before any work, and files written whole or not at all."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from detente import written
from detente.arguments import quoted, readable
from detente.errors import DetenteError
from detente.scenario.near import near_miss
from detente.written import Batch

LONGEST_FILE = 200  # bytes of a new file's name; file systems take 255, and a moment's copy needs some
KEPT = "nothing was written."


def save(content: str | bytes, path: Path) -> None:
    """Write a file whole or not at all: a reader never finds half of it, and a failure leaves the old one.

    A symbolic link stays one: the file that it leads to is written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        written.record(str(path))
        return
    try:
        save_all({path: data})
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def save_all(contents: Mapping[Path, bytes], folder: Path | None = None) -> None:
    """Write files, all of them or none; a folder for them is made where it is missing."""
    with Batch() as batch:
        if folder is not None:
            batch.make(folder)
        names = {}
        for path, data in contents.items():
            target = Path(os.path.realpath(path))
            if target.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
            file, name = batch.open(target.parent)
            with file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, _mode(target))
            names[name] = target
        batch.finish(names)


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
        raise DetenteError(f"{quoted(text)} cannot be a file: {reason}; {KEPT} Choose another.") from None
    return path


def target(text: str, force: bool = False) -> Path:
    """A file that is to be made, whether its name is given as an argument or not.

    Raises
    ------
    DetenteError
        Where no file can be written under that name, or one is there already and `force` is not given.
    """
    path = destination(text, "FILE")
    assert path is not None
    if path.exists() and not force:
        raise DetenteError(f"{path} exists already; {KEPT} Choose another name, or add --force.")
    return path


def sheets(text: str | None) -> Path | None:
    """The file that tables are exported to.

    Raises
    ------
    DetenteError
        Where no file can be written under that name, its ending says no form of a table, or what it takes is
        not installed.
    """
    path = destination(text, "--export")
    if path is not None:
        from detente.formats.sheets import require

        require(path)
    return path


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
        raise DetenteError(f"{quoted(text)} cannot be a folder: {reason}; {KEPT} Choose another.") from None
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
        raise DetenteError(f"{quoted(name)} is no name of a file; {KEPT} Write e.g. border-river.")
    if "/" in name or "\\" in name:
        instead = last.strip(". ") or "NAME"
        hint = f"For another folder write: detente new {instead} -o FOLDER/{instead}.yaml"
        raise DetenteError(f"{quoted(name)} names a folder too; {KEPT} {hint}")
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


def _mode(path: Path) -> int:
    """The permissions that the file has, or that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
