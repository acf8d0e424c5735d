"""Rules on shocks that are no options: names, chances, interests, and that something changes."""

from __future__ import annotations

from detente.scenario.bounds import Bounds
from detente.scenario.draft import Draft
from detente.scenario.model import Cardinal, Scenario
from detente.scenario.near import did_you_mean


def shocks_have_names_of_their_own(draft: Draft) -> None:
    """A plan that names a shock means no outcome."""
    outcomes = draft.known("outcome")
    for name, place in draft.declared.get("shock", {}).items():
        if name in outcomes:
            draft.problem(place, f"'{name}' is an outcome already.", "Give the shock another name.")


def hazards_of_shocks_are_chances(draft: Draft) -> None:
    """A hazard is a chance."""
    scenario = _scenario(draft)
    bounds = Bounds(scenario)
    for shock in scenario.shocks:
        low, high = bounds.of(shock.hazard)
        if low > 1 or high < 0 or (low == high and not 0 <= low <= 1):
            shown = f"{low:g}" if low == high else f"between {low:g} and {high:g}"
            place = draft.place("shocks", shock.id, "hazard")
            draft.problem(place, f"hazard is {shown}; a chance is between 0 and 1.", "Write e.g. 0.02.")


def shocks_find_their_interests(draft: Draft) -> None:
    """A shock multiplies weights of interests that the party has."""
    scenario = _scenario(draft)
    pairs = zip(scenario.parties, scenario.preferences, strict=True)
    preferences = {party.id: preference for party, preference in pairs}
    for shock in scenario.shocks:
        for party, factors in shock.weights:
            preference = preferences.get(party)
            if preference is None or ("interests", party) in draft.incomplete or party in draft.doubtful:
                continue
            place = draft.place("shocks", shock.id, "weights", party)
            if not isinstance(preference, Cardinal):
                what = f"'{party}' is known by the order of its states and has no weights."
                draft.problem(place, what, "Give it interests with weights.")
                continue
            known = [interest.name for interest in preference.interests if interest.name]
            for name, _ in factors:
                if name not in known:
                    here = draft.place("shocks", shock.id, "weights", party, name)
                    what = f"'{party}' has no interest called '{name}'."
                    draft.problem(here, what, did_you_mean(name, known) or "Name its interests: `name:`.")


def shocks_change_something(draft: Draft) -> None:
    """A shock sets, shifts or multiplies at least one thing."""
    for shock in _scenario(draft).shocks:
        written = {field for field in ("set", "attitudes", "weights") if _written(draft, shock.id, field)}
        if not written and not (shock.set or shock.attitudes or shock.weights):
            what = f"shock '{shock.id}' changes nothing."
            draft.problem(draft.place("shocks", shock.id), what, "Add `set`, `attitudes` or `weights`.")


def _written(draft: Draft, shock: str, field: str) -> bool:
    return ("shocks", shock, field) in draft.places


def _scenario(draft: Draft) -> Scenario:
    assert draft.scenario is not None
    return draft.scenario
