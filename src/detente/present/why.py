"""How a why is told: what holds or fails, who is tempted by what, what deters it, and the sums behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.answers.assess import HoldoutSeen, MoveSeen, Part
from detente.answers.why import (
    Attempt,
    NoDeal,
    PathSeen,
    Refusal,
    Reply,
    Share,
    Stand,
    StepSeen,
    StrategySeen,
    UnderConcept,
    Why,
)
from detente.page import Bar, Block, Chart, Column, Heading, Listing, Note, Page, Paragraph, Table
from detente.present import words

LARGEST = 3  # terms of a sum that are told in a sentence; a chart shows all
DRAWN = 3  # sums that are drawn
ALIKE = 0.005  # chances this close are told as the same
EVERYBODY = "every party"
ORDER = ("leaves", "deterred", "nothing better", "no moves")
STANCES = {
    "leaves": "would leave",
    "deterred": "tempted, but deterred",
    "nothing better": "nothing better",
    "no moves": "no move",
}


def page(answer: Why) -> Page:
    """The verdict, the concepts compared, each party's reason, and the sums behind the moves that matter."""
    story = {"state": _of_state, "outcome": _of_outcome, "strategy": _of_strategy}[answer.kind]
    return Page(f"Why: {_subject(answer)}", (*story(answer), *_notes(answer)))


def _subject(answer: Why) -> str:
    if answer.kind == "strategy" and answer.strategy is not None:
        return words.titled({answer.subject: answer.strategy.title}, answer.subject)
    if answer.kind == "outcome":
        return words.titled(answer.names.outcomes, answer.subject)
    return words.capital(_state(answer))


def _of_state(answer: Why) -> Iterator[Block]:
    yield Paragraph(f"{_verdict(answer)} {_where(answer)}")
    yield from _reasons(answer)


def _of_outcome(answer: Why) -> Iterator[Block]:
    seen = answer.outcome
    assert seen is not None
    title, here = words.titled(answer.names.outcomes, seen.id), words.capital(_state(answer))
    if seen.holding:
        held = f"{seen.holding:,} of its {seen.states:,} states" if seen.states > 1 else "its one state"
        firm = f"{'It is' if seen.holding == 1 else 'The firmest is'} {_state(answer)}."
        found = f"{held} {words.verb(seen.holding, 'holds', 'hold')} {_looking(answer)}. {firm}"
    elif seen.states > 1:
        found = f"none of its {seen.states:,} states holds {_looking(answer)}. {here} comes nearest: "
        found += f"{_departures(answer)}."
    else:
        found = f"its one state does not hold {_looking(answer)}. In {_state(answer)}, {_departures(answer)}."
    yield Paragraph(f"{title}: {found} {_where(answer)}")
    columns = (Column("States that hold under"), Column("Number", "right", fixed=True))
    rows = tuple(
        (f"{words.concept(concept)}: {words.concept_meaning(concept)}", f"{held:,}")
        for concept, held in seen.counts.items()
    )
    yield Table(columns, rows)
    yield Heading(f"Why {_state(answer)} {'holds' if answer.state.holds else 'does not hold'}")
    yield Paragraph(_verdict(answer))
    yield from _reasons(answer)


def _of_strategy(answer: Why) -> Iterator[Block]:
    seen = answer.strategy
    assert seen is not None
    assert answer.aim is not None
    aim = words.titled(answer.names.outcomes, answer.aim)
    reached = "never reaches" if seen.success <= words.SURE else "reaches"
    chance = "" if seen.success <= words.SURE else f", {words.chance(seen.success)}"
    yield Paragraph(f"{_subject(answer)} {reached} the aim, {aim}{chance}. {_ends(answer, seen)}")
    yield Heading("The likeliest way" if len(seen.paths) == 1 else "The likeliest ways")
    for path in seen.paths:
        yield from _path(answer, path)
    if seen.others:
        yield Note(f"Besides these, play has {words.count(seen.others, 'less probable ending')}.")
    explained = seen.paths[0]
    if not explained.inside:
        yield Heading("Who could bring the aim about from there, and does not")
        yield from _blocks(answer, seen)
    yield Heading("Why play ends there" if answer.state.stage else "Whether it holds there")
    verdict = _uncapital(_verdict(answer))
    scene = f"In stage {answer.state.stage}, {_bound(answer)}" if answer.state.stage else "Once nobody is bound"
    yield Paragraph(f"{scene}, {verdict} {_where(answer)}")
    yield from _reasons(answer)


