"""Rules on the parts of a scenario: options, preferences, relations, trade, strategies and size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import prod

from detente.scenario.bounds import Bounds
from detente.scenario.draft import Draft, Path
from detente.scenario.expression import to_text
from detente.scenario.model import (
    NATURE,
    Cardinal,
    Interest,
    Option,
    Preference,
    Ranking,
    Scenario,
    Strategy,
)
from detente.scenario.near import near_miss_or

MAX_COMBINATIONS = 2**28
MAX_STATES = 2**24
LARGEST_SUM = 1e100
"""Far beyond any use, and far enough from where sums stop being numbers."""
_ORDER = {"up": 1, "down": -1}


def levels_are_distinct(draft: Draft) -> None:
    """An option names each of its levels once."""
    for option in _scenario(draft).options:
        for level in _twice(option.levels):
            place = draft.place("options", option.id, "levels")
            draft.problem(place, f"level '{level}' of '{option.id}' stands twice.", "Keep one.")


def hazards_are_chances_of_nature(draft: Draft) -> None:
    """Only shocks have hazards, and a hazard is a chance."""
    scenario = _scenario(draft)
    bounds = Bounds(scenario)
    for option in scenario.options:
        if option.hazard is None:
            continue
        place = draft.place("options", option.id, "hazard")
        if option.owner != NATURE:
            hint = f"Only options of nature have one; '{option.owner}' decides about this one."
            draft.problem(place, f"'{option.id}' is no shock and has no hazard.", hint)
        low, high = bounds.of(option.hazard)
        if low > 1 or high < 0 or (low == high and not 0 <= low <= 1):
            shown = f"{low:g}" if low == high else f"between {low:g} and {high:g}"
            draft.problem(place, f"hazard is {shown}; a chance is between 0 and 1.", "Write e.g. 0.02.")


def somebody_decides(draft: Draft) -> None:
    """A scenario has parties."""
    readable = "document" not in draft.unreadable and "party" not in draft.unreadable
    if readable and not draft.declared.get("party") and not draft.doubtful:
        hint = "Name under `parties` whose decisions make the crisis."
        draft.problem(draft.place("parties"), "the scenario has no parties.", hint)


def nobody_is_weaker_than_itself(draft: Draft) -> None:
    """A party is weaker than another."""
    for party in _scenario(draft).parties:
        if party.weaker_than == party.id:
            place = draft.place("parties", party.id, "weaker_than")
            draft.problem(place, f"'{party.id}' is weaker than itself.", "Name another party, or leave it out.")


def parties_want_something(draft: Draft) -> None:
    """Every party has interests or an order of states."""
    if "interests" in draft.unreadable:
        return
    for party in _scenario(draft).parties:
        written = ("interests", party.id) in draft.places
        if not written and party.id not in draft.doubtful:
            hint = "Say under `interests` what it wants or avoids."
            draft.problem(draft.place("parties", party.id), f"party '{party.id}' has no interests.", hint)


def weights_do_not_vanish(draft: Draft) -> None:
    """The weights of a party's interests add up to more than 0, and to a number."""
    scenario = _scenario(draft)
    for path, interests in _interest_lists(scenario):
        unsure = path not in draft.places or path in draft.incomplete or path[1] in draft.doubtful
        if not unsure and all(interest.weight.central == 0 for interest in interests):
            what = "all weights are 0: nothing would matter to this party."
            draft.problem(draft.place(*path), what, "Give at least one interest a weight above 0.")
        if not unsure and sum(interest.weight.central for interest in interests) > LARGEST_SUM:
            what = f"the weights add up to more than {LARGEST_SUM:.0e}, too much to reckon with."
            draft.problem(draft.place(*path), what, "Only their ratios count: divide them all.")


def interests_lie_in_reach(draft: Draft) -> None:
    """A wanted or avoided quantity lies in 0 to 1 somewhere."""
    scenario = _scenario(draft)
    bounds = Bounds(scenario)
    for path, interests in _interest_lists(scenario):
        for k, interest in enumerate(interests):
            low, high = bounds.of(interest.quantity)
            if low > 1 or high < 0:
                place = draft.place(*path, k, interest.sense)
                what = f"{interest.sense} a quantity between {low:g} and {high:g}; it must lie in 0 to 1."
                draft.problem(place, what, "Divide by its largest value.")


