"""A claim's test from its text: expressions over terms, each term a question with what is changed for it.

    test:    an expression over terms, numbers and names of venues
    term:    NAME "(" [argument {"," argument}] {";" change} ")"
    levels:  OPTION = level {"," OPTION = level}  |  status-quo

Terms are read first and stand as marks of the same length in the expression, so that operators, grouping,
errors and their places are those of every other expression.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.scenario.claim_changes import change_of, levels_of
from detente.scenario.claim_terms import BY_NAME, FORMS, MARK, ClaimTest, Form, Term, marked
from detente.scenario.claim_units import given
from detente.scenario.expression import NUMBER_FUNCTIONS, Expression, parse, to_text
from detente.scenario.near import near_miss
from detente.scenario.tokens import KEYWORDS, MAX_LENGTH, ExpressionError

_CALL = re.compile(r"([^\W\d](?:[\w-]*\w)?)\s*\(")
MOST_TERMS = 100
NESTED = "spread"


class Piece(NamedTuple):
    """A part of a text without the spaces around it, and where it begins."""

    text: str
    position: int


def read_test(text: str) -> ClaimTest:
    """What a text demands.

    Raises
    ------
    ExpressionError
        With the place of the first thing that cannot be read, and what to write instead.
    """
    if len(text) > MAX_LENGTH:
        what = f"this test has {len(text):,} characters; at most {MAX_LENGTH} are read."
        raise ExpressionError(MAX_LENGTH, what, "Test a part of the claim.")
    test = _read(text, 0, folded=False)
    if given(test) != "truth":
        what = "this test is a number, and nothing says what it should be."
        raise ExpressionError(0, what, "Compare it, e.g. 'success(…) > 0.5'.")
    return test


def _read(text: str, offset: int, folded: bool) -> ClaimTest:
    """The expression in a part of a test that begins at an offset; `folded`: it may be several numbers."""
    masked, terms = _masked(text, offset)
    try:
        expression = parse(masked)
    except ExpressionError as error:
        raise ExpressionError(offset + error.position, _unmasked(error.what, terms), error.hint) from None
    test = ClaimTest(text, expression, terms)
    try:
        given(test, folded)
    except ExpressionError as error:
        raise ExpressionError(offset + error.position, error.what, error.hint) from None
    return test


def _masked(text: str, offset: int) -> tuple[str, tuple[Term, ...]]:
    """The text with a mark in place of every term, and the terms."""
    terms: list[Term] = []
    parts, done, at = [], 0, 0
    while (call := _CALL.search(text, at)) is not None:
        name, at = call[1], call.end()
        if name in KEYWORDS or name in NUMBER_FUNCTIONS:
            continue
        if name not in BY_NAME:
            raise _unknown_term(name, offset + call.start())
        end = _closing(text, call.end() - 1, offset)
        whole = text[call.start() : end + 1]
        terms.append(_term(BY_NAME[name], whole, text[call.end() : end], offset + call.end()))
        parts += [_unmarked(text, done, call.start(), offset), marked(len(terms) - 1).ljust(len(whole))]
        done = at = end + 1
    if len(terms) > MOST_TERMS:
        raise ExpressionError(offset, f"this test has {len(terms)} terms; at most {MOST_TERMS} are read.")
    return "".join([*parts, _unmarked(text, done, len(text), offset)]), tuple(terms)


def _unmarked(text: str, begin: int, end: int, offset: int) -> str:
    """What stands between terms, in which nobody wrote a mark."""
    place = text.find(MARK, begin, end)
    if place >= 0:
        raise ExpressionError(offset + place, f"'{MARK}' means nothing in a test.")
    return text[begin:end]


def _unmasked(text: str, terms: tuple[Term, ...]) -> str:
    """A message about marks as one about the terms that they stand for."""
    return re.sub(rf"{MARK}([0-9]+)", lambda found: terms[int(found[1])].text, text)


def _closing(text: str, opening: int, offset: int) -> int:
    """Where the parenthesis closes that opens at a place."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    raise ExpressionError(offset + opening, "'(' is never closed.", "Add ')'.")


def _term(form: Form, whole: str, content: str, offset: int) -> Term:
    """A term from what stands between its parentheses."""
    if form.name == NESTED:
        return Term(form.name, inner=_read(content, offset, folded=True), text=whole)
    head, *rest = [_split(part.text, ",", part.position) for part in _split(content, ";", offset)]
    if form.sides:
        return _comparing(form, whole, head, rest, offset)
    arguments = [piece for piece in head if piece.text]
    if len(arguments) != len(form.arguments):
        what = f"'{form.name}' has {len(arguments)} of {len(form.arguments)} arguments."
        raise ExpressionError(offset, what, f"Write e.g. '{form.example}'.")
    changes = [change_of(*piece, form.changes, form.name) for part in rest for piece in part]
    names = [" ".join(piece.text.split()) for piece in arguments]
    condition: Expression | None = None
    if form.arguments[-1:] == ("condition",):
        condition = _condition(arguments[-1])
    return Term(form.name, tuple(names), tuple(changes), condition=condition, text=whole)


def _comparing(form: Form, whole: str, head: list[Piece], rest: list[list[Piece]], offset: int) -> Term:
    """A term about states that are named by their levels."""
    sides = rest if form.arguments else [head, *rest]
    if len(sides) != form.sides or (form.arguments and len(head) != 1) or not all(sides):
        raise ExpressionError(offset, f"'{form.name}' is not complete.", f"Write e.g. '{form.example}'.")
    of = (" ".join(head[0].text.split()),) if form.arguments else ()
    return Term(form.name, of, sides=tuple(levels_of(list(side)) for side in sides), text=whole)


def _condition(piece: Piece) -> Expression:
    """The states that a term counts."""
    try:
        return parse(piece.text)
    except ExpressionError as error:
        raise ExpressionError(piece.position + error.position, error.what, error.hint) from None


def _split(text: str, sign: str, offset: int) -> list[Piece]:
    """The parts of a text between signs that stand in no parentheses."""
    parts, depth, begun = [], 0, 0
    for place, letter in enumerate(f"{text}{sign}"):
        depth += (letter == "(") - (letter == ")")
        if letter == sign and depth == 0:
            part = text[begun:place]
            parts.append(Piece(part.strip(), offset + begun + len(part) - len(part.lstrip())))
            begun = place + 1
    return parts


def _unknown_term(name: str, position: int) -> ExpressionError:
    known = [form.name for form in FORMS] + [*NUMBER_FUNCTIONS]
    near = near_miss(name, known)
    hint = f"Did you mean '{near}'?" if near else f"Known: {', '.join(known)}."
    return ExpressionError(position, f"no term called '{name}'.", hint)


def spelled(test: ClaimTest, part: Expression) -> str:
    """A part of a test as it is written."""
    return _unmasked(to_text(part), test.terms)
