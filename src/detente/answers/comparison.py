"""What two scenarios differ in: the judgements, and the answers that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.answers.answer import ScenarioKey, json_text
from detente.answers.codec import Json, encode


@dataclass(frozen=True)
class JudgementSeen:
    """A judgement in which the two differ, as text; None where one says nothing."""

    address: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class FigureSeen:
    """A figure of an answer in which the two differ.

    Attributes
    ----------
    row : str
        What it is a figure of: a strategy, a state, a shock.
    figure : str
        Its name in the answer's main table.
    before, after : JSON
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
    question : str
    figures : tuple of FigureSeen
    rows : int
        How many rows were compared.
    refused : mapping
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
    scenarios : tuple of ScenarioKey
        The two; the same id twice where one was changed.
    titles : tuple of str
    judgements : tuple of JudgementSeen
        In which judgements they differ; reasons and titles left out.
    answers : tuple of AnswerSeen
        One per question that was asked of both.
    changes : tuple of str
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
