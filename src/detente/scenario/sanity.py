"""What interests and relations add up to, and where that is probably not what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.errors import Place, Problem
from detente.scenario.bounds import Bounds
from detente.scenario.draft import Draft
from detente.scenario.expression import Call, Expression, Name, Not, to_text
from detente.scenario.expression import walk as parts_of
from detente.scenario.model import NATURE, Cardinal, Interest, LevelScale, Scenario
from detente.scenario.numbers import plain_text
from detente.scenario.oversights import oversights

Quantity = Expression | LevelScale

_TINY = 1e-12
_NOTABLE = 0.25  # a harm borrowed from others is worth a warning from this share of the party's own


@dataclass(frozen=True)
class Coefficient:
    """What one more of a quantity is worth to a party, in shares of its own weights.

    `own` comes from its interests, `borrowed` from its attitudes: per other party, the attitude times what the
    quantity is worth to that party.
    """

    party: str
    quantity: str
    own: float
    borrowed: tuple[tuple[str, float], ...] = ()

    @property
    def net(self) -> float:
        """Own and borrowed together: the payoff's slope in this quantity."""
        return self.own + sum(amount for _, amount in self.borrowed)

    @property
    def flipped(self) -> bool:
        """Whether attitudes turn the party's own sign round."""
        return self.own * self.net < -_TINY


@dataclass(frozen=True)
class SanityReport:
    """The coefficients of every cardinal party, and what looks unintended; nothing in it stops a run.

    Ranges are upper bounds taken from weights; the states that rules leave may span less.
    """

    coefficients: tuple[Coefficient, ...]
    warnings: tuple[Problem, ...]


def report(scenario: Scenario, draft: Draft | None = None) -> SanityReport:
    """Return what each party's interests and relations add up to, quantity by quantity, with warnings.

    `draft` is what the scenario was read from, for the places.

    Weights are divided by the party's total weight at the central values, as in payoffs; an interest marked
    `relational: no` is borrowed by nobody. `not x` counts as `x` with the sign turned round.
    """
    coefficients = tuple(_coefficients(scenario))
    warnings = (
        *_shocks_named(scenario),
        *_flips(coefficients),
        *_counted_twice(coefficients),
        *_drowned(scenario),
        *_out_of_reach(scenario),
        *_without_hazard(scenario),
        *_without_aim(scenario),
    )
    noticed = (*(draft.oversights if draft else ()), *oversights(scenario))
    placed = (Problem(draft.place(*path) if draft else Place(), what, hint) for path, what, hint in noticed)
    return SanityReport(coefficients, (*sorted(placed), *warnings))


def _coefficients(scenario: Scenario) -> Iterator[Coefficient]:
    own = {party: _own(interests) for party, interests in _cardinal(scenario)}
    borrowed = {party: _own(interests, relational=True) for party, interests in _cardinal(scenario)}
    for party, worth in own.items():
        attitudes = [a for a in scenario.attitudes if a.holder == party and a.other in own]
        quantities = dict.fromkeys([*worth, *(q for a in attitudes for q in borrowed[a.other])])
        for quantity in quantities:
            terms = tuple(
                (attitude.other, attitude.value.central * borrowed[attitude.other][quantity])
                for attitude in attitudes
                if quantity in borrowed[attitude.other]
            )
            yield Coefficient(party, _text(quantity), worth.get(quantity, 0.0), terms)


def _cardinal(scenario: Scenario) -> Iterator[tuple[str, tuple[Interest, ...]]]:
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            yield party.id, preference.interests


def _own(interests: tuple[Interest, ...], relational: bool = False) -> dict[Quantity, float]:
    """What each quantity is worth to a party, in shares of its total weight."""
    total = sum(interest.weight.central for interest in interests) or 1.0
    worth: dict[Quantity, float] = {}
    for interest in interests:
        if relational and not interest.relational:
            continue
        quantity, sign = _upright(interest.quantity)
        sign = sign if interest.sense == "wants" else -sign
        worth[quantity] = worth.get(quantity, 0.0) + sign * interest.weight.central / total
    return worth


def _upright(quantity: Quantity) -> tuple[Quantity, float]:
    sign = 1.0
    while isinstance(quantity, Not):
        quantity, sign = quantity.operand, -sign
    return quantity, sign


def _text(quantity: Quantity) -> str:
    if isinstance(quantity, LevelScale):
        return f"{quantity.option} ({', '.join(plain_text(number.central) for number in quantity.values)})"
    return to_text(quantity)


def _warning(what: str, hint: str) -> Problem:
    return Problem(Place(), what, hint)


def _shocks_named(scenario: Scenario) -> Iterator[Problem]:
    outcomes = {outcome.id: outcome.where for outcome in scenario.outcomes}
    for party, interests in _cardinal(scenario):
        for interest in interests:
            for shock in sorted(_shocks(interest.quantity, outcomes)):
                what = f"{party}: '{_text(interest.quantity)}' names '{shock}', which no party can move."
                yield _warning(what, f"For its fear of the shock write risk({shock}).")


