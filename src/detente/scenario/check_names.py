"""Rules on names: what is named exists, is used as what it is, and nothing defines itself in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.errors import Place
from detente.scenario.bounds import MAX_CHAIN
from detente.scenario.draft import Draft, Written
from detente.scenario.expression import (
    FUNCTIONS,
    NUMBER_FUNCTIONS,
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
    names,
    walk,
)
from detente.scenario.lookalikes import skeleton
from detente.scenario.model import NATURE, Option, Scenario
from detente.scenario.near import did_you_mean, meant, near_miss

_SECTIONS = {"party": "parties", "strategy": "strategies"}


def names_exist(draft: Draft) -> None:
    """Every party, option, outcome, table, venue and source that is named is defined."""
    for mention in draft.mentions:
        kind, name = mention.kind, mention.name
        known = draft.known(kind)
        if name in known or name in draft.doubtful or kind in draft.unreadable:
            continue
        if kind == "party" and name == NATURE:
            draft.problem(mention.place, "nature is no party.", "Only its options exist: `nature.x`.")
            continue
        section = _SECTIONS.get(kind, f"{kind}s")
        hint = did_you_mean(name, known) or f"Nothing is defined under `{section}`."
        draft.problem(mention.place, f"no {kind} called '{name}'.", hint)


def owners_exist(draft: Draft) -> None:
    """Every option belongs to a party or to nature."""
    if "party" in draft.unreadable:
        return
    owners = draft.known("owner")
    for name, place in draft.declared.get("option", {}).items():
        owner, dot, _ = name.partition(".")
        if dot and owner not in owners and owner not in draft.doubtful:
            draft.problem(place, f"no party called '{owner}'.", did_you_mean(owner, owners))


def nature_is_no_party(draft: Draft) -> None:
    """The name `nature` is taken."""
    place = draft.declared.get("party", {}).get(NATURE)
    if place is not None:
        draft.problem(place, "a party cannot be called 'nature'.", "Shocks belong to it: option `nature.x`.")


def parties_have_names_of_their_own(draft: Draft) -> None:
    """No two parties are shown by one name."""
    seen: dict[str, str] = {}
    for party in _scenario(draft).parties:
        shown = party.name or party.id
        other = seen.setdefault(skeleton(" ".join(shown.split()).casefold()), party.id)
        if other != party.id:
            what = f"the parties '{other}' and '{party.id}' are both called '{shown}'."
            place = draft.place("parties", party.id, "name")
            draft.problem(place, what, "Give each a name of its own.")


def levels_exist(draft: Draft) -> None:
    """An option is set to one of its own levels."""
    options = _options(draft)
    for setting in draft.settings:
        option = options.get(setting.option)
        if option is not None and setting.level not in option.levels:
            draft.problem(setting.place, *_no_level(option, setting.level, options))


def expressions_make_sense(draft: Draft) -> None:
    """Names in expressions exist and are used as what they are."""
    options = _options(draft)
    for written in draft.formulas:
        _Reader(draft, written, options).check()


def nothing_is_circular(draft: Draft) -> None:
    """No outcome, hazard or pressure is defined by itself; the whole circle is reported."""
    needs = dict(_needs(_scenario(draft)))
    order = {name: index for index, name in enumerate(needs)}
    depth: dict[str, int] = {}
    circular = False
    for start in needs:
        for circle in _explore(needs, start, depth):
            circular = True
            first = min(range(len(circle)), key=lambda place: order[circle[place]])
            turned = (*circle[first:], *circle[: first + 1])
            shown = turned if len(turned) <= 40 else (*turned[:38], "…", turned[-1])
            place = draft.place(*_home(turned[0]))
            draft.problem(
                place, f"defined in a circle: {' → '.join(shown)}.", "Take one of them out of the circle."
            )
        if depth[start] > MAX_CHAIN and not circular:
            what = (
                f"'{start}' builds on a chain of {depth[start]} definitions; at most {MAX_CHAIN} are followed."
            )
            draft.problem(draft.place(*_home(start)), what, "Write some of them out.")
            return


def _scenario(draft: Draft) -> Scenario:
    assert draft.scenario is not None
    return draft.scenario


def _options(draft: Draft) -> dict[str, Option]:
    return {option.id: option for option in _scenario(draft).options}


def _no_level(option: Option, level: str, options: dict[str, Option]) -> tuple[str, str]:
    what = f"option '{option.id}' has no level '{level}'."
    if level.lower() in ("true", "false"):
        return what, f"Write {' or '.join(option.levels)}."
    near = near_miss(level, option.levels)
    elsewhere = [other.id for other in options.values() if level in other.levels and level not in ("no", "yes")]
    if near is None and elsewhere:
        return what, f"It is a level of '{elsewhere[0]}'; here: {', '.join(option.levels)}."
    return what, meant(level, near) if near else f"Its levels: {', '.join(option.levels)}."


class _Reader:
    """One expression against the names that the scenario defines."""

    def __init__(self, draft: Draft, written: Written, options: dict[str, Option]) -> None:
        self.draft, self.written, self.options = draft, written, options
        self.outcomes = draft.known("outcome")
        self.shocks = draft.known("shock") if written.path[::2] == ("plans", "after") else ()
        self.said: set[str] = set()

    def check(self) -> None:
        expression = self.written.expression
        if self.written.kind.condition:
            self.condition(expression)
        else:
            self.value(expression)

    def condition(self, expression: Expression) -> None:
        """What must be true or false."""
        if isinstance(expression, Arithmetic | Call) or (
            isinstance(expression, Constant) and expression.value not in (0, 1)
        ):
            what = f"a condition is expected where a number stands in '{self.written.text.text.strip()}'."
            self.say("", what, "Compare it: … >= 0.5.")
        self.value(expression)

    def value(self, expression: Expression) -> None:
        match expression:
            case Name(name):
                self.bare(name)
            case Not(operand):
                self.condition(operand)
            case Logic(_, left, right):
                self.condition(left)
                self.condition(right)
            case Arithmetic(_, left, right):
                self.value(left)
                self.value(right)
            case Comparison():
                self.comparison(expression)
            case Call():
                self.call(expression)

    def comparison(self, comparison: Comparison) -> None:
        left, right = comparison.left, comparison.right
        if isinstance(left, Name) and left.name in self.options and isinstance(right, Name):
            option = self.options[left.name]
            if right.name in option.levels:
                return
            if len(option.levels) > 2 or not self.known(right.name):
                self.say(right.name, *_no_level(option, right.name, self.options))
                return
        if isinstance(left, Name) and isinstance(right, Name) and not self.known(left.name):
            turned = self.options.get(right.name)
            if turned is not None and left.name in turned.levels:
                what = f"the level '{left.name}' stands before its option."
                self.say(left.name, what, f"Write {right.name} first.")
                return
        if isinstance(left, Name) and self.unclear(left.name) and isinstance(right, Name):
            self.bare(left.name)
            return
        self.option_against_number(left, right)
        self.value(left)
        self.value(right)

    def option_against_number(self, left: Expression, right: Expression) -> None:
        for side, other in ((left, right), (right, left)):
            if isinstance(side, Name) and isinstance(other, Constant) and side.name in self.options:
                option = self.options[side.name]
                what = f"option '{option.id}' is compared with a number."
                levels = ", ".join(option.levels)
                self.say(side.name, what, f"Compare it with a level ({levels}), or write level({option.id}).")

    def call(self, call: Call) -> None:
        function = call.function
        if function not in FUNCTIONS:
            self.say(function, f"no function called '{function}'.", did_you_mean(function, FUNCTIONS))
            return
        if function in NUMBER_FUNCTIONS:
            for argument in call.arguments:
                (self.condition if function == "count" else self.value)(argument)
            return
        about = call.arguments[0] if len(call.arguments) == 1 else None
        if not isinstance(about, Name):
            self.say(function, f"{function} takes one name.", f"Write {function}({self.example(function)}).")
            return
        self.about(function, about.name)

    def about(self, function: str, name: str) -> None:
        if function in ("pressure", "retained"):
            targets = tuple(pressure.target for pressure in _scenario(self.draft).pressures)
            if (
                name not in targets
                and name not in self.draft.doubtful
                and "pressure" not in self.draft.unreadable
            ):
                hint = did_you_mean(name, targets) or "Describe its trade under `pressure`."
                self.say(name, f"nothing presses on '{name}'.", hint)
            return
        known = tuple(self.options)
        if function == "risk":
            known = tuple(option.id for option in self.options.values() if option.owner == NATURE)
        if name not in known and (name in self.options or not self.unclear_option(name)):
            kind = "shock" if function == "risk" else "option"
            hint = did_you_mean(name, known) or "Shocks are options of nature: `nature.x`."
            self.say(name, f"no {kind} called '{name}'.", hint)

    def example(self, function: str) -> str:
        return {"risk": "nature.x", "level": "OWNER.option"}.get(function, "PARTY")

    def bare(self, name: str) -> None:
        """A name that stands alone: an outcome, or an option with two levels."""
        option = self.options.get(name)
        if option is not None and len(option.levels) > 2:
            what = f"'{name}' has {len(option.levels)} levels, so alone it is neither true nor false."
            self.say(name, what, f"Write {name} >= {option.levels[1]}.")
        elif not self.known(name) and not self.unclear(name):
            self.say(name, *self.unknown(name))

    def known(self, name: str) -> bool:
        return name in self.options or name in self.outcomes or name in self.shocks

    def unclear(self, name: str) -> bool:
        """Whether the name belongs to something that could not be read."""
        if "shock" in self.draft.unreadable and self.written.path[::2] == ("plans", "after"):
            return True
        return self.unclear_option(name) or ("." not in name and self.unclear_outcome(name))

    def unclear_option(self, name: str) -> bool:
        unread = "option" in self.draft.unreadable and ("." in name or not self.outcomes)
        return name in self.draft.doubtful or name in self.draft.known("option") or unread

    def unclear_outcome(self, name: str) -> bool:
        return name in self.draft.doubtful or "outcome" in self.draft.unreadable

    def unknown(self, name: str) -> tuple[str, str]:
        what = f"no {'option' if '.' in name else 'outcome or option'} called '{name}'."
        owners = [option.id for option in self.options.values() if name in option.levels]
        known = (*self.outcomes, *self.options, *self.shocks)
        if owners and near_miss(name, known) is None:
            return what, f"It is a level: write {owners[0]} == {name}."
        return what, did_you_mean(name, known)

    def say(self, name: str, what: str, hint: str) -> None:
        if what not in self.said:
            self.said.add(what)
            self.draft.problem(self.place(name), what, hint)

    def place(self, name: str) -> Place:
        """The place of the name's first use in the text."""
        text = self.written.text
        found = re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", text.text) if name else None
        return text.at(found.start()) if found else text.place


