"""How an overview is told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.answers.vocabulary import Ratification
from detente.questions.overview.answer import (
    InterestSeen,
    OptionSeen,
    OutcomeSeen,
    Overview,
    PartySeen,
    PressureSeen,
)
from detente.report import moves, words
from detente.report.money import yearly
from detente.report.page import Block, Column, Heading, Listing, Matrix, Note, Page, Paragraph, Table
from detente.report.units import ATTITUDES

NATURE = "nature"
SHOWN = 3
WIDEST = 8


def page(answer: Overview) -> Page:
    """The parties, what they can do and want, how they take each other, and what has a name."""
    blocks = (
        *((Paragraph(answer.about),) if answer.about else ()),
        Paragraph(_size(answer)),
        *_options(answer),
        *_preferences(answer),
        *_attitudes(answer),
        *_outcomes(answer),
        *_tables(answer),
        *_strategies(answer),
        *_venues(answer),
        *_shocks(answer),
        *_plans(answer),
        *(Paragraph(_pressure(answer, seen)) for seen in answer.pressures),
        *_texts(answer),
        *_findings(answer),
    )
    return Page(answer.names.scenario, blocks)


def _size(answer: Overview) -> str:
    own = sum(option.owner in answer.parties for option in answer.option_details)
    shocks = len(answer.option_details) - own
    nature = f"; {words.count(shocks, 'more option')} {words.verb(shocks, 'is', 'are')} up to nature"
    return (
        f"{words.capital(words.count(len(answer.parties), 'party', 'parties'))} "
        f"{words.verb(len(answer.parties), 'holds', 'hold')} {words.count(own, 'option')}"
        f"{nature if shocks else ''}. {_feasible(answer)}"
    )


def _feasible(answer: Overview) -> str:
    if answer.feasible == answer.combinations:
        return f"All {words.count(answer.combinations, 'combination')} of levels are feasible states."
    found = words.count(answer.feasible, "state")
    verb = words.verb(answer.feasible, "is", "are")
    return f"Of {words.count(answer.combinations, 'combination')} of levels, {found} {verb} feasible."


def _options(answer: Overview) -> Iterator[Block]:
    yield Heading("What each can do")
    rows = tuple(
        (
            _holder(answer, option.owner),
            words.titled(answer.names.options, option.option),
            _levels(option),
        )
        for option in answer.option_details
    )
    columns = (Column("Party"), Column("Option"), Column("Levels"))
    yield Table(columns, _once(rows), "In brackets: the level at the status quo.")
    status = answer.status_quo
    belongs = words.outcomes(answer.names.outcomes, status.labels)
    yield Paragraph(
        f"The status quo is state {status.state:,}"
        + (f"; it counts as: {belongs}." if status.labels else "; it belongs to no named outcome.")
    )


def _levels(option: OptionSeen) -> str:
    shown = " ".join(f"[{level}]" if level == option.status_quo else level for level in option.levels)
    only = {"up": "only up", "down": "only down", "fixed": "fixed"}.get(option.moves, "")
    return f"{shown} ({only})" if only else shown


def _preferences(answer: Overview) -> Iterator[Block]:
    yield Heading("What each wants")
    rows = tuple((_holder(answer, seen.party), _wants(seen)) for seen in answer.preferences)
    cardinal = any(seen.interests for seen in answer.preferences)
    caption = "Main interests first, with their share of all the party's interests." if cardinal else ""
    yield Table((Column("Party"), Column("Wants")), rows, caption)


def _wants(seen: PartySeen) -> str:
    if seen.preference == "ranking":
        return "a given ranking of all states"
    if seen.preference == "statements":
        lines, rest = seen.statements[:SHOWN], seen.statements[SHOWN:]
        more = f"; then {words.count(len(rest), 'more statement')}" if rest else ""
        return f"first {'; then '.join(lines)}{more}" if lines else "nothing in particular"
    main, rest_of = seen.interests[:SHOWN], seen.interests[SHOWN:]
    told = [_interest(interest) for interest in main]
    more = f"; {words.count(len(rest_of), 'more interest')}" if rest_of else ""
    return f"{'; '.join(told)}{more}" if told else "nothing"


def _interest(seen: InterestSeen) -> str:
    return f"{'to avoid ' if seen.sense == 'avoids' else ''}{seen.quantity} ({words.percent(seen.share)})"


def _attitudes(answer: Overview) -> Iterator[Block]:
    if not answer.attitudes:
        return
    yield Heading("How each takes the others")
    held = {(seen.holder, seen.other): seen.attitude for seen in answer.attitudes}
    yield Paragraph(
        f"From {words.MINUS}1 (gains when the other loses) to 1 (shares its fortune); rows hold the attitude."
    )
    if len(answer.parties) > WIDEST:
        rows = tuple((a, b, words.signed(value)) for (a, b), value in held.items())
        yield Table((Column("Party"), Column("towards"), Column("Attitude", "right")), rows)
        return
    names = tuple(_holder(answer, party) for party in answer.parties)
    warmest, coldest = (sorted(held, key=lambda pair: (sign * held[pair], pair))[0] for sign in (-1, 1))
    told = " and ".join(
        f"the {how} is that of {_holder(answer, pair[0])} towards {_holder(answer, pair[1])} "
        f"({words.signed(held[pair])})"
        for how, pair in (("warmest", warmest), ("coldest", coldest))
    )
    yield Matrix(
        "How each party (row) takes each other (column)",
        names,
        names,
        tuple(tuple(None if a == b else held.get((a, b), 0.0) for b in answer.parties) for a in answer.parties),
        f"{words.capital(told)}.",
        ATTITUDES,
    )


def _outcomes(answer: Overview) -> Iterator[Block]:
    if not answer.outcomes:
        return
    yield Heading("Outcomes")
    columns = (Column("Outcome"), Column("States", "right"), Column("Share", "right"))
    yield Table(columns, tuple(_outcome(answer, seen) for seen in answer.outcomes))
    if answer.aim:
        aim = words.quoted(answer.names.outcomes, answer.aim)
        ranked = "; strategies are ranked on it" if answer.strategies else ""
        never = any(seen.outcome == answer.aim and seen.states == 0 for seen in answer.outcomes)
        empty = " No feasible state belongs to it: change its condition or the rules." if never else ""
        yield Paragraph(f"The aim is {aim}{ranked}.{empty}")


def _outcome(answer: Overview, seen: OutcomeSeen) -> tuple[str, str, str]:
    told = words.titled(answer.names.outcomes, seen.outcome)
    return told, f"{seen.states:,}", words.percent(seen.states / answer.feasible)


def _tables(answer: Overview) -> Iterator[Block]:
    if answer.tables:
        yield Heading("Tables")
        yield Listing(
            tuple(
                f"{seen.title or seen.table}: {words.names(moves.party(answer, one) for one in seen.members)}"
                + (" (agreements bind)" if seen.binding else "")
                + _ratified(answer, seen.ratify)
                for seen in answer.tables
            )
        )


def _ratified(answer: Overview, ratify: Ratification | None) -> str:
    if ratify is None:
        return ""
    return f" (ratified by {moves.party(answer, ratify.by)}: {words.percent(ratify.chance)} each time)"


def _strategies(answer: Overview) -> Iterator[Block]:
    if answer.strategies:
        yield Heading("Strategies")
        columns = (Column("Strategy"), Column("Sponsors"), Column("Stages", "right"))
        rows = tuple(
            (
                words.titled({seen.strategy: seen.title}, seen.strategy),
                words.names(moves.party(answer, one) for one in seen.sponsors),
                str(seen.stages),
            )
            for seen in answer.strategies
        )
        yield Table(columns, rows)


def _venues(answer: Overview) -> Iterator[Block]:
    if answer.venues:
        yield Heading("Places for talks")
        rows = tuple(
            (
                words.titled({seen.venue: seen.title}, seen.venue),
                moves.party(answer, seen.host) if seen.host else words.NOTHING,
                words.names(moves.party(answer, one) for one in seen.guarantors),
            )
            for seen in answer.venues
        )
        yield Table((Column("Place"), Column("Host"), Column("Guarantors")), rows)


def _shocks(answer: Overview) -> Iterator[Block]:
    if answer.shocks:
        yield Heading("What may happen to them")
        rows = tuple(
            (
                words.titled({seen.shock: seen.title}, seen.shock),
                words.NOTHING if seen.hazard is None else words.percent(seen.hazard),
            )
            for seen in answer.shocks
        )
        caption = "The chance that it happens in a round, as things stand today."
        yield Table((Column("Shock"), Column("Chance", "right")), rows, caption)


def _plans(answer: Overview) -> Iterator[Block]:
    if answer.plans:
        yield Heading("Plans for it")
        yield Listing(
            tuple(
                f"{words.titled({seen.plan: seen.title}, seen.plan)}, after {seen.after}: "
                + "; ".join(words.standing(answer.names.options, *pair) for pair in seen.sets.items())
                for seen in answer.plans
            )
        )


def _texts(answer: Overview) -> Iterator[Block]:
    """What others claim and what was observed."""
    if answer.claims:
        told = [
            f"{words.count(seen.claims, 'claim')} of {seen.document or 'nobody'}, {seen.tested:,} with a test"
            for seen in answer.claims
        ]
        yield Paragraph(f"Other people's texts: {'; '.join(told)}.")
    if answer.observed:
        first, last = answer.observed[0], answer.observed[-1]
        when = f"from {first} to {last}" if last != first else f"of {first}"
        yield Paragraph(f"What was observed is kept at {words.count(len(answer.observed), 'date')}, {when}.")
    if answer.forecasts:
        true = sum(answer.forecasts.values())
        asked = words.count(len(answer.forecasts), "question about the future", "questions about the future")
        yield Paragraph(f"{words.capital(asked)} {_were(answer)} asked beforehand; {true or 'none'} came true.")


def _were(answer: Overview) -> str:
    return words.verb(len(answer.forecasts), "was", "were")


def _pressure(answer: Overview, seen: PressureSeen) -> str:
    target = words.name(answer.names.parties, seen.target)
    largest = sorted(seen.partners.items(), key=lambda pair: -pair[1])[:SHOWN]
    through = [
        f"{moves.party(answer, partner)} {words.percent(value / (seen.value or 1.0))}"
        for partner, value in largest
    ]
    return (
        f"Pressure on {target} works on {words.count(seen.channels, 'channel')} worth {seen.value:,.0f}"
        f"{yearly(seen.unit)}: {words.names(through)}."
    )


def _findings(answer: Overview) -> Iterator[Block]:
    if answer.findings:
        yield Heading("Published or expected answers")
        yield Listing(
            tuple(
                words.sentence(seen.text)
                + (f" Evidence: {words.sentence(seen.evidence)}" if seen.evidence else "")
                for seen in answer.findings
            )
        )
    if answer.sources:
        yield Note(f"The scenario cites {words.count(answer.sources, 'source')}.")


def _holder(answer: Overview, party: str) -> str:
    return words.name({**answer.names.parties, NATURE: "Nature"}, party)


def _once(rows: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """The rows with a name that repeats from the row above left out."""
    before = ("", *(row[0] for row in rows))
    return tuple(
        ("" if row[0] == above else row[0], row[1], row[2]) for above, row in zip(before, rows, strict=False)
    )