# What holds


def _state(answer: Why) -> str:
    number = f"state {answer.state.state:,}"
    return f"the status quo ({number})" if answer.state.levels == answer.status_quo else number


def _looking(answer: Why) -> str:
    if answer.foresight == "mixed":
        return "with each party looking as far as it does"
    return f"under {words.concept(answer.foresight)}"


def _verdict(answer: Why) -> str:
    subject = words.capital(_state(answer))
    if not answer.state.holds:
        return f"{subject} does not hold {_looking(answer)}: {_departures(answer)}."
    if answer.state.margin is None:
        return f"{subject} holds {_looking(answer)}: every party stays."
    who = _party(answer, answer.state.nearest or "")
    return (
        f"{subject} holds {_looking(answer)}: every party stays. Nearest to leaving is {who}, by a "
        f"margin of {words.number(answer.state.margin)}."
    )


def _departures(answer: Why) -> str:
    leavers = _leavers(answer)
    return f"{_parties(answer, leavers)} would leave it"


def _leavers(answer: Why) -> Sequence[str]:
    """Who leaves by the foresight asked for, whichever parties were asked about."""
    found = {under.concept: under.leavers for under in answer.state.concepts}
    return [party for party in answer.parties if party in found[answer.foresights[party]]]


def _where(answer: Why) -> str:
    """What the state counts as, and how it differs from the status quo."""
    told = []
    if answer.state.labels:
        told.append(f"It counts as: {words.outcomes(answer.names.outcomes, answer.state.labels)}.")
    if answer.state.levels != answer.status_quo:
        levels = words.difference(answer.names.options, answer.options, answer.state.levels, answer.status_quo)
        told.append(f"It differs from the status quo by: {levels}.")
    return " ".join(told)


def _bound(answer: Why) -> str:
    if not answer.state.bound:
        return "where nobody is bound"
    many = len(answer.state.bound)
    return f"while {words.count(many, 'option')} {words.verb(many, 'stands', 'stand')} as committed"


# The concepts compared


def _compared(answer: Why) -> str:
    """Under which concepts the state holds, and what makes the difference."""
    under = {one.concept: one for one in answer.state.concepts}
    holding = [one for one in under if under[one].holds]
    if under["nash"].holds:
        return "It needs no deterrence: nobody gains by a move of its own, so it holds under all five concepts."
    if not under["gmr"].holds:
        who = _parties(answer, under["gmr"].leavers)
        return f"It fails under all five concepts: not even the harshest answer of the others would keep {who}."
    failing = [one for one in under if not under[one].holds]
    told = [f"It holds under {_concepts(holding)}, not under {_concepts(failing)}."]
    tempted = _parties(answer, under["nash"].leavers)
    if under["seq"].holds:
        told.append(
            f"It holds only if parties look past their own next move: {tempted} would gain by leaving, but for "
            "answers that pay for those who make them."
        )
    else:
        told.append(
            "It holds only by fear of answers that would cost those who make them: where only answers that pay "
            f"are to be expected, {_parties(answer, under['seq'].leavers)} would leave."
        )
    told += _ways_out(answer, under)
    return " ".join(told)


def _ways_out(answer: Why, under: dict[str, UnderConcept]) -> Iterator[str]:
    """What one more own move changes."""
    for plain, symmetric in (("seq", "sseq"), ("gmr", "smr")):
        if under[plain].holds and not under[symmetric].holds:
            who = _parties(answer, under[symmetric].leavers)
            yield (
                f"Counting one more move of its own, {who} would escape from such an answer, so it fails "
                f"under {words.concept(symmetric)}."
            )
            return


def _concepts(names: Sequence[str]) -> str:
    return words.names([words.concept(name) for name in names])


# Each party's reason


