"""The parameters of a question as fields of a form, and what was filled in as values of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from detente.catalogue import Parameter, Question
from detente.offered import KNOWN
from detente.scenario.model import Scenario

Control = Literal["switch", "number", "choice", "list", "text"]
FEW = 24  # names that are shown for choosing; more are offered while one types


class Query(Protocol):
    """What stands in an address behind the question mark."""

    def getlist(self, key: str) -> list[str]:
        """Every value under a name."""
        ...


@dataclass(frozen=True)
class Field:
    """One field: how it is called, how it is filled in, and what stands in it."""

    name: str
    label: str
    control: Control
    help: str
    values: tuple[str, ...]
    offered: tuple[str, ...] = ()
    fraction: bool = False


def fields(question: Question, scenario: Scenario, query: Query) -> tuple[Field, ...]:
    """The fields of a question for a crisis, filled in as they were."""
    return tuple(
        _field(parameter, scenario, query) for parameter in question.parameters if not parameter.names_a_file
    )


def filled_in(question: Question, query: Query) -> dict[str, Any]:
    """What was filled in, by keyword, as text; files of this machine are never named by a page."""
    found: dict[str, Any] = {}
    for parameter in question.parameters:
        texts = [text.strip() for text in query.getlist(parameter.keyword) if text.strip()]
        if not texts or parameter.names_a_file:
            continue
        if parameter.kind == "switch":
            found[parameter.keyword] = True
        elif parameter.kind == "texts":
            found[parameter.keyword] = tuple(
                part.strip() for text in texts for part in text.split(",") if part.strip()
            )
        else:
            found[parameter.keyword] = texts[-1]
    return found


def plain(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Values as something that can be remembered."""
    return tuple(sorted(values.items()))


def _field(parameter: Parameter, scenario: Scenario, query: Query) -> Field:
    given = tuple(text for text in query.getlist(parameter.keyword) if text.strip())
    default = () if parameter.default is None else (str(parameter.default),)
    offered = tuple(KNOWN[parameter.keyword](scenario)) if parameter.keyword in KNOWN else ()
    return Field(
        name=parameter.keyword,
        label=parameter.keyword.replace("_", " ").capitalize(),
        control=_control(parameter, offered),
        help=parameter.help,
        values=given or default,
        offered=offered,
        fraction=parameter.kind == "share",
    )


def _control(parameter: Parameter, offered: Sequence[str]) -> Control:
    match parameter.kind:
        case "switch":
            return "switch"
        case "number" | "share":
            return "number"
        case "text" if offered and len(offered) <= FEW:
            return "choice"
        case "texts" if offered and len(offered) <= FEW:
            return "list"
        case _:
            return "text"
