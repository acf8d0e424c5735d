"""How the least that would make an outcome hold, or be reached, is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from detente.questions.fix.answer import ChangeSeen, ExchangeSeen, Fix, KindSeen, StepSeen, TargetSeen
from detente.report import columns, words
from detente.report.page import Bar, Block, Chart, Column, Heading, Listing, Note, Page, Paragraph, Table

KINDS = {
    "promise": "Promises",
    "attitude": "Attitudes",
    "view": "Mended views",
    "commitment": "Commitments",
    "channel": "Closed channels",
    "table": "Tables",
    "venue": "Venues",
}
STATUS = {
    "needless": "not needed",
    "idle": "cannot matter here",
    "absent": "the scenario has none",
    "refused": "they need interests with weights from every party",
}
UNPROMISED = (
    "No promise suffices, though why and assess may name some. They tell which would make a party move, and "
    "by how much success then rises where it stands; here the strategy is played anew with it, somebody who "
    "gains enough by the move must pay, and it must get there for certain."
)
UNTRIED = (
    "No promise was tried, though why and assess may name some: nowhere that this strategy comes to rest is "
    "there a move of one party that would raise success and that another gains enough by to pay for."
)


def page(answer: Fix) -> Page:
    """The state or the strategy, what is missing, and per kind of change the least that mends it."""
    blocks = (
        Paragraph(" ".join(_summary(answer))),
        *_target(answer),
        *_kinds(answer),
        *_across(answer),
        *_reordering(answer),
        *_notes(answer),
    )
    return Page(f"What would fix it: {answer.names.scenario}", blocks)


def _outcome(answer: Fix) -> str:
    return words.titled(answer.names.outcomes, answer.outcome)


def _summary(answer: Fix) -> Iterator[str]:
    if answer.strategy is not None:
        yield from _journey(answer)
        return
    concept = words.concept(answer.concept)
    yield f"The outcome: {_outcome(answer)}."
    ends = words.strategy(answer.names.strategies, answer.ending or "", best=True)
    where = "" if answer.ending is None else f" where {ends} ends"
    if answer.works:
        yield f"It holds under {concept} as things are{where}; nothing has to change. {_holding(answer)}"
        if answer.concept != "nash" and not answer.concepts["nash"].holding:
            yield "None holds without somebody's fear of an answer: --concept nash asks what would."
        return
    if answer.ending is not None:
        yield f"It does not hold under {concept}{where}."
        yield "What follows is the least that would make it hold there."
        return
    which = f"one of its {answer.among:,} states" if answer.among > 1 else "it"
    one = f"It does not hold under {concept}."
    yield f"None of its states holds under {concept}." if answer.among > 1 else one
    yield f"What follows is the least that would make {which} hold."


def _holding(answer: Fix) -> str:
    """How many of the outcome's states hold, and how firmly the best."""
    standing = answer.concepts[answer.concept]
    firmest = "" if standing.best is None else f", the firmest by {words.margin(standing.best)}"
    return f"{words.count(standing.holding, 'of its states holds', 'of its states hold')}{firmest}."


def _journey(answer: Fix) -> Iterator[str]:
    success = words.chance(answer.success or 0.0)
    as_it_is = "it never gets there" if success == "never" else f"it gets there {success}"
    which = words.capital(words.strategy(answer.names.strategies, answer.strategy or "", best=False))
    yield f"{which} is to reach: {_outcome(answer)}. As it is, {as_it_is}."
    if answer.works:
        yield "Nothing has to change for that."
    else:
        yield "What follows are the least changes after which, played anew, it gets there for certain."


def _target(answer: Fix) -> Iterator[Block]:
    target = answer.target
    if target is None:
        return
    if answer.strategy is not None:
        title = f"Where it rests: state {target.state:,}"
    else:
        title = (
            f"The state: {target.state:,}"
            if answer.works
            else f"The state nearest to holding: {target.state:,}"
        )
    yield Heading(title)
    yield Paragraph(_where(answer, target))
    leaving = [party for party in answer.parties if party not in target.stable]
    if leaving:
        short = (
            f" What is missing adds up to {words.number(target.shortfall)} of a payoff range."
            if target.shortfall is not None
            else ""
        )
        who = words.names(words.name(answer.names.parties, party) for party in leaving)
        yield Paragraph(f"{who} would leave it.{short}")
    bars = tuple(
        Bar(words.name(answer.names.parties, party), margin, words.margin(margin))
        for party, margin in target.margins.items()
        if margin is not None
    )
    if bars:
        yield Chart(
            "bars",
            "Margin of each party in this state",
            bars,
            "Margins: " + "; ".join(f"{bar.label} {bar.shown}" for bar in bars),
            "shares of the party's payoff range; below nought it would leave",
        )


def _where(answer: Fix, target: TargetSeen) -> str:
    """What a state counts as, and how it differs from the status quo."""
    told = words.difference(answer.names.options, answer.options, target.levels, answer.status_quo)
    same = target.levels == answer.status_quo
    place = "It is the status quo." if same else f"It differs from the status quo by: {told}."
    if not target.labels:
        return place
    named = words.outcomes(answer.names.outcomes, target.labels)
    return f"{place} It counts as: {named}." if same else f"It counts as: {named}. {place}"


