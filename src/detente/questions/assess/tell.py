"""How the strategies' assessment is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.vocabulary import HoldoutSeen, MoveSeen
from detente.questions.assess.answer import Assess, ExitSeen, SpoilerSeen, StrategySeen
from detente.questions.assess.tell_end import agreed
from detente.questions.assess.tell_foresight import (
    ALIKE,
    BELIEVED,
    foresights,
    hanging,
    name,
    otherwise,
    reached,
    shown,
    under,
)
from detente.questions.assess.tell_timed import timed
from detente.report import sums, words
from detente.report.page import Block, Column, Heading, Note, Page, Paragraph, Table
from detente.report.shares import compared, often, rivals

PLACES = 2  # outcomes that are told beside the aim, the likeliest first
CENTRAL = "On the central numbers"
WHOLE = 1.005  # from here on more than 100% of the trade is said to be kept


def page(answer: Assess) -> Page:
    """A line per strategy, then the best and the worst with who would spoil them and who holds out."""
    blocks = (
        Paragraph(f"{_summary(answer)}{_elsewise(answer)}"),
        _table(answer),
        *_over(answer),
        *timed(answer),
        *reached(answer),
        *agreed(answer),
        *_told(answer),
        *hanging(answer),
        *_notes(answer),
    )
    return Page(f"What works: {answer.names.scenario}", blocks)


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
        return f"{aim} {CENTRAL}, {name(first)} {told}{otherwise(answer)}."
    many = words.count(len(answer.strategies), "strategy", "strategies")
    if reached == "never":
        return f"{aim} {CENTRAL}, none of {many} gets there{otherwise(answer)}."
    best = answer.best
    if len(best) == 1:
        alike = sum(words.chance(seen.success[answer.aim]) == reached for seen in answer.strategies)
        ahead = "" if alike == 1 else f", {_ahead(answer)}"
        best_is = f"{name(first)} does best of {many}: it gets there {reached}{ahead}"
        return f"{aim} {CENTRAL}, {best_is}{otherwise(answer)}."
    tied = words.names(name(seen) for seen in best)
    best_are = f"{tied} do best of {many} and equally well: they get there {reached}"
    return f"{aim} {CENTRAL}, {best_are}{otherwise(answer)}."


def _elsewise(answer: Assess) -> str:
    """How often the first strategy gets there if the numbers are off, with a space before."""
    first, aim = answer.strategies[0], answer.aim
    share = next((one.success[aim] for one in answer.over if one.strategy == first.id and aim), None)
    if share is None:
        return ""
    many = words.count(answer.worlds, "world")
    called = "it" if len(answer.strategies) == 1 or len(answer.best) == 1 else name(first)
    return f" If the numbers are off, {called} gets there in {often(share)}, over {many}."


def _over(answer: Assess) -> Iterator[Block]:
    """How the strategies fare if the numbers are off."""
    if not answer.over or answer.aim is None:
        return
    names, best, aim = answer.names.strategies, answer.over[0], answer.aim
    share, many = best.success[aim], words.count(answer.worlds, "world")
    yield Heading("If the numbers are off")
    if share.mean == 0:
        yield Paragraph(f"In none of {many} with other numbers does any of them get there.")
        return
    called = words.quoted(names, best.strategy)
    over = f"Over {many}, each with the unsure numbers drawn anew, {called} gets there most often"
    yield Paragraph(f"{over}: in {often(share)}.{rivals(names, answer.over)}")
    yield compared(names, answer.over, aim)


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
    return "by a margin that is hardly wider"


def _table(answer: Assess) -> Table:
    """One line per strategy; what only an aim can judge is left out without one."""
    judged, tried = answer.aim is not None, foresights(answer) if answer.aim is not None else ()
    titles = (
        Column("Strategy", fixed=True),
        *(Column(words.concept(concept), "right", fixed=True) for concept in tried),
        *((Column("Lasting", "right", fixed=True),) if judged else ()),
        Column("Margin", "right", fixed=True),
        Column("Else ends in" if judged else "Rests in"),
    )
    rows = tuple(
        (
            f"{seen.rank}. {seen.id}" if judged else seen.id,
            *(shown(under(answer, seen, concept)) for concept in tried),
            *((words.probability(seen.lasting or 0.0),) if judged else ()),
            words.margin(seen.margin),
            _elsewhere(answer, seen),
        )
        for seen in answer.strategies
    )
    return Table(titles, rows, _success_is(answer) if judged else "")


def _success_is(answer: Assess) -> str:
    """What the columns of success stand for."""
    tried = foresights(answer)
    others = words.names(f"{words.concept(one)} {BELIEVED[one]}" for one in tried[1:])
    return f"Success: {words.concept(tried[0])} is what the verdict rests on{f'; {others}' if others else ''}."


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
        yield Heading(first.title if answer.by_itself else f"The strategy: {name(first)}")
        yield Paragraph(" ".join(_sentences(answer, first)))
        return
    chances = [seen.success[answer.aim] for seen in answer.strategies]
    alike = chances[0] - chances[-1] <= ALIKE
    losers = sum(chance - chances[-1] <= ALIKE for chance in chances)
    top = "First in the table" if alike else "Best" if len(answer.best) == 1 else "Among the best"
    yield Heading(f"{top}: {name(first)}")
    yield Paragraph(" ".join(_sentences(answer, first)))
    yield Heading(f"{'Last in the table' if losers > 1 else 'Worst'}: {name(last)}")
    yield Paragraph(" ".join(_sentences(answer, last)))
    if last.rank == 1:
        yield Paragraph("All fare equally well: the table is in the order of the document.")
    elif alike:
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
    told += _trading(answer)
    told += _ratified(answer)
    yield Note(" ".join(told))
    stuck = [seen for seen in answer.strategies if seen.could_not_start > 0]
    if stuck:
        yield Note(_stuck(answer, stuck))


def _ratified(answer: Assess) -> Iterator[str]:
    """What it means that agreements have to be ratified."""
    if answer.ratify:
        tables = words.names(
            f"{table} by {words.name(answer.names.parties, one.by)} ({words.percent(one.chance)} each time)"
            for table, one in answer.ratify.items()
        )
        yield (
            f"What a table agrees on binds only if it is ratified: {tables}. Otherwise play goes on from "
            "where it stood, and it may be agreed on again: that costs time, and success where others move "
            "meanwhile."
        )


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


def _trading(answer: Assess) -> Iterator[str]:
    """What is meant by trade kept, and how it can be more than everything."""
    kept = [seen.trade_kept.share for seen in answer.strategies if seen.trade_kept is not None]
    if kept:
        more = "; above 100%, aid or better outlets bring it more than is closed" if max(kept) >= WHOLE else ""
        yield f"Trade kept: the share of its trade, by importance, that the target of pressure keeps{more}."
