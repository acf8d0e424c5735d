"""Values read from a document to the model, by its fields; what is still missing has a problem already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from detente.scenario.crisis import INTEREST, INTERESTS, WANTED
from detente.scenario.draft import Draft, Path
from detente.scenario.fields import Either, Kind, ListOf, MapOf, Record
from detente.scenario.model import (
    Attitude,
    Cardinal,
    Channel,
    Interest,
    LevelScale,
    Misperception,
    Number,
    Option,
    Preference,
    Ranking,
    Scenario,
    Statement,
    Statements,
    View,
)
from detente.scenario.near import near_miss_or
from detente.scenario.schema import FORMAT, SCENARIO

Values = dict[str, Any]
Pairs = Iterable[tuple[Any, Any]]


def build(draft: Draft, values: Values, name: str) -> Scenario:
    """Return the scenario that the values describe, as far as they could be read."""
    version = values.get("detente", FORMAT)
    if version != FORMAT:
        what = f"this is format {version}; this version of detente reads format {FORMAT}."
        draft.problem(draft.place("detente"), what, "Update detente, or write `detente: 1`.")
    builder = _Builder(draft)
    parts: Values = {"title": "", "parties": (), "options": (), "status_quo": (), "preferences": ()}
    for field in SCENARIO.fields:
        if field.attribute and field.name in values:
            parts[field.attribute] = builder.built(field.kind, values[field.name], (field.name,))
            builder.options = {option.id: option for option in parts["options"]}
    today, wanted = dict(parts["status_quo"]), dict(parts["preferences"])
    parts["status_quo"] = tuple(today.get(option.id, option.levels[0]) for option in parts["options"])
    parts["preferences"] = tuple(wanted.get(party.id, Cardinal(())) for party in parts["parties"])
    return Scenario(id=name, **parts)


class _Builder:
    """Makes things of what was read; options are made before what speaks of their levels."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.options: dict[str, Option] = {}

    def built(self, kind: Kind, value: Any, path: Path) -> Any:
        """What the model holds for a part of the document."""
        match kind:
            case Record(makes=None):
                return tuple(value.items())
            case Record():
                return self.thing(kind, value, path)
            case ListOf(item):
                return tuple(self.built(item, each, (*path, place)) for place, each in enumerate(value))
            case MapOf():
                return _ENTRIES.get(kind.makes, _ENTRIES[None])(self, kind, value, path)
            case Either() if kind is INTERESTS:
                return self.preference(value, path)
            case Either() if kind is WANTED and isinstance(value, tuple):
                return self.scale(value, path)
            case Either(mapping=Record(fields=[short, *_]) as record):
                values = value if isinstance(value, dict) else {short.name: value}
                return self.thing(record, values, path)
        return value

    def thing(self, record: Record, values: Values, path: Path, *key: str) -> Any:
        """A thing of the record's class; `key` is what stands before its fields."""
        parts = {
            field.attribute: self.built(field.kind, values[field.name], (*path, field.name))
            for field in record.fields
            if field.name in values and field.attribute
        }
        assert record.makes is not None
        if record.makes in _MAKERS:
            return _MAKERS[record.makes](values, *key, **parts)
        return record.makes(*key, **parts)

    def entries(self, kind: MapOf, pairs: Pairs, path: Path) -> tuple[Any, ...]:
        """A thing for every entry, which goes by the entry's name; or pairs of name and value."""
        record = kind.value.mapping if isinstance(kind.value, Either) else kind.value
        if isinstance(record, Record) and record.makes:
            short = record.fields[0].name
            given = ((key, item if isinstance(item, dict) else {short: item}) for key, item in pairs)
            return tuple(self.thing(record, values, (*path, key), key) for key, values in given)
        make: Callable[..., Any] = kind.makes or (lambda *pair: pair)
        return tuple(make(key, self.built(kind.value, item, (*path, key))) for key, item in pairs)

    def preference(self, content: Any, path: Path) -> Preference:
        if isinstance(content, tuple):
            return Cardinal(self.built(ListOf(INTEREST), content, path))
        if "ranking" in content:
            groups = (group if isinstance(group, tuple) else (group,) for group in content["ranking"])
            return Ranking(tuple(groups))
        return Statements(tuple(Statement(where) for where in content["statements"]))

    def scale(self, pairs: Any, path: Path) -> LevelScale:
        if len(pairs) != 1:
            what = f"{path[-1]} names {len(pairs)} options."
            self.draft.problem(self.draft.place(*path), what, "Write one interest for each.")
            return LevelScale("", ())
        [(name, values)] = pairs
        if name not in self.options:
            return LevelScale("", ())
        ordered = by_level(self.draft, self.options[name], values, (*path, name))
        return LevelScale(name, tuple(number for _, number in ordered))

    def attitudes(self, kind: MapOf, pairs: Pairs, path: Path) -> tuple[Attitude, ...]:
        attitudes: list[Attitude] = []
        seen: dict[tuple[str, str], str] = {}
        for (left, sign, right), value in pairs:
            directions = ((left, right), (right, left)) if sign == "~" else ((left, right),)
            text = f"{left} {sign} {right}"
            for holder, other in directions:
                if (holder, other) in seen:
                    before = seen[holder, other]
                    what = f"'{text}' gives {holder}'s attitude to {other} again, after '{before}'."
                    self.draft.problem(self.draft.place(*path, left, sign, right), what, "Keep one.")
                    continue
                seen[holder, other] = text
                attitudes.append(Attitude(holder, other, value, mutual=sign == "~"))
        return tuple(attitudes)

    def views(self, kind: MapOf, pairs: Pairs, path: Path) -> tuple[View, ...]:
        return tuple(
            View(pair[0], pair[2], self.built(kind.value, items, (*path, *pair))) for pair, items in pairs
        )

    def misperceptions(self, kind: MapOf, pairs: Pairs, path: Path) -> tuple[Misperception, ...]:
        return tuple(Misperception(holder, where) for holder, conditions in pairs for where in conditions)