def _shocks(quantity: Quantity, outcomes: dict[str, Expression]) -> set[str]:
    """Shocks that a quantity names outside `risk(…)`, through outcomes too."""
    if isinstance(quantity, LevelScale):
        return {quantity.option} if quantity.option.startswith(f"{NATURE}.") else set()
    found: set[str] = set()
    waiting, seen = [quantity], set[str]()
    while waiting:
        parts = tuple(parts_of(waiting.pop()))
        asked = {id(part.arguments[0]) for part in parts if isinstance(part, Call) and part.function == "risk"}
        named = {part.name for part in parts if isinstance(part, Name) and id(part) not in asked}
        found |= {name for name in named if name.startswith(f"{NATURE}.")}
        waiting += [outcomes[name] for name in named - seen if name in outcomes]
        seen |= named
    return found


def _flips(coefficients: tuple[Coefficient, ...]) -> Iterator[Problem]:
    for each in coefficients:
        if each.flipped:
            what = (
                f"{each.party}: its attitudes turn '{each.quantity}' round: "
                f"{each.own:+.3f} of its own, {each.net:+.3f} in all."
            )
            through = ", ".join(f"{other} {amount:+.3f}" for other, amount in each.borrowed)
            yield _warning(what, f"It comes from {through}. Is that meant?")


def _counted_twice(coefficients: tuple[Coefficient, ...]) -> Iterator[Problem]:
    for each in coefficients:
        same = [other for other, amount in each.borrowed if amount < -_TINY]
        again = -sum(amount for _, amount in each.borrowed if amount < 0)
        if each.own < 0 and again > _NOTABLE * -each.own:
            what = (
                f"{each.party}: '{each.quantity}' counts twice, as its own interest ({each.own:+.3f}) "
                f"and again through {', '.join(same)} ({each.net:+.3f} in all)."
            )
            yield _warning(what, "If that is the same harm, mark the other's interest `relational: no`.")


def _drowned(scenario: Scenario) -> Iterator[Problem]:
    bounds = Bounds(scenario)
    ranges = {party: _range(bounds, interests) for party, interests in _cardinal(scenario)}
    shared = {party: _range(bounds, interests, relational=True) for party, interests in _cardinal(scenario)}
    for party, own in ranges.items():
        borrowed = sum(
            abs(attitude.value.central) * shared.get(attitude.other, 0.0)
            for attitude in scenario.attitudes
            if attitude.holder == party
        )
        if borrowed > own + _TINY:
            amounts = f"up to {borrowed:.2f} against {own:.2f}"
            what = f"{party}: its attitudes can outweigh its own interests ({amounts})."
            yield _warning(what, "Weaken its relations, unless it lives for the others.")


def _range(bounds: Bounds, interests: tuple[Interest, ...], relational: bool = False) -> float:
    """The most that a party's own value can vary, if its quantities vary independently."""
    total = sum(interest.weight.central for interest in interests) or 1.0
    spans = 0.0
    for interest in interests:
        if interest.relational or not relational:
            low, high = bounds.extremes(interest.quantity)
            spans += interest.weight.central * min(high - low, 1.0)
    return spans / total


def _out_of_reach(scenario: Scenario) -> Iterator[Problem]:
    bounds = Bounds(scenario)
    for party, interests in _cardinal(scenario):
        for interest in interests:
            low, high = bounds.extremes(interest.quantity)
            if low < -_TINY or high > 1 + _TINY:
                what = f"{party}: '{_text(interest.quantity)}' may leave 0 to 1 (between {low:g} and {high:g})."
                yield _warning(what, "Divide by its largest value, so that weights compare.")
    hazards = [(option.id, option.hazard) for option in scenario.options if option.hazard is not None]
    for name, hazard in [*hazards, *((shock.id, shock.hazard) for shock in scenario.shocks)]:
        low, high = bounds.extremes(hazard)
        if low < -_TINY:
            what = f"{name}: its hazard may fall below 0 and is then taken as 0."
            yield _warning(what, "A hazard is a chance per round.")
        if high > 1 + _TINY:
            what = f"{name}: its hazard may exceed 1 and is then taken as 1."
            yield _warning(what, "A hazard is a chance per round.")


def _without_hazard(scenario: Scenario) -> Iterator[Problem]:
    silent = {option.id for option in scenario.options if option.owner == NATURE and option.hazard is None}
    for party, interests in _cardinal(scenario):
        for interest in interests:
            if isinstance(interest.quantity, LevelScale):
                continue
            for part in parts_of(interest.quantity):
                about = part.arguments[0] if isinstance(part, Call) and part.function == "risk" else None
                if isinstance(about, Name) and about.name in silent:
                    what = (
                        f"{party}: '{to_text(interest.quantity)}' asks for the risk of a shock without hazard."
                    )
                    yield _warning(what, f"Give '{about.name}' a `hazard`.")


def _without_aim(scenario: Scenario) -> Iterator[Problem]:
    if scenario.strategies and scenario.aim is None:
        yield _warning("strategies are ranked on an aim, and none is named.", "Add `aim: OUTCOME`.")