def _reasons(answer: Why) -> Iterator[Block]:
    stands = sorted(answer.state.stands, key=_urgency)
    yield Paragraph(_compared(answer))
    if len(stands) > 1:
        yield _table(answer, stands)
    for stand in stands:
        yield Paragraph(_stand(answer, stand))
    for stand in _drawn(stands):
        if stand.attempt is not None and stand.attempt.parts:
            yield _waterfall(answer, stand.party, stand.attempt)
    turned = [(under, stand) for under in answer.state.concepts for stand in under.turns]
    asked = {stand.party for stand in stands}
    told = [(under, stand) for under, stand in turned if stand.party in asked][:1] if len(asked) == 1 else []
    for under, stand in told:
        yield Paragraph(f"Otherwise under {words.concept(under.concept)}. {_stand(answer, stand)}")
    if answer.kind != "strategy" and answer.state.refusals and answer.aim is not None:
        aim = words.titled(answer.names.outcomes, answer.aim)
        yield Heading("Who could bring the aim about, and does not")
        yield Paragraph(f"The aim is {aim}; these could reach it by a move of their own.")
        for refusal in answer.state.refusals:
            yield from _refusal(answer, refusal)


def _urgency(stand: Stand) -> tuple[int, float]:
    """Who leaves first, then who is tempted; among these, who is nearest to leaving."""
    return ORDER.index(stand.stance), 0.0 if stand.margin is None else stand.margin


def _drawn(stands: Sequence[Stand]) -> Sequence[Stand]:
    """The stands whose sums are drawn: who is tempted, else who is nearest to leaving."""
    tempted = [stand for stand in stands if stand.improvements]
    if tempted:
        return tempted[:DRAWN]
    measured = [stand for stand in stands if stand.margin is not None]
    return sorted(measured, key=lambda stand: stand.margin or 0.0)[:1]


def _table(answer: Why, stands: Sequence[Stand]) -> Table:
    measured = any(stand.margin is not None for stand in stands)
    columns = [Column("Party"), Column("Stance"), Column("Margin", "right", fixed=True)]
    columns += [Column("Moves", "right", fixed=True), Column("Better", "right", fixed=True)]
    rows = [
        (
            _party(answer, stand.party),
            STANCES[stand.stance],
            words.margin(stand.margin),
            f"{stand.moves:,}",
            f"{stand.improvements:,}",
        )
        for stand in stands
    ]
    kept = [0, 1, *([2] if measured else []), 3, 4]
    return Table(tuple(columns[k] for k in kept), tuple(tuple(row[k] for k in kept) for row in rows))


def _stand(answer: Why, stand: Stand) -> str:
    """A party's stance and the reason for it."""
    attempt = stand.attempt
    lead = f"{_party(answer, stand.party)}: {STANCES[stand.stance]}."
    if attempt is None:
        return lead
    move = _changes(answer, attempt.move)
    if stand.stance == "nothing better":
        return f"{lead} {_content(answer, stand, attempt, move)}"
    tempts = "The move that promises most" if stand.improvements > 1 else "The one move that it prefers"
    brings = "" if attempt.gain is None else _brings(answer, attempt)
    at_once = f"{lead} {tempts} is {move}.{brings}"
    if stand.stance == "leaves":
        return f"{at_once} {_unanswered(answer, stand, attempt)}"
    others = stand.improvements - 1
    rest = f" Its other {words.verb(others, 'improvement is', f'{others:,} improvements are')} deterred too."
    return f"{at_once} {_deterred(answer, stand, attempt)}{rest if others else ''}"


def _content(answer: Why, stand: Stand, attempt: Attempt, move: str) -> str:
    """Why a party without an improvement stays."""
    one = stand.moves == 1
    none = "Its one move does not lead" if one else f"None of its {stand.moves:,} moves leads"
    gains = f"{none} anywhere that it prefers"
    if attempt.gain is None:
        return f"{gains}."
    if attempt.gain == 0:
        return f"{gains}; {move} would be worth the same to it."
    cost = _sum(answer, attempt.parts, attempt.gain, cost=True)
    return f"{gains}. {'It' if one else 'The least costly'}, {move}, would cost it {cost}.{_fear(attempt)}"


def _brings(answer: Why, attempt: Attempt) -> str:
    """What a move brings at once."""
    if attempt.gain is None:
        return " It prefers where that leads." if attempt.better else " It does not prefer where that leads."
    if attempt.gain == 0:
        return " At once that changes nothing for it."
    if attempt.gain < 0:
        return f" At once that would cost it {_sum(answer, attempt.parts, attempt.gain, cost=True)}."
    return f" At once that would bring it {_sum(answer, attempt.parts, attempt.gain)}."


