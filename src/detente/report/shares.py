"""Shares over worlds in words: each with its interval, and strategies beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.answers.vocabulary import Share, Swept
from detente.report import words
from detente.report.page import Bar, Chart, Column, Table


def interval(share: Share) -> str:
    """From where to where it lies: `82% to 91%`."""
    return f"{words.percent(share.low)} to {words.percent(share.high)}"


def often(share: Share) -> str:
    """How often, with the interval and the word for it: `88% (82% to 91%; very likely)`."""
    return f"{words.percent(share.mean)} ({interval(share)}; {words.likelihood(share.mean)})"


def rivals(names: Mapping[str, str], strategies: Sequence[Swept]) -> str:
    """Which strategies reach the aim as often as the first, or too nearly so to tell; with a space before."""
    behind = [(one, one.behind) for one in strategies[1:] if one.behind]
    same = [words.quoted(names, one.strategy) for one, gap in behind if gap == (0, 0, 0)]
    close = [words.quoted(names, one.strategy) for one, (_, low, high) in behind if low <= 0 < high]
    told = ""
    if same:
        told += f" In every world {words.names(same, 3)} {words.verb(len(same), 'does', 'do')} as well."
    if close:
        told += f" The worlds are too few to tell it from {words.names(close, 3)}."
    return told


def compared(names: Mapping[str, str], strategies: Sequence[Swept], aim: str) -> Table:
    """Strategies by how often they reach the aim over worlds."""
    columns = (
        Column("Strategy"),
        Column("Reaches it", "right", fixed=True),
        Column("95 % interval", fixed=True),
        Column("Certain in", "right", fixed=True),
        Column("Never in", "right", fixed=True),
        Column("First in", "right", fixed=True),
    )
    rows = tuple(
        (
            words.titled(names, one.strategy),
            words.percent(one.success[aim].mean),
            interval(one.success[aim]),
            words.percent(one.success[aim].certain),
            words.percent(one.success[aim].never),
            words.percent(one.first.mean if one.first else 0.0),
        )
        for one in strategies
    )
    return Table(
        columns,
        rows,
        "Shares of all worlds; first: on success, then lasting, then margin, alone or with equals.",
    )


def drawn(names: Mapping[str, str], outcome: str, strategies: Sequence[Swept], aim: str, worlds: int) -> Chart:
    """The same as bars."""
    bars = tuple(
        Bar(words.name(names, one.strategy), one.success[aim].mean, words.percent(one.success[aim].mean))
        for one in strategies
    )
    told = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    return Chart(
        "bars",
        f"How often each strategy reaches “{outcome}”",
        bars,
        f"Of {words.count(worlds, 'world')}: {told}.",
        "percent of worlds, chances counted in parts",
    )
