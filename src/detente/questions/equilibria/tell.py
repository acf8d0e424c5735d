"""How the states that hold are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.questions.equilibria.answer import CoalitionSeen, Equilibria, StateFound
from detente.report import moves, words
from detente.report.page import Bar, Block, Chart, Column, Heading, Note, Page, Paragraph, Table

SHOWN = 12
FEW = 3


def page(answer: Equilibria) -> Page:
    """How many states hold under each concept, and which."""
    blocks = (
        Paragraph(_summary(answer)),
        _counts(answer),
        *_shares(answer),
        *_coalitions(answer),
        *_outcomes(answer),
        *(_states(answer) if answer.states else ()),
        *_notes(answer),
    )
    return Page(f"What holds: {answer.names.scenario}", blocks)


def _summary(answer: Equilibria) -> str:
    where = f" within the outcome {_outcome(answer)}" if answer.outcome else ""
    name, many = words.concept(answer.ordered_by), answer.counts[answer.ordered_by]
    whole = f"Of {words.count(answer.feasible, 'feasible state')}"
    if not many:
        return f"{whole}, none{where} holds under {name}: in each, some party has reason to leave."
    return (
        f"{whole}, {many:,}{where} {words.verb(many, 'holds', 'hold')} under {name}: "
        "no party, looking that far ahead, has reason to leave."
    )


def _outcome(answer: Equilibria) -> str:
    return words.quoted(answer.names.outcomes, answer.outcome or "")


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


def _shares(answer: Equilibria) -> Iterator[Block]:
    """Which part of the states holds under each concept, where there are several."""
    if len(answer.counts) < 2:
        return
    bars = tuple(
        Bar(words.concept(concept), many / answer.feasible, words.percent(many / answer.feasible))
        for concept, many in answer.counts.items()
    )
    told = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    unit = "percent of all feasible states"
    yield Chart("bars", "Share of all states that hold", bars, f"Of all feasible states hold: {told}.", unit)


def _coalitions(answer: Equilibria) -> Iterator[Block]:
    """How much is left when parties may act together, and which of them would leave most."""
    if not answer.coalitions:
        return
    first = answer.ordered_by
    many, left = answer.alone[first], answer.counts[first]
    coalitions = words.capital(words.count(len(answer.coalitions), "coalition"))
    alone = f"{words.count(many, 'state')} that {words.verb(many, 'holds', 'hold')} against single parties"
    yield Paragraph(
        f"{coalitions} may leave a state where all members gain. Of {alone} under {words.concept(first)}, "
        f"{left or 'none'} {words.verb(left, 'holds', 'hold')} against {_them(answer)} too."
    )
    leaving = sorted(
        (seen for seen in answer.coalitions if any(seen.leaves.values())),
        key=lambda seen: -seen.leaves[first],
    )
    if leaving:
        columns = (
            Column("Coalition"),
            *(Column(words.concept(one), "right", fixed=True) for one in answer.concepts),
        )
        rows = tuple(
            (
                words.names([moves.party(answer, id) for id in seen.members]),
                *(f"{n:,}" for n in seen.leaves.values()),
            )
            for seen in leaving[:SHOWN]
        )
        caption = "States that it would leave, of those that hold against all before it"
        yield Table(columns, rows, caption)


def _members(answer: Equilibria, seen: CoalitionSeen) -> str:
    return words.names([moves.party(answer, id) for id in seen.members])


def _them(answer: Equilibria) -> str:
    return "it" if len(answer.coalitions) == 1 else "all of them"


def _outcomes(answer: Equilibria) -> Iterator[Block]:
    if not answer.by_outcome:
        return
    columns = (
        Column("States that hold, by outcome"),
        *(Column(words.concept(one), "right", fixed=True) for one in answer.concepts),
    )
    rows = tuple(
        (words.titled(answer.names.outcomes, outcome), *(f"{counts[one]:,}" for one in answer.concepts))
        for outcome, counts in answer.by_outcome.items()
    )
    yield Table(columns, rows)


def _states(answer: Equilibria) -> Iterator[Block]:
    shown = answer.states[:SHOWN]
    shared = _shared(answer, shown)
    yield Heading("The states, firmest first")
    if shared.told:
        yield Paragraph(shared.told)
    yield _table(answer, shown, shared)
    if _any_margin(answer):
        yield Paragraph(
            f"Margin: by how much the state holds (+) or fails ({words.MINUS}) under "
            f"{words.concept(answer.ordered_by)}, in units of the payoff range "
            "of the party that is nearest to leaving."
        )


@dataclass(frozen=True)
class _Shared:
    """What all states shown have in common, so that it is told once: levels to compare with, and outcomes."""

    levels: tuple[str, ...]
    labels: frozenset[str]
    told: str = ""


def _shared(answer: Equilibria, shown: Sequence[StateFound]) -> _Shared:
    if len(shown) < FEW:
        return _Shared(answer.status_quo, frozenset())
    levels = tuple(
        here[0] if len(set(here)) == 1 else before
        for before, *here in zip(answer.status_quo, *(found.levels for found in shown), strict=True)
    )
    labels = frozenset.intersection(*(frozenset(found.labels) for found in shown))
    sentences = []
    if labels:
        named = words.outcomes(answer.names.outcomes, [one for one in shown[0].labels if one in labels])
        sentences.append(f"All of these count as: {named}.")
    if levels != answer.status_quo:
        told = words.difference(answer.names.options, answer.options, levels, answer.status_quo)
        sentences.append(f"All differ from the status quo by: {told}.")
    return _Shared(levels, labels, " ".join(sentences))


def _table(answer: Equilibria, shown: Sequence[StateFound], shared: _Shared) -> Table:
    """The states with what is their own: a column that would be empty throughout is left out."""
    further = "further " if shared.levels != answer.status_quo else ""
    columns = (
        Column("State", "right", fixed=True),
        Column("Margin", "right", fixed=True),
        Column("Holds under"),
        Column("Outcomes" if not shared.labels else "Further outcomes"),
        Column(f"Differs {further}by" if further else "Differs from the status quo"),
    )
    rows = tuple(_row(answer, found, shared) for found in shown)
    labelled = any(set(found.labels) - shared.labels for found in shown)
    kept = [0, *([1] if _any_margin(answer) else []), 2, *([3] if labelled else []), 4]
    return Table(
        tuple(columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in rows)
    )


def _row(answer: Equilibria, found: StateFound, shared: _Shared) -> tuple[str, ...]:
    told = words.difference(answer.names.options, answer.options, found.levels, shared.levels)
    own = [label for label in found.labels if label not in shared.labels]
    return (
        f"{found.state:,}",
        words.margin(found.margin[answer.ordered_by]),
        _holds(answer, found),
        ", ".join(own) or words.NOTHING,
        told if found.levels != shared.levels else "nothing else" if shared.told else "not at all",
    )


def _any_margin(answer: Equilibria) -> bool:
    return any(found.margin[answer.ordered_by] is not None for found in answer.states[:SHOWN])


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
    for concept, many in answer.undetermined.items():
        if many:
            whole = f"{answer.counts[concept]:,} under {words.concept(concept)}"
            yield Note(
                f"{words.count(many, 'state')} of the {whole} "
                f"{words.verb(many, 'hangs', 'hang')} on moves of which foresight cannot tell whether they "
                "are open (what each expects runs in a circle); such moves count as closed."
            )
    for concept in answer.left_out:
        yield Note(
            f"{words.concept(concept)} takes longest and is left out here; --concept {concept} asks for it."
        )
    if answer.states and all(value is None for found in answer.states for value in found.margin.values()):
        why = "a party is known only by the order of its preferences, or nobody has a move"
        yield Note(
            f"No margins: {'moves at the same moment have none' if answer.concepts == ('sim',) else why}."
        )
    shown, kept = min(SHOWN, len(answer.states)), len(answer.states)
    if answer.truncated:
        more = "--format json lists" if kept > shown else "the answer holds"
        yield Note(
            f"{shown} of {_listed(answer)} are shown; {more} the first {kept:,}, and --limit sets how many."
        )
    elif kept > shown:
        yield Note(
            f"{shown} of {kept:,} states are shown, {kept - shown:,} are left out; --format json lists all."
        )


def _listed(answer: Equilibria) -> str:
    """How many states there are to list; every state that holds under any concept holds under GMR."""
    holding = all(found.equilibrium for found in answer.states)
    if holding and "gmr" in answer.counts and "sim" not in answer.counts:
        return words.count(answer.counts["gmr"], "state")
    if not holding and answer.outcome is None:
        return words.count(answer.feasible, "state")
    return f"more than {words.count(len(answer.states), 'state')}"
