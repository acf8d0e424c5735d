"""What two scenarios differ in: the judgements, and the answers that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from detente.answers.answer import ScenarioKey, json_text
from detente.answers.codec import Json, encode


@dataclass(frozen=True)
class JudgementSeen:
    """A judgement in which the two differ, as text; None where one says nothing."""

    address: Annotated[str, "Which judgement: its address in the scenario."]
    before: Annotated[str | None, "What the first says of it."]
    after: Annotated[str | None, "What the second says of it."]


@dataclass(frozen=True)
class FigureSeen:
    """A figure of an answer in which the two differ."""

    row: Annotated[str, "What it is a figure of: a strategy, a state, a shock."]
    figure: Annotated[str, "Its name in the answer's main table."]
    before: Annotated[Json, "None where one of the two has no such row."]
    after: Annotated[Json, "None where one of the two has no such row."]


@dataclass(frozen=True)
class AnswerSeen:
    """How the answers to one question differ."""

    question: Annotated[str, "Which question."]
    figures: Annotated[tuple[FigureSeen, ...], "The figures in which the two differ."]
    rows: Annotated[int, "How many rows were compared."]
    refused: Annotated[Mapping[str, str], "Per scenario's id, why it could not answer."]


@dataclass(frozen=True)
class Comparison:
    """Two scenarios side by side."""

    scenarios: Annotated[tuple[ScenarioKey, ScenarioKey], "The two; the same id twice where one was changed."]
    titles: Annotated[tuple[str, str], "What the two are called."]
    judgements: Annotated[
        tuple[JudgementSeen, ...],
        "In which judgements they differ; reasons and titles left out.",
    ]
    answers: Annotated[tuple[AnswerSeen, ...], "One per question that was asked of both."]
    changes: Annotated[tuple[str, ...], "What was changed in the second, line by line."] = ()

    def to_dict(self) -> dict[str, Json]:
        """The comparison as plain JSON data."""
        body = encode(self)
        assert isinstance(body, dict)
        return {"question": "compare", "version": 1, **body}

    def to_json(self, ascii_only: bool = False) -> str:
        """The comparison as JSON text."""
        return json_text(self.to_dict(), ascii_only)
