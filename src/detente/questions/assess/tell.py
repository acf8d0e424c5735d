"""How the strategies' assessment is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.vocabulary import HoldoutSeen, MoveSeen
from detente.questions.assess.answer import Assess, ExitSeen, SpoilerSeen, StrategySeen
from detente.report import columns, sums, words
from detente.report.page import Bar, Block, Chart, Column, Heading, Note, Page, Paragraph, Table

PLACES = 2  # outcomes that are told beside the aim, the likeliest first
WHOLE = 1.005  # a leak from which on it is shown as more than 100%
ALIKE = 0.005  # chances this close are told as the same


def page(answer: Assess) -> Page:
    """A line per strategy, then the best and the worst with who would spoil them and who holds out."""
    blocks = (
        Paragraph(_summary(answer)),
        _table(answer),
        *_reached(answer),
        *_told(answer),
        *_hanging(answer),
        *_notes(answer),
    )
    return Page(f"What works: {answer.names.scenario}", blocks)


def _reached(answer: Assess) -> Iterator[Block]:
    """How often each of several strategies reaches the aim, where they differ."""
    if answer.aim is None or len({seen.success[answer.aim] for seen in answer.strategies}) < 2:
        return
    bars = tuple(
        Bar(seen.title or seen.id, seen.success[answer.aim], words.probability(seen.success[answer.aim]))
        for seen in answer.strategies
    )
    told = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    aim = words.quoted(answer.names.outcomes, answer.aim)
    title = f"How often each strategy ends in {aim}"
    yield Chart("bars", title, bars, f"Success: {told}.", "percent of plays in the central case")


def _summary(answer: Assess) -> str:
    first = answer.strategies[0]
    if answer.by_itself:
        none = "The scenario has no strategies; this is where the status quo goes by itself."
        return none if answer.aim is None else f"{none} {_alone(answer, answer.aim, first)}"
    if answer.aim is None:
        return "The scenario names no aim, so the strategies stand in its own order and success is not judged."
    aim = f"The aim: {words.titled(answer.names.outcomes, answer.aim)}."
    reached = words.chance(first.success[answer.aim])
    if len(answer.strategies) == 1:
        told = "never gets there" if reached == "never" else f"gets there {reached}"
        return f"{aim} {_name(first)} {told}."
    many = words.count(len(answer.strategies), "strategy", "strategies")
    if reached == "never":
        return f"{aim} None of {many} gets there."
    alike = sum(words.chance(seen.success[answer.aim]) == reached for seen in answer.strategies)
    if alike == 1:
        return f"{aim} Of {many}, {_name(first)} does best: it gets there {reached}."
    return f"{aim} Of {many}, {alike} get there {reached}; {_name(first)} does best, {_ahead(answer)}."


def _alone(answer: Assess, aim: str, seen: StrategySeen) -> str:
    """Whether the aim comes about with nobody doing anything for it."""
    reached = words.chance(seen.success[aim])
    told = "It never ends" if reached == "never" else f"It ends {reached}"
    return f"{told} in the aim, {words.quoted(answer.names.outcomes, aim)}."


def _ahead(answer: Assess) -> str:
    """In what the first strategy is ahead of the second, where both succeed as often."""
    first, second = answer.strategies[:2]
    if words.probability(first.lasting or 0.0) != words.probability(second.lasting or 0.0):
        return "since that lasts most often"
    if words.margin(first.margin) != words.margin(second.margin):
        return "by the widest margin"
    return "though by a hair"


def _name(seen: StrategySeen) -> str:
    """A strategy's title with the id under which it stands in the table."""
    return words.quoted({seen.id: seen.title}, seen.id)


def _table(answer: Assess) -> Table:
    """One line per strategy; what only an aim can judge is left out without one."""
    judged = answer.aim is not None
    leaks = any(seen.leak is not None for seen in answer.strategies)
    titles = (
        Column("Strategy", fixed=True),
        *((Column("Success", "right", fixed=True), Column("Lasting", "right", fixed=True)) if judged else ()),
        Column("Margin", "right", fixed=True),
        Column("Credible", fixed=True),
        *((Column("Leak", "right", fixed=True),) if leaks else ()),
        Column("Otherwise" if judged else "Rests in"),
    )
    rows = tuple(
        (
            seen.id,
            *(_judged(answer.aim, seen) if answer.aim is not None else ()),
            words.margin(seen.margin),
            words.yes_no(seen.credible if seen.credibility else None),
            *((words.NOTHING if seen.leak is None else words.percent(seen.leak.retained),) if leaks else ()),
            _elsewhere(answer, seen),
        )
        for seen in answer.strategies
    )
    return columns.telling(Table(titles, rows))


def _judged(aim: str, seen: StrategySeen) -> tuple[str, str]:
    return words.probability(seen.success[aim]), words.probability(seen.lasting or 0.0)