def _unanswered(answer: Why, stand: Stand, attempt: Attempt) -> str:
    """Why a move that tempts is not deterred."""
    if stand.concept == "nash":
        return "Looking no further than its own move, it fears no answer."
    if not attempt.replies:
        pays = stand.concept in ("seq", "sseq")
        return f"{'No answer that pays the others' if pays else 'No answer at all'} takes any of that away."
    left = "better off" if attempt.expects is None else f"{words.number(attempt.expects)} better off"
    worst = _replies(answer, stand.party, attempt.replies)
    who = _party(answer, stand.party)
    return f"The worst that it has to expect: {worst}; even so {who} would end {left} than by staying."


def _deterred(answer: Why, stand: Stand, attempt: Attempt) -> str:
    """The replies that deter a move."""
    last = attempt.replies[-1]
    who = _party(answer, stand.party)
    after = f"But {_replies(answer, stand.party, attempt.replies)}; that would leave {who} {_left(last)}."
    if attempt.escape is None:
        return after
    return f"{after} Nor would its best way out from there help ({_changes(answer, attempt.escape)})."


def _left(last: Reply) -> str:
    """How the party that is answered stands in the end."""
    if last.compared == "same" or (last.after is not None and last.after == 0):
        return "no better off than it is"
    if last.after is None:
        return "worse off than it is" if last.compared == "worse" else "better off than it is"
    return f"{words.number(abs(last.after))} {'worse' if last.after < 0 else 'better'} off than it is"


def _replies(answer: Why, viewer: str, replies: Sequence[Reply]) -> str:
    return "; then ".join(_reply(answer, viewer, reply) for reply in replies)


def _reply(answer: Why, viewer: str, reply: Reply) -> str:
    """An answer, what it brings to who makes it, and, where these differ, that its maker is misjudged."""
    who, move = _party(answer, reply.party), _changes(answer, reply.move)
    if not reply.prefers:
        if reply.gain is None:
            return f"{who} could answer with {move} (though it does not prefer that)"
        cost = f", at a cost to it of {words.number(-reply.gain)}" if reply.gain < 0 else ""
        return f"{who} could answer with {move}{cost}"
    if reply.gain is None:
        return f"{who} would answer with {move}"
    if reply.gain > 0:
        return f"{who} would answer with {move}, which brings it {words.number(reply.gain)}"
    real = f"cost {who} {words.number(-reply.gain)}" if reply.gain < 0 else f"bring {who} nothing"
    seen = f"as {_party(answer, viewer)} sees it, {who} would answer with {move}"
    return f"{seen} (by its own interests that would {real})"


# A strategy's way


def _ends(answer: Why, seen: StrategySeen) -> str:
    failing = [path for path in seen.paths if not path.inside]
    if not failing:
        return "It does not fail in the model; what is left to ask is whether its end holds."
    first = failing[0]
    ends = {
        "rest": "it comes to rest in",
        "until": "it stops, as its last stage demands, in",
        "missed": "a stage misses what it requires, in",
        "blocked": "a stage cannot begin in",
        "cycle": "it goes round without end through",
    }[first.ending]
    place = f"state {first.state:,}"
    labels = f" ({words.outcomes(answer.names.outcomes, first.labels)})" if first.labels else ""
    if seen.success <= ALIKE and first.probability >= 1 - ALIKE:
        return words.sentence(f"{ends} {place}{labels}")
    return words.sentence(f"{words.chance(first.probability)}, {ends} {place}{labels}")


def _path(answer: Why, path: PathSeen) -> Iterator[Block]:
    where = words.outcomes(answer.names.outcomes, path.labels) if path.labels else "no named outcome"
    away = "in the aim" if path.inside else "away from the aim"
    alone = abs(path.chance - path.probability) < ALIKE
    by = "" if alone else f"; by this way {words.chance(path.chance)}"
    yield Paragraph(
        f"To state {path.state:,}, {away} ({where}), {words.chance(path.probability)} in all{by}:"
        if not alone
        else f"To state {path.state:,}, {away} ({where}), {words.chance(path.probability)}:"
    )
    steps = [_step(answer, step) for step in path.steps]
    last = {
        "rest": "There nobody who may move has a move that it expects to gain by.",
        "until": "There the stage ends, as it was told to.",
        "missed": f"Stage {path.stage} ends there without what it requires, so nothing follows.",
        "blocked": f"There stage {path.stage} cannot begin: what it commits is not feasible.",
        "cycle": "From there play goes round.",
    }[path.ending]
    yield Listing((*(steps or ["Nothing that is committed changes anything."]), last))


