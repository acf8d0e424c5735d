"""The document's tree to plain values, as `schema` declares them; problems of form are noted with their place.

A broken part is left out and its name kept as doubtful, so that one mistake gives one problem.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente.scenario.claim_reading import tested
from detente.scenario.draft import Draft, Mention, Path, Setting
from detente.scenario.fields import (
    Amount,
    Choice,
    Citations,
    Date,
    Defines,
    Either,
    Field,
    Flag,
    Formula,
    Kind,
    Length,
    Levels,
    ListOf,
    MapOf,
    Record,
    Refers,
    Tested,
    Text,
    Whole,
)
from detente.scenario.misread import holds_a_section, torn_numbers
from detente.scenario.model import Number
from detente.scenario.near import did_you_mean, meant, near_miss
from detente.scenario.nodes import Mapping, Node, Scalar, Sequence
from detente.scenario.numbers import (
    NumberError,
    ordered,
)
from detente.scenario.scalars import (
    choice,
    citations,
    date,
    defines,
    flag,
    formula,
    free_text,
    key_of,
    length,
    number,
    refers,
    whole,
    within,
)
from detente.scenario.schema import SCENARIO, SECTIONS, number_record
from detente.scenario.wording import MISSING, form_of, n, name_of, refuse, short


def read(draft: Draft, kind: Kind, node: Node, path: Path) -> Any:
    """Read a part of the document as the kind that the schema declares; MISSING when it cannot be.

    Gives text, bool, int, `Number`, an expression, a tuple for lists, a tuple of pairs for mappings, and a
    dictionary of the fields that are present for records.
    """
    return _READERS[type(kind)](draft, kind, node, path)


def _amount(draft: Draft, kind: Amount, node: Node, path: Path) -> Any:
    if isinstance(node, Mapping) and not kind.bare:
        return _amount_mapping(draft, kind, node, path)
    return number(draft, kind, node, path)


def _amount_mapping(draft: Draft, kind: Amount, node: Mapping, path: Path) -> Any:
    word = kind.word if kind.word in {key.text for key, _ in node.entries} else "value"
    values = _record(draft, number_record(word), node, path)
    if values is MISSING:
        return MISSING
    central = values[word]
    try:
        spread = _spread(central, values)
    except NumberError as error:
        return refuse(draft, node.place, path, f": {error.what}", error.hint)
    unsure = Number(central.central, spread, values.get("because", ""), values.get("source", ()))
    return unsure if within(draft, kind, unsure, node.place, path) else MISSING


def _spread(number: Number, values: dict[str, Any]) -> Any:
    given = [name for name in ("distribution", "low", "high") if name in values]
    if not given:
        return number.spread
    if len(given) < 3 or number.spread is not None:
        raise NumberError("a distribution needs a plain value, `low` and `high`.", "Or write value: 3 (2..5).")
    return ordered(values["distribution"], values["low"].central, values["high"].central, number.central)


def _levels(draft: Draft, kind: Levels, node: Node, path: Path) -> Any:
    if not isinstance(node, Mapping):
        return refuse(draft, node.place, path, f"is {form_of(node)}.", "Write {OWNER.option: level}.")
    pairs = []
    for key, value in node.entries:
        if holds_a_section(kind, key, value):
            what = f"`{key.text}` stands within `{name_of(path)}`."
            draft.problem(key.place, what, _at_the_margin(draft, key.text))
            continue
        here = (*path, key.text)
        draft.places[here] = value.place
        draft.mentions.append(Mention("option", key.text, here, key.place))
        level = _level(draft, node, key, value, here)
        if level is not MISSING:
            draft.settings.append(Setting(key.text, level, here, value.place))
            pairs.append((key.text, level))
    return tuple(pairs)


def _level(draft: Draft, node: Mapping, key: Scalar, value: Node, path: Path) -> Any:
    if isinstance(value, Scalar) and value.text and value.text != "~":
        return value.text
    shown = "no level" if isinstance(value, Scalar) else f"{form_of(value)} for a level"
    return refuse(
        draft, value.place, path, f"has {shown}.", f"Write {key.text}: yes, or another of its levels."
    )


def _list(draft: Draft, kind: ListOf, node: Node, path: Path) -> Any:
    if not isinstance(node, Sequence):
        return refuse(
            draft, node.place, path, f"is {form_of(node)}; a list is expected.", "Write [a, b] or `- ` lines."
        )
    if len(node.items) < kind.least:
        return refuse(
            draft, node.place, path, f"has {len(node.items)} entries; at least {kind.least} are needed."
        )
    values: list[Any] = []
    for item in node.items:
        here = (*path, len(values))
        draft.places[here] = item.place
        value = read(draft, kind.item, item, here)
        if value is MISSING:
            draft.incomplete.add(path)
        else:
            values.append(value)
    if len(values) < kind.least:
        return MISSING
    return tuple(values)


def _map(draft: Draft, kind: MapOf, node: Node, path: Path) -> Any:
    if not isinstance(node, Mapping):
        what = f"is {form_of(node)}; names with values are expected."
        return refuse(draft, node.place, path, what, "Write `name: value`, indented.")
    pairs = []
    torn = torn_numbers(node)
    for key, value in node.entries:
        if key.text in torn:
            draft.problem(key.place, f"'{short(key.text)}' stands alone after a comma.", torn[key.text])
            draft.incomplete.add(path)
            continue
        if holds_a_section(kind.value, key, value):
            what = f"`{key.text}` stands within `{name_of(path)}`."
            draft.problem(key.place, what, _at_the_margin(draft, key.text))
            continue
        name = key_of(draft, kind.key, key, path)
        if name is MISSING:
            if isinstance(kind.key, Defines):
                draft.doubtful.add(key.text)
            continue
        here = (*path, *name) if isinstance(name, tuple) else (*path, name)
        draft.places[here] = key.place
        content = _empty_record(draft, kind.value, value, here)
        if content is MISSING:
            draft.doubtful.add(key.text)
        else:
            pairs.append((name, content))
    return tuple(pairs)


def _at_the_margin(draft: Draft, section: str) -> str:
    """The advice for a section that is indented too far; that it is missing is not told again."""
    draft.misplaced.add(section)
    field = SCENARIO.field(section)
    if field is not None:
        _give_up(draft, field)
    return f"If the section `{section}` is meant, begin its line at the left margin."


def _empty_record(draft: Draft, kind: Kind, value: Node, path: Path) -> Any:
    """Read a value; nothing after the colon stands for a record without fields (`USA:`)."""
    bare = isinstance(value, Scalar) and value.plain and not value.text
    if bare and isinstance(kind, Record) and not any(field.required for field in kind.fields):
        return {}
    return read(draft, kind, value, path)


def _either(draft: Draft, kind: Either, node: Node, path: Path) -> Any:
    expected = {Scalar: kind.scalar, Sequence: kind.sequence, Mapping: kind.mapping}[type(node)]
    if expected is not None:
        return read(draft, expected, node, path)
    forms = " or ".join(f"a {form}" for form, _ in kind.forms)
    return refuse(draft, node.place, path, f"is {form_of(node)}; {forms} is expected.")


def _record(draft: Draft, kind: Record, node: Node, path: Path) -> Any:
    if not isinstance(node, Mapping):
        examples = ", ".join(field.name for field in kind.fields[:4])
        what = f"is {form_of(node)}; the fields of a{n(kind.name)} {kind.name} are expected."
        return refuse(draft, node.place, path, what, f"Write `field: value`, e.g. {examples}.")
    fields = _matched(draft, kind, node)
    values: dict[str, Any] = {}
    whole = True
    for field, key, value in fields:
        here = (*path, field.name)
        draft.places[here] = value.place if isinstance(value, Scalar) else key.place
        content = read(draft, field.kind, value, here)
        if content is MISSING:
            _give_up(draft, field)
            whole = whole and not field.required and field.name not in (*kind.one_of, "levels")
        else:
            values[field.name] = content
    present = {field.name for field, _, _ in fields}
    place = draft.place(*path) if path else node.place
    for field in kind.fields:
        if field.required and field.name not in present and not (not path and field.name in draft.misplaced):
            draft.problem(place, f"this {kind.name} has no `{field.name}`.", field.meaning)
            _give_up(draft, field)
            whole = False
    if kind.one_of and len(present.intersection(kind.one_of)) != 1:
        has = "more than one" if present.intersection(kind.one_of) else "none"
        shown = " and ".join(f"`{name}`" for name in kind.one_of)
        draft.problem(place, f"this {kind.name} has {has} of {shown}.", "Write one of them.")
        whole = False
    return values if whole else MISSING


def _give_up(draft: Draft, field: Field) -> None:
    """A section that holds names cannot be read: its names are unknown, not wrong."""
    if isinstance(field.kind, MapOf):
        draft.unreadable.add(field.kind.key.kind if isinstance(field.kind.key, Defines) else field.name)


def _matched(draft: Draft, kind: Record, node: Mapping) -> list[tuple[Field, Scalar, Node]]:
    """The document's keys with the fields they name; an unknown key is noted and read as its near miss."""
    names = [field.name for field in kind.fields]
    present = {key.text for key, _ in node.entries}
    matched = []
    for key, value in node.entries:
        field = kind.field(key.text)
        if field is None:
            missing = [name for name in names if name not in present]
            field = _unknown(draft, kind, node, key, value, missing)
        if field is not None:
            present.add(field.name)
            matched.append((field, key, value))
    return matched


