"""The kinds of value that a field of a scenario can take, and how a class of the model declares its fields.

A field says on itself what stands for it in a document: `weight: Annotated[Number, Says(Amount(low=0), "…")]`.
Reading, building, dumping, the JSON Schema, addresses and the reference page are all derived from that.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args, get_origin

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
class Length:
    """A length of time: `6 months`."""


@dataclass(frozen=True)
class Formula:
    """An expression over a state: a condition (true or false), or a quantity; a statement may use `if`."""

    condition: bool = True
    statement: bool = False


@dataclass(frozen=True)
class Tested:
    """What would have to hold for a claim: an expression over questions."""


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
    """A mapping from names to values; each entry is one thing of a class, where `makes` names it."""

    key: Defines | Refers | Pair | Date
    value: Kind
    makes: type | None = None


@dataclass(frozen=True)
class Says:
    """What a field of a class says of itself: what it holds in a document, and what that means.

    `name` is its key where that is not its name in the class, `default` what stands for it where its value
    there does not tell. It is required where the class gives no default, unless `required` says otherwise. A
    field that says several things is written as exactly one of them.
    """

    kind: Kind
    meaning: str
    unit: str = ""
    default: str = ""
    name: str = ""
    required: bool | None = None

    def field(self, name: str) -> Field:
        """Return the field of a document that it describes, where no class has such a field."""
        return Field(self.name or name, self.kind, self.meaning, self.unit, self.default, bool(self.required))


@dataclass(frozen=True)
class Field:
    """One field of a document: name, kind, meaning, unit and default; `attribute` is its name in the class."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    default: str = ""
    required: bool = False
    attribute: str = ""


@dataclass(frozen=True)
class Record:
    """A mapping with fixed fields; `name` is what one such thing is called, `makes` its class.

    Of the fields in `one_of`, exactly one is given.
    """

    name: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    makes: type | None = None

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
    Text | Flag | Whole | Amount | Choice | Defines | Refers | Pair | Date | Length | Formula | Tested
    | Citations | Levels | ListOf | MapOf | Record | Either
)  # fmt: skip


def record(name: str, cls: type) -> Record:
    """Return the record that a class declares: every field that says something of itself, in its order."""
    declared = [(field, _said(field)) for field in dataclasses.fields(cls)]
    fields = tuple(_of(says, field) for field, several in declared for says in several)
    one_of = tuple(says.name for _, several in declared if len(several) > 1 for says in several)
    return Record(name, fields, one_of, cls)


def _of(says: Says, field: dataclasses.Field[Any]) -> Field:
    required = field.default is dataclasses.MISSING if says.required is None else says.required
    default = says.default or ("" if required else _shown(field.default))
    return replace(says.field(field.name), default=default, required=required, attribute=field.name)


def _said(field: dataclasses.Field[Any]) -> list[Says]:
    known = get_args(field.type) if get_origin(field.type) is Annotated else ()
    return [each for each in known if isinstance(each, Says)]


def _shown(value: Any) -> str:
    """A default as a document would say it; nothing for what says nothing."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case tuple() if value and all(isinstance(item, str) for item in value):
            return f"[{', '.join(value)}]"
        case _:
            central = getattr(value, "central", None)
            return "" if central is None else f"{central:g}"
