"""How wide the columns of a table are on a terminal: as wide as they need, or fairly short of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

GAP = 3
LONGEST_WORD = 16


def widths(rows: Sequence[Sequence[str]], fixed: Sequence[bool], room: int) -> tuple[int, ...]:
    """The width of every column, so that the table fits the room and takes few lines.

    Every column gets its longest word (a fixed column its longest cell); what room is left goes, a character
    at a time, to the column that makes the most rows tall.
    """
    lengths = [[cell_len(cell) for cell in row] for row in rows]
    wanted = [max(1, *column) for column in zip(*lengths, strict=True)]
    sizes = [
        want if stays else min(want, LONGEST_WORD, _longest_word(cells))
        for want, stays, cells in zip(wanted, fixed, zip(*rows, strict=True), strict=True)
    ]
    for _ in range(room - GAP * (len(sizes) - 1) - sum(sizes)):
        tall = _tallness(lengths, sizes)
        column = max(range(len(sizes)), key=lambda column: (tall[column], wanted[column] - sizes[column]))
        if sizes[column] >= wanted[column]:
            break
        sizes[column] += 1
    return tuple(sizes)


def _tallness(lengths: Sequence[Sequence[int]], sizes: Sequence[int]) -> list[float]:
    """How many lines the rows have because of each column: a row counts for its longest cell only."""
    tall = [0.0] * len(sizes)
    for row in lengths:
        height, column = max(
            (length / size, column) for column, (length, size) in enumerate(zip(row, sizes, strict=True))
        )
        if height > 1:
            tall[column] += height
    return tall


def _longest_word(cells: Sequence[str]) -> int:
    return max((cell_len(word) for cell in cells for word in cell.split()), default=1)
