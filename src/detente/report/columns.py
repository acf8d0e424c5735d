"""Which columns of a table have something to say."""

from __future__ import annotations

from detente.report import words
from detente.report.page import Table


def telling(table: Table) -> Table:
    """The table without the columns in which every row has a dash, as for parties known only by order."""
    kept = [
        place
        for place in range(len(table.columns))
        if not table.rows or any(row[place] != words.NOTHING for row in table.rows)
    ]
    columns = tuple(table.columns[place] for place in kept)
    return Table(columns, tuple(tuple(row[place] for place in kept) for row in table.rows), table.caption)
