"""What every answer has in common: which question, of which scenario, and the ways out of it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypedDict

from detente.answers.codec import Json, decode, encode, schema
from detente.answers.vocabulary import Ratification
from detente.errors import HIDDEN, DetenteError
from detente.scenario.fingerprint import fingerprint
from detente.scenario.model import Scenario, Table

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class ScenarioKey:
    """Which scenario was asked about: its id, and a hash that changes when anything in it does."""

    id: Annotated[str, "Its name: a built-in one, or that of its file."]
    hash: Annotated[str, "Changes with anything in the scenario."]


@dataclass(frozen=True)
class Names:
    """The names people use: the scenario's title, and by id where the scenario gives a name of its own."""

    scenario: Annotated[str, "The scenario's title."]
    parties: Annotated[Mapping[str, str], "Per party, its full name."]
    options: Annotated[Mapping[str, str], "Per option, its title."]
    outcomes: Annotated[Mapping[str, str], "Per outcome, its title."]
    shocks: Annotated[Mapping[str, str], "Per shock, its title."]
    strategies: Annotated[Mapping[str, str], "Per strategy, its title."] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer(ABC):
    """An answer to one question: plain, frozen data that any program can read."""

    question: ClassVar[str]
    version: ClassVar[int] = 1
    key: ClassVar[tuple[str, ...]]
    """The columns that tell one row of the main table from another."""

    scenario: Annotated[ScenarioKey, "Which scenario was asked about."]
    parties: Annotated[tuple[str, ...], "Ids of the parties, in the order of the document."]
    options: Annotated[
        tuple[str, ...],
        "Ids of the options in the order of the document, those of nature included.",
    ]
    names: Annotated[Names, "The names people use, by id."]
    feasible: Annotated[int, "How many states are feasible."]
    worlds: Annotated[int, "Over how many drawn worlds the answer speaks; 0 for the central case."] = 0
    unused: Annotated[
        tuple[str, ...],
        "Parts of the scenario that this answer does not rest on (`misperceptions`, `coalitions`, "
        "`claims`, `observed`).",
    ] = ()
    changes: Annotated[
        tuple[str, ...],
        "What was changed in the scenario before it was asked about, line by line.",
    ] = ()

    @abstractmethod
    def rows(self) -> list[dict[str, object]]:
        """The answer's main table as records, for `to_frame`."""

    def to_dict(self) -> dict[str, Json]:
        """The answer as plain JSON data; infinite and undefined numbers are None."""
        body = encode(self)
        assert isinstance(body, dict)
        return {"question": self.question, "version": self.version, **body}

    def to_json(self, ascii_only: bool = False) -> str:
        """The answer as JSON text, the same for the same answer."""
        return json_text(self.to_dict(), ascii_only)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `to_dict` wrote; keys that this version does not know are ignored.

        Raises
        ------
        DetenteError
            When the data answers another question, has another version, or lacks something.
        """
        if (data.get("question"), data.get("version")) != (cls.question, cls.version):
            found = f"question {data.get('question')!r}, version {data.get('version')!r}"
            raise DetenteError(f"expected an answer to '{cls.question}', version {cls.version}; found {found}.")
        try:
            answer: Self = decode(cls, dict(data))
        except ValueError as error:
            raise DetenteError(f"not an answer to '{cls.question}': {error}.") from error
        return answer

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """What `to_dict` writes, as JSON Schema."""
        body = schema(cls)
        keys = {
            "question": {"const": cls.question, "description": "Which question this answers."},
            "version": {"const": cls.version, "description": "Of this JSON: keys are added without a new one."},
        }
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"detente {cls.question}, version {cls.version}",
            **body,
            "properties": {**keys, **body["properties"]},
            "required": [*keys, *body["required"]],
        }

    def to_frame(self) -> pandas.DataFrame:
        """The answer's main table as a pandas DataFrame.

        Raises
        ------
        DetenteError
            When pandas is not installed; the message says how to install it.
        """
        try:
            import pandas
        except ImportError as error:
            raise DetenteError(
                "to_frame needs pandas. Install it with: pip install 'detente[frames]'"
            ) from error
        return pandas.DataFrame(self.rows())

    def _repr_html_(self) -> str | None:
        return None if _html is None else _html(self)


def json_text(data: Json, ascii_only: bool = False) -> str:
    """Data as JSON text, one value a line; what nobody would see in it is escaped."""
    text = json.dumps(data, ensure_ascii=ascii_only, indent=2)
    lines = (HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], line) for line in text.split("\n"))
    return "\n".join(lines) + "\n"


_html: Callable[[Answer], str] | None = None


def draw_html_with(draw: Callable[[Answer], str]) -> None:
    """Say how notebooks draw an answer; `detente` sets this, so that answers need not know presenters."""
    global _html
    _html = draw


class Common(TypedDict):
    """The keys that every answer carries; `Equilibria(**common(scenario, n), …)`."""

    scenario: ScenarioKey
    parties: tuple[str, ...]
    options: tuple[str, ...]
    names: Names
    feasible: int
    unused: tuple[str, ...]


def common(scenario: Scenario, feasible: int) -> Common:
    """The keys that every answer carries, from a scenario and its number of feasible states."""
    parts: dict[str, tuple[object, ...]] = {
        "misperceptions": scenario.misperceptions,
        "coalitions": scenario.coalitions,
        "claims": scenario.claims,
        "observed": scenario.observed,
    }
    return Common(
        scenario=key_of(scenario),
        parties=tuple(party.id for party in scenario.parties),
        options=tuple(option.id for option in scenario.options),
        names=Names(
            scenario=scenario.title or scenario.id,
            parties={party.id: party.name for party in scenario.parties if party.name},
            options={option.id: option.title for option in scenario.options if option.title},
            outcomes={outcome.id: outcome.title for outcome in scenario.outcomes if outcome.title},
            shocks={shock.id: shock.title for shock in scenario.shocks if shock.title},
            strategies={one.id: one.title for one in scenario.strategies if one.title},
        ),
        feasible=feasible,
        unused=tuple(part for part, content in parts.items() if content),
    )


def key_of(scenario: Scenario) -> ScenarioKey:
    """Which scenario an answer is about."""
    return ScenarioKey(scenario.id, fingerprint(scenario))


def ratification(table: Table) -> Ratification | None:
    """Who has to ratify what a table agrees on; None where nobody has to."""
    return None if table.ratify is None else Ratification(table.ratify.by, table.ratify.chance.central)


def finite(value: float) -> float | None:
    """A number as an answer holds it: None where it is infinite or undefined."""
    number = float(value)
    return number if number - number == 0.0 else None
