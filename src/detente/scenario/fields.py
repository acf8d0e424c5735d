"""The kinds of value that a field of a scenario can take: the vocabulary in which `schema` declares fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NAME_PATTERN = r"[^\W\d_](?:[\w-]*\w)?"
OPTION_PATTERN = rf"{NAME_PATTERN}\.{NAME_PATTERN}"


LONGEST_NAME = 100
LONGEST_TITLE = 500
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Text:
    """Free text of at most `most` characters."""

    most: int = LONGEST_TEXT


SHORT = Text(LONGEST_TITLE)
"""What stands in a title, a cell or beside a line."""


@dataclass(frozen=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    low: int


@dataclass(frozen=True)
class Amount:
    """A number with an optional spread, reason and sources; `word` is its key in the mapping form.

    `noun` is what it is called where its key is somebody's name.
    Above 0 it is at least `least`: what is smaller is lost in the reckoning.
    A `bare` one stands inside that mapping and is a number or a text.
    """

    low: float | None = None
    high: float | None = None
    advice: str = ""
    word: str = "value"
    noun: str = ""
    least: float = 0.0
    bare: bool = False


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Defines:
    """A new name of a kind; `pattern` says how such names are written."""

    kind: str
    pattern: str = NAME_PATTERN
    looks: str = "letters, digits, _ and -, beginning with a letter"
    most: int = LONGEST_NAME


@dataclass(frozen=True)
class Refers:
    """A name of a kind that is defined elsewhere in the scenario."""

    kind: str


@dataclass(frozen=True)
class Pair:
    """Two parties joined by a sign, as a key: `A > B`, `A ~ B`, `A of B`."""

    signs: tuple[str, ...]


@dataclass(frozen=True)
class Date:
    """A year, month or day: 2018, 2018-04, 2018-04-27."""


@dataclass(frozen=True)
class Formula:
    """An expression over a state: a condition (true or false), or a quantity; a statement may use `if`."""

    condition: bool = True
    statement: bool = False


CONDITION = Formula()
QUANTITY = Formula(condition=False)


@dataclass(frozen=True)
class Citations:
    """One citation or a list: the id of a source, then where in it (`wapo-2017 p3`)."""


@dataclass(frozen=True)
class Levels:
    """A level for each of some options: `{CHN.enforcement: full}`."""


@dataclass(frozen=True)
class ListOf:
    """A list."""

    item: Kind
    least: int = 0


@dataclass(frozen=True)
class MapOf:
    """A mapping from names to values."""

    key: Defines | Refers | Pair | Date
    value: Kind


@dataclass(frozen=True)
class Field:
    """One field: its name, kind, meaning, unit and default, declared nowhere else."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    default: str = ""
    required: bool = False


@dataclass(frozen=True)
class Record:
    """A mapping with fixed fields; `name` is what one such thing is called.

    Of the fields in `one_of`, exactly one is given.
    """

    name: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return the field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class Either:
    """What is expected depends on how it is written: a text, a list or a mapping."""

    scalar: Kind | None = None
    sequence: Kind | None = None
    mapping: Kind | None = None

    @property
    def forms(self) -> tuple[tuple[Literal["text", "list", "mapping"], Kind], ...]:
        """The admitted forms with what each of them holds."""
        forms: tuple[tuple[Literal["text", "list", "mapping"], Kind | None], ...]
        forms = (("text", self.scalar), ("list", self.sequence), ("mapping", self.mapping))
        return tuple((form, kind) for form, kind in forms if kind is not None)


Kind = (
    Text | Flag | Whole | Amount | Choice | Defines | Refers | Pair | Date | Formula | Citations | Levels
    | ListOf | MapOf | Record | Either
)  # fmt: skip
