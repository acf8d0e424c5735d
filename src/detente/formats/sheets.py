"""Tables as files for other programs: CSV (numbers keep every digit), a workbook (sixteen of them), LaTeX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import DetenteError

if TYPE_CHECKING:
    import pandas

INSTALL = "Install with: pip install 'detente[frames]'"
FORMULA = ("=", "+", "-", "@")
LONGEST_SHEET = 31  # what spreadsheets allow in the name of a sheet

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def files_of(tables: Tables, path: Path) -> dict[Path, bytes]:
    """What is to be written for some tables under a name: one workbook, one LaTeX file, or a CSV file for each.

    Of several tables in CSV the first goes to the file that is named, the others beside it: `out.csv`,
    `out-NAME.csv`.

    Parameters
    ----------
    tables : rows by name, the main table first.
    path : its ending says the form.

    Raises
    ------
    DetenteError
        For another ending, or where the libraries for it are not installed.
    """
    writer = require(path)
    import pandas

    return writer({name: pandas.DataFrame(list(rows)) for name, rows in tables.items()}, path)


def require(path: Path) -> Callable[[Mapping[str, pandas.DataFrame], Path], dict[Path, bytes]]:
    """The writer for a file's ending.

    Raises
    ------
    DetenteError
        For another ending, or where the libraries are not installed.
    """
    needed = ["pandas", "openpyxl"] if path.suffix.lower() == ".xlsx" else ["pandas"]
    if any(find_spec(library) is None for library in needed):
        told = " and ".join(needed)
        raise DetenteError(f"such tables need {told}; nothing was written. {INSTALL}")
    if path.suffix.lower() not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise DetenteError(
            f"'{path.suffix}' stands for no form of a table; nothing was written. Let the file end in {known}."
        )
    return _WRITERS[path.suffix.lower()]


def caution(written: Mapping[Path, bytes]) -> str:
    """What to say of texts in CSV files that some spreadsheets take for formulas; empty where none is there."""
    found = {path: _live(data) for path, data in written.items() if path.suffix.lower() == ".csv"}
    files = [path.name for path, many in found.items() if many]
    if not files:
        return ""
    many = sum(found.values())
    what = "one text begins" if many == 1 else f"{many:,} texts begin"
    return (
        f"{what} with =, +, - or @, which some spreadsheets take for a formula (in {', '.join(files)}). "
        "They are kept as they are; open the file as text, or write .xlsx, where a text stays one."
    )


def _live(data: bytes) -> int:
    """How many cells of a CSV file begin like a formula and are no numbers."""
    cells = chain.from_iterable(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    return sum(cell.lstrip()[:1] in FORMULA and not _number(cell) for cell in cells if cell.strip())


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _csv(frames: Mapping[str, pandas.DataFrame], path: Path) -> dict[Path, bytes]:
    found: dict[Path, bytes] = {}
    for place, (name, frame) in enumerate(frames.items()):
        beside = path.with_name(f"{path.stem}-{name.replace('.', '-')}{path.suffix}")
        found[path if place == 0 else beside] = frame.to_csv(index=False).encode("utf-8")
    return found


def _workbook(frames: Mapping[str, pandas.DataFrame], path: Path) -> dict[Path, bytes]:
    import pandas

    buffer, taken = io.BytesIO(), set[str]()
    with pandas.ExcelWriter(buffer, engine="openpyxl") as workbook:
        for name, frame in frames.items():
            sheet = _sheet(name, taken)
            frame.to_excel(workbook, sheet_name=sheet, index=False)
            for row in workbook.sheets[sheet].iter_rows():
                for cell in row:
                    if cell.data_type == "f":  # a text that begins with = is a text
                        cell.data_type = "s"
            workbook.sheets[sheet].freeze_panes = "A2"
    return {path: buffer.getvalue()}


def _latex(frames: Mapping[str, pandas.DataFrame], path: Path) -> dict[Path, bytes]:
    parts = [f"% {name}\n{_escaped(frame).to_latex(index=False, na_rep='')}" for name, frame in frames.items()]
    head = "% Tables made with booktabs: \\usepackage{booktabs}\n"
    return {path: (head + "\n" + "\n".join(parts)).encode("utf-8")}


def _escaped(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Names and texts as LaTeX shows them."""
    kept = frame.map(lambda value: _tex(value) if isinstance(value, str) else value)
    return kept.rename(columns={name: _tex(str(name)) for name in kept.columns})


def _tex(text: str) -> str:
    plain = text.replace("\\", "\0")
    plain = re.sub(r"([#$%&_{}])", r"\\\1", plain)
    plain = plain.replace("~", r"\textasciitilde{}").replace("^", r"\textasciicircum{}")
    return plain.replace("\0", r"\textbackslash{}")


def _sheet(name: str, taken: set[str]) -> str:
    """A sheet's name: short enough, and none twice."""
    short, copy = name[:LONGEST_SHEET], 1
    while short.lower() in taken:
        copy += 1
        short = f"{name[: LONGEST_SHEET - 3]}~{copy}"
    taken.add(short.lower())
    return short


_WRITERS: Mapping[str, Callable[[Mapping[str, Any], Path], dict[Path, bytes]]] = {
    ".csv": _csv,
    ".xlsx": _workbook,
    ".tex": _latex,
}
