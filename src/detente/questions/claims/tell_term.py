"""The terms of a test in words: what each asks for, and what is otherwise for it."""

from __future__ import annotations

from collections.abc import Callable

from detente.questions.claims.answer import Claims
from detente.report import moves, words
from detente.scenario.claim_reading import parties_in
from detente.scenario.claim_terms import ALL, ANY, EACH, PAIRS, Change, Term


def told(answer: Claims, term: Term) -> str:
    """What a term asks for, by the names that people use."""
    return _TOLD[term.name](answer, term)


def otherwise(answer: Claims, term: Term) -> str:
    """What is otherwise for a term, after its name."""
    changes = [_CHANGES[change.kind](answer, change) for change in term.changes]
    return f" ({'; '.join(changes)})" if changes else ""


def _strategy(answer: Claims, term: Term) -> str:
    return f"“{words.name(answer.names.strategies, term.of[0])}”"


def _outcome(answer: Claims, id: str) -> str:
    return f"“{words.name(answer.names.outcomes, id)}”"


def _success(answer: Claims, term: Term) -> str:
    return f"the chance of {_outcome(answer, term.of[1])} by {_strategy(answer, term)}"


def _lasting(answer: Claims, term: Term) -> str:
    return f"{_success(answer, term)} once nobody is bound"


def _durability(answer: Claims, term: Term) -> str:
    return f"how long what {_strategy(answer, term)} reaches lasts"


def _margin(answer: Claims, term: Term) -> str:
    return f"the best margin within {_outcome(answer, term.of[0])}"


def _equilibria(answer: Claims, term: Term) -> str:
    concept, condition = term.of
    where = words.name(answer.names.outcomes, condition)
    return f"how many states hold under {words.concept(concept)} in which “{where}”"


def _pressure(answer: Claims, term: Term) -> str:
    return f"the pressure on {moves.party(answer, term.of[0])}"


def _repair(answer: Claims, term: Term) -> str:
    dyad = term.of[1]
    what = {ANY: "the best repair of one relation", PAIRS: "the best repair of two relations"}.get(dyad)
    between = " and ".join(moves.party(answer, one) for one in parties_in(dyad))
    return f"what {what or f'a repair between {between}'} adds to {_strategy(answer, term)}"


def _prefers(answer: Claims, term: Term) -> str:
    better, worse = (_levels(answer, side) for side in term.sides)
    return f"{_who(answer, term.of[0])} rather {better} than {worse}"


def _who(answer: Claims, name: str) -> str:
    if name == ALL:
        return f"{moves.EVERYBODY} wants"
    holder, *other = (moves.party(answer, one) for one in parties_in(name))
    return f"{holder} believes that {other[0]} wants" if other else f"{holder} wants"


def _levels(answer: Claims, side: tuple[Change, ...]) -> str:
    levels = [words.standing(answer.names.options, change.of[0], change.value) for change in side]
    return f"“{'; '.join(levels)}”" if levels else "what is today"


def _weight(answer: Claims, term: Term) -> str:
    party, interest = term.of
    holder, *other = (moves.party(answer, one) for one in parties_in(party))
    seen = f"{other[0]} as {holder} sees it" if other else holder
    return f"the weight of “{interest}” for {seen}"


def _attitude(answer: Claims, term: Term) -> str:
    holder, other = (moves.party(answer, one) for one in term.of)
    return f"the attitude of {holder} to {other}"


def _composure(answer: Claims, term: Term) -> str:
    return f"the composure of {moves.party(answer, term.of[0])}"


def _status_quo(answer: Claims, term: Term) -> str:
    return f"today stands {_levels(answer, term.sides[0])}"


def _best(answer: Claims, term: Term) -> str:
    return f"the best place for “{words.name(answer.names.strategies, term.of[1])}”"


_TOLD: dict[str, Callable[[Claims, Term], str]] = {
    "success": _success,
    "lasting": _lasting,
    "durability": _durability,
    "margin": _margin,
    "equilibria": _equilibria,
    "pressure": _pressure,
    "repair": _repair,
    "prefers": _prefers,
    "weight": _weight,
    "attitude": _attitude,
    "composure": _composure,
    "status_quo": _status_quo,
    "best": _best,
}


def _pair(answer: Claims, change: Change) -> str:
    return f"attitudes between {words.names(moves.party(answer, one) for one in change.of)} at {change.value}"


def _venue(answer: Claims, change: Change) -> str:
    places = {EACH: "in each place", ANY: "in the best place"}
    return places.get(change.value, f"in {words.name(answer.venues, change.value)}")


_CHANGES: dict[str, Callable[[Claims, Change], str]] = {
    "level": lambda answer, one: words.standing(answer.names.options, one.of[0], one.value),
    "attitudes": _pair,
    "attitude": lambda answer, one: (
        f"the attitude of {moves.party(answer, one.of[0])} to {moves.party(answer, one.of[1])} at {one.value}"
    ),
    "weight": lambda answer, one: f"{one.of[1]} of {moves.party(answer, one.of[0])} weighing {one.value}",
    "composure": lambda answer, one: f"composure of {moves.party(answer, one.of[0])} at {one.value}",
    "views": lambda answer, one: "parties seeing each other as they are",
    "venue": _venue,
    "stage": lambda answer, one: f"without stage {one.value}",
    "open": lambda answer, one: f"with the table “{words.name(answer.tables, one.of[0])}”",
    "close": lambda answer, one: f"without the table “{words.name(answer.tables, one.of[0])}”",
    "channel": lambda answer, one: f"with no trade in {one.of[0].strip()}",
    "after": lambda answer, one: (
        f"after “{words.name({**answer.names.options, **answer.names.shocks}, one.of[0])}”"
    ),
}