def _elsewhere(answer: Assess, seen: StrategySeen) -> str:
    """Where a strategy most probably ends outside the aim, by the first outcome of each state it rests in."""
    shares: dict[str, float] = {}
    for rest in seen.rests:
        if answer.aim is None or answer.aim not in rest.labels:
            nameless = "status quo" if rest.levels == answer.status_quo else "unnamed"
            place = (*rest.labels, nameless)[0]
            shares[place] = shares.get(place, 0.0) + rest.probability
    turning = sum(cycle.probability for cycle in seen.cycles)
    if turning > 0:
        shares["goes round"] = turning
    likeliest = sorted(shares.items(), key=lambda pair: -pair[1])[:PLACES]
    told = [place if share > 1 - ALIKE else f"{place} {words.probability(share)}" for place, share in likeliest]
    return ", ".join(told) or words.NOTHING


def _told(answer: Assess) -> Iterator[Block]:
    """The best and the worst strategy, with who would spoil them and who holds out."""
    if answer.aim is None:
        return
    first, last = answer.strategies[0], answer.strategies[-1]
    if len(answer.strategies) == 1:
        yield Heading(first.title if answer.by_itself else f"The strategy: {_name(first)}")
        yield Paragraph(" ".join(_sentences(answer, first)))
        return
    chances = [seen.success[answer.aim] for seen in answer.strategies]
    alike = chances[0] - chances[-1] <= ALIKE
    losers = sum(chance - chances[-1] <= ALIKE for chance in chances)
    yield Heading(f"{'First in the table' if alike else 'Best'}: {_name(first)}")
    yield Paragraph(" ".join(_sentences(answer, first)))
    yield Heading(f"{'Last in the table' if losers > 1 else 'Worst'}: {_name(last)}")
    yield Paragraph(" ".join(_sentences(answer, last)))
    if alike:
        yield Paragraph("All succeed equally often: the table is in the order of lasting success, then margin.")


def _sentences(answer: Assess, seen: StrategySeen) -> Iterator[str]:
    assert answer.aim is not None
    if seen.spoilers:
        yield _spoiler(answer, seen.spoilers[0])
    elif seen.success[answer.aim] > ALIKE:
        yield "Nobody spoils it: no move that is made costs it any success."
    else:
        yield "It fails without a spoiler: success is out of reach from the start."
    if seen.exits and _leaves_the_aim(answer.aim, seen.exits[0]):
        yield _exit(answer, seen.exits[0], seen.spoilers[:1])
    if seen.holdouts:
        yield _holdout(answer, seen.holdouts[0])
    elif seen.success[answer.aim] < 1 - ALIKE:
        yield "Where it rests, no move of one party alone would make play end in the aim more often."
    for kept in seen.credibility:
        if kept.move is not None:
            who, gain = words.name(answer.names.parties, kept.party), words.signed(kept.gain)
            yield f"{who} would go back on its word: {_changes(answer, kept.move)} (gain {gain})."
    losers = [party for party, gain in seen.attendance.items() if gain is not None and gain < -ALIKE]
    if losers:
        absent = min(losers, key=lambda party: seen.attendance[party] or 0.0)
        loss = words.signed(seen.attendance[absent])
        yield f"Likely absentee from its tables: {words.name(answer.names.parties, absent)} ({loss})."


def _spoiler(answer: Assess, spoiler: SpoilerSeen) -> str:
    who = words.name(answer.names.parties, spoiler.party) if spoiler.party else f"the table {spoiler.table}"
    gain = (
        f", for a gain of {sums.gained(answer, spoiler.parts, spoiler.gain)}"
        if spoiler.gain is not None
        else ""
    )
    return (
        f"Main spoiler: {who}, by “{_changes(answer, spoiler.move)}”{gain}; on average that lowers "
        f"success by {words.percent(spoiler.damage)}."
    )


def _leaves_the_aim(aim: str, way: ExitSeen) -> bool:
    """Whether an exit costs enough of the aim to be told."""
    lost = way.probability * (1 - (way.success or 0.0))
    return aim in way.labels and lost > ALIKE


def _exit(answer: Assess, way: ExitSeen, spoilers: Sequence[SpoilerSeen]) -> str:
    """Who leaves an agreement in the aim without being a member; shorter where that is the main spoiler."""
    agreement = f"the agreement of the table {way.table}, at which it does not sit"
    if any((spoiler.party, spoiler.move) == (way.party, way.move) for spoiler in spoilers):
        return f"It leaves {agreement}."
    who = words.name(answer.names.parties, way.party)
    start = "" if way.stage is not None else "Once nobody is bound, "
    gain = f" (gain {words.signed(way.gain)})" if way.gain is not None else ""
    chance, changes = words.chance(way.probability), _changes(answer, way.move)
    return f"{start}{who} leaves {agreement}, {chance}: “{changes}”{gain}."