def _needs(scenario: Scenario) -> Iterator[tuple[str, list[str]]]:
    """What every outcome, hazard and pressure is made of, by the names that expressions use."""
    outcomes = {outcome.id for outcome in scenario.outcomes}
    levels = {option.id: option.levels for option in scenario.options}

    def parts(expression: Expression) -> list[str]:
        return [*sorted(names(expression, levels) & outcomes), *_asked(expression)]

    for outcome in scenario.outcomes:
        yield outcome.id, parts(outcome.where)
    for option in scenario.options:
        if option.hazard is not None:
            yield f"risk({option.id})", parts(option.hazard)
    for pressure in scenario.pressures:
        conditions = [divert.when for divert in pressure.diverts if divert.when is not None]
        conditions += [aid.when for aid in pressure.aids]
        made_of = [name for condition in conditions for name in parts(condition)]
        yield f"pressure({pressure.target})", made_of


def _asked(expression: Expression) -> Iterator[str]:
    """The pressures and risks that the expression asks for."""
    for part in walk(expression):
        if isinstance(part, Call) and len(part.arguments) == 1 and isinstance(part.arguments[0], Name):
            function = "pressure" if part.function == "retained" else part.function
            if function in ("pressure", "risk"):
                yield f"{function}({part.arguments[0].name})"


def _explore(needs: dict[str, list[str]], start: str, depth: dict[str, int]) -> Iterator[list[str]]:
    """Follow what a thing is made of, each thing once; give every circle met and note how deep chains go."""
    way: list[str] = []
    on_way: set[str] = set()
    stack = [(start, False)]
    while stack:
        name, done = stack.pop()
        if done:
            on_way.discard(way.pop())
            depth[name] = 1 + max((depth[part] for part in needs.get(name, ())), default=0)
        elif name not in depth:
            depth[name] = 0
            way.append(name)
            on_way.add(name)
            stack.append((name, True))
            for part in reversed(needs.get(name, ())):
                if part in on_way:
                    yield way[way.index(part) :]
                else:
                    stack.append((part, False))


def _home(name: str) -> tuple[str, ...]:
    """Where in the document a thing of the circle is defined."""
    if name.startswith("risk("):
        return "options", name[5:-1], "hazard"
    if name.startswith("pressure("):
        return "pressure", name[9:-1]
    return "outcomes", name
