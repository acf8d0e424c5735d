"""What stands behind a brief: the works that judgements cite, and every judgement with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from detente.report import words
from detente.report.judgements import family, judgement
from detente.report.page import Block, Column, Heading, Paragraph, Table
from detente.scenario.expression import to_text
from detente.scenario.judgements import Judgement, along
from detente.scenario.model import Interest, LevelScale, Number, Scenario, Source
from detente.scenario.numbers import number_text, plain_text

RELATIONS = "relations"


def sources(scenario: Scenario) -> tuple[Block, ...]:
    """The works that judgements cite, by their ids; empty where the scenario names none."""
    if not scenario.sources:
        return ()
    many = words.count(len(scenario.sources), "work")
    return (
        Paragraph(f"The scenario cites {many}. Judgements refer to them by the word in the first column."),
        Table(
            (Column("Id", fixed=True), Column("Work")),
            tuple((one.id, _work(one)) for one in scenario.sources),
        ),
    )


def appendix(scenario: Scenario, stated: Sequence[Judgement]) -> tuple[Block, ...]:
    """The numbers of a scenario with their spreads, reasons and sources, family by family.

    Shares that are all or nothing, without a reason of their own, only say what a level is; they are counted.
    """
    known = [one for one in stated if not _all_or_nothing(one)]
    if not known:
        return ()
    reasoned = sum(bool(reason(scenario, one)) for one in known)
    told = (
        f"The scenario states {words.count(len(stated), 'number')}. {len(known):,} of them follow, of which "
        f"{reasoned:,} carry a reason or a source; the rest are noughts and ones that say what a level means. "
        "What stands after ± or between brackets says how unsure a number is."
    )
    return (Paragraph(told), *_families(scenario, known))


def told(scenario: Scenario, one: Judgement) -> str:
    """What a number says, in words."""
    parties = {party.id: party.name for party in scenario.parties if party.name}
    options = {option.id: option.title for option in scenario.options if option.title}
    return judgement(parties, options, one.address, _about(scenario, one), one.mutual)


def reason(scenario: Scenario, one: Judgement) -> str:
    """The reason nearest to a number, and the sources nearest to it; empty where there is neither."""
    because: str = ""
    cited: tuple[str, ...] = ()
    for part in reversed([*along(scenario, one.places[0])]):
        because = because or str(getattr(part, "because", ""))
        cited = cited or tuple(getattr(part, "source", ()))
    named = f"[{', '.join(cited)}]" if cited else ""
    return " ".join(filter(None, (words.sentence(because), named)))


def families(scenario: Scenario, known: Sequence[Judgement]) -> Iterator[tuple[str, list[Judgement]]]:
    """Numbers under the name of what they have in common, in the order of the document."""
    parties = {party.id: party.name for party in scenario.parties if party.name}
    for name, group in groupby(known, key=_shelf):
        yield "Relations" if name == RELATIONS else words.capital(family(parties, name)), list(group)


def _shelf(one: Judgement) -> str:
    """A judgement's family; attitudes of all to all stand together."""
    return RELATIONS if one.family.startswith(f"{RELATIONS}.") else one.family


def _families(scenario: Scenario, known: Sequence[Judgement]) -> Iterator[Block]:
    columns = (Column("Judgement"), Column("Value", "right", fixed=True), Column("Because"))
    for title, group in families(scenario, known):
        rows = ((told(scenario, one), value(one.number), reason(scenario, one)) for one in group)
        yield Heading(title)
        yield Table(columns, tuple((what, much, why or words.NOTHING) for what, much, why in rows))


def _all_or_nothing(one: Judgement) -> bool:
    number = one.number
    plain = number.spread is None and not number.because and not number.source
    return plain and number.central in (0, 1) and not one.address.endswith(".weight")


def _about(scenario: Scenario, one: Judgement) -> str:
    """What an interest without a name is about."""
    for part in along(scenario, one.places[0]):
        if isinstance(part, Interest) and not part.name:
            quantity = part.quantity
            return quantity.option if isinstance(quantity, LevelScale) else to_text(quantity)
    return ""


def value(number: Number) -> str:
    """A number with its spread, as the document writes it."""
    return number_text(number) or plain_text(number.central)


def _work(one: Source) -> str:
    named = (one.author, f"“{one.title}”" if one.title else "", one.publisher, one.year)
    parts = (", ".join(part for part in named if part), one.note, one.url)
    return ". ".join(part.rstrip(".") for part in parts if part) or one.id