def _holdout(answer: Assess, holdout: HoldoutSeen) -> str:
    who = words.name(answer.names.parties, holdout.party)
    fear = f", and it fears replies worth {words.signed(holdout.fear)}" if holdout.fear < -ALIKE else ""
    gain = sums.gained(answer, holdout.parts, holdout.gain)
    return (
        f"Main holdout: {who}. A promise worth {words.number(holdout.promise)}, kept wherever the "
        f"move leads, would make it move: “{_changes(answer, holdout.move)}”. "
        f"By itself that brings it {gain}{fear}."
    )


def _changes(answer: Assess, move: MoveSeen) -> str:
    return "; ".join(
        words.standing(answer.names.options, option, level) for option, level in move.changes.items()
    )


def _notes(answer: Assess) -> Iterator[Block]:
    told = [
        "These are the central case's figures, in the model: no number's spread is used, whoever can move is "
        f"as likely to as its initiative says (equal by default), {words.look(answer.foresight)}."
    ]
    if any(seen.margin is not None for seen in answer.strategies):
        told.append("Margins, gains and promises are in units of each party's payoff range.")
    if answer.aim is not None:
        told.append("Lasting: success after one more stage without commitments and tables.")
    told += _leaking(answer)
    yield Note(" ".join(told))
    stuck = [seen for seen in answer.strategies if seen.could_not_start > 0]
    if stuck:
        yield Note(_stuck(answer, stuck))


def _stuck(answer: Assess, stuck: Sequence[StrategySeen]) -> str:
    """Which strategies cannot begin a stage, and how much of their success is only that."""
    listed = words.names(f"{seen.id} ({words.percent(seen.could_not_start)} of all plays)" for seen in stuck)
    told = (
        f"A stage could not always start: {listed}. Where play then stands is its end, though it may not rest."
    )
    if answer.aim is None:
        return told
    counted = [seen for seen in stuck if seen.stuck[answer.aim] > 0]
    if counted:
        parts = (f"{words.percent(seen.stuck[answer.aim])} for {seen.id}" for seen in counted)
        told += f" Success counts what stands in the aim so: {words.names(parts)}."
    return told


def _leaking(answer: Assess) -> Iterator[str]:
    """What a leak is, and how it can be more than everything."""
    leaks = [seen.leak.retained for seen in answer.strategies if seen.leak is not None]
    if leaks:
        more = "; above 100%, aid or better outlets bring it more than is closed" if max(leaks) >= WHOLE else ""
        yield f"Leak: the share of its trade, weighted by importance, that the target of pressure keeps{more}."


def _hanging(answer: Assess) -> Iterator[Block]:
    """Success under every behaviour tried; the strategies for which behaviour makes no difference in a line."""
    shaky = [seen for seen in answer.strategies if _differs(seen)]
    steady = [seen for seen in answer.strategies if seen.variants and seen not in shaky]
    if not shaky:
        if answer.aim is not None and len(steady) == len(answer.strategies):
            yield Paragraph(
                "Success is the same under every foresight and kind of agreement tried, and without tables."
            )
        return
    kinds = [(agreements, concept) for agreements, by in shaky[0].variants.items() for concept in by]
    kinds.sort(key=lambda kind: kind[1], reverse=True)
    yield Heading("What success hangs on")
    titles = (
        Column("Strategy", fixed=True),
        *(Column(_behaviour(*kind), "right") for kind in kinds),
        Column("no tables", "right"),
    )
    rows = tuple((seen.id, *_successes(seen, kinds)) for seen in shaky)
    yield Table(titles, rows, _tried(kinds))
    if steady:
        yield Paragraph(_unshaken(steady))


def _tried(kinds: Sequence[tuple[str, str]]) -> str:
    """What the columns stand for."""
    binding = any(agreements == "binding" for agreements, _ in kinds)
    return (
        "Success if all parties look ahead by one concept"
        + (", if agreements also bind where a member would gain by leaving" if binding else "")
        + ", and with no table open."
    )


def _unshaken(steady: Sequence[StrategySeen]) -> str:
    """The strategies that fare the same however parties behave."""
    alike: dict[str, list[str]] = {}
    for seen in steady:
        chances = [variant.success for by in seen.variants.values() for variant in by.values()]
        alike.setdefault(words.probability(chances[0] or 0.0), []).append(seen.id)
    told = "; ".join(f"{success} for {words.names(ids)}" for success, ids in alike.items())
    return f"Left out above, since nothing tried changes their success: {told}."


def _behaviour(agreements: str, concept: str) -> str:
    return f"{words.concept(concept)}{', binding' if agreements == 'binding' else ''}"


def _successes(seen: StrategySeen, kinds: Sequence[tuple[str, str]]) -> Iterator[str]:
    for success in (
        *(seen.variants[agreements][concept].success for agreements, concept in kinds),
        seen.without_tables,
    ):
        yield words.NOTHING if success is None else words.probability(success)


def _differs(seen: StrategySeen) -> bool:
    """Whether success differs between the variants of behaviour, or without tables."""
    varied = [variant.success for by in seen.variants.values() for variant in by.values()]
    known = [chance for chance in (*varied, seen.without_tables) if chance is not None and varied]
    return bool(known) and max(known) - min(known) > ALIKE