def _unknown(
    draft: Draft, kind: Record, node: Mapping, key: Scalar, value: Node, missing: list[str]
) -> Field | None:
    what = f"a{n(kind.name)} {kind.name} has no field '{short(key.text)}'."
    if node.flow and isinstance(value, Scalar) and value.plain and not value.text:
        torn = torn_numbers(node).get(key.text)
        draft.problem(key.place, what, torn or "Is it a comma inside an unquoted text? Then quote the text.")
        return None
    if key.text == "<<":
        draft.problem(key.place, what, "Merge keys are not part of YAML 1.2: write the fields out.")
        return None
    if key.text in SECTIONS and kind.name != "scenario":
        draft.problem(key.place, what, _at_the_margin(draft, key.text))
        return None
    near = near_miss(key.text, missing)
    hint = meant(key.text, near) if near else did_you_mean(key.text, [field.name for field in kind.fields])
    draft.problem(key.place, what, hint)
    return kind.field(near) if near else None


_READERS: dict[type, Callable[[Draft, Any, Node, Path], Any]] = {
    Text: free_text,
    Choice: choice,
    Flag: flag,
    Whole: whole,
    Date: date,
    Length: length,
    Amount: _amount,
    Refers: refers,
    Defines: defines,
    Formula: formula,
    Tested: tested,
    Citations: citations,
    Levels: _levels,
    ListOf: _list,
    MapOf: _map,
    Either: _either,
    Record: _record,
}