def _kinds(answer: Fix) -> Iterator[Block]:
    found = [seen for seen in answer.kinds if seen.status in ("found", "none")]
    if not found:
        return
    yield Heading("The least of each kind")
    titles = (
        Column("Kind", fixed=True),
        Column("Least change"),
        *_measures(answer),
        Column("Alone", "right", fixed=True),
    )
    rows = tuple(_row(answer, seen) for seen in found)
    yield columns.telling(Table(titles, rows, " ".join(_explained(found))))
    yield from _choices(answer, found)


def _explained(found: Sequence[KindSeen]) -> Iterator[str]:
    """What the columns mean, of the kinds that are shown."""
    sized = {"promise": "what is promised in all", "attitude": "how far attitudes shift"}
    shown = [told for kind, told in sized.items() if any(seen.kind == kind for seen in found)]
    if any(seen.kind not in sized for seen in found):
        shown.append("else how many things change" if shown else "how many things change")
    yield f"Size: {', '.join(shown)}. Alone: how many single changes of the kind would do."


def _measures(answer: Fix) -> tuple[Column, ...]:
    size = Column("Size", "right", fixed=True)
    margin = Column("Margin", "right", fixed=True)
    return (size, Column("Cost", "right", fixed=True), margin) if answer.costs else (size, margin)


def _row(answer: Fix, seen: KindSeen) -> tuple[str, ...]:
    least = seen.least
    if least is None:
        blank = (words.NOTHING,) * (3 if answer.costs else 2)
        told = "none" if seen.searched in ("formula", "program", "all") else "none found"
        if told == "none found" and seen.tried == 0:
            told = "not tried"
        if seen.nearest is not None:
            chance = words.chance(seen.nearest.success or 0.0)
            told += f"; nearest: {_told(answer, seen.nearest.steps)} (gets there {chance})"
        return (KINDS[seen.kind], told, *blank, words.NOTHING)
    cost = (words.number(least.cost),) if answer.costs else ()
    return (
        KINDS[seen.kind],
        _told(answer, least.steps) + _place(answer, least),
        _size(seen, least),
        *cost,
        words.margin(least.margin),
        f"{seen.alone:,}",
    )


def _place(answer: Fix, change: ChangeSeen) -> str:
    """In which state the change is made, where that is not the one shown."""
    if answer.strategy is not None or answer.target is None or change.state == answer.target.state:
        return ""
    return f", in state {change.state:,}"


def _size(seen: KindSeen, change: ChangeSeen) -> str:
    return words.number(change.size) if seen.kind in ("promise", "attitude") else f"{len(change.steps)}"


def _choices(answer: Fix, found: Sequence[KindSeen]) -> Iterator[Block]:
    """Other single changes that do, kind by kind."""
    items = []
    for seen in found:
        others = [change for change in seen.singles if seen.least is None or change.steps != seen.least.steps]
        if others:
            told = "; or ".join(_told(answer, change.steps) for change in others[:3])
            more = seen.alone - 1 - min(3, len(others))
            items.append(f"{KINDS[seen.kind]}: {told}{f'; and {more:,} more' if more > 0 else ''}.")
    if items:
        yield Paragraph("These would do too, each alone:")
        yield Listing(tuple(items))


def _told(answer: Fix, steps: Sequence[StepSeen]) -> str:
    """Some changes in words, promises by receiver."""
    parts = []
    for receiver, group in groupby(steps, key=lambda step: step.other if step.kind == "promise" else ""):
        some = list(group)
        if receiver:
            parts.append(_promises(answer, receiver, some))
        else:
            parts += [_step(answer, step) for step in some]
    return "; ".join(parts)


def _promises(answer: Fix, receiver: str, steps: Sequence[StepSeen]) -> str:
    name = _party(answer, receiver)
    if len(steps) == 1:
        return f"promised to {name}: by {_party(answer, steps[0].party)} {words.number(steps[0].amount)}"
    amounts = [step.amount or 0.0 for step in steps]
    shown = words.adding_up(amounts, sum(amounts))
    payers = words.names(
        f"{_party(answer, step.party)} {words.number(rounded or amount)}"
        for step, rounded, amount in zip(steps, shown, amounts, strict=True)
    )
    return f"promised to {name}: by {payers}"


def _step(answer: Fix, step: StepSeen) -> str:
    match step.kind:
        case "attitude":
            holder, other = _party(answer, step.party), _party(answer, step.other)
            return f"attitude of {holder} to {other} {words.signed(step.amount)}"
        case "view":
            return f"{_party(answer, step.other)} seen by {_party(answer, step.party)} as it is"
        case "commitment":
            bound = words.standing(answer.names.options, step.what, step.level)
            return f"{_party(answer, step.party)} bound to “{bound}”"
        case "channel":
            whole = " " not in step.what
            return f"shut {'everything with ' if whole else ''}{step.what}"
        case "table":
            if not step.party:
                return f"open the table {step.what}"
            return f"open a table of {_party(answer, step.party)} and {_party(answer, step.other)}"
        case "venue":
            return f"meet in {step.what}"
        case _:
            return _promises(answer, step.other, [step])


