"""What a `.gmcr` file says, field by field: read, bounded and checked, with its own indices and names.

`detente.exchange.gmcr` turns the record into a scenario. Every problem is collected with its path inside the
document (these files are one long line, so a column would help nobody); syntax errors carry line and column.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.model import Direction
from detente.scenario.near import near_miss

MOST_BYTES = 8_000_000
MOST_OPTIONS = 28
MOST_PARTIES = 64
MOST_CONDITIONS = 1_000
MOST_PROBLEMS = 50

Conjunction = tuple[tuple[int, bool], ...]
"""Options by index in the file, each with whether it is taken; all must hold."""

_KEYS = {
    "options", "decisionMakers", "infeasibles", "coalitions", "version", "name", "permittedDirection",
    "preferences", "preferenceRanking", "preferenceVector", "misperceptions",
    "useManualPreferenceRanking", "useManualPreferenceVectors",
}  # fmt: skip
_DIRECTIONS: dict[str, Direction] = {"both": "both", "fwd": "up", "back": "down"}


@dataclass(frozen=True)
class OptionRecord:
    """A yes-no option and the direction in which it may change."""

    name: str
    moves: Direction


@dataclass(frozen=True)
class PartyRecord:
    """A decision maker: its options by index, its preferences in both forms and what it does not perceive.

    A statement is a disjunction of conjunctions, most important first; `ranking` holds groups of state numbers,
    best first, and is None where states are not ranked by hand.
    """

    name: str
    options: tuple[int, ...]
    statements: tuple[tuple[Conjunction, ...], ...]
    ranking: tuple[tuple[int, ...], ...] | None
    misperceptions: tuple[Conjunction, ...]


@dataclass(frozen=True)
class Record:
    """The whole file. `coalitions` holds groups of party indices, `notices` what was read but is unusual."""

    options: tuple[OptionRecord, ...]
    parties: tuple[PartyRecord, ...]
    infeasibles: tuple[Conjunction, ...]
    ranked: bool
    coalitions: tuple[tuple[int, ...], ...]
    version: str
    notices: tuple[str, ...]


def read_record(content: bytes, file: str) -> Record:
    """Read the bytes of a `.gmcr` file.

    Raises
    ------
    ScenarioError
        With every problem found.
    """
    reader = _Reader(file)
    document = _document(content, file)
    record = reader.record(document)
    if reader.problems:
        raise ScenarioError(reader.problems[:MOST_PROBLEMS])
    return record


def _document(content: bytes, file: str) -> dict[str, Any]:
    """The JSON object of the file."""
    if len(content) > MOST_BYTES:
        _refuse(file, f"the file has more than {MOST_BYTES:,} bytes, and no more are read.")
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        _refuse(file, f"this is not UTF-8 text (byte {error.start}).")
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        raise ScenarioError([Problem(place, f"this is not JSON: {error.msg}.", _IS_GMCR)]) from None
    except RecursionError:
        _refuse(file, "brackets are nested too deeply.")
    except ValueError as error:
        _refuse(file, f"this is not JSON: {error}.")
    if not isinstance(document, dict):
        _refuse(file, "a .gmcr file is one JSON object.")
    return document


_IS_GMCR = "A .gmcr file is what GMCR+ saves; save it again there."


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _refuse(file: str, what: str) -> NoReturn:
    raise ScenarioError([Problem(Place(file), what, _IS_GMCR)]) from None


class _Reader:
    """Reads one document and remembers what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.notices: list[str] = []
        self.size = 0  # how many options there are: bounds every index

    def record(self, document: dict[str, Any]) -> Record:
        options = tuple(
            self.option(item, f"options[{index}]")
            for index, item in enumerate(self.items(document, "options", MOST_OPTIONS))
        )
        self.size = len(options)
        ranked = self.ranked(document)
        parties = tuple(
            self.party(item, f"decisionMakers[{index}]", ranked)
            for index, item in enumerate(self.items(document, "decisionMakers", MOST_PARTIES))
        )
        self.owners(parties)
        infeasibles = self.infeasibles(document)
        coalitions = self.coalitions(document.get("coalitions"), len(parties))
        version = str(document.get("version", ""))[:40]
        return Record(options, parties, infeasibles, ranked, coalitions, version, tuple(self.notices))

    def problem(self, path: str, what: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(self.file), f"{path}: {what}", hint))

    def items(self, document: dict[str, Any], key: str, most: int) -> list[Any]:
        """A required list that may not be empty."""
        items = document.get(key)
        if not isinstance(items, list) or not items:
            self.problem(key, "a list with at least one entry is needed here.", _misspelt(document, key))
            return []
        if len(items) > most:
            self.problem(key, f"{len(items)} entries; at most {most} can be analysed.")
            return []
        return items

    def ranked(self, document: dict[str, Any]) -> bool:
        """Whether states are ranked by hand (either key) rather than by statements."""
        for key in ("useManualPreferenceRanking", "useManualPreferenceVectors"):
            if key in document:
                if not isinstance(document[key], bool):
                    self.problem(key, "this is true or false.")
                return document[key] is True
        hint = "Add true (rankings) or false (statements)."
        key = "useManualPreferenceRanking"
        self.problem(key, "missing.", _misspelt(document, key) or hint)
        return False

    def option(self, item: Any, path: str) -> OptionRecord:
        if not isinstance(item, dict):
            self.problem(path, "an option is an object with 'name' and 'permittedDirection'.")
            return OptionRecord("", "both")
        direction = item.get("permittedDirection")
        if not isinstance(direction, str) or direction not in _DIRECTIONS:
            hint = _misspelt(item, "permittedDirection")
            self.problem(f"{path}.permittedDirection", "this is 'both', 'fwd' or 'back'.", hint)
            direction = "both"
        return OptionRecord(self.name(item, path), _DIRECTIONS[direction])

    def name(self, item: dict[str, Any], path: str) -> str:
        name = item.get("name")
        if not isinstance(name, str):
            self.problem(f"{path}.name", "a text is needed here.", _misspelt(item, "name"))
            return ""
        return name

    def party(self, item: Any, path: str, ranked: bool) -> PartyRecord:
        if not isinstance(item, dict):
            self.problem(path, "a decision maker is an object with 'name', 'options' and its preferences.")
            return PartyRecord("", (), (), None, ())
        options = [
            self.index(value, f"{path}.options[{place}]")
            for place, value in enumerate(self.listed(item, "options", path, required=True))
        ]
        return PartyRecord(
            self.name(item, path),
            tuple(option for option in options if option is not None),
            self.statements(item, path, required=not ranked),
            self.ranking(item, path) if ranked else None,
            self.misperceptions(item, path),
        )

    def listed(self, item: dict[str, Any], key: str, path: str, required: bool = False) -> list[Any]:
        """A list under a key; absent counts as empty unless it is required."""
        value = item.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, list):
            self.problem(f"{path}.{key}", "a list is needed here.", _misspelt(item, key))
            return []
        if len(value) > MOST_CONDITIONS:
            self.problem(f"{path}.{key}", f"{len(value)} entries; at most {MOST_CONDITIONS} are read.")
            return []
        return value

    def index(self, value: Any, path: str) -> int | None:
        """An option's index; GMCR+ also accepts digits as text. Nothing is said where no option was read."""
        if not self.size:
            return None
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < self.size:
            self.problem(path, f"{_shown(value)} is no option; options count from 0 to {self.size - 1}.")
            return None
        return value

    def statements(
        self, item: dict[str, Any], path: str, required: bool
    ) -> tuple[tuple[Conjunction, ...], ...]:
        statements = []
        for place, value in enumerate(self.listed(item, "preferences", path, required)):
            where = f"{path}.preferences[{place}]"
            before = len(self.problems)
            condition = self.conditions([value], where, numbered=False)
            if condition and () not in condition:
                statements.append(condition)
            elif len(self.problems) == before:
                self.notices.append(f"{where} is the same in every state and was left out.")
        return tuple(statements)

    def misperceptions(self, item: dict[str, Any], path: str) -> tuple[Conjunction, ...]:
        where = f"{path}.misperceptions"
        conditions = self.conditions(self.listed(item, "misperceptions", path), where)
        if () in conditions:
            self.problem(where, "an empty condition leaves no state that the party perceives.", "Remove it.")
        return conditions

    def conditions(self, values: list[Any], path: str, numbered: bool = True) -> tuple[Conjunction, ...]:
        """Conditions as one list of conjunctions, any of which may hold; contradictions are left out."""
        conjunctions: list[Conjunction] = []
        for place, value in enumerate(values):
            where = f"{path}[{place}]" if numbered else path
            if isinstance(value, dict):
                if value.get("compound") is not True or not isinstance(value.get("members"), list):
                    self.problem(where, 'a compound condition is {"compound": true, "members": […]}.')
                    continue
                members = self.listed(value, "members", where)
            else:
                members = [value]
            found = [self.conjunction(member, where) for member in members]
            conjunctions += [member for member in found if member is not None]
        return tuple(dict.fromkeys(conjunctions))

    def conjunction(self, value: Any, path: str) -> Conjunction | None:
        """One conjunction, ascending by option; None where it is malformed or never true."""
        if not isinstance(value, list) or len(value) > MOST_CONDITIONS:
            self.problem(path, 'a condition is a list of pairs such as [0, "Y"].')
            return None
        wanted: dict[int, bool] = {}
        contradictory = False
        for pair in value:
            if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
                self.problem(path, f'{_shown(pair)} is no pair such as [0, "Y"].')
                return None
            option = self.index(pair[0], path)
            if option is None:
                return None
            contradictory |= wanted.setdefault(option, pair[1] == "Y") != (pair[1] == "Y")
        if contradictory:
            self.notices.append(f"{path} asks one option to be both Y and N, is never true and was left out.")
            return None
        return tuple(sorted(wanted.items()))

    def ranking(self, item: dict[str, Any], path: str) -> tuple[tuple[int, ...], ...]:
        key = "preferenceRanking" if "preferenceRanking" in item else "preferenceVector"
        value = item.get(key)
        if not isinstance(value, list):
            self.problem(f"{path}.preferenceRanking", "states are ranked by hand, so a ranking is needed here.")
            return ()
        groups = [group if isinstance(group, list) else [group] for group in value]
        wrong = [state for group in groups for state in group if type(state) is not int or state < 1]
        if wrong:
            self.problem(f"{path}.{key}", f"{_shown(wrong[0])} is no state number; states count from 1.")
            return ()
        return tuple(tuple(group) for group in groups if group)

    def owners(self, parties: tuple[PartyRecord, ...]) -> None:
        """Each option belongs to one party at most, once."""
        owner: dict[int, int] = {}
        for index, party in enumerate(parties):
            for option in party.options:
                if option in owner:
                    self.problem(
                        f"decisionMakers[{index}].options",
                        f"option {option} already belongs to decision maker {owner[option]}.",
                        "Here every option has one owner: give each its own copy or remove one.",
                    )
                owner.setdefault(option, index)

    def infeasibles(self, document: dict[str, Any]) -> tuple[Conjunction, ...]:
        if "infeasibles" not in document:
            hint = "Write [] where every state is possible."
            self.problem("infeasibles", "missing.", _misspelt(document, "infeasibles") or hint)
        conditions = self.conditions(self.listed(document, "infeasibles", "file"), "infeasibles")
        if () in conditions:
            self.problem("infeasibles", "an empty condition rules out every state.", "Remove it.")
        return conditions

    def coalitions(self, value: Any, parties: int) -> tuple[tuple[int, ...], ...]:
        """Groups of two or more; what is no partition of the parties counts as none, as in GMCR+."""
        if value is None:
            return ()
        groups = (
            [group if isinstance(group, list) else [group] for group in value]
            if isinstance(value, list)
            else []
        )
        members = [member for group in groups for member in group]
        if any(type(member) is not int for member in members) or sorted(members) != list(range(parties)):
            self.notices.append("coalitions do not name every decision maker once; every party stands alone.")
            return ()
        return tuple(tuple(group) for group in groups if len(group) > 1)


def _misspelt(item: dict[str, Any], key: str) -> str:
    """The hint where a key is missing and another is nearly it."""
    near = None if key in item else near_miss(key, (other for other in item if other not in _KEYS))
    return f"'{near}' stands there instead: write '{key}'." if near else ""


def _shown(value: Any) -> str:
    """A piece of the file, short enough and safe to print."""
    if isinstance(value, list) and len(value) <= 2 and not any(isinstance(part, list | dict) for part in value):
        return json.dumps(value)[:40]
    return "this" if isinstance(value, list | dict) else json.dumps(value)[:40]
