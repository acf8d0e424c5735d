"""How the chances of shocks are told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.contingency.answer import Contingency, Lever, ShockSeen
from detente.report import durations, words
from detente.report.page import Bar, Block, Chart, Column, Heading, Paragraph, Table


def title(shock: ShockSeen) -> str:
    """A shock by name, with the id by which it is asked for."""
    return words.titled({shock.id: shock.title}, shock.id)


def told(answer: Contingency) -> Iterator[Block]:
    """How probable each shock is, and which options move that."""
    rounds = durations.rounds(answer.rounds, answer.round_years)
    yield Heading("How probable they are")
    columns = (
        Column("Shock"),
        Column("A round", "right", fixed=True),
        Column(f"Within {answer.rounds:,}", "right", fixed=True),
        Column("Least", "right", fixed=True),
        Column("Most", "right", fixed=True),
    )
    yield Table(columns, tuple(_chance(shock) for shock in answer.shocks))
    yield Paragraph(
        f"Within {answer.rounds:,}: the chance within {rounds} if nothing else "
        "changes. Least and most: a round's chance over all states in which it can happen and nature stands as "
        "here."
    )
    moved = [(shock, lever) for shock in answer.shocks for lever in shock.levers if _visible(lever)]
    if moved:
        yield Heading("What moves these chances", 3)
        yield Table(
            (Column("Shock"), Column("Option"), Column("A round, at each level")),
            tuple(
                (shock.title, words.name(answer.names.options, lever.option), _lever(lever))
                for shock, lever in moved
            ),
        )


def drawn(answer: Contingency) -> Iterator[Block]:
    """The chances of several shocks as bars."""
    rounds = durations.rounds(answer.rounds, answer.round_years)
    bars = tuple(
        Bar(shock.title, shock.within, words.hazard(shock.within))
        for shock in answer.shocks
        if shock.within is not None
    )
    if len(bars) > 1:
        most = max(bars, key=lambda bar: bar.value)
        yield Chart(
            "bars",
            f"Chance within {rounds}",
            bars,
            f"The longest bar is {most.label}: {most.shown} within {rounds}.",
            "percent: the chance that it comes",
        )


def _chance(shock: ShockSeen) -> tuple[str, ...]:
    if shock.unplanned is None:
        return title(shock), "cannot happen", words.NOTHING, words.NOTHING, words.NOTHING
    numbers = (shock.hazard, shock.within, shock.least, shock.greatest)
    return title(shock), *(words.hazard(number) for number in numbers)


def _visible(lever: Lever) -> bool:
    """Whether an option moves a hazard by more than rounding hides."""
    return len({words.hazard(hazard) for hazard in lever.hazards.values() if hazard is not None}) > 1


def _lever(lever: Lever) -> str:
    return ", ".join(
        f"{level} {'not feasible' if hazard is None else words.hazard(hazard)}"
        for level, hazard in lever.hazards.items()
    )
