"""Values read from a document to the frozen model; what is still missing here has a problem already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.scenario.draft import Draft
from detente.scenario.model import (
    Aid,
    Attitude,
    Cardinal,
    Channel,
    Claim,
    Cut,
    Diversion,
    Finding,
    Interest,
    LevelScale,
    Limit,
    Misperception,
    Number,
    Observation,
    Option,
    Outcome,
    Party,
    Plan,
    Preference,
    Pressure,
    Ranking,
    Recorded,
    Resolution,
    Rule,
    Scenario,
    Shock,
    Source,
    Stage,
    Statement,
    Statements,
    Strategy,
    Table,
    Venue,
    View,
)
from detente.scenario.near import near_miss_or
from detente.scenario.schema import FORMAT

Values = dict[str, Any]
Pairs = Iterable[tuple[Any, Any]]


def build(draft: Draft, values: Values, name: str) -> Scenario:
    """Return the scenario that the values describe, as far as they could be read."""
    version = values.get("detente", FORMAT)
    if version != FORMAT:
        what = f"this is format {version}; this version of detente reads format {FORMAT}."
        draft.problem(draft.place("detente"), what, "Update detente, or write `detente: 1`.")
    parties = tuple(Party(id, **fields) for id, fields in values.get("parties", ()))
    options = tuple(_option(id, fields) for id, fields in values.get("options", ()))
    interests = dict(values.get("interests", ()))
    preferences = tuple(_preference(draft, options, party.id, interests.get(party.id)) for party in parties)
    return Scenario(
        id=name,
        title=values.get("title", ""),
        parties=parties,
        options=options,
        preferences=preferences,
        status_quo=_status_quo(options, values.get("status_quo", ())),
        about=values.get("about", ""),
        aim=values.get("aim"),
        sources=tuple(Source(id, **fields) for id, fields in values.get("sources", ())),
        rules=tuple(Rule(**rule) for rule in values.get("rules", ())),
        outcomes=tuple(_outcome(id, content) for id, content in values.get("outcomes", ())),
        clashes=values.get("clashes", ()),
        attitudes=_attitudes(draft, values.get("relations", ()), ("relations",)),
        views=_views(draft, options, values.get("views", ())),
        misperceptions=_misperceptions(values.get("misperceptions", ())),
        coalitions=values.get("coalitions", ()),
        pressures=tuple(_pressure(target, fields) for target, fields in values.get("pressure", ())),
        tables=tuple(_table(id, content) for id, content in values.get("tables", ())),
        venues=tuple(_venue(draft, id, fields) for id, fields in values.get("venues", ())),
        strategies=tuple(_strategy(id, fields) for id, fields in values.get("strategies", ())),
        plans=tuple(Plan(id, **fields) for id, fields in values.get("plans", ())),
        claims=tuple(Claim(id, **fields) for id, fields in values.get("claims", ())),
        observed=tuple(Observation(date, levels) for date, levels in values.get("observed", ())),
        findings=tuple(Finding(**finding) for finding in values.get("findings", ())),
        limit=values.get("limit"),
        costs=tuple(values.get("cost", {}).items()),
        shocks=tuple(_shock(draft, id, fields) for id, fields in values.get("shocks", ())),
    )


def _option(id: str, fields: Values) -> Option:
    owner, _, name = id.partition(".")
    return Option(id, owner, name, **fields)


def _status_quo(options: tuple[Option, ...], settings: Pairs) -> tuple[str, ...]:
    levels = dict(settings)
    return tuple(levels.get(option.id, option.levels[0]) for option in options)


def _outcome(id: str, content: Any) -> Outcome:
    if isinstance(content, dict):
        return Outcome(id, content["where"], content.get("title", ""))
    return Outcome(id, content)


def _preference(draft: Draft, options: tuple[Option, ...], party: str, content: Any) -> Preference:
    path = ("interests", party)
    if content is None:
        return Cardinal(())
    if isinstance(content, tuple):
        return Cardinal(_interests(draft, options, content, path))
    if "ranking" in content:
        return Ranking(tuple(group if isinstance(group, tuple) else (group,) for group in content["ranking"]))
    return Statements(tuple(Statement(where) for where in content["statements"]))


def _interests(
    draft: Draft, options: tuple[Option, ...], items: tuple[Values, ...], path: tuple[str, ...]
) -> tuple[Interest, ...]:
    return tuple(_interest(draft, options, item, (*path, index)) for index, item in enumerate(items))


def _interest(draft: Draft, options: tuple[Option, ...], item: Values, path: tuple[str | int, ...]) -> Interest:
    fields = dict(item)
    sense = "wants" if "wants" in fields else "avoids"
    quantity = fields.pop(sense)
    if isinstance(quantity, tuple):
        quantity = _scale(draft, options, quantity, (*path, sense))
    return Interest("wants" if sense == "wants" else "avoids", quantity, **fields)


def _scale(draft: Draft, options: tuple[Option, ...], pairs: Any, path: tuple[str | int, ...]) -> LevelScale:
    if len(pairs) != 1:
        draft.problem(
            draft.place(*path), f"{path[-1]} names {len(pairs)} options.", "Write one interest for each."
        )
        return LevelScale("", ())
    [(name, values)] = pairs
    option = next((option for option in options if option.id == name), None)
    if option is None:
        return LevelScale("", ())
    ordered = by_level(draft, option, values, (*path, name))
    return LevelScale(name, tuple(number for _, number in ordered))


def by_level(
    draft: Draft, option: Option, values: tuple[tuple[str, Number], ...], path: tuple[str | int, ...]
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


def _attitudes(draft: Draft, pairs: Pairs, path: tuple[str, ...]) -> tuple[Attitude, ...]:
    attitudes: list[Attitude] = []
    seen: dict[tuple[str, str], str] = {}
    for (left, sign, right), value in pairs:
        directions = ((left, right), (right, left)) if sign == "~" else ((left, right),)
        text = f"{left} {sign} {right}"
        for holder, other in directions:
            if (holder, other) in seen:
                what = f"'{text}' gives {holder}'s attitude to {other} again, after '{seen[holder, other]}'."
                draft.problem(draft.place(*path, left, sign, right), what, "Keep one.")
                continue
            seen[holder, other] = text
            attitudes.append(Attitude(holder, other, value, mutual=sign == "~"))
    return tuple(attitudes)


def _views(draft: Draft, options: tuple[Option, ...], pairs: Pairs) -> tuple[View, ...]:
    return tuple(
        View(holder, other, _interests(draft, options, items, ("views", holder, "of", other)))
        for (holder, _, other), items in pairs
    )


def _misperceptions(pairs: Pairs) -> tuple[Misperception, ...]:
    return tuple(Misperception(holder, where) for holder, conditions in pairs for where in conditions)


def _pressure(target: str, fields: Values) -> Pressure:
    fields = dict(fields)
    fields["channels"] = tuple(_channel(channel) for channel in fields["channels"])
    fields["cuts"] = tuple(Cut(**cut) for cut in fields.get("cuts", ()))
    fields["diverts"] = tuple(_diversion(diversion) for diversion in fields.get("diverts", ()))
    fields["aids"] = tuple(Aid(**aid) for aid in fields.get("aids", ()))
    fields["resolutions"] = tuple(_resolution(id, text) for id, text in fields.get("resolutions", ()))
    fields["recorded"] = tuple(Recorded(**figure) for figure in fields.get("recorded", ()))
    return Pressure(target, **fields)


def _resolution(id: str, fields: Values) -> Resolution:
    limits = tuple(Limit(**limit) for limit in fields.get("limits", ()))
    return Resolution(id, **{**fields, "limits": limits})


def _channel(fields: Values) -> Channel:
    """A channel's reason and sources are those of its value."""
    fields = dict(fields)
    value: Number = fields.pop("value")
    because = "; ".join(filter(None, (value.because, fields.pop("because", ""))))
    source = (*value.source, *(cited for cited in fields.pop("source", ()) if cited not in value.source))
    kind = fields.pop("kind", "licit")
    return Channel(kind=kind, value=Number(value.central, value.spread, because, source), **fields)


def _diversion(fields: Values) -> Diversion:
    fields = dict(fields)
    return Diversion(fields.pop("from"), fields.pop("to"), **fields)


def _table(id: str, content: Any) -> Table:
    return Table(id, **content) if isinstance(content, dict) else Table(id, content)


def _venue(draft: Draft, id: str, fields: Values) -> Venue:
    shifts = _attitudes(draft, fields.get("attitudes", ()), ("venues", id, "attitudes"))
    return Venue(id, **{**fields, "attitudes": shifts})


def _shock(draft: Draft, id: str, fields: Values) -> Shock:
    shifts = _attitudes(draft, fields.get("attitudes", ()), ("shocks", id, "attitudes"))
    return Shock(id, **{**fields, "attitudes": shifts})


def _strategy(id: str, fields: Values) -> Strategy:
    stages = tuple(Stage(**stage) for stage in fields["stages"])
    return Strategy(id, **{"sponsors": (), **fields, "stages": stages})
