"""How each party's reason to stay or to leave is told: what tempts it, what deters it, who could do more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.concepts import named
from detente.questions.why.answer import Attempt, Refusal, Reply, Stand, UnderConcept, Why
from detente.report import moves, sums, words
from detente.report.page import Block, Column, Heading, Paragraph, Table

DRAWN = 3  # sums that are drawn
ALIKE = 0.005  # of a payoff range: less is told as nothing
ORDER = ("leaves", "empty threat", "undetermined", "deterred", "nothing better", "no moves")
UNDETERMINED = (
    "Whether the others would dare to answer it hangs on itself, round and round: iterated foresight cannot "
    "tell, and takes it to stay."
)
ANSWERS = {
    "moves": "at all",
    "improvements": "that pays the others",
    "dared": "that the others would dare to give",
}
STANCES = {
    "leaves": "would leave",
    "empty threat": "held only by an empty threat",
    "undetermined": "undetermined",
    "deterred": "tempted, but deterred",
    "nothing better": "nothing better",
    "no moves": "no move",
}


def _compared(answer: Why) -> str:
    """Under which concepts the state holds, and what makes the difference."""
    under = {one.concept: one for one in answer.state.concepts}
    holding = [one for one in under if under[one].holds]
    if under["nash"].holds:
        return "It needs no deterrence: nobody gains by a move of its own, so it holds under every concept."
    if not under["gmr"].holds:
        who = moves.parties(answer, under["gmr"].leavers)
        return f"It fails under every concept: not even the harshest answer of the others would keep {who}."
    failing = [one for one in under if not under[one].holds]
    told = [f"It holds under {_concepts(holding)}, not under {_concepts(failing)}."]
    tempted = moves.parties(answer, under["nash"].leavers)
    if under["iseq"].holds:
        told.append(
            f"It holds only if parties look past their own next move: {tempted} would gain by leaving, but for "
            "answers that the others would dare to give."
        )
    elif under["seq"].holds:
        leavers = moves.parties(answer, under["iseq"].leavers)
        told.append(
            f"It holds only as long as empty threats are believed: {leavers} would leave once it is seen that "
            "those who threaten to answer would be answered in turn."
        )
    else:
        told.append(
            "It holds only by fear of answers that would cost those who make them: where only answers that pay "
            f"are to be expected, {moves.parties(answer, under['seq'].leavers)} would leave."
        )
    told += _ways_out(answer, under)
    return " ".join(told)


def _ways_out(answer: Why, under: dict[str, UnderConcept]) -> Iterator[str]:
    """What one more own move changes."""
    for plain, symmetric in (("seq", "sseq"), ("gmr", "smr")):
        if under[plain].holds and not under[symmetric].holds:
            who = moves.parties(answer, under[symmetric].leavers)
            yield (
                f"Counting one more move of its own, {who} would escape from such an answer, so it fails "
                f"under {words.concept(symmetric)}."
            )
            return


def _concepts(names: Sequence[str]) -> str:
    return words.names([words.concept(name) for name in names])


def reasons(answer: Why) -> Iterator[Block]:
    """The concepts compared, each party's reason with its sums, and who could bring the aim about."""
    stands = sorted(answer.state.stands, key=_urgency)
    yield Paragraph(_compared(answer))
    if len(stands) > 1:
        yield _table(answer, stands)
    for stand in stands:
        yield Paragraph(_stand(answer, stand))
    for stand in _drawn(stands):
        if stand.attempt is not None and stand.attempt.gain is not None and stand.attempt.parts:
            yield sums.waterfall(
                answer, stand.party, stand.attempt.move, stand.attempt.gain, stand.attempt.parts
            )
    turned = [(under, stand) for under in answer.state.concepts for stand in under.turns]
    asked = {stand.party for stand in stands}
    told = [(under, stand) for under, stand in turned if stand.party in asked][:1] if len(asked) == 1 else []
    for under, stand in told:
        yield Paragraph(f"Otherwise under {words.concept(under.concept)}. {_stand(answer, stand)}")
    if answer.kind != "strategy" and answer.state.refusals and answer.aim is not None:
        aim = words.quoted(answer.names.outcomes, answer.aim)
        yield Heading("Who could bring the aim about, and does not")
        yield Paragraph(f"The aim is {aim}; these could reach it by a move of their own.")
        for refusal in answer.state.refusals:
            yield from refused(answer, refusal)


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
            moves.party(answer, stand.party),
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
    lead = f"{moves.party(answer, stand.party)}: {STANCES[stand.stance]}."
    if attempt is None:
        return lead
    move = moves.changes(answer, attempt.move)
    if stand.stance == "nothing better":
        return f"{lead} {_content(answer, stand, attempt, move)}"
    tempts = "The move that promises most" if stand.improvements > 1 else "The one move that it prefers"
    brings = "" if attempt.gain is None else _brings(answer, attempt)
    at_once = f"{lead} {tempts} is {move}.{brings}"
    if stand.stance == "leaves":
        return " ".join((at_once, _unanswered(answer, stand, attempt), *_believed(answer, stand)))
    if stand.stance == "empty threat":
        return f"{at_once} {_deterred(answer, stand, attempt)} {_punished(answer, attempt)}"
    if stand.stance == "undetermined":
        return f"{at_once} {UNDETERMINED}"
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
    cost = sums.total(answer, attempt.parts, attempt.gain, cost=True)
    return f"{gains}. {'It' if one else 'The least costly'}, {move}, would cost it {cost}.{_fear(attempt)}"


