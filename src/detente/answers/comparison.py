"""What two scenarios differ in: the judgements, and the answers that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.answers.answer import ScenarioKey, json_text
from detente.answers.codec import Json, encode


@dataclass(frozen=True)
class JudgementSeen:
    """A judgement in which the two differ, as text; None where one says nothing.

    Attributes
    ----------
    address
        Which judgement: its address in the scenario.
    before
        What the first says of it.
    after
        What the second says of it.
    """

    address: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class FigureSeen:
    """A figure of an answer in which the two differ.

    Attributes
    ----------
    row
        What it is a figure of: a strategy, a state, a shock.
    figure
        Its name in the answer's main table.
    before, after
        None where one of the two has no such row.
    """

    row: str
    figure: str
    before: Json
    after: Json


@dataclass(frozen=True)
class AnswerSeen:
    """How the answers to one question differ.

    Attributes
    ----------
    question
        Which question.
    figures
        The figures in which the two differ.
    rows
        How many rows were compared.
    refused
        Per scenario's id, why it could not answer.
    """

    question: str
    figures: tuple[FigureSeen, ...]
    rows: int
    refused: Mapping[str, str]


@dataclass(frozen=True)
class Comparison:
    """Two scenarios side by side.

    Attributes
    ----------
    scenarios
        The two; the same id twice where one was changed.
    titles
        What the two are called.
    judgements
        In which judgements they differ; reasons and titles left out.
    answers
        One per question that was asked of both.
    changes
        What was changed in the second, line by line.
    """

    scenarios: tuple[ScenarioKey, ScenarioKey]
    titles: tuple[str, str]
    judgements: tuple[JudgementSeen, ...]
    answers: tuple[AnswerSeen, ...]
    changes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Json]:
        """The comparison as plain JSON data."""
        body = encode(self)
        assert isinstance(body, dict)
        return {"question": "compare", "version": 1, **body}

    def to_json(self, ascii_only: bool = False) -> str:
        """The comparison as JSON text."""
        return json_text(self.to_dict(), ascii_only)
