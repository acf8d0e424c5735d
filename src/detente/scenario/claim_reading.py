"""A claim's test as it stands in a document: read, and what it names noted for the rules on names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.scenario.claim_language import read_test
from detente.scenario.claim_terms import ANY, BY_NAME, EACH, Argument, Change, ChangeKind, ClaimTest, Term
from detente.scenario.draft import Draft, Mention, Path, Setting, Written
from detente.scenario.draft import Tested as WithText
from detente.scenario.expression import Comparison, Name, walk
from detente.scenario.fields import CONDITION, Tested
from detente.scenario.nodes import Node, Scalar
from detente.scenario.tokens import ExpressionError, locate
from detente.scenario.wording import form_of, refuse

_DEFINED: dict[Argument | ChangeKind, str] = {
    "strategy": "strategy", "outcome": "outcome", "party": "party", "open": "table", "close": "table",
    "attitudes": "party", "attitude": "party", "weight": "party", "composure": "party",
}  # fmt: skip
"""Arguments and changes whose names are defined in a section of their own, and in which."""


def tested(draft: Draft, kind: Tested, node: Node, path: Path) -> Any:
    """A test; what it speaks of is looked up when everything is read."""
    if not isinstance(node, Scalar):
        hint = "Quote the text: a test holds commas."
        return refuse(draft, node.place, path, f"is {form_of(node)}; a test is expected.", hint)
    try:
        test = read_test(node.text)
    except ExpressionError as error:
        return refuse(draft, node.at(error.position), path, f": {error.what}", error.hint)
    for term in terms(test):
        if term.condition is not None:
            draft.formulas.append(Written(term.condition, CONDITION, path, _part(node, term.of[-1])))
        for named, name in _named(term):
            draft.mentions.append(Mention(named, name, path, node.at(locate(node.text, name))))
        for change in _levels(term):
            place = node.at(node.text.find(change.text))
            draft.settings.append(Setting(change.of[0], change.value, path, place))
    for venue in _compared(test):
        draft.mentions.append(Mention("venue", venue, path, node.at(locate(node.text, venue))))
    draft.tests.append(WithText(test, path, node))
    return test


def terms(test: ClaimTest) -> Iterator[Term]:
    """Every term of a test, those within others too."""
    for term in test.terms:
        yield term
        if term.inner is not None:
            yield from terms(term.inner)


def parties_in(argument: str) -> list[str]:
    """The parties that an argument names: `A`, `A of B` or `A ~ B`."""
    return argument.replace(" of ", " ").replace("~", " ").split()


def _part(node: Scalar, text: str) -> Scalar:
    """A part of a text as a text of its own that knows its place."""
    begun = node.text.find(text)
    if begun < 0 or node.offset < 0:
        return Scalar(node.place, text, offset=-1)
    return Scalar(node.at(begun), text)


def _named(term: Term) -> Iterator[tuple[str, str]]:
    """The names that a term uses, each with the kind of what bears it."""
    for kind, name in zip(BY_NAME[term.name].arguments, term.of, strict=False):
        if kind in _DEFINED:
            yield _DEFINED[kind], name
    for change in _changes(term):
        if change.kind == "after":
            yield ("option" if "." in change.of[0] else "shock"), change.of[0]
        elif change.kind == "level":
            yield "option", change.of[0]
        elif change.kind == "venue" and change.value not in (EACH, ANY):
            yield "venue", change.value
        elif change.kind in _DEFINED:
            names = change.of[:1] if change.kind == "weight" else change.of
            yield from ((_DEFINED[change.kind], name) for name in names)


def _changes(term: Term) -> Iterator[Change]:
    yield from term.changes
    for side in term.sides:
        yield from side


def _levels(term: Term) -> Iterator[Change]:
    return (change for change in _changes(term) if change.kind == "level")


def _compared(test: ClaimTest) -> Iterator[str]:
    """The venues with which the best one is compared."""
    for part in walk(test.expression):
        if isinstance(part, Comparison) and isinstance(part.left, Name) and isinstance(part.right, Name):
            term = test.term(part.left.name)
            if term is not None and BY_NAME[term.name].gives == "name":
                yield part.right.name
