"""Who moves, and what a move changes, by the names that people use."""

from __future__ import annotations

from collections.abc import Sequence

from detente.answers.answer import Answer
from detente.answers.vocabulary import MoveSeen
from detente.report import words

EVERYBODY = "every party"
OTHERS = {"other": "others"}  # partners in trade that a scenario sums up without a name of their own


def party(answer: Answer, id: str) -> str:
    """A party, or a partner in trade, by name."""
    return words.name({**OTHERS, **answer.names.parties}, id)


def parties(answer: Answer, ids: Sequence[str]) -> str:
    """Parties by name in a row; all of more than two as every party."""
    if len(ids) == len(answer.parties) > 2:
        return EVERYBODY
    return words.names([party(answer, id) for id in ids])


def changes(answer: Answer, move: MoveSeen) -> str:
    """What a move changes: `exercises: suspended`; a title that two options share is told with its owner."""
    names = answer.names.options
    titles = [words.name(names, option) for option in answer.options]

    def title(option: str) -> str:
        name = words.name(names, option)
        return name if titles.count(name) == 1 else f"{name} ({option})"

    return f"“{'; '.join(f'{title(option)}: {level}' for option, level in move.changes.items())}”"