def rankings_are_orders(draft: Draft) -> None:
    """A ranking names every state from 1 to the last once."""
    scenario = _scenario(draft)
    for party, preference in _preferences(scenario):
        if not isinstance(preference, Ranking):
            continue
        states = [state for group in preference.groups for state in group]
        place = draft.place("interests", party, "ranking")
        for state in _twice(states):
            draft.problem(place, f"state {state} stands twice in the ranking of '{party}'.", "Keep one.")
        if ("interests", party, "ranking") in draft.incomplete:
            continue
        missing = sorted(set(range(1, max(states) + 1 if max(states) < 10**6 else 2)) - set(states))
        if missing:
            shown = ", ".join(str(state) for state in missing[:8]) + (", …" if len(missing) > 8 else "")
            draft.problem(place, f"the ranking of '{party}' leaves out state {shown}.", "Rank every state.")


def order_has_no_attitude(draft: Draft) -> None:
    """A party known only by order has no attitudes, and none point at it."""
    scenario = _scenario(draft)
    ordinal = {party for party, preference in _preferences(scenario) if not isinstance(preference, Cardinal)}
    for attitude in scenario.attitudes:
        sign = "~" if attitude.mutual else ">"
        for party in (attitude.holder, attitude.other):
            if party in ordinal:
                place = draft.place("relations", attitude.holder, sign, attitude.other)
                if attitude.mutual and ("relations", attitude.holder, sign, attitude.other) not in draft.places:
                    continue
                what = f"'{party}' is known by the order of its states, so attitudes cannot count."
                draft.problem(place, what, "Give it interests with weights, or drop the relation.")


def status_quo_can_exist(draft: Draft) -> None:
    """How things stand today breaks no rule."""
    scenario = _scenario(draft)
    standing, bounds = _standing(scenario), Bounds(scenario)
    for index, rule in enumerate(scenario.rules):
        if bounds.of(rule.must, standing) == (0.0, 0.0):
            what = f"the status quo breaks this rule: {to_text(rule.must)}."
            hint = "Change `status_quo` or the rule."
            draft.problem(draft.place("rules", index, "must"), what, hint)


def strategies_can_start(draft: Draft) -> None:
    """Sponsors commit their own options, in allowed directions, to a state that can exist; only that lapses."""
    scenario = _scenario(draft)
    options = {option.id: option for option in scenario.options}
    today = _standing(scenario)
    for strategy in scenario.strategies:
        for index, stage in enumerate(strategy.stages):
            path: Path = ("strategies", strategy.id, "stages", index)
            for name, level in stage.commit:
                if name in options:
                    here = (*path, "commit", name)
                    _commitment(draft, strategy, options[name], level, here)
                    if index == 0 and level != today.get(name):
                        _direction(draft, options[name], today.get(name, ""), level, here)
            for name, _ in stage.lapse:
                if name in options and name not in dict(stage.commit):
                    what = f"'{name}' is not committed in this stage, so that nothing can lapse."
                    hint = "Commit it, or name an option under `commit`."
                    place = draft.place(*path, "lapse", name)
                    draft.problem(place, what, near_miss_or(name, [one for one, _ in stage.commit], hint))
            if stage.require and stage.until is None:
                what = "`require` has no `until` to wait for."
                draft.problem(draft.place(*path, "require"), what, "Add `until`, or drop `require`.")
        _first_stage_exists(draft, scenario, strategy)


def plans_leave_nature_alone(draft: Draft) -> None:
    """A plan sets options of parties."""
    for plan in _scenario(draft).plans:
        for name, _ in plan.do:
            if name.startswith(f"{NATURE}."):
                place = draft.place("plans", plan.id, "do", name)
                draft.problem(place, f"'{name}' is a shock; nobody sets it.", "Set options of parties.")


def members_are_distinct(draft: Draft) -> None:
    """Tables, coalitions and sponsors name nobody twice; a table seats at least two, one of whom ratifies."""
    scenario = _scenario(draft)
    for table in scenario.tables:
        _distinct(draft, table.members, ("tables", table.id))
        if len(set(table.members)) < 2:
            what = f"table '{table.id}' seats {len(set(table.members))} party."
            draft.problem(draft.place("tables", table.id), what, "Talks need two; alone, a party moves anyway.")
        parties = {party.id for party in scenario.parties}
        if table.ratify is not None and table.ratify.by in parties - set(table.members):
            what = f"{table.ratify.by} does not sit at table '{table.id}'."
            place = draft.place("tables", table.id, "ratify", "by")
            draft.problem(place, what, f"Its members: {', '.join(table.members)}.")
    for index, members in enumerate(scenario.coalitions):
        _distinct(draft, members, ("coalitions", index))
    for strategy in scenario.strategies:
        _distinct(draft, strategy.sponsors, ("strategies", strategy.id, "sponsors"))