def _step(answer: Why, step: StepSeen) -> str:
    stage = f"Stage {step.stage}" + (f" ({step.title})" if step.title else "")
    who, move = _parties(answer, step.who) if step.who else "the stage", _changes(answer, step.move)
    if step.kind == "commit":
        text = f"{stage}: {move}, committed by {who}."
    elif step.table is not None:
        text = f"{stage}: the table {step.table} agrees on {move}{_chance(step.chance)}."
        text += _each(answer, step.shares)
    else:
        gain = "".join(f" That brings it {_sum(answer, share.parts, share.gain)}." for share in step.shares)
        text = f"{stage}: {move}, by {who}{_chance(step.chance)}.{gain}"
    if abs(step.before - step.after) <= ALIKE:
        return text
    verb = "falls" if step.after < step.before else "rises"
    before, after = words.percent(step.before), words.percent(step.after)
    return f"{text} Success {verb} from {before} to {after}."


def _chance(chance: float) -> str:
    return "" if chance >= 1 - words.SURE else f" ({words.probability(chance)})"


def _each(answer: Why, shares: Sequence[Share]) -> str:
    gains = [f"{_party(answer, share.party)} {words.signed(share.gain)}" for share in shares]
    return f" That brings {words.names(gains)}." if gains else ""


def _blocks(answer: Why, seen: StrategySeen) -> Iterator[Block]:
    """Who could bring the aim about from where a strategy ends: parties alone, tables, and for what promise."""
    for refusal in answer.state.refusals:
        yield from _refusal(answer, refusal)
    if not answer.state.refusals:
        who = "No party could" if answer.party is None else f"{_party(answer, answer.party)} could not"
        yield Paragraph(f"{who} reach the aim from there by a move of its own.")
    for deal in seen.no_deals:
        yield Paragraph(_no_deal(answer, deal))
    for held in seen.holdouts:
        if answer.party in (None, held.party):
            yield Paragraph(_holdout(answer, held))


def _refusal(answer: Why, refusal: Refusal) -> Iterator[Block]:
    who, attempt = _party(answer, refusal.party), refusal.attempt
    stand = Stand(refusal.party, refusal.concept, "deterred", 0, 0, None, attempt)
    text = f"{who} could, by {_changes(answer, attempt.move)}.{_brings(answer, attempt)}"
    if attempt.worthwhile:
        yield Paragraph(f"{text} It would do so on its own account. {_unanswered(answer, stand, attempt)}")
    elif attempt.replies:
        yield Paragraph(f"{text} {_deterred(answer, stand, attempt)}")
    else:
        yield Paragraph(f"{text}{_fear(attempt)}")
    if attempt.parts:
        yield _waterfall(answer, refusal.party, attempt)


def _fear(attempt: Attempt) -> str:
    """What a move that costs anyway would cost by the answers to it."""
    if attempt.expects is None or attempt.gain is None or attempt.gain - attempt.expects <= ALIKE:
        return ""
    return f" With the answers that it has to expect, it would end {words.number(-attempt.expects)} worse off."


def _no_deal(answer: Why, deal: NoDeal) -> str:
    table = words.titled({deal.table: deal.title}, deal.table)
    gains = [f"{_party(answer, share.party)} {words.signed(share.gain)}" for share in deal.shares]
    text = (
        f"The table {table} could reach it together; what comes nearest to an agreement is "
        f"{_changes(answer, deal.move)}: {words.names(gains)}."
    )
    if deal.against:
        losing = [share for share in deal.shares if share.party in deal.against]
        why = [f"{_party(answer, share.party)} ({_terms(answer, share.parts, share.gain)})" for share in losing]
        return f"{text} Against it: {words.names(why)}."
    if deal.breakers:
        return f"{text} Nobody loses by it, but {_parties(answer, deal.breakers)} would not keep it."
    return text


def _holdout(answer: Why, held: HoldoutSeen) -> str:
    fear = f", and it fears answers worth {words.signed(held.fear)}" if held.fear < -ALIKE else ""
    return (
        f"A promise worth {words.number(held.promise)} would bring {_party(answer, held.party)} to "
        f"{_changes(answer, held.move)}, which raises success by {words.percent(held.raises)}. By itself that "
        f"brings it {_sum(answer, held.parts, held.gain)}{fear}."
    )


# Sums


