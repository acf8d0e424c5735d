"""The document's tree to plain values, as `schema` declares them; problems of form are noted with their place.

A broken part is left out and its name kept as doubtful, so that one mistake gives one problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from detente.errors import Place
from detente.scenario.draft import Draft, Mention, Oversight, Path, Setting, Written
from detente.scenario.expression import parse
from detente.scenario.fields import (
    SHORT,
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
    Levels,
    ListOf,
    MapOf,
    Pair,
    Record,
    Refers,
    Text,
    Whole,
)
from detente.scenario.misread import holds_a_section, on_calendar, too_wide, torn_numbers
from detente.scenario.model import Number
from detente.scenario.near import did_you_mean, meant, near_miss, near_miss_or
from detente.scenario.nodes import Mapping, Node, Scalar, Sequence
from detente.scenario.numbers import (
    LOOKS,
    NumberError,
    finite,
    number_text,
    ordered,
    parse_number,
)
from detente.scenario.schema import SCENARIO, SECTIONS, number_record
from detente.scenario.tokens import KEYWORDS, ExpressionError

MISSING: Any = object()
"""What a part that cannot be read gives; its problem is noted."""

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def read(draft: Draft, kind: Kind, node: Node, path: Path) -> Any:
    """Read a part of the document as the kind that the schema declares; MISSING when it cannot be.

    Gives text, bool, int, `Number`, an expression, a tuple for lists, a tuple of pairs for mappings, and a
    dictionary of the fields that are present for records.
    """
    return _READERS[type(kind)](draft, kind, node, path)


def _free_text(draft: Draft, kind: Text, node: Node, path: Path) -> Any:
    text = _text(draft, kind, node, path)
    if text is MISSING or len(text) <= kind.most:
        return text
    what = f"has {len(text):,} characters; at most {kind.most:,} are read."
    return _refuse(draft, node.place, path, what, "Write it shorter.")


def _text(draft: Draft, kind: Text | Refers | Choice, node: Node, path: Path) -> Any:
    if not isinstance(node, Scalar):
        return _refuse(draft, node.place, path, f"is {_form(node)}; a text is expected.", "Quote it.")
    if node.plain and node.value is None:
        if node.commented:
            what = "is empty: an unquoted # begins a comment."
            return _refuse(draft, node.place, path, what, 'Quote the text: "#…".')
        return _refuse(draft, node.place, path, "is empty.", "Write a text, or remove the line.")
    return node.text


def _choice(draft: Draft, kind: Choice, node: Node, path: Path) -> Any:
    text = _text(draft, kind, node, path)
    if text is MISSING or text in kind.values:
        return text
    return _refuse(draft, node.place, path, f"is '{_short(text)}'.", _one_of(text, kind.values))


def _flag(draft: Draft, kind: Flag, node: Node, path: Path) -> Any:
    text = node.text.lower() if isinstance(node, Scalar) else ""
    if text in ("yes", "true"):
        return True
    if text in ("no", "false"):
        return False
    shown = f"'{_short(text)}'" if text else _form(node)
    return _refuse(draft, node.place, path, f"is {shown}.", "Write yes or no.")


def _whole(draft: Draft, kind: Whole, node: Node, path: Path) -> Any:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool) and value >= kind.low:
        return value
    shown = f"'{_short(node.text)}'" if isinstance(node, Scalar) else _form(node)
    return _refuse(draft, node.place, path, f"is {shown}; a whole number from {kind.low} is expected.")


def _amount(draft: Draft, kind: Amount, node: Node, path: Path) -> Any:
    if isinstance(node, Mapping) and not kind.bare:
        return _amount_mapping(draft, kind, node, path)
    value = node.value if isinstance(node, Scalar) else None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = Number(finite(_real(value)))
        elif isinstance(value, str) and isinstance(node, Scalar):
            number = parse_number(node.text)
        else:
            shown = f"'{node.text}'" if isinstance(node, Scalar) else _form(node)
            raise NumberError(f"{shown} is not a number.", LOOKS)
    except NumberError as error:
        return _refuse(draft, node.place, path, f": {error.what}", error.hint)
    return number if _within(draft, kind, number, node.place, path) else MISSING


def _real(value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _amount_mapping(draft: Draft, kind: Amount, node: Mapping, path: Path) -> Any:
    word = kind.word if kind.word in {key.text for key, _ in node.entries} else "value"
    values = _record(draft, number_record(word), node, path)
    if values is MISSING:
        return MISSING
    number = values[word]
    try:
        spread = _spread(number, values)
    except NumberError as error:
        return _refuse(draft, node.place, path, f": {error.what}", error.hint)
    number = Number(number.central, spread, values.get("because", ""), values.get("source", ()))
    return number if _within(draft, kind, number, node.place, path) else MISSING


def _spread(number: Number, values: dict[str, Any]) -> Any:
    given = [name for name in ("distribution", "low", "high") if name in values]
    if not given:
        return number.spread
    if len(given) < 3 or number.spread is not None:
        raise NumberError("a distribution needs a plain value, `low` and `high`.", "Or write value: 3 (2..5).")
    return ordered(values["distribution"], values["low"].central, values["high"].central, number.central)


def _within(draft: Draft, kind: Amount, number: Number, place: Place, path: Path) -> bool:
    ends = [number.central]
    if number.spread is not None and number.spread.kind != "normal":
        ends += [number.spread.low, number.spread.high]
    low, high = kind.low, kind.high
    outside = [end for end in ends if (low is not None and end < low) or (high is not None and end > high)]
    outside += [end for end in ends if 0 < end < kind.least]
    name = kind.noun or _name(path)
    if not outside:
        if too_wide(kind, number):
            what = f"{name} is {number_text(number)}, a spread far wider than what {name} can be."
            draft.oversights.append(Oversight(path, what, "Is the spread as it is meant?"))
        return True
    bounds = f"at least {low:g}" if high is None else f"between {low:,.10g} and {high:,.10g}"
    if kind.least:
        bounds = f"0 or at least {kind.least:f}".rstrip("0")
    shown = f"is {outside[0]:g}" if outside[0] == number.central else f"reaches {outside[0]:g}"
    draft.problem(place, f"{name} {shown}; a{_n(name)} {name} is {bounds}.", kind.advice)
    return False


def _refers(draft: Draft, kind: Refers, node: Node, path: Path) -> Any:
    text = _text(draft, kind, node, path)
    if text is not MISSING:
        draft.mentions.append(Mention(kind.kind, text, path, node.place))
    return text


def _defines(draft: Draft, kind: Defines, node: Node, path: Path) -> Any:
    """A new name standing as a value: the level of an option."""
    text = node.text if isinstance(node, Scalar) else _text(draft, Text(), node, path)
    return text if text is MISSING or _spelled(draft, kind, text, node.place) else MISSING


def _spelled(draft: Draft, kind: Defines, name: str, place: Place) -> bool:
    if name in KEYWORDS:
        draft.problem(place, f"'{name}' cannot name a{_n(kind.kind)} {kind.kind}: it is a word of expressions.")
        return False
    if len(name) > kind.most:
        what = f"'{_short(name)}' has {len(name):,} characters; a name has at most {kind.most}."
        draft.problem(place, what, "Write the rest as its title.")
        return False
    if re.fullmatch(kind.pattern, name):
        return True
    what = f"'{_short(name)}' cannot name a{_n(kind.kind)} {kind.kind}."
    draft.problem(place, what, f"Use {kind.looks}.")
    return False


def _formula(draft: Draft, kind: Formula, node: Node, path: Path) -> Any:
    if not isinstance(node, Scalar):
        hint = "Quote the text if it holds a comma, bracket or brace."
        return _refuse(draft, node.place, path, f"is {_form(node)}; an expression is expected.", hint)
    try:
        expression = parse(node.text, statement=kind.statement)
    except ExpressionError as error:
        return _refuse(draft, node.at(error.position), path, f": {error.what}", error.hint)
    draft.formulas.append(Written(expression, kind, path, node))
    return expression


def _citations(draft: Draft, kind: Citations, node: Node, path: Path) -> Any:
    items = node.items if isinstance(node, Sequence) else [node]
    texts = []
    for index, item in enumerate(items):
        text = _free_text(draft, SHORT, item, (*path, index) if isinstance(node, Sequence) else path)
        if text is not MISSING and text.strip():
            draft.mentions.append(Mention("source", text.split()[0], path, item.place))
            texts.append(text.strip())
    return tuple(texts)


def _levels(draft: Draft, kind: Levels, node: Node, path: Path) -> Any:
    if not isinstance(node, Mapping):
        return _refuse(draft, node.place, path, f"is {_form(node)}.", "Write {OWNER.option: level}.")
    pairs = []
    for key, value in node.entries:
        if holds_a_section(kind, key, value):
            what = f"`{key.text}` stands within `{_name(path)}`."
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
    shown = "no level" if isinstance(value, Scalar) else f"{_form(value)} for a level"
    return _refuse(
        draft, value.place, path, f"has {shown}.", f"Write {key.text}: yes, or another of its levels."
    )


def _list(draft: Draft, kind: ListOf, node: Node, path: Path) -> Any:
    if not isinstance(node, Sequence):
        return _refuse(
            draft, node.place, path, f"is {_form(node)}; a list is expected.", "Write [a, b] or `- ` lines."
        )
    if len(node.items) < kind.least:
        return _refuse(
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
        what = f"is {_form(node)}; names with values are expected."
        return _refuse(draft, node.place, path, what, "Write `name: value`, indented.")
    pairs = []
    torn = torn_numbers(node)
    for key, value in node.entries:
        if key.text in torn:
            draft.problem(key.place, f"'{_short(key.text)}' stands alone after a comma.", torn[key.text])
            draft.incomplete.add(path)
            continue
        if holds_a_section(kind.value, key, value):
            what = f"`{key.text}` stands within `{_name(path)}`."
            draft.problem(key.place, what, _at_the_margin(draft, key.text))
            continue
        name = _key(draft, kind.key, key, path)
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


def _key(draft: Draft, kind: Defines | Refers | Pair | Date, key: Scalar, path: Path) -> Any:
    if isinstance(kind, Defines):
        draft.declared.setdefault(kind.kind, {})[key.text] = key.place
        return key.text if _spelled(draft, kind, key.text, key.place) else MISSING
    if isinstance(kind, Refers):
        draft.mentions.append(Mention(kind.kind, key.text, (*path, key.text), key.place))
        return key.text
    if isinstance(kind, Date):
        if _DATE.fullmatch(key.text) and on_calendar(key.text):
            return key.text
        draft.problem(key.place, f"'{_short(key.text)}' is no date.", "Write 2018, 2018-04 or 2018-04-27.")
        return MISSING
    return _pair(draft, kind, key, path)


def _pair(draft: Draft, kind: Pair, key: Scalar, path: Path) -> Any:
    parts = key.text.split()
    if len(parts) != 3 or parts[1] not in kind.signs:
        shown = " or ".join(f"`A {sign} B`" for sign in kind.signs)
        draft.problem(
            key.place, f"'{_short(key.text)}' does not name two parties.", f"Write {shown}, with spaces."
        )
        return MISSING
    left, sign, right = parts
    for name in (left, right):
        draft.mentions.append(Mention("party", name, (*path, left, sign, right), key.place))
    if left == right:
        draft.problem(key.place, f"'{left}' stands on both sides of '{key.text}'.", "Name two parties.")
        return MISSING
    return left, sign, right


def _either(draft: Draft, kind: Either, node: Node, path: Path) -> Any:
    expected = {Scalar: kind.scalar, Sequence: kind.sequence, Mapping: kind.mapping}[type(node)]
    if expected is not None:
        return read(draft, expected, node, path)
    forms = " or ".join(f"a {form}" for form, _ in kind.forms)
    return _refuse(draft, node.place, path, f"is {_form(node)}; {forms} is expected.")


def _record(draft: Draft, kind: Record, node: Node, path: Path) -> Any:
    if not isinstance(node, Mapping):
        examples = ", ".join(field.name for field in kind.fields[:4])
        what = f"is {_form(node)}; the fields of a{_n(kind.name)} {kind.name} are expected."
        return _refuse(draft, node.place, path, what, f"Write `field: value`, e.g. {examples}.")
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
    what = f"a{_n(kind.name)} {kind.name} has no field '{_short(key.text)}'."
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


def _refuse(draft: Draft, place: Place, path: Path, what: str, hint: str = "") -> Any:
    draft.problem(place, f"{_name(path)}{'' if what.startswith(':') else ' '}{what}", hint)
    return MISSING


def _name(path: Path) -> str:
    """What the part is called in a message: the last name on the way to it."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "the document")


def _one_of(text: str, values: tuple[str, ...]) -> str:
    return near_miss_or(text, values, f"Write {', '.join(values[:-1])} or {values[-1]}.")


def _form(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"'{_short(node.text)}'" if node.text else "empty"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _n(word: str) -> str:
    return "n" if word[0] in "aeio" else ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_READERS: dict[type, Callable[[Draft, Any, Node, Path], Any]] = {
    Text: _free_text,
    Choice: _choice,
    Flag: _flag,
    Whole: _whole,
    Amount: _amount,
    Refers: _refers,
    Defines: _defines,
    Formula: _formula,
    Citations: _citations,
    Levels: _levels,
    ListOf: _list,
    MapOf: _map,
    Either: _either,
    Record: _record,
}
