"""How the comparison of venues is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.vocabulary import Duration
from detente.questions.venues import tell_comfort, telling
from detente.questions.venues.answer import ChannelEffect, Contrast, Hosted, Venues, VenueSeen
from detente.report import words
from detente.report.durations import clock
from detente.report.page import Block, Column, Heading, Note, Page, Paragraph, Ranked, Ranking, Table
from detente.report.units import ROUNDS

CHANNELS = {
    "composure": "composure",
    "guarantor": "the host as guarantor",
    "assurance": "assurance drawn from being near",
    "attitudes": "attitudes",
}
LITTLE = 0.05  # of rounds: less is told as nothing
FEW = 2  # decimals of rounds where the place hardly matters


def page(answer: Venues) -> Page:
    """Who comes first, what about the place does it, how sure the order is, and the worth of comfort."""
    blocks = (
        *_headline(answer),
        Paragraph(_summary(answer)),
        *_spread(answer),
        *_table(answer),
        *_channels(answer),
        *_standings(answer),
        *tell_comfort.told(answer),
        *_notes(answer),
    )
    return Page(f"Where to meet: {answer.names.scenario}", blocks)


def _talks(answer: Venues) -> str:
    return f"“{answer.title or answer.strategy}”"


def _aim(answer: Venues) -> str:
    return f"“{words.name(answer.names.outcomes, answer.aim)}”"


def _venue(answer: Venues, id: str) -> str:
    return words.name({one.venue: one.title for one in answer.venues if one.title}, id)


def _venues(answer: Venues, ids: Sequence[str], limit: int | None = None) -> str:
    return words.names((_venue(answer, id) for id in ids), limit)


def _placed(answer: Venues, place: int) -> list[str]:
    return [one.venue for one in answer.venues if one.place == place]


def _headline(answer: Venues) -> Iterator[Block]:
    """That the place hardly matters, where judgements cannot tell the places apart."""
    if not telling.hardly_matters(answer):
        return
    longer = words.percent(telling.share(answer) or 0.0)
    most = words.percent(max(abs(case.rounds or 0.0) for case in answer.sweep))
    yield Paragraph(
        f"The place hardly matters: success is the same in all {len(answer.venues)}, and it lasts {longer} "
        f"longer in the best than in the worst; at most {most} longer in {len(answer.sweep)} cases with other "
        "judgements. Being half a step (a factor of √2) off about composure changes it by up to "
        f"{words.percent(answer.half_step or 0.0)} in one and the same place, so judgements cannot tell the "
        "places apart: choose by what the scenario leaves out."
    )


def _summary(answer: Venues) -> str:
    """Who comes first and who last, and what the talks come to there."""
    first, last = answer.venues[0], answer.venues[-1]
    leaders, trailing = _placed(answer, first.place), _placed(answer, last.place)
    talks, aim = _talks(answer), _aim(answer)
    digits, years = _digits(answer, [first.hosted.lasts, last.hosted.lasts]), answer.round_years
    reached = words.capital(_reach(first.hosted, aim, digits, years))
    if first.place == last.place:
        alike = (
            "all places are alike" if len(leaders) > 1 else f"{_venue(answer, first.venue)} is the only place"
        )
        return f"For {talks}, {alike}. {reached}."
    come, go = (words.verb(len(group), "comes", "come") for group in (leaders, trailing))
    return (
        f"For {talks}, {_venues(answer, leaders)} {come} first of {len(answer.venues)} places. {reached}. "
        f"{_venues(answer, trailing)} {go} last: {_other(first.hosted, last.hosted, aim, digits, years)}."
    )


def _reach(hosted: Hosted, aim: str, digits: int, years: float | None) -> str:
    """What the talks come to in a place."""
    if hosted.lasts is None:
        return f"there the talks never end in {aim}"
    long = telling.rounds_of(hosted.lasts, digits, years)
    return f"there the talks end {words.chance(hosted.success)} in {aim}, which then lasts {long}"


def _other(known: Hosted, hosted: Hosted, aim: str, digits: int, years: float | None) -> str:
    """What the talks come to in a place, beside what was said of another."""
    if hosted.lasts is None or words.chance(hosted.success) != words.chance(known.success):
        return _reach(hosted, aim, digits, years)
    return f"there it lasts {telling.rounds_of(hosted.lasts, digits, years)}"


def _spread(answer: Venues) -> Iterator[Block]:
    """What the choice of a place changes at all."""
    places = [answer.nowhere, *(one.hosted for one in answer.venues)]
    told = []
    if telling.flat([one.success for one in places]) and telling.flat([one.noisy for one in places]):
        ends = {one.ends for one in places}
        where = (
            ", and the talks end in the same state" if len(ends) == 1 and len(answer.nowhere.ends) == 1 else ""
        )
        reached = any(one.lasts is not None for one in places)
        decides = (
            "what the place decides is only how long it lasts"
            if reached
            else "the place decides nothing (`--strategy` asks about other talks)"
        )
        told.append(f"Success is the same everywhere, also with noisy movers{where}: {decides}.")
    longer = telling.share(answer)
    if answer.contrast is not None and longer is not None and not telling.hardly_matters(answer):
        told.append(f"It lasts {words.percent(longer)} longer in the first place than in the last.")
        if answer.half_step is not None and longer < answer.half_step:
            told.append(
                "That is less than being half a step (a factor of √2) off about composure changes in one place "
                f"({words.percent(answer.half_step)})."
            )
    if told:
        yield Paragraph(" ".join(told))


def _table(answer: Venues) -> Iterator[Block]:
    yield Heading("The places compared")
    columns: tuple[Column, ...] = (
        Column("", "right", fixed=True),
        Column("Place"),
        Column("Success", "right", fixed=True),
        Column("Noisy", "right", fixed=True),
        Column("Rounds", "right", fixed=True),
        Column("Most probably ended by"),
    )
    digits = _digits(answer, _lasting(answer))
    rows = [
        _row(answer, str(one.place), _venue(answer, one.venue), one.hosted, digits) for one in answer.venues
    ]
    rows.append(_row(answer, words.NOTHING, "nowhere in particular", answer.nowhere, digits))
    causes = {row[-1] for row in rows}
    if len(causes) == 1:
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    yield Table(columns, tuple(rows))
    if len(causes) == 1 and answer.nowhere.ended_by is not None:
        yield Paragraph(f"Wherever they meet, what most probably ends it is {causes.pop()}.")
    yield from _chart(answer)


def _lasting(answer: Venues) -> list[Duration | None]:
    return [answer.nowhere.lasts, *(one.hosted.lasts for one in answer.venues)]


def _digits(answer: Venues, durations: Sequence[Duration | None]) -> int:
    """Decimals of rounds; where the place hardly matters no more than a reader can use."""
    found = telling.digits(durations)
    return min(found, FEW) if telling.hardly_matters(answer) else found


def _row(answer: Venues, place: str, title: str, hosted: Hosted, digits: int) -> tuple[str, ...]:
    return (
        place,
        title,
        words.probability(hosted.success),
        words.probability(hosted.noisy),
        words.NOTHING if hosted.lasts is None else _cell(hosted.lasts, digits),
        _ended_by(answer, hosted),
    )


def _cell(duration: Duration, digits: int) -> str:
    if duration.rounds is not None:
        return words.number(duration.rounds, digits)
    return {"beyond": "over 1e9", "never": "no end", "partly": "in part no end"}[duration.ending]


def _ended_by(answer: Venues, hosted: Hosted) -> str:
    by = hosted.ended_by
    if by is None:
        return words.NOTHING
    if by.party:
        who = words.name(answer.names.parties, by.party)
    else:
        who = words.name({**answer.names.options, **answer.names.shocks}, by.shock or by.lapse or "")
    return f"{who}{', quietly dropped' if by.lapse else ''} ({words.percent(by.probability)})"


def _chart(answer: Venues) -> Iterator[Block]:
    """The ranking drawn: by duration where every place has one, else by success with noisy movers."""
    spans = [one.hosted.lasts for one in answer.venues]
    timed = all(span is not None and span.rounds is not None for span in spans)
    values = [
        (one.hosted.lasts.rounds or 0.0) if timed and one.hosted.lasts else one.hosted.noisy
        for one in answer.venues
    ]
    if len(values) < 2 or not any(values):
        return
    digits = _digits(answer, _lasting(answer)) if timed else 2
    rows = tuple(
        Ranked(_venue(answer, one.venue), value, value, value, words.number(value, digits))
        for one, value in zip(answer.venues, values, strict=True)
    )
    what = "Expected rounds by place" if timed else "Success with noisy movers by place"
    alt = f"{what}: from {rows[0].shown} in {rows[0].label} to {rows[-1].shown} in {rows[-1].label}."
    unit = ROUNDS if timed else "share of plays with noisy movers"
    yield Ranking(what, rows, alt, unit)


def _channels(answer: Venues) -> Iterator[Block]:
    yield Heading("What about the place does it")
    timed = all(one.rounds is not None for one in answer.venues)
    moved = any(abs(each.success) >= telling.SLIGHT for one in answer.venues for each in one.channels)
    columns = (
        Column("Place"),
        *(
            Column(title, "right", fixed=True)
            for title in ("Composure", "Guarantor", "Assurance", "Attitudes", "Together")
        ),
    )
    if timed:
        rows = tuple(
            _effects(answer, one, [each.rounds or 0.0 for each in one.channels]) for one in answer.venues
        )
        yield Table(columns, rows, "Rounds more than nowhere in particular.")
    if moved:
        rows = tuple(_effects(answer, one, [each.success for each in one.channels]) for one in answer.venues)
        yield Table(columns, rows, "Success with noisy movers, compared with nowhere in particular.")
    if not timed and not moved:
        yield Paragraph(
            "Success does not change with the place, and durations without a number cannot be split."
        )
    if answer.contrast is not None:
        yield Paragraph(_contrast(answer, answer.contrast))


def _effects(answer: Venues, one: VenueSeen, amounts: Sequence[float]) -> tuple[str, ...]:
    total = sum(amounts)
    shown = words.adding_up(amounts, total)
    return (_venue(answer, one.venue), *(words.signed(each) for each in shown), words.signed(round(total, 2)))


def _contrast(answer: Venues, contrast: Contrast) -> str:
    """Why the first place does better than the last."""
    first, last = _venue(answer, contrast.first), _venue(answer, contrast.last)
    if contrast.rounds is not None and abs(contrast.rounds) >= LITTLE:
        total, unit, parts = (
            contrast.rounds,
            "rounds",
            [(each, each.rounds or 0.0) for each in contrast.channels],
        )
    else:
        total, unit, parts = (
            contrast.success,
            "in success",
            [(each, each.success) for each in contrast.channels],
        )
    shown = words.adding_up([amount for _, amount in parts], total)
    told = sorted(zip(parts, shown, strict=True), key=lambda pair: -abs(pair[1]))
    if not told[0][1]:
        return (
            f"No single channel tells {first} from {last}: every part of the difference is too small to show."
        )
    named = words.names(
        f"{CHANNELS[each.channel]} {words.signed(amount)}" for (each, _), amount in told if amount
    )
    largest = told[0][0][0]
    return (
        f"{first} against {last}: {words.signed(round(total, 2))} {unit}, of which {named}. "
        f"{_lent(answer, contrast, largest)}"
    )


def _lent(answer: Venues, contrast: Contrast, effect: ChannelEffect) -> str:
    """What the two places lend by the channel that matters most."""
    seen = {one.venue: one for one in answer.venues}
    pair = [(id, _given(answer, seen[id], effect.channel)) for id in (contrast.first, contrast.last)]
    said = "; ".join(f"{_venue(answer, id)}: {given}" for id, given in pair)
    return f"What they give by {CHANNELS[effect.channel]}: {said}."


def _given(answer: Venues, one: VenueSeen, channel: str) -> str:
    known = answer.names.parties
    items = {
        "composure": [f"{words.name(known, each.party)} {words.signed(each.amount)}" for each in one.composure],
        "guarantor": [words.name(known, party) for party in one.guarantors],
        "assurance": [f"{words.name(known, each.party)} {words.signed(each.amount)}" for each in one.assurance],
        "attitudes": [
            f"{words.name(known, each.holder)} to {words.name(known, each.other)} {words.signed(each.amount)}"
            for each in one.attitudes
        ],
    }[channel]
    return ", ".join(items) or "nothing"


def _standings(answer: Venues) -> Iterator[Block]:
    if len(answer.venues) < 2:
        return
    yield Heading("How much the order hangs on judgements")
    columns = (
        Column("Place"),
        Column("First in", "right", fixed=True),
        Column("Best place", "right", fixed=True),
        Column("Worst place", "right", fixed=True),
    )
    rows = tuple(
        (_venue(answer, one.venue), words.percent(one.first), str(one.best), str(one.worst))
        for one in answer.standings
    )
    yield Table(columns, rows)
    sizes = sorted({case.guarantee for case in answer.sweep})
    shares = [case.rounds for case in answer.sweep if case.rounds is not None]
    apart = ""
    if shares:
        least, most = words.percent(min(shares)), words.percent(max(shares))
        apart = f" From case to case it lasts {least} to {most} longer in the first place than in the last."
    tried = words.names((f"{size:g}" for size in sizes), last="or")
    yield Paragraph(
        f"{words.count(len(answer.sweep), 'case')}: the composure that parties have by themselves halved, as "
        "it is and doubled; what places add to it the same; and a guarantor's interest in the aim of "
        f"{tried} of its own weights. They are a sweep and carry no probabilities; where places tie for the "
        f"first place, each counts.{apart}"
    )


def _notes(answer: Venues) -> Iterator[Block]:
    named = f" instead of {_venues(answer, answer.replaces)}" if answer.replaces else ""
    stages = words.names(str(stage) for stage in answer.stages)
    label = words.verb(len(answer.stages), "stage", "stages")
    yield Note(
        f"The places stand in {label} {stages} of the strategy{named}. What a place lends is taken to last as "
        "long as what is reached there: a guarantor stays one, and those who signed at ease remain so. Ranked "
        "by success on the aim, then by expected rounds. Channels: exact Shapley values, which add up."
    )
    yield Note(
        f"These are the central case's figures, in the model, {words.look(answer.foresight)}, with a "
        f"guarantor's interest of {answer.guarantee:g} of its own weights. Durations under different "
        f"foresights cannot be compared.{clock(answer.round_years)}"
    )