def _party(answer: Fix, party: str) -> str:
    return words.name(answer.names.parties, party)


def _across(answer: Fix) -> Iterator[Block]:
    if answer.across is None:
        return
    yield Heading("The cheapest over all kinds")
    yield Paragraph(
        f"By the scenario's own costs: {_told(answer, answer.across.steps)}{_place(answer, answer.across)}. "
        f"Cost {words.number(answer.across.cost)}, margin afterwards {words.margin(answer.across.margin)}. "
        + _mixed(answer)
    )


def _mixed(answer: Fix) -> str:
    """Which mixtures were looked at."""
    if answer.strategy is not None:
        return "Kinds were not mixed."
    return "Mixed were promises with attitudes, and promises with up to two bonds, channels or views."


def _reordering(answer: Fix) -> Iterator[Block]:
    found = answer.reordering
    if found is None:
        return
    yield Heading("The least change of what parties prefer")
    if found.state is None:
        sure = (
            "no reordering does it"
            if found.exact
            else f"none with up to {words.count(found.depth, 'change')} does it"
        )
        yield Paragraph(f"Of {words.count(found.tried, 'order')} judged, {sure}.")
        return
    if not found.changes:
        yield Paragraph(f"None is needed: state {found.state:,} holds as things are.")
        return
    many = words.count(len(found.changes), "change")
    yield Paragraph(f"{words.capital(many)} would make state {found.state:,} hold, and no fewer:")
    yield Listing(tuple(_exchange(answer, change) for change in found.changes))


def _exchange(answer: Fix, change: ExchangeSeen) -> str:
    who = _party(answer, change.party)
    if change.kind == "swap":
        higher, lower = (_states(numbers) for numbers in change.text.split(" above "))
        return f"{who} would rank {higher} above {lower} (places {change.place - 1} and {change.place})"
    return f"{who} would want the contrary of its statement {change.place}: {change.text}"


def _states(numbers: str) -> str:
    return f"state {numbers}" if numbers.replace(",", "").isdigit() else f"states {numbers}"


def _notes(answer: Fix) -> Iterator[Block]:
    found = [seen for seen in answer.kinds if seen.status in ("found", "none")]
    promised = any(seen.kind == "promise" and (seen.least or not answer.strategy) for seen in found)
    if promised:
        yield Note(
            "Promises and margins are in units of each party's payoff range, from its worst state to its "
            "best: what costs the payer a hundredth of its own range brings the receiver a hundredth of its "
            "own. A promise is kept in one state only and moves no other margin in it. A margin of 0 is just "
            "enough to stay."
        )
    promises = [seen for seen in found if seen.kind == "promise" and seen.status == "none"]
    if answer.strategy and promises:
        yield Note(UNPROMISED if promises[0].tried else UNTRIED)
    if found:
        yield Note(_searched(answer, found))
    left = [seen for seen in answer.kinds if seen.status in STATUS and seen.status != "needless"]
    if left and not answer.works:
        reasons: dict[str, list[str]] = {}
        for seen in left:
            reasons.setdefault(_why(answer, seen), []).append(KINDS[seen.kind].lower())
        told = "; ".join(f"{words.names(kinds)} ({why})" for why, kinds in reasons.items())
        yield Note(f"Not searched: {told}.")
    if found and not answer.costs and not answer.works:
        yield Note("Kinds are not compared with each other: the scenario has no table of costs (`cost:`).")


def _searched(answer: Fix, found: Sequence[KindSeen]) -> str:
    """The certificate, and how far each kind was searched."""
    sure = [seen for seen in found if seen.searched != "some"]
    some = [
        f"{KINDS[seen.kind].lower()} ({words.count(seen.tried, 'trial')})"
        for seen in found
        if seen.searched == "some" and seen.tried > 0
    ]
    check = "The strategy was played" if answer.strategy else "The state was judged"
    sentences = [f"{check} anew with every change shown."]
    everywhere = [seen for seen in sure if seen.states >= answer.among]
    if everywhere:
        where = f" in any of its {answer.among:,} states" if answer.among > 1 else ""
        sentences.append(f"Nothing cheaper exists{where} among {words.names(_kinds_of(everywhere))}.")
    for states, seen in groupby((one for one in sure if one.states < answer.among), key=lambda one: one.states):
        sentences.append(
            f"Among {words.names(_kinds_of(seen))} nothing cheaper exists in the nearest "
            f"{words.count(states, 'state')} of {answer.among:,}; in others it may."
        )
    if some:
        sentences.append(f"Not everything was tried among {words.names(some)}.")
    return " ".join(sentences)


def _kinds_of(found: Iterable[KindSeen]) -> list[str]:
    return [KINDS[seen.kind].lower() for seen in found]


def _why(answer: Fix, seen: KindSeen) -> str:
    if seen.status == "idle" and seen.kind in ("table", "venue"):
        return "they change what is reached, not what holds: ask with --reach STRATEGY"
    if seen.status == "idle" and seen.kind == "view":
        return f"they play no role under {words.concept(answer.concept)}"
    return STATUS[seen.status]
