"""Rules on claims: each is tested or says why not, and a test asks for what the scenario has."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from detente.concepts import NAMES
from detente.scenario.bounds import Bounds
from detente.scenario.claim_reading import parties_in, terms
from detente.scenario.claim_terms import ALL, ANY, BY_NAME, PAIRS, Argument, Change, Term
from detente.scenario.draft import Draft, Tested
from detente.scenario.expression import to_text
from detente.scenario.model import NATURE, Cardinal, Interest, Scenario
from detente.scenario.near import did_you_mean, near_miss_or
from detente.scenario.tokens import locate

VENUE = "venue"


def claims_are_tested_or_say_why_not(draft: Draft) -> None:
    """A claim has a test, or the reason why it has none."""
    for claim in _scenario(draft).claims:
        written = {field for field in ("test", "untestable") if ("claims", claim.id, field) in draft.places}
        if len(written) != 1:
            has = "both" if written else "none"
            what = f"claim '{claim.id}' has {has} of `test` and `untestable`."
            hint = "Write one of them." if written else "Write what would have to hold, or why nothing tells."
            draft.problem(draft.place("claims", claim.id), what, hint)


def tests_ask_for_what_there_is(draft: Draft) -> None:
    """Interests, targets, concepts, dyads, channels, stages and shocks of tests exist; states are feasible."""
    for written in draft.tests:
        for term in terms(written.test):
            _Asked(draft, _scenario(draft), written).check(term)


def venues_are_ranked_by_an_aim(draft: Draft) -> None:
    """What lasts, where, and what a repair is worth is asked of the aim."""
    if _scenario(draft).aim is not None or ("aim",) in draft.places:
        return
    for written in draft.tests:
        for term in terms(written.test):
            if term.name in ("durability", "repair", "best"):
                what = f"'{term.name}' is about the scenario's aim, and there is none."
                draft.problem(
                    written.text.at(locate(written.text.text, term.name)), what, "Add `aim: OUTCOME`."
                )


class _Asked(NamedTuple):
    """One test against the scenario."""

    draft: Draft
    scenario: Scenario
    written: Tested

    def check(self, term: Term) -> None:
        for kind, name in zip(BY_NAME[term.name].arguments, term.of, strict=False):
            if kind in _ARGUMENTS:
                _ARGUMENTS[kind](self, term, name)
        for change in term.changes:
            if change.kind in _CHANGES:
                _CHANGES[change.kind](self, term, change)
        for side in term.sides:
            self.feasible(side)

    def say(self, name: str, what: str, hint: str) -> None:
        text = self.written.text
        self.draft.problem(text.at(max(0, text.text.find(name))), what, hint)

    def unclear(self, name: str, kind: str = "") -> bool:
        """Whether the name belongs to something that could not be read."""
        return name in self.draft.doubtful or kind in self.draft.unreadable

    def party(self, term: Term, name: str) -> None:
        """A party, one as another sees it, or all of them."""
        known = [party.id for party in self.scenario.parties]
        several = "parties" in BY_NAME[term.name].arguments
        named = parties_in(name)
        if (several and name == ALL) or self.unclear("", "party"):
            return
        for party in named:
            if party not in known and not self.unclear(party):
                self.say(party, f"no party called '{party}'.", did_you_mean(party, known))
                return
        seen = [f"{view.holder} of {view.other}" for view in self.scenario.views]
        if len(named) > 1 and name not in seen:
            what = f"'{name}' is no party, and nobody's picture of one."
            self.say(name, what, near_miss_or(name, seen, "Views are written 'A of B' under `views`."))

    def target(self, term: Term, name: str) -> None:
        known = [pressure.target for pressure in self.scenario.pressures]
        if name not in known and not self.unclear(name, "pressure"):
            hint = did_you_mean(name, known) or "Describe its trade under `pressure`."
            self.say(name, f"nothing presses on '{name}'.", hint)

    def interest(self, term: Term, name: str) -> None:
        self.weighed(term.of[0], name)

    def weighed(self, party: str, name: str) -> None:
        """An interest that a party has, or is believed to have."""
        interests = _interests(self.scenario, party)
        if interests is None or ("interests", party) in self.draft.incomplete or self.unclear(party):
            return
        known = [interest.name for interest in interests if interest.name]
        if known.count(name) > 1:
            self.say(name, f"'{party}' has {known.count(name)} interests called '{name}'.", "Rename one.")
        elif name not in known:
            hint = did_you_mean(name, known) or "Name its interests: `name:`."
            self.say(name, f"'{party}' has no interest called '{name}'.", hint)

    def dyad(self, term: Term, name: str) -> None:
        if name in (ANY, PAIRS):
            return
        parties = [part.strip() for part in name.split("~")]
        if len(parties) != 2 or parties[0] == parties[1]:
            self.say(name, f"'{name}' is no pair of parties.", f"Write 'A ~ B', {ANY} or {PAIRS}.")
            return
        self.party(term, " ".join(parties[:1]))
        self.party(term, " ".join(parties[1:]))

    def concept(self, term: Term, name: str) -> None:
        if name not in NAMES:
            self.say(name, f"no concept called '{name}'.", did_you_mean(name, NAMES))

    def venues(self, term: Term, name: str) -> None:
        if name != VENUE:
            self.say(name, f"'{term.name}' ranks no '{name}'.", f"Write e.g. '{BY_NAME['best'].example}'.")

    def stage(self, term: Term, change: Change) -> None:
        strategy = next((one for one in self.scenario.strategies if one.id == term.of[0]), None)
        if strategy is None:
            return
        count, number = len(strategy.stages), int(change.of[0] if change.of else change.value)
        if not 1 <= number <= count or count == 1:
            has = f"has {count} stage{'s' * (count != 1)}"
            what = f"'{strategy.id}' {has}, so it cannot go {change.text}."
            self.say(change.text, what, f"Leave out one of 1 to {count}." if count > 1 else "One has to stay.")

    def channel(self, term: Term, change: Change) -> None:
        target, sign, words = change.of[0].rpartition(":")
        targets = [one for one in self.scenario.pressures if target.strip() in ("", one.target)]
        if self.unclear("", "pressure"):
            return
        if not sign and len(targets) > 1:
            shown = " or ".join(f"{one.target}: {words.strip()}" for one in targets)
            self.say(change.text, f"'{change.text}': whose channel?", f"Write close channel {shown}.")
        elif not any(one.select(words.replace("-", " ")) for one in targets):
            known = [channel.id for one in targets for channel in one.channels]
            self.say(change.text, f"no channel called '{words.strip()}'.", did_you_mean(words.strip(), known))

    def weight(self, term: Term, change: Change) -> None:
        self.weighed(change.of[0], change.of[1])

    def attitude(self, term: Term, change: Change) -> None:
        if not -1 <= float(change.value) <= 1:
            self.say(change.text, f"an attitude is {change.value}; it lies between -1 and 1.", "")

    def above_nought(self, term: Term, change: Change) -> None:
        if float(change.value) < 0:
            self.say(change.text, f"a {change.kind} is {change.value}; it is at least 0.", "")

    def after(self, term: Term, change: Change) -> None:
        name = change.of[0]
        if "." in name and not name.startswith(f"{NATURE}."):
            known = [option.id for option in self.scenario.options if option.owner == NATURE]
            self.say(name, f"'{name}' is no shock.", did_you_mean(name, known) or "Shocks are `nature.x`.")

    def feasible(self, side: tuple[Change, ...]) -> None:
        """Levels that, with the status quo elsewhere, break no rule."""
        named = zip(self.scenario.options, self.scenario.status_quo, strict=True)
        today = {option.id: level for option, level in named}
        standing = today | {change.of[0]: change.value for change in side}
        levels = {option.id: option.levels for option in self.scenario.options}
        if any(level not in levels.get(option, ()) for option, level in standing.items()):
            return
        bounds = Bounds(self.scenario)
        for rule in self.scenario.rules:
            if bounds.of(rule.must, standing) == (0.0, 0.0):
                shown = ", ".join(change.text for change in side) or "the status quo"
                what = f"a state with {shown} breaks a rule: {to_text(rule.must)}."
                self.say(side[0].text if side else "", what, "Name what else has to change.")
                return


_ARGUMENTS: dict[Argument, Callable[[_Asked, Term, str], None]] = {
    "seen": _Asked.party,
    "parties": _Asked.party,
    "target": _Asked.target,
    "interest": _Asked.interest,
    "dyad": _Asked.dyad,
    "concept": _Asked.concept,
    "venues": _Asked.venues,
}
_CHANGES: dict[str, Callable[[_Asked, Term, Change], None]] = {
    "stage": _Asked.stage,
    "channel": _Asked.channel,
    "weight": _Asked.weight,
    "composure": _Asked.above_nought,
    "attitudes": _Asked.attitude,
    "attitude": _Asked.attitude,
    "after": _Asked.after,
}


def _interests(scenario: Scenario, party: str) -> tuple[Interest, ...] | None:
    """The interests of a party, or those that `A of B` believes it to have; none where they are no list."""
    for view in scenario.views:
        if party == f"{view.holder} of {view.other}":
            return view.interests
    for known, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if known.id == party:
            return preference.interests if isinstance(preference, Cardinal) else ()
    return None


def _scenario(draft: Draft) -> Scenario:
    assert draft.scenario is not None
    return draft.scenario