def _brings(answer: Why, attempt: Attempt) -> str:
    """What a move brings at once."""
    if attempt.gain is None:
        return " It prefers where that leads." if attempt.better else " It does not prefer where that leads."
    if attempt.gain == 0:
        return " At once that changes nothing for it."
    if attempt.gain < 0:
        return f" At once that would cost it {sums.total(answer, attempt.parts, attempt.gain, cost=True)}."
    return f" At once that would bring it {sums.total(answer, attempt.parts, attempt.gain)}."


def _unanswered(answer: Why, stand: Stand, attempt: Attempt) -> str:
    """Why a move that tempts is not deterred."""
    if stand.concept == "nash":
        return "Looking no further than its own move, it fears no answer."
    if not attempt.replies:
        kind = ANSWERS[named(stand.concept).replies]
        return f"No answer {kind} takes any of that away."
    left = "better off" if attempt.expects is None else f"{words.number(attempt.expects)} better off"
    worst = _replies(answer, stand.party, attempt.replies)
    who = moves.party(answer, stand.party)
    return f"The worst that it has to expect: {worst}; even so {who} would end {left} than by staying."


def _deterred(answer: Why, stand: Stand, attempt: Attempt) -> str:
    """The replies that deter a move."""
    last = attempt.replies[-1]
    who = moves.party(answer, stand.party)
    after = f"But {_replies(answer, stand.party, attempt.replies)}; that would leave {who} {_left(last)}."
    if attempt.escape is None:
        return after
    return f"{after} Nor would its best way out from there help ({moves.changes(answer, attempt.escape)})."


def _believed(answer: Why, stand: Stand) -> Iterator[str]:
    """The empty threat that would keep a party which leaves."""
    for under in answer.state.concepts:
        for other in under.turns:
            if (under.concept, other.party, other.stance) == (
                "seq",
                stand.party,
                "empty threat",
            ) and other.attempt:
                threat = _replies(answer, stand.party, other.attempt.replies)
                yield f"Only an empty threat could keep it: {threat}. {_punished(answer, other.attempt)}"
                return


def _punished(answer: Why, attempt: Attempt) -> str:
    """Why the first answer that is not dared is not."""
    reply = next(reply for reply in attempt.replies if reply.punished)
    who, last = moves.party(answer, reply.party), reply.punished[-1]
    steps = "; then ".join(
        f"{moves.party(answer, one.party)} would answer with {moves.changes(answer, one.move)}"
        for one in reply.punished
    )
    left = "no better off" if not last.after else f"{words.number(abs(last.after))} worse off"
    return f"But {who} would not dare to: {steps}, and {who} would end {left} than before."


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
    who, move = moves.party(answer, reply.party), moves.changes(answer, reply.move)
    if not reply.prefers:
        if reply.gain is None:
            return f"{who} could answer with {move} (though it does not prefer that)"
        cost = f", at a cost to it of {words.number(-reply.gain)}" if reply.gain < 0 else ""
        return f"{who} could answer with {move}{cost}"
    if reply.gain is None:
        return f"{who} would answer with {move}"
    if reply.gain > 0:
        in_turn = reply.expects is not None and not reply.punished and reply.gain - reply.expects > ALIKE
        less = f" ({words.number(reply.expects or 0.0)} once it is answered in turn)" if in_turn else ""
        return f"{who} would answer with {move}, which brings it {words.number(reply.gain)}{less}"
    real = f"cost {who} {words.number(-reply.gain)}" if reply.gain < 0 else f"bring {who} nothing"
    seen = f"as {moves.party(answer, viewer)} sees it, {who} would answer with {move}"
    return f"{seen} (by its own interests that would {real})"


def refused(answer: Why, refusal: Refusal) -> Iterator[Block]:
    """A move that a party could make towards the aim, and why it does not."""
    who, attempt = moves.party(answer, refusal.party), refusal.attempt
    stand = Stand(refusal.party, refusal.concept, "deterred", 0, 0, None, attempt)
    text = f"{who} could, by {moves.changes(answer, attempt.move)}.{_brings(answer, attempt)}"
    if attempt.worthwhile:
        yield Paragraph(f"{text} It would do so on its own account. {_unanswered(answer, stand, attempt)}")
    elif attempt.replies:
        yield Paragraph(f"{text} {_deterred(answer, stand, attempt)}")
    else:
        yield Paragraph(f"{text}{_fear(attempt)}")
    if attempt.gain is not None and attempt.parts:
        yield sums.waterfall(answer, refusal.party, attempt.move, attempt.gain, attempt.parts)


def _fear(attempt: Attempt) -> str:
    """What a move that costs anyway would cost by the answers to it."""
    if attempt.expects is None or attempt.gain is None or attempt.gain - attempt.expects <= ALIKE:
        return ""
    return f" With the answers that it has to expect, it would end {words.number(-attempt.expects)} worse off."
