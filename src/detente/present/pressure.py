"""How pressure on a target is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.pressure import (
    ChannelSeen,
    EnforcerSeen,
    FigureSeen,
    Pressure,
    ResolutionSeen,
    ValveSeen,
)
from detente.page import (
    Bar,
    Block,
    Chart,
    Column,
    Flow,
    Heading,
    Link,
    Listing,
    Note,
    Page,
    Paragraph,
    Table,
)
from detente.present import words

SLIGHT = 5e-7  # money and pressure below this are told as nothing
NOWHERE = "nowhere"
WHY = (
    "Prediction and record may differ because every limit is taken to bind fully from its first day while all "
    "else stays as in the baseline, whereas partners enforce more or less than the text, prices and the means "
    "to pay change, and statistics leave out what is smuggled or not declared."
)


def page(answer: Pressure) -> Page:
    """How hard the pressure is, where value enters, who undoes and who could do what, and the record."""
    blocks = (
        Paragraph(_summary(answer)),
        *_channels(answer),
        *_detours(answer),
        *_compliance(answer),
        *_closure(answer),
        *_resolutions(answer),
    )
    return Page(f"Pressure on {_party(answer, answer.target)}: {answer.names.scenario}", blocks)


def _summary(answer: Pressure) -> str:
    target, balance = _party(answer, answer.target), answer.balance
    where = "At the status quo"
    if answer.levels != answer.status_quo:
        told = words.difference(answer.names.options, answer.options, answer.levels, answer.status_quo)
        where = f"In state {answer.state:,} (unlike the status quo: {told})"
    unit = f" ({answer.unit})" if answer.unit else ""
    aid = f"; {_money(balance.aid)} comes as aid" if balance.aid > SLIGHT else ""
    return (
        f"{where} pressure on {target} is {words.number(answer.pressure)}: weighted by importance it keeps "
        f"{words.percent(answer.retained)} of its trade. Of {_money(balance.baseline)} a year{unit}, "
        f"{_money(balance.kept)} goes on as before, {_money(balance.moved)} goes round what is closed and "
        f"loses {_money(balance.lost)} on the way, and {_money(balance.closed)} stays closed{aid}: "
        f"{_money(balance.enters)} still enters."
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
            _party(answer, seen.partner),
            seen.good,
            _kind(seen),
            *map(_money, (seen.baseline, seen.kept, seen.moved, seen.closed, seen.arrived)),
        )
        for seen in answer.channels
    )
    balance = answer.balance
    parts = (balance.baseline, balance.kept, balance.moved, balance.closed, balance.arrived)
    given = tuple(
        (_party(answer, aid.partner), "aid", "new", *([words.NOTHING] * 4), _money(aid.flows))
        for aid in answer.aids
        if aid.flows > SLIGHT
    )
    caption = "Kept, moved and closed make up what was before; what arrives is moved here from elsewhere."
    yield Table(columns, (*rows, *given, ("Total", "", "", *map(_money, parts))), caption)
    yield _flow(answer)
    off = "to the last digit" if balance.error < 1e-6 else f"to within {balance.error:.2g}"
    yield Paragraph(
        f"The sums hold {off}, and no better use of what is open exists (checked by its dual). Where several "
        "uses are equally good one of them is shown; what is undone and what is to be closed do not hang on it."
    )


def _kind(seen: ChannelSeen) -> str:
    return seen.kind if seen.flow == "transfer" else f"{seen.kind} {seen.flow}"


def _flow(answer: Pressure) -> Flow:
    """From each partner: what goes on, what is lost, and what comes another way through whom."""
    target = _party(answer, answer.target)
    same, other = f"{target}, as before", f"{target}, in new ways"
    links: list[Link] = []
    for partner in answer.partners:
        own = [seen for seen in answer.channels if seen.partner == partner]
        name = _party(answer, partner)
        links += _links(name, same, sum(seen.kept for seen in own), "kept")
        links += _links(name, NOWHERE, sum(seen.closed for seen in own), "lost")
    for way in answer.detours:
        via = f"by way of {_party(answer, way.destination)}"
        links += _links(_party(answer, way.origin), via, way.moved, "moved")
        links += _links(via, other, way.arrives, "moved")
        links += _links(via, NOWHERE, way.moved - way.arrives, "lost")
    for aid in answer.aids:
        links += _links(f"aid of {_party(answer, aid.partner)}", other, aid.flows, "kept")
    balance = answer.balance
    alt = (
        f"Of {_money(balance.baseline)}, {_money(balance.kept)} goes on as before, "
        f"{_money(balance.arrived)} comes another way and {_money(balance.closed + balance.lost)} is lost."
    )
    return Flow("What becomes of the trade", _merged(links), alt)


def _links(source: str, target: str, value: float, tone: str) -> tuple[Link, ...]:
    if value <= SLIGHT:
        return ()
    return (Link(source, target, value, _money(value), tone),)  # type: ignore[arg-type]


def _merged(links: Sequence[Link]) -> tuple[Link, ...]:
    """Links between the same places as one."""
    sums: dict[tuple[str, str], Link] = {}
    for link in links:
        before = sums.get((link.source, link.target))
        value = link.value + (before.value if before else 0.0)
        sums[link.source, link.target] = Link(link.source, link.target, value, _money(value), link.tone)
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
            _party(answer, way.origin),
            _party(answer, way.destination),
            _money(way.moved),
            _money(way.arrives),
            words.number(way.undone, 3),
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
        shares = [f"{_party(answer, leak.partner)} {words.number(leak.share, 3)}" for leak in leaking]
        yield f"Without any way round the pressure would be {words.number(answer.pressure + whole, 3)}."
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
            _party(answer, seen.party),
            "; ".join(_valve(answer, valve) for valve in seen.valves),
            words.signed(seen.alone, 3),
            words.signed(seen.last, 3),
            words.signed(seen.shapley, 3),
            words.signed(seen.here, 3),
        )
        for seen in found.enforcers
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


def _bars(answer: Pressure) -> Chart:
    enforcers = answer.compliance.enforcers
    bars = tuple(
        Bar(_party(answer, seen.party), seen.shapley or 0.0, words.signed(seen.shapley, 3))
        for seen in enforcers
    )
    first, whole = enforcers[0], answer.compliance.tightest - answer.compliance.loosest
    alt = (
        f"On average over all orders {_party(answer, first.party)} adds most: "
        f"{words.signed(first.shapley, 3)} of {words.signed(whole, 3)} in all."
    )
    return Chart("bars", "Average part in the pressure (Shapley value)", bars, alt)


def _together(answer: Pressure) -> str:
    found = answer.compliance
    told = (
        f"With everybody at the loosest level the pressure is {words.number(found.loosest, 3)}, with everybody "
        f"at the tightest {words.number(found.tightest, 3)}"
    )
    shares = [seen.shapley for seen in found.enforcers]
    told += "; the averages add up to the difference." if None not in shares else "."
    grown = [
        seen for seen in found.enforcers if seen.last > 1.5 * seen.alone and seen.last - seen.alone > 0.005
    ]
    return " ".join((told, *(_grown(answer, seen) for seen in grown)))


def _grown(answer: Pressure, seen: EnforcerSeen) -> str:
    return (
        f"{_party(answer, seen.party)}'s compliance matters more once the others comply "
        f"({words.signed(seen.last, 3)} against {words.signed(seen.alone, 3)}): then it is the way round."
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
        f"{found.searched}: {listed}. {they} could still carry {_money(found.open)} a year of {own} own trade. "
        f"Solved anew without {them}, the pressure is {words.number(found.pressure)}. No smaller set does it, "
        f"and none as small that carries less. {_closers(answer)}"
    )


def _channel(answer: Pressure, channel: str) -> str:
    seen = next(seen for seen in answer.channels if seen.channel == channel)
    return f"{_kind(seen)} of {seen.good} ({_party(answer, seen.partner)})"


def _closers(answer: Pressure) -> str:
    """Who can close these channels by an option it has."""
    chosen = [seen for seen in answer.channels if seen.channel in answer.closure.channels]
    able = list(dict.fromkeys(party for seen in chosen for party in seen.cut_by))
    stray = [seen.channel for seen in chosen if not seen.cut_by]
    told = f"Who has a hand on them: {words.names(_party(answer, party) for party in able)}." if able else ""
    return f"{told} Nobody's options reach {words.names(stray)}.".strip() if stray else told


def _resolutions(answer: Pressure) -> Iterator[Block]:
    if answer.resolutions:
        yield Heading("Resolutions, and what was recorded")
        columns = (
            Column("Resolution"),
            *(
                Column(title, "right", fixed=True)
                for title in ("Before", "After", "Pressure", "Year", "Recorded", "Apart")
            ),
        )
        yield Table(
            columns,
            tuple(_resolution(seen) for seen in answer.resolutions),
            "Licit trade a year in the model before and after each resolution, with it and all earlier ones "
            "obeyed to the letter, in what begins later too, and the ways round open. Recorded: the first "
            "year for at least half of which it was in force; later resolutions show in it too. Apart: "
            "recorded less predicted.",
        )
        reasons = [seen for seen in answer.resolutions if seen.because]
        if reasons:
            yield Listing(tuple(f"{seen.id}: {words.sentence(seen.because)}" for seen in reasons))
    if answer.figures:
        yield Heading("Year by year", 3)
        columns = (
            Column("Year", "right", fixed=True),
            Column("Trade"),
            Column("Recorded by"),
            *(Column(title, "right", fixed=True) for title in ("Recorded", "Letter", "Leaking", "Apart")),
        )
        yield Table(
            columns,
            tuple(_figure(answer, seen) for seen in answer.figures),
            "What resolutions left over the days of each year: to the letter, and leaking by the ways round.",
        )
    if answer.figures or any(seen.recorded for seen in answer.resolutions):
        yield Paragraph(" ".join(filter(None, (_latest(answer), _worst(answer), WHY))))
        yield Note(
            "This check uses the texts of resolutions only, not the levels of enforcement; for a year from "
            "which the baseline was taken, agreement proves nothing."
        )


def _resolution(seen: ResolutionSeen) -> tuple[str, ...]:
    return (
        f"{seen.id} ({seen.date}): {seen.title}" if seen.title else f"{seen.id} ({seen.date})",
        _money(seen.before.leaking),
        _money(seen.after.leaking),
        words.number(seen.after.pressure_leaking),
        str(seen.year),
        " or ".join(_money(value) for value in seen.recorded) or words.NOTHING,
        " or ".join(_apart(value) for value in seen.discrepancy) or words.NOTHING,
    )


def _figure(answer: Pressure, seen: FigureSeen) -> tuple[str, ...]:
    return (
        str(seen.year),
        _which(answer, seen),
        seen.because.split(",")[0] or ", ".join(seen.source),
        _money(seen.recorded),
        _money(seen.letter),
        _money(seen.leaking),
        _apart(seen.discrepancy),
    )


def _which(answer: Pressure, seen: FigureSeen) -> str:
    way = {"total": "all trade", "export": "exports", "import": "imports"}[seen.flow]
    side = {"total": "with", "export": "to", "import": "from"}[seen.flow]
    return way if seen.partner is None else f"{way} {side} {_party(answer, seen.partner)}"


def _worst(answer: Pressure) -> str:
    """The largest difference of all, in a sentence."""
    if not answer.figures:
        return ""
    worst = max(answer.figures, key=lambda seen: abs(seen.discrepancy))
    more = "more" if worst.discrepancy > 0 else "less"
    by = f" by {worst.because.split(',')[0]}" if worst.because else ""
    return (
        f"Furthest apart ({_which(answer, worst)}, {worst.year}): {_money(worst.recorded)} recorded{by}, "
        f"{_money(abs(worst.discrepancy))} {more} than predicted."
    )


def _latest(answer: Pressure) -> str:
    """Exports and imports of the last recorded year, as shares of what was predicted."""
    last = max((seen.year for seen in answer.figures), default=0)
    told = [
        f"{words.percent(seen.recorded / seen.leaking)} of {_which(answer, seen)}"
        for seen in answer.figures
        if seen.year == last and seen.partner is None and seen.flow != "total" and seen.leaking > SLIGHT
    ]
    return f"Of what was predicted for {last}, {words.names(told)} were recorded." if told else ""


def _apart(value: float) -> str:
    return "0" if abs(value) < 0.5 else words.signed(value, 0)


def _money(value: float) -> str:
    """An amount of money in whole units, smaller ones with as many digits as they need."""
    if abs(value) < SLIGHT:
        return "0"
    return words.number(value, 0 if abs(value) >= 10 else 1).removesuffix(".0")


def _party(answer: Pressure, party: str) -> str:
    return words.name(answer.names.parties, party)