_ENTRIES: dict[type | None, Callable[[_Builder, MapOf, Any, Path], tuple[Any, ...]]] = {
    None: _Builder.entries,
    Attitude: _Builder.attitudes,
    View: _Builder.views,
    Misperception: _Builder.misperceptions,
}
"""How mappings that make things of a class are taken; most make one for each entry, which goes by its name."""


def by_level(
    draft: Draft, option: Option, values: tuple[tuple[str, Number], ...], path: Path
) -> tuple[tuple[str, Number], ...]:
    """Return the numbers in the order of the option's levels; unknown and missing levels are noted."""
    given = dict(values)
    for level in given:
        if level not in option.levels:
            what = f"option '{option.id}' has no level '{level}'."
            hint = near_miss_or(level, option.levels, f"Its levels: {', '.join(option.levels)}.")
            draft.problem(draft.place(*path, level), what, hint)
    missing = [level for level in option.levels if level not in given]
    if missing and all(level in option.levels for level in given):
        what = f"no number for level{'s' * (len(missing) > 1)} {', '.join(missing)} of '{option.id}'."
        draft.problem(draft.place(*path), what, "Give one for every level.")
    return tuple((level, given[level]) for level in option.levels if level in given)


def _option(values: Values, id: str, **parts: Any) -> Option:
    owner, _, name = id.partition(".")
    return Option(id, owner, name, **parts)


def _interest(values: Values, **parts: Any) -> Interest:
    return Interest("wants" if "wants" in values else "avoids", **parts)


def _channel(values: Values, value: Number, kind: Any = "licit", **parts: Any) -> Channel:
    """A channel's reason and sources are those of its value."""
    because = "; ".join(filter(None, (value.because, values.get("because", ""))))
    source = (*value.source, *(cited for cited in values.get("source", ()) if cited not in value.source))
    return Channel(kind=kind, value=Number(value.central, value.spread, because, source), **parts)


_MAKERS: dict[type, Callable[..., Any]] = {Option: _option, Interest: _interest, Channel: _channel}
"""Where a thing is more than its fields as they were read."""
