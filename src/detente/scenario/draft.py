"""What was read from a document before it is known to be right: values, places and mentions of names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from detente.errors import DetenteError, Place, Problem
from detente.scenario.claim_terms import ClaimTest
from detente.scenario.expression import Expression
from detente.scenario.fields import Formula
from detente.scenario.model import Scenario
from detente.scenario.nodes import MAX_PROBLEMS, Scalar

Path = tuple[str | int, ...]


class EnoughProblemsError(DetenteError):
    """So many problems were found that looking for more was given up."""


class Mention(NamedTuple):
    """A name of a kind, used where the document stands."""

    kind: str
    name: str
    path: Path
    place: Place


class Setting(NamedTuple):
    """An option set to a level: in the status quo, a commitment, a plan or an observation."""

    option: str
    level: str
    path: Path
    place: Place


class Written(NamedTuple):
    """An expression with the text that it was read from."""

    expression: Expression
    kind: Formula
    path: Path
    text: Scalar


class Tested(NamedTuple):
    """A claim's test with the text that it was read from."""

    test: ClaimTest
    path: Path
    text: Scalar


class Oversight(NamedTuple):
    """One thing that looks unintended: where it stands, what it is, and what to do about it."""

    path: Path
    what: str
    hint: str = ""


@dataclass
class Draft:
    """Everything the checker needs: the scenario as far as it could be read, and where each part stands.

    `places` maps a path such as `("interests", "PRK", 0, "weight")` to its place; `declared` holds every name
    that the document defines, by kind; names in `doubtful` have a problem of their own, so nothing is concluded
    from what they seem to say; `unreadable` holds the kinds whose whole section is missing or broken,
    `misplaced` the sections that stand within another, `misspelt` words for channels whose slip is noted,
    `incomplete` the lists of which an entry could not be read; `oversights` what looks unintended as written.
    """

    file: str
    problems: list[Problem] = field(default_factory=list)
    oversights: list[Oversight] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    formulas: list[Written] = field(default_factory=list)
    tests: list[Tested] = field(default_factory=list)
    declared: dict[str, dict[str, Place]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    misplaced: set[str] = field(default_factory=set)
    misspelt: set[tuple[str, str]] = field(default_factory=set)
    incomplete: set[Path] = field(default_factory=set)
    scenario: Scenario | None = None

    def place(self, *path: str | int) -> Place:
        """Where a part stands, or the nearest part around it that has a place."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return Place(self.file, 1, 1)

    def problem(self, place: Place, what: str, hint: str = "") -> None:
        """Note one thing that is wrong.

        Raises
        ------
        EnoughProblemsError
            When `MAX_PROBLEMS` are noted; more would help nobody.
        """
        self.problems.append(Problem(place, what, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise EnoughProblemsError

    def known(self, kind: str) -> Collection[str]:
        """The names of a kind that the document defines; owners are the parties and nature."""
        if kind == "owner":
            return (*self.declared.get("party", ()), "nature")
        return self.declared.get(kind, {}).keys()