def guarantors_have_an_aim(draft: Draft) -> None:
    """A guarantor's interest is the scenario's aim."""
    scenario = _scenario(draft)
    for venue in scenario.venues:
        if (venue.guarantors or venue.assurance) and scenario.aim is None and ("aim",) not in draft.places:
            what = f"venue '{venue.id}' promises support for an aim, but the scenario has none."
            draft.problem(draft.place("venues", venue.id), what, "Add `aim: OUTCOME`.")
            return


def size_is_admitted(draft: Draft) -> None:
    """So many options can be looked through at all; says how many could."""
    scenario = _scenario(draft)
    sizes = [len(option.levels) for option in scenario.options]
    combinations = min(prod(sizes), 10**300)
    limit = MAX_STATES if scenario.limit is None else scenario.limit
    place = draft.place("options")
    if combinations > MAX_COMBINATIONS:
        what = (
            f"{len(sizes)} options make {_large(combinations)} states, about {_memory(scenario, combinations)}."
        )
        hint = f"At most {MAX_COMBINATIONS:,} can be looked through (28 options of two levels); merge some."
        draft.problem(place, what, hint)
    elif combinations > limit and not scenario.rules:
        what = f"{len(sizes)} options make {combinations:,} states, about {_memory(scenario, combinations)}."
        draft.problem(
            place, what, f"At most {limit:,} are admitted: add rules, merge options, or raise `limit`."
        )


def _scenario(draft: Draft) -> Scenario:
    assert draft.scenario is not None
    return draft.scenario


def _preferences(scenario: Scenario) -> Iterator[tuple[str, Preference]]:
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        yield party.id, preference


def _interest_lists(scenario: Scenario) -> Iterator[tuple[Path, tuple[Interest, ...]]]:
    for party, preference in _preferences(scenario):
        if isinstance(preference, Cardinal):
            yield ("interests", party), preference.interests
    for view in scenario.views:
        yield ("views", view.holder, "of", view.other), view.interests


def _twice(items: tuple[str, ...] | list[int]) -> list[str | int]:
    return [item for item, count in Counter[str | int](items).items() if count > 1]


def _distinct(draft: Draft, members: tuple[str, ...], path: Path) -> None:
    for member in _twice(members):
        draft.problem(draft.place(*path), f"'{member}' is named twice.", "Keep one.")


def _standing(scenario: Scenario) -> dict[str, str]:
    return {option.id: level for option, level in zip(scenario.options, scenario.status_quo, strict=True)}


def _commitment(draft: Draft, strategy: Strategy, option: Option, level: str, path: Path) -> None:
    if option.owner not in strategy.sponsors and option.owner not in draft.doubtful:
        what = f"'{option.id}' belongs to '{option.owner}', which does not sponsor '{strategy.id}'."
        hint = f"Add {option.owner} to `sponsors`, or commit only the sponsors' own options."
        draft.problem(draft.place(*path), what, near_miss_or(option.owner, strategy.sponsors, hint))


def _direction(draft: Draft, option: Option, today: str, level: str, path: Path) -> None:
    """The first commitment goes where the option may move."""
    if level not in option.levels or today not in option.levels:
        return
    step = option.levels.index(level) - option.levels.index(today)
    if option.moves == "fixed" or step * _ORDER.get(option.moves, step) < 0:
        allowed = "not at all" if option.moves == "fixed" else f"only {option.moves}"
        what = f"'{option.id}' moves {allowed}, so it cannot go from {today} to {level}."
        draft.problem(draft.place(*path), what, "Change `moves`, the status quo or the commitment.")


def _first_stage_exists(draft: Draft, scenario: Scenario, strategy: Strategy) -> None:
    """The status quo with the first commitments breaks no rule."""
    today, bounds = _standing(scenario), Bounds(scenario)
    standing = today | dict(strategy.stages[0].commit)
    for rule in scenario.rules:
        broken = bounds.of(rule.must, standing) == (0.0, 0.0)
        if broken and bounds.of(rule.must, today) != (0.0, 0.0):
            what = f"at the status quo these commitments break a rule: {to_text(rule.must)}."
            place = draft.place("strategies", strategy.id, "stages", 0, "commit")
            draft.problem(place, what, "Commit what makes the rule hold as well.")


def _large(count: int) -> str:
    return f"{count:,}" if count < 10**15 else f"{count:.1e}"


def _memory(scenario: Scenario, states: int) -> str:
    """Memory for codes, payoffs and ranks of that many states."""
    amount = float(states * (8 + 12 * len(scenario.parties) + 4 * len(scenario.views)))
    for unit in ("bytes", "KiB", "MiB", "GiB", "TiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}"
        amount /= 1024
    return f"{amount:.3g} PiB"
