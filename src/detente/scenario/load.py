"""A document to a checked scenario, or every problem at once."""

from __future__ import annotations

from pathlib import Path

from detente.errors import ScenarioError
from detente.scenario.build import build
from detente.scenario.check import RULES
from detente.scenario.document import parse_document, read_document
from detente.scenario.draft import Draft, EnoughProblemsError
from detente.scenario.model import Scenario
from detente.scenario.nodes import Mapping, Node
from detente.scenario.reading import read
from detente.scenario.schema import SCENARIO
from detente.scenario.wording import MISSING


def load(path: str | Path) -> Scenario:
    """Read a scenario file; its id is the file's stem.

    Raises
    ------
    ScenarioError
        With every problem found, in the order of the file.
    """
    return accepted(drafted(path))


def loads(text: str, file: str = "<text>", id: str | None = None) -> Scenario:
    """Read a scenario from its text; `file` stands in the places of problems.

    Raises
    ------
    ScenarioError
        With every problem found, in the order of the text.
    """
    return accepted(draft(parse_document(text, file), file, id or Path(file).stem))


def drafted(path: str | Path) -> Draft:
    """Read a scenario file and check it: the scenario, its places and its problems, none of them raised yet."""
    return draft(read_document(path), str(path), Path(path).stem)


def draft(root: Node, file: str, id: str) -> Draft:
    """Read a document's tree and check it."""
    found = Draft(file)
    try:
        values = read(found, SCENARIO, root, ())
        if not isinstance(root, Mapping):
            found.unreadable.add("document")
        found.scenario = build(found, {} if values is MISSING else values, id)
        for rule in RULES:
            rule(found)
    except EnoughProblemsError:
        pass
    return found


def accepted(draft: Draft) -> Scenario:
    """Return the draft's scenario, or raise all its problems."""
    if draft.problems or draft.scenario is None:
        raise ScenarioError(sorted(set(draft.problems)))
    return draft.scenario
