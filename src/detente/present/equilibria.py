"""How the states that hold are told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.equilibria import Equilibria, StateFound
from detente.page import Block, Column, Heading, Note, Page, Paragraph, Table
from detente.present import words

SHOWN = 25


def page(answer: Equilibria) -> Page:
    """How many states hold under each concept, and which."""
    blocks = (
        Paragraph(_summary(answer)),
        _counts(answer),
        *(_states(answer) if answer.states else ()),
        *_notes(answer),
    )
    return Page(f"What holds: {answer.names.scenario}", blocks)


def _summary(answer: Equilibria) -> str:
    where = f" within the outcome {_outcome(answer)}" if answer.outcome else ""
    name, many = words.concept(answer.ordered_by), answer.counts[answer.ordered_by]
    if not many:
        return (
            f"Of {words.count(answer.feasible, 'feasible state')}, none{where} holds under {name}: "
            "in each, some party has reason to leave."
        )
    return (
        f"Of {words.count(answer.feasible, 'feasible state')}, {words.count(many, 'state')}{where} "
        f"{words.verb(many, 'holds', 'hold')} under {name}: "
        "no party, looking that far ahead, has reason to leave."
    )


def _outcome(answer: Equilibria) -> str:
    return words.name(answer.names.outcomes, answer.outcome or "")


def _counts(answer: Equilibria) -> Table:
    columns = (
        Column("Concept", fixed=True),
        Column("States", "right", fixed=True),
        Column("A state holds when"),
    )
    rows = tuple(
        (words.concept(concept), f"{many:,}", words.concept_meaning(concept))
        for concept, many in answer.counts.items()
    )
    return Table(columns, rows)


def _states(answer: Equilibria) -> Iterator[Block]:
    shown = answer.states[:SHOWN]
    margins = any(found.margin[answer.ordered_by] is not None for found in shown)
    yield Heading("The states")
    yield Table(
        (
            Column("State", "right", fixed=True),
            *((Column("Margin", "right", fixed=True),) if margins else ()),
            Column("Holds under"),
            Column("Outcomes"),
            Column("Differs from the status quo"),
        ),
        tuple(_row(answer, found, margins) for found in shown),
    )
    if margins:
        yield Paragraph(
            f"Margin: by how much the state holds (+) or fails ({words.MINUS}) under "
            f"{words.concept(answer.ordered_by)}, in units of the payoff range "
            "of the party that is nearest to leaving."
        )


def _row(answer: Equilibria, found: StateFound, margins: bool) -> tuple[str, ...]:
    return (
        f"{found.state:,}",
        *((words.margin(found.margin[answer.ordered_by]),) if margins else ()),
        _holds(answer, found),
        words.outcomes(answer.names.outcomes, found.labels),
        words.difference(answer.names.options, answer.options, found.levels, answer.status_quo),
    )


def _holds(answer: Equilibria, found: StateFound) -> str:
    if not found.equilibrium:
        return words.NOTHING
    if len(found.equilibrium) == len(answer.concepts) > 1:
        return "all"
    missing = [concept for concept in answer.concepts if concept not in found.equilibrium]
    if len(missing) == 1 and len(answer.concepts) > 2:
        return f"all but {words.concept(missing[0])}"
    return ", ".join(words.concept(concept) for concept in found.equilibrium)


def _notes(answer: Equilibria) -> Iterator[Block]:
    if answer.states and all(value is None for found in answer.states for value in found.margin.values()):
        yield Note("No margins: a party is known only by the order of its preferences, or nobody has a move.")
    if answer.truncated:
        yield Note(f"There are more states; the answer holds the first {len(answer.states):,} (see --limit).")
    elif len(answer.states) > SHOWN:
        yield Note(f"{SHOWN} of {len(answer.states):,} states are shown; the JSON holds all of them.")