def _sum(answer: Why, parts: Sequence[Part], gain: float, cost: bool = False) -> str:
    """A gain, or a cost without its sign, with its largest terms: `0.12 (drills +0.20, all else −0.08)`."""
    total = words.number(abs(gain) if cost else gain, _digits(gain))
    return f"{total} ({_terms(answer, parts, gain)})" if parts else total


def _terms(answer: Why, parts: Sequence[Part], gain: float) -> str:
    """The largest terms of a sum and what is left, so that what is shown adds up."""
    shown = [term for term in _shown(answer, parts, gain) if term[1]]
    largest = sorted(shown, key=lambda term: -abs(term[1]))[:LARGEST]
    rest = sum(amount for label, amount in shown) - sum(amount for label, amount in largest)
    digits = _digits(gain)
    told = [f"{label} {words.signed(amount, digits)}" for label, amount in largest]
    if abs(rest) >= 0.5 * 10.0**-digits:
        told.append(f"all else {words.signed(rest, digits)}")
    return ", ".join(told)


def _waterfall(answer: Why, party: str, attempt: Attempt) -> Chart:
    """Every term of a gain, and the total to which they add up."""
    assert attempt.gain is not None
    who, digits = _party(answer, party), _digits(attempt.gain)
    shown = _shown(answer, attempt.parts, attempt.gain)
    bars = tuple(Bar(label, amount, words.signed(amount, digits)) for label, amount in shown)
    total = Bar("in all", sum(amount for label, amount in shown), words.signed(attempt.gain, digits))
    terms = ", ".join(f"{bar.label} {bar.shown}" for bar in bars)
    return Chart(
        "waterfall",
        f"{who}: {_changes(answer, attempt.move)}",
        (*bars, total),
        f"What the move brings {who}, in units of its payoff range: {terms}; in all {total.shown}.",
    )


def _digits(gain: float) -> int:
    """Enough digits to tell a small total from nothing."""
    return 2 if abs(gain) >= ALIKE or gain == 0 else 4


def _shown(answer: Why, parts: Sequence[Part], gain: float) -> list[tuple[str, float]]:
    """The terms as they are shown: they add up, and those that round to nothing stand as one."""
    amounts = words.adding_up([part.amount for part in parts], gain, _digits(gain))
    pairs = zip(parts, amounts, strict=True)
    shown = [(_part(answer, part), amount) for part, amount in pairs if amount]
    small = len(parts) - len(shown)
    return [*shown, (words.count(small, "smaller term"), 0.0)] if small and shown else shown


def _part(answer: Why, part: Part) -> str:
    return part.name if part.kind == "interest" else f"attitude to {_party(answer, part.other)}"


# Names


def _party(answer: Why, party: str) -> str:
    return words.name(answer.names.parties, party)


def _parties(answer: Why, parties: Sequence[str]) -> str:
    if len(parties) == len(answer.parties) > 2:
        return EVERYBODY
    return words.names([_party(answer, party) for party in parties])


def _changes(answer: Why, move: MoveSeen) -> str:
    """What a move changes: `exercises: suspended`; a title that two options share is told with its owner."""
    names = answer.names.options
    titles = [words.name(names, option) for option in answer.options]

    def title(option: str) -> str:
        name = words.name(names, option)
        return name if titles.count(name) == 1 else f"{name} ({option})"

    return f"“{'; '.join(f'{title(option)}: {level}' for option, level in move.changes.items())}”"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def _notes(answer: Why) -> Iterator[Block]:
    concept = answer.foresight
    if any(stand.margin is not None for stand in answer.state.stands):
        yield Note(
            "Gains, costs and margins are in units of each party's payoff range, in the central case. The "
            "terms of a sum are rounded so that they add up as shown."
        )
    ordinal = [stand.party for stand in answer.state.stands if stand.attempt and stand.attempt.gain is None]
    if ordinal:
        who = _parties(answer, ordinal)
        are = words.verb(1 if who == EVERYBODY else len(ordinal), "is", "are")
        yield Note(f"{words.capital(who)} {are} known only by order: a gain has no size and no parts.")
    if concept != "mixed":
        title = dict.fromkeys((words.concept(concept), words.concept_title(concept)))
        yield Note(f"{', '.join(title)}: {words.concept_meaning(concept)}.")
    for other in answer.also:
        yield Note(f"There is also a {other} of that name; ask for it as {other}:{answer.subject}.")
