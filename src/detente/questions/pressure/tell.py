"""How pressure on a target is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.questions.pressure import tell_record
from detente.questions.pressure.answer import (
    ChannelSeen,
    EnforcerSeen,
    Pressure,
    ValveSeen,
)
from detente.report import moves, words
from detente.report.money import SLIGHT, money, yearly
from detente.report.page import (
    Bar,
    Block,
    Chart,
    Column,
    Flow,
    Heading,
    Link,
    Page,
    Paragraph,
    Table,
)
from detente.report.units import PRESSURE, WORTH

NOWHERE = "nowhere"


def page(answer: Pressure) -> Page:
    """How hard the pressure is, where value enters, who undoes and who could do what, and the record."""
    blocks = (
        Paragraph(_summary(answer)),
        *_channels(answer),
        *_detours(answer),
        *_compliance(answer),
        *_closure(answer),
        *tell_record.told(answer),
    )
    return Page(f"Pressure on {moves.party(answer, answer.target)}: {answer.names.scenario}", blocks)


def _summary(answer: Pressure) -> str:
    target, balance = moves.party(answer, answer.target), answer.balance
    where = "At the status quo"
    if answer.levels != answer.status_quo:
        told = words.difference(answer.names.options, answer.options, answer.levels, answer.status_quo)
        where = f"In state {answer.state:,} (unlike the status quo: {told})"
    aid = f"; {money(balance.aid)} comes as aid" if balance.aid > SLIGHT else ""
    return (
        f"{where} pressure on {target} is {words.number(answer.pressure)}: weighted by importance it keeps "
        f"{words.percent(answer.retained)} of its trade. Of {money(balance.baseline)}{yearly(answer.unit)}, "
        f"{money(balance.kept)} goes on as before, {money(balance.moved)} goes round what is closed and "
        f"loses {money(balance.lost)} on the way, and {money(balance.closed)} stays closed{aid}: "
        f"{money(balance.enters)} still enters."
    )


def _channels(answer: Pressure) -> Iterator[Block]:
    yield Heading("Where value still enters")
    columns = (
        Column("Partner"),
        Column("Good"),
        Column("Kind"),
        *(Column(title, "right", fixed=True) for title in ("Before", "Kept", "Moved", "Closed", "Arrives")),
    )
    rows = tuple(
        (
            moves.party(answer, seen.partner),
            seen.good,
            _kind(seen),
            *map(money, (seen.baseline, seen.kept, seen.moved, seen.closed, seen.arrived)),
        )
        for seen in answer.channels
    )
    balance = answer.balance
    parts = (balance.baseline, balance.kept, balance.moved, balance.closed, balance.arrived)
    given = tuple(
        (moves.party(answer, aid.partner), "aid", "new", *([words.NOTHING] * 4), money(aid.flows))
        for aid in answer.aids
        if aid.flows > SLIGHT
    )
    caption = "Kept, moved and closed make up what was before; what arrives is moved here from elsewhere."
    yield Table(columns, (*rows, *given, ("Total", "", "", *map(money, parts))), caption)
    yield _flow(answer)
    off = "to the last digit" if balance.error < 1e-6 else f"to within {balance.error:.2g}"
    yield Paragraph(
        f"The sums hold {off}, and no better use of what is open exists (checked by its dual problem). "
        "Where several uses are equally good, the one that changes least is shown; what is undone and "
        "what is to be closed do not hang on it."
    )


def _kind(seen: ChannelSeen) -> str:
    return seen.kind if seen.flow == "transfer" else f"{seen.kind} {seen.flow}"


def _flow(answer: Pressure) -> Flow:
    """From each partner: what goes on, what is lost, and what comes another way through whom."""
    target = moves.party(answer, answer.target)
    same, other = f"{target}, as before", f"{target}, in new ways"
    links: list[Link] = []
    for partner in answer.partners:
        own = [seen for seen in answer.channels if seen.partner == partner]
        name = moves.party(answer, partner)
        links += _links(name, same, sum(seen.kept for seen in own), "kept")
        links += _links(name, NOWHERE, sum(seen.closed for seen in own), "lost")
    for way in answer.detours:
        via = f"by way of {moves.party(answer, way.destination)}"
        links += _links(moves.party(answer, way.origin), via, way.moved, "moved")
        links += _links(via, other, way.arrives, "moved")
        links += _links(via, NOWHERE, way.moved - way.arrives, "lost")
    for aid in answer.aids:
        links += _links(f"aid of {moves.party(answer, aid.partner)}", other, aid.flows, "kept")
    balance = answer.balance
    alt = (
        f"Of {money(balance.baseline)}, {money(balance.kept)} goes on as before, "
        f"{money(balance.arrived)} comes another way and {money(balance.closed + balance.lost)} is lost."
    )
    return Flow(
        "What becomes of the trade",
        _merged(links),
        alt,
        f"worth{yearly(answer.unit)}" if answer.unit else WORTH,
    )


def _links(source: str, target: str, value: float, tone: str) -> tuple[Link, ...]:
    if value <= SLIGHT:
        return ()
    return (Link(source, target, value, money(value), tone),)  # type: ignore[arg-type]


def _merged(links: Sequence[Link]) -> tuple[Link, ...]:
    """Links between the same places as one."""
    sums: dict[tuple[str, str], Link] = {}
    for link in links:
        before = sums.get((link.source, link.target))
        value = link.value + (before.value if before else 0.0)
        sums[link.source, link.target] = Link(link.source, link.target, value, money(value), link.tone)
    return tuple(sums.values())


def _detours(answer: Pressure) -> Iterator[Block]:
    yield Heading("Whose cut is undone by whom")
    used = [way for way in answer.detours if way.undone > SLIGHT or way.moved > SLIGHT]
    if not used:
        yield Paragraph("Nothing that is closed goes round: no way round is open, or none is worth taking.")
        return
    columns = (
        Column("Trade with"),
        Column("goes on with"),
        *(Column(title, "right", fixed=True) for title in ("Moved", "Arrives", "Undoes")),
    )
    rows = tuple(
        (
            moves.party(answer, way.origin),
            moves.party(answer, way.destination),
            money(way.moved),
            money(way.arrives),
            words.number(way.undone),
        )
        for way in used
    )
    yield Table(columns, rows, "Undoes: how much the pressure would rise if just these ways were shut.")
    yield Paragraph(" ".join(_leaks(answer)))


def _leaks(answer: Pressure) -> Iterator[str]:
    leaking = [leak for leak in answer.leaks if leak.undone > SLIGHT or (leak.share or 0.0) > SLIGHT]
    if not leaking:
        return
    if all(leak.share is not None for leak in leaking):
        whole = sum(leak.share or 0.0 for leak in answer.leaks)
        shares = [f"{moves.party(answer, leak.partner)} {words.number(leak.share)}" for leak in leaking]
        yield f"Without any way round the pressure would be {words.number(answer.pressure + whole)}."
        if len(leaking) > 1:
            yield f"Shared out over all orders of shutting them: {words.names(shares)}."
    stand_ins = sum(leak.undone for leak in leaking) < sum(leak.share or 0.0 for leak in leaking) - SLIGHT
    if stand_ins:
        yield "Shutting one alone brings less than its share, since another takes over part of what it carried."


def _compliance(answer: Pressure) -> Iterator[Block]:
    yield Heading("What compliance is worth")
    found = answer.compliance
    if not found.enforcers:
        yield Paragraph("No party holds an option that closes any of this trade.")
        return
    columns = (
        Column("Party"),
        Column("Closes by"),
        *(Column(title, "right", fixed=True) for title in ("First", "Last", "Average", "Now")),
    )
    rows = tuple(
        (
            moves.party(answer, seen.party),
            "; ".join(_valve(answer, valve) for valve in seen.valves),
            words.signed(seen.alone),
            words.signed(seen.last),
            words.signed(average),
            words.signed(seen.here),
        )
        for seen, average in zip(found.enforcers, _averages(answer), strict=True)
    )
    yield Table(
        columns,
        rows,
        "What a party adds to pressure by going from its loosest to its tightest level: as the first to do so, "
        "as the last, on average over all orders (Shapley value), and now, if it alone does.",
    )
    if all(seen.shapley is not None for seen in found.enforcers):
        yield _bars(answer)
    yield Paragraph(_together(answer))


def _valve(answer: Pressure, valve: ValveSeen) -> str:
    now = f", now {valve.level}" if valve.level not in (valve.loosest, valve.tightest) else ""
    return f"{words.name(answer.names.options, valve.option)}: {valve.loosest} to {valve.tightest}{now}"


def _averages(answer: Pressure) -> list[float | None]:
    """The average parts, rounded so that they add up as they are said to; a part that is too small as it is."""
    found = answer.compliance
    known = [seen.shapley for seen in found.enforcers if seen.shapley is not None]
    if len(known) < len(found.enforcers):
        return [seen.shapley for seen in found.enforcers]
    shown = words.adding_up(known, found.tightest - found.loosest)
    return [rounded or amount for rounded, amount in zip(shown, known, strict=True)]


def _bars(answer: Pressure) -> Chart:
    bars = tuple(
        Bar(moves.party(answer, seen.party), seen.shapley or 0.0, words.signed(average))
        for seen, average in zip(answer.compliance.enforcers, _averages(answer), strict=True)
    )
    whole = answer.compliance.tightest - answer.compliance.loosest
    most = f"{bars[0].label} adds most: {bars[0].shown}"
    alt = f"On average over all orders {most} of {words.signed(whole)} in all."
    return Chart("bars", "Average part in the pressure (Shapley value)", bars, alt, PRESSURE)


def _together(answer: Pressure) -> str:
    found = answer.compliance
    told = (
        f"With everybody at the loosest level the pressure is {words.number(found.loosest)}, with everybody "
        f"at the tightest {words.number(found.tightest)}"
    )
    shares = [seen.shapley for seen in found.enforcers]
    told += "; the averages add up to the difference." if None not in shares else "."
    grown = [
        seen for seen in found.enforcers if seen.last > 1.5 * seen.alone and seen.last - seen.alone > 0.005
    ]
    return " ".join((told, *(_grown(answer, seen) for seen in grown)))


def _grown(answer: Pressure, seen: EnforcerSeen) -> str:
    return (
        f"{moves.party(answer, seen.party)}'s compliance matters more once the others comply "
        f"({words.signed(seen.last)} against {words.signed(seen.alone)}): then it is the way round."
    )


def _closure(answer: Pressure) -> Iterator[Block]:
    yield Heading("The least set of channels to close")
    found = answer.closure
    wanted = words.number(found.wanted)
    if not found.reached:
        yield Paragraph(
            f"Closing channels cannot bring the pressure to {wanted}: with all {found.searched} closed it is "
            f"{words.number(found.reachable)}, because aid goes on."
        )
        return
    if not found.channels:
        yield Paragraph(f"A pressure of {wanted} is reached already; no channel need be closed.")
        return
    many = len(found.channels)
    listed = words.names([_channel(answer, channel) for channel in found.channels])
    they, them = words.verb(many, "It", "They"), words.verb(many, "it", "them")
    own = words.verb(many, "its", "their")
    yield Paragraph(
        f"A pressure of {wanted} takes at least {words.count(many, 'more channel')} closed entirely, of "
        f"{found.searched}: {listed}. {they} could still carry {money(found.open)} a year of {own} own trade. "
        f"Solved anew without {them}, the pressure is {words.number(found.pressure)}. No smaller set does it, "
        f"and none as small that carries less. {_closers(answer)}"
    )


def _channel(answer: Pressure, channel: str) -> str:
    seen = next(seen for seen in answer.channels if seen.channel == channel)
    return f"{_kind(seen)} of {seen.good} ({moves.party(answer, seen.partner)})"


def _closers(answer: Pressure) -> str:
    """Who can close these channels by an option it has."""
    chosen = [seen for seen in answer.channels if seen.channel in answer.closure.channels]
    able = list(dict.fromkeys(party for seen in chosen for party in seen.cut_by))
    stray = [seen.channel for seen in chosen if not seen.cut_by]
    told = (
        f"Who has a hand on them: {words.names(moves.party(answer, party) for party in able)}." if able else ""
    )
    return (
        f"{told} Nobody's options reach {words.names(_channel(answer, id) for id in stray)}.".strip()
        if stray
        else told
    )
