"""Two scenarios side by side: what differs in the judgements, and what in the answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from detente import catalogue
from detente.answers.answer import Answer, ScenarioKey
from detente.answers.codec import Json, encode
from detente.answers.comparison import AnswerSeen, Comparison, FigureSeen, JudgementSeen
from detente.ask import ask, opened
from detente.errors import DetenteError
from detente.scenario.addresses import differences
from detente.scenario.fingerprint import fingerprint
from detente.scenario.model import Scenario

ASKED = ("assess", "equilibria")
ALIKE = 1e-9  # figures this close are the same


def compare(
    one: Scenario | str | os.PathLike[str],
    other: Scenario | str | os.PathLike[str],
    questions: Sequence[str] = ASKED,
    progress: Callable[[str, float], None] | None = None,
) -> Comparison:
    """In which judgements two scenarios differ, and in which answers.

    Parameters
    ----------
    one, other : Scenario, or the name or path of one
    questions : sequence of str
        Words of the catalogue; both are asked each of them.
    progress : callable, optional
        Told which question is being asked, and which share of them is done.

    Returns
    -------
    Comparison

    Raises
    ------
    UnknownNameError
        For a question that does not exist.
    """
    words = (questions,) if isinstance(questions, str) else tuple(dict.fromkeys(questions))
    rows = [catalogue.question(word) for word in words]
    first, second = opened(one, "compare"), opened(other, "compare")
    answers = []
    for done, row in enumerate(rows):
        if progress is not None:
            progress(f"{row.word} of both", done / len(rows))
        answers.append(_answers(row.word, first, second))
    return Comparison(
        scenarios=(ScenarioKey(first.id, fingerprint(first)), ScenarioKey(second.id, fingerprint(second))),
        titles=(first.title or first.id, second.title or second.id),
        judgements=tuple(
            JudgementSeen(found.address, found.before, found.after) for found in differences(first, second)
        ),
        answers=tuple(answers),
    )


def _answers(word: str, one: Scenario, other: Scenario) -> AnswerSeen:
    refused: dict[str, str] = {}
    tables = [_table(word, scenario, place, refused) for place, scenario in (("first", one), ("second", other))]
    if refused:
        return AnswerSeen(word, (), 0, refused)
    before, after = tables
    rows = list({**before, **after})
    return AnswerSeen(
        word, tuple(each for row in rows for each in _row(row, before.get(row), after.get(row))), len(rows), {}
    )


def _table(word: str, scenario: Scenario, place: str, refused: dict[str, str]) -> dict[str, Mapping[str, Json]]:
    """The figures of an answer and the records of its main table, by what they speak of."""
    try:
        answer = ask(word, scenario)
    except DetenteError as error:
        refused[place] = str(error)
        return {}
    return {"": _figures(answer), **_records(answer)}


def _figures(answer: Answer) -> dict[str, Json]:
    """The answer's own figures: every field that is a number, a text or a count per name."""
    found: dict[str, Json] = {}
    for name, value in answer.to_dict().items():
        if name in ("question", "version", "scenario", "names", "worlds", "limit", "truncated"):
            continue
        if isinstance(value, str | int | float | None):
            found[name] = value
        elif isinstance(value, dict) and all(
            isinstance(each, str | int | float | None) for each in value.values()
        ):
            found |= {f"{name} {key}": each for key, each in value.items()}
    return found


def _records(answer: Answer) -> dict[str, Mapping[str, Json]]:
    found: dict[str, Mapping[str, Json]] = {}
    for record in answer.rows():
        key = ", ".join(str(record[name]) for name in answer.key if name in record)
        data = encode({name: value for name, value in record.items() if name not in answer.key})
        assert isinstance(data, dict)
        found[key] = data
    return found


def _row(row: str, before: Mapping[str, Json] | None, after: Mapping[str, Json] | None) -> list[FigureSeen]:
    if before is None or after is None:
        told = ("is there", None) if after is None else (None, "is there")
        return [FigureSeen(row, "row", *told)]
    return [
        FigureSeen(row, name, before.get(name), after.get(name))
        for name in {**before, **after}
        if not _alike(before.get(name), after.get(name))
    ]


def _alike(one: Json, other: Json) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return abs(one - other) <= ALIKE * max(1.0, abs(one), abs(other))
    return one == other
