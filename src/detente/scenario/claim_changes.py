"""What is changed for one term of a claim's test, from its text: a row for each way of writing it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.scenario.claim_terms import TRUTH, Change, ChangeKind
from detente.scenario.near import near_miss
from detente.scenario.tokens import ExpressionError

STATUS_QUO = "status-quo"
_NAME = r"[^\W\d_](?:[\w-]*\w)?"
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"


@dataclass(frozen=True)
class Way:
    """How a change of one kind is written; the last group of its pattern is the value where it has one."""

    kind: ChangeKind
    pattern: str
    example: str
    valued: bool = True

    def read(self, text: str) -> Change | None:
        """The change that a text makes in this way, if it does."""
        found = re.fullmatch(self.pattern, text)
        if found is None:
            return None
        groups = found.groups()
        of, value = (groups[:-1], groups[-1]) if self.valued else (groups, "")
        return Change(self.kind, of, value, text)


LEVEL = Way("level", rf"({_NAME}\.{_NAME})\s*=\s*([\w-]+)", "CHN.enforcement = full")
WAYS: tuple[Way, ...] = (
    LEVEL,
    Way("attitudes", rf"({_NAME})\s*~\s*({_NAME})\s*=\s*({_NUMBER})", "USA ~ CHN = 0"),
    Way("attitude", rf"({_NAME})\s*>\s*({_NAME})\s*=\s*({_NUMBER})", "USA > CHN = 0"),
    Way(
        "weight", rf"weight\(\s*({_NAME})\s*,\s*([^,()]*\S)\s*\)\s*=\s*({_NUMBER})", "weight(PRK, arsenal) = 5"
    ),
    Way("composure", rf"composure\(\s*({_NAME})\s*\)\s*=\s*({_NUMBER})", "composure(PRK) = 10"),
    Way("views", rf"views\s*=\s*({TRUTH})", f"views = {TRUTH}"),
    Way("venue", r"venue\s*=\s*([\w-]+)", "venue = singapore"),
    Way("stage", r"without\s+stage\s+([0-9]{1,4})", "without stage 1"),
    Way("channel", r"close\s+channel\s+([^;=]+)", "close channel coal", valued=False),
    Way("open", rf"open\s+({_NAME})", "open summit", valued=False),
    Way("close", rf"close\s+({_NAME})", "close summit", valued=False),
    Way("after", rf"after\s+({_NAME}(?:\.{_NAME})?)", "after border-clash", valued=False),
)


def change_of(text: str, position: int, admitted: tuple[ChangeKind, ...], term: str) -> Change:
    """The change that a text makes for a term.

    Raises
    ------
    ExpressionError
        It makes none, or none that the term takes.
    """
    for way in WAYS:
        change = way.read(text)
        if change is not None and change.kind in admitted:
            return change
        if change is not None:
            taken = ", ".join(f"'{one.example}'" for one in WAYS if one.kind in admitted)
            hint = f"It takes {taken}." if taken else "It takes none."
            raise ExpressionError(position, f"'{term}' takes no change like '{text}'.", hint)
    raise ExpressionError(position, f"'{text}' is no change.", _meant(text, admitted))


def levels_of(pieces: list[tuple[str, int]]) -> tuple[Change, ...]:
    """The levels that a list of texts sets; none for the status quo.

    Raises
    ------
    ExpressionError
        A text sets no level.
    """
    if [text for text, _ in pieces] == [STATUS_QUO]:
        return ()
    found = []
    for text, position in pieces:
        change = LEVEL.read(text)
        if change is None:
            hint = "Write '='." if "==" in text else f"Write 'OPTION = level', or {STATUS_QUO}."
            raise ExpressionError(position, f"'{text}' sets no level.", hint)
        found.append(change)
    return tuple(found)


def _meant(text: str, admitted: tuple[ChangeKind, ...]) -> str:
    """The next step for a text that makes no change."""
    if "==" in text:
        return "Write '=' to set; '==' compares."
    first = text.partition(" ")[0].partition("=")[0]
    near = near_miss(first, [way.example.split()[0] for way in WAYS if way.example[0].islower()])
    examples = [way.example for way in WAYS if way.kind in admitted]
    close = [example for example in examples if near and example.startswith(near)]
    return f"Write e.g. '{(close or examples)[0]}'." if examples else "Leave it out."
