"""The flagship scenario: what it must contain, that its numbers are justified and agree with the facts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from detente.concepts import CONCEPTS
from detente.scenario.expression import parse
from detente.scenario.load import load
from detente.scenario.model import NATURE, Cardinal, Interest, Number, Pressure, Scenario, Venue
from detente.stability.table import Stability, stability
from detente.states.compile import compile_graph
from detente.states.evaluate import condition, quantity
from detente.states.moves import own_moves
from detente.states.names import level_names, state_of, status_quo
from detente.states.state_graph import StateGraph
from detente.trade.economy import diversions, solve

SIX = {"USA": "US", "PRK": "KP", "CHN": "CN", "KOR": "KR", "JPN": "JP", "RUS": "RU"}
TIERS = (10, 5, 2.5, 1, 0.5)
FACTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "facts"


@pytest.fixture(scope="module")
def korea() -> Scenario:
    return load(Path(str(files("detente") / "scenarios" / "korea-2017.yaml")))


@pytest.fixture(scope="module")
def graph(korea: Scenario) -> StateGraph:
    return compile_graph(korea)


@pytest.fixture(scope="module")
def holds(graph: StateGraph) -> Stability:
    return stability(graph)


@pytest.fixture(scope="module")
def trade(korea: Scenario) -> Pressure:
    (pressure,) = korea.pressures
    return pressure


def facts(name: str) -> list[dict[str, str]]:
    path = FACTS / name
    if not path.exists():
        pytest.skip(f"no fact files beside this checkout ({name})")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def interests(korea: Scenario) -> Iterator[tuple[str, Interest]]:
    for party, preference in zip(korea.parties, korea.preferences, strict=True):
        assert isinstance(preference, Cardinal)
        yield from ((party.id, interest) for interest in preference.interests)
    for view in korea.views:
        yield from ((f"{view.holder} of {view.other}", interest) for interest in view.interests)


def total(trade: Pressure, partner: str = "", flow: str = "", kind: str = "licit") -> float:
    return sum(
        channel.value.central
        for channel in trade.channels
        if channel.kind == kind and partner in ("", channel.partner) and flow in ("", channel.flow)
    )


def pressure_where(korea: Scenario, graph: StateGraph, **levels: str) -> float:
    """Pressure at the status quo with some enforcement changed (`CHN="full"`, `USA="secondary"` …)."""
    option = {"CHN": "CHN.enforcement", "RUS": "RUS.enforcement", "USA": "USA.sanctions"}
    here = dict(
        zip((o.id for o in korea.options), level_names(korea, graph, status_quo(korea, graph)), strict=True)
    )
    here |= {option[party]: level for party, level in levels.items()}
    return float(quantity(korea, graph, parse("pressure(PRK)"))[state_of(korea, graph, here)])


def test_six_parties_hold_many_options_and_the_states_stay_within_reach(
    korea: Scenario, graph: StateGraph
) -> None:
    assert {party.id: party.iso for party in korea.parties} == SIX
    owned = [option for option in korea.options if option.owner != NATURE]
    assert len(owned) >= 16
    assert sum(len(option.levels) >= 3 for option in owned) >= 4
    assert {option.id for option in owned if option.moves == "up"} == {"USA.strike", "PRK.attack"}
    assert {option.owner for option in owned} == set(SIX)
    assert 20_000 <= graph.states <= 400_000


def test_every_judgement_has_a_reason_or_a_source(korea: Scenario, trade: Pressure) -> None:
    bare = [
        f"{who}: {interest.name}"
        for who, interest in interests(korea)
        if not (interest.because and interest.source)
    ]
    bare += [channel.id for channel in trade.channels if not (channel.value.because and channel.value.source)]
    bare += [
        f"importance of {c.id}"
        for c in trade.channels
        if c.importance != Number(1.0) and not c.importance.because
    ]
    bare += [cut.channels for cut in trade.cuts if not (cut.because and cut.source)]
    bare += [f"{d.origin} to {d.destination}" for d in trade.diverts if not (d.because and d.source)]
    bare += [aid.partner for aid in trade.aids if not aid.because]
    bare += [f"{a.holder} {a.other}" for a in korea.attitudes if not (a.value.because and a.value.source)]
    bare += [
        item.id for kind in (korea.options, korea.venues) for item in kind if not (item.because and item.source)
    ]
    bare += [strategy.id for strategy in korea.strategies if not strategy.because]
    bare += [plan.id for plan in korea.plans if not plan.because]
    bare += [str(rule.must) for rule in korea.rules if not rule.because]
    assert bare == []


def test_weights_are_tiers_with_a_spread(korea: Scenario) -> None:
    """Only what stands in for the arsenal, the assurances, is measured against it and so lies between tiers."""
    between = {interest.name for _, interest in interests(korea) if interest.weight.central not in TIERS}
    assert between == {"American treaty", "Chinese guarantee"}
    assert all(interest.weight.spread is not None for _, interest in interests(korea))


def test_every_interest_is_a_share(korea: Scenario, graph: StateGraph) -> None:
    for who, interest in interests(korea):
        values = quantity(korea, graph, interest.quantity)
        assert values.min() >= 0, f"{who}: {interest.name}"
        assert values.max() <= 1, f"{who}: {interest.name}"


def test_only_nature_brings_shocks(korea: Scenario) -> None:
    shocks = {option.id for option in korea.options if option.owner == NATURE}
    assert shocks == {"nature.collapse", "nature.maturity"}
    assert all(option.hazard is not None for option in korea.options if option.owner == NATURE)


def test_trade_adds_up_to_the_recorded_totals_of_2016(trade: Pressure) -> None:
    """KOTRA has 6550 and rounded 2800 + 3700; the ITC, without unrecorded crude, 6020."""
    assert total(trade, flow="export") == pytest.approx(2800)
    assert total(trade, flow="import") == pytest.approx(3700)
    assert 6020 <= total(trade) <= 6550
    assert total(trade, "CHN") == pytest.approx(6060)
    assert total(trade, "RUS") == pytest.approx(76)
    assert total(trade, kind="labour") == pytest.approx(500, abs=50)
    assert total(trade, kind="illicit") == 0


def test_trade_agrees_with_the_fact_files(trade: Pressure) -> None:
    rows = {row["id"]: row for row in facts("trade.csv")}
    stated = {
        key: float(rows[key]["value"]) for key in ("T007", "T008", "T009", "T010", "T024", "T025", "T038")
    }
    assert stated["T010"] <= total(trade) <= stated["T007"]
    assert total(trade, flow="export") == pytest.approx(stated["T008"])
    assert total(trade, flow="import") == pytest.approx(stated["T009"])
    assert stated["T025"] <= total(trade, "CHN") <= stated["T024"]
    assert total(trade, "RUS") == pytest.approx(stated["T038"])


def test_full_enforcement_leaves_what_was_recorded_in_2018(trade: Pressure) -> None:
    """With China full, Russia strict and others frightened off, 2840 of licit trade was recorded for 2018."""
    standing = {"CHN.enforcement": "full", "RUS.enforcement": "strict", "USA.sanctions": "secondary"}
    left = 0.0
    for channel in trade.channels:
        if channel.kind == "licit":
            words = set(channel.id.split())
            cuts = [cut for cut in trade.cuts if set(cut.channels.split()) <= words]
            left += channel.value.central * min(
                (dict(c.open)[standing[c.by]].central for c in cuts), default=1.0
            )
    assert left == pytest.approx(2840, rel=0.1)


def test_pressure_grows_with_enforcement_and_russia_alone_is_no_substitute(
    korea: Scenario, graph: StateGraph
) -> None:
    lax, partial, full, embargo = (
        pressure_where(korea, graph, CHN=level) for level in ("lax", "partial", "full", "embargo")
    )
    assert 0 <= lax < partial < full < embargo < 1
    joined = pressure_where(korea, graph, CHN="full", RUS="strict")
    assert full < joined <= full + pressure_where(korea, graph, RUS="strict")


def test_nothing_is_pressed_when_all_is_open(trade: Pressure) -> None:
    routes = len(diversions(trade))
    flow = solve(trade, (1.0,) * len(trade.channels), (False,) * routes, (False,) * len(trade.aids))
    assert flow.optimum == pytest.approx(flow.baseline)


def test_the_status_quo_rests(korea: Scenario, graph: StateGraph, holds: Stability) -> None:
    start = status_quo(korea, graph)
    assert any(holds.equilibria(concept.name)[start] for concept in CONCEPTS)


def test_nobody_leaves_a_war(korea: Scenario, graph: StateGraph) -> None:
    (war,) = (condition(korea, graph, outcome.where) for outcome in korea.outcomes if outcome.id == "war")
    for state in np.flatnonzero(war)[::1000]:
        for party in range(len(graph.parties)):
            assert war[own_moves(graph, party, int(state))].all()


def test_neither_war_nor_collapse_is_wished_on_anybody(korea: Scenario) -> None:
    for preference in korea.preferences:
        assert isinstance(preference, Cardinal)
        feared = [
            interest for interest in preference.interests if interest.name in ("war", "collapse", "upheaval")
        ]
        assert feared
        assert not any(interest.relational for interest in feared)


def test_attitudes_follow_the_signs_of_the_dyad_table(korea: Scenario) -> None:
    sizes = {
        "+++": 0.15,
        "++": 0.1,
        "+": 0.05,
        "0/+": 0.025,
        "0": 0,
        "-/0": -0.025,
        "-": -0.05,
        "--": -0.1,
        "---": -0.15,
    }
    stated = {(a.holder, a.other): a.value.central for a in korea.attitudes}
    for row in facts("dyads.csv"):
        expected = sizes[row["analyst_sign_mid2017"]]
        assert stated[row["a"], row["b"]] == stated[row["b"], row["a"]] == pytest.approx(expected)


def venue_of(row: dict[str, str]) -> str:
    """The id of a place in the list of facts."""
    return row["venue"].lower().split("/")[0]


def test_every_place_of_the_list_of_facts_is_a_venue(korea: Scenario) -> None:
    assert {venue.id for venue in korea.venues} == {venue_of(row) for row in facts("venues.csv")}


@pytest.mark.parametrize("place", range(14))
def test_venues_follow_one_rule(korea: Scenario, place: int) -> None:
    """Every effect of every venue, worked out anew from the facts of the place."""
    row = facts("venues.csv")[place]
    (venue,) = (venue for venue in korea.venues if venue.id == venue_of(row))
    composure = {party: number.central for party, number in venue.composure}
    assert composure == pytest.approx({"PRK": reach(row) + ease(row, "PRK"), "USA": ease(row, "USA")})
    host = row["host_party"].split("/")[0]
    assert venue.host == (host if host in SIX else "")
    assert venue.guarantors == ((host,) if host in ("CHN", "KOR", "JPN", "RUS") else ())
    near = 1.0 if float(row["km_from_pyongyang_greatcircle"]) <= 1000 else 0.5
    worth = {"CHN": 3 / 63.5, "RUS": 1 / 63.5}.get(host, 0.0)
    assurance = {party: number.central for party, number in venue.assurance}
    assert assurance == ({"PRK": pytest.approx(0.1 * worth * near, abs=6e-5)} if worth else {})
    warmed = {(one.holder, one.other, one.value.central) for one in venue.attitudes}
    shared = {("USA", host, 0.02), (host, "USA", 0.02)} if host in SIX and host != "USA" else set()
    assert warmed == shared


def test_venues_carry_half_their_size_as_spread(korea: Scenario) -> None:
    for venue in korea.venues:
        for _, number in venue.composure:
            assert number.spread is not None
            half = max(abs(number.central) / 2, 0.05)
            assert number.spread.high - number.central == pytest.approx(half)
        for _, number in venue.assurance:
            assert number.spread is not None
            assert (number.spread.low, number.spread.high) == (0, pytest.approx(2 * number.central))


def reach(row: dict[str, str]) -> float:
    """A tenth for rails, and a tenth for or against the plane."""
    rails = row["rail_reach_for_kim"].startswith(("yes", "home", "road"))
    plane = row["kim_plane_reach"]
    flown = (
        0.1
        if plane.startswith(("yes", "not needed", "home"))
        else 0.0
        if plane.startswith("disputed")
        else -0.1
    )
    return 0.1 * rails + flown


def ease(row: dict[str, str], party: str) -> float:
    """Whose ground it is, whether there is a mission, and how well it is guarded."""
    mission = row["nk_embassy_at_host" if party == "PRK" else "us_embassy_at_host"].lower()
    served = 0.05 if mission.startswith(("yes", "home", "n/a")) else -0.05 if mission.startswith("no") else 0.0
    guarded = row["security_control"].lower()
    safe = 0.05 if "high" in guarded or "secured" in guarded else -0.05 if "medium" in guarded else 0.0
    closer = row["host_closer_to"]
    side = 0.0 if not closer.startswith(("PRK", "USA")) else 0.1 if closer.startswith(party) else -0.1
    return served + safe + side


def test_no_host_is_favoured(korea: Scenario) -> None:
    """Every host among the other five shifts attitudes alike, and only guarantors assure."""

    def shifts(venue: Venue) -> set[float]:
        return {attitude.value.central for attitude in venue.attitudes}

    hosted = [venue for venue in korea.venues if venue.host and venue.host != "USA"]
    assert {size for venue in hosted for size in shifts(venue)} == {0.02}
    assert not any(venue.attitudes for venue in korea.venues if venue not in hosted)
    assert {venue.host for venue in korea.venues if venue.assurance} == {"CHN", "RUS"}


def test_strategies_and_outcomes_that_the_crisis_asks_for(korea: Scenario) -> None:
    assert {strategy.id for strategy in korea.strategies} == {
        "patience",
        "squeeze",
        "dual-suspension",
        "summit",
        "five-then-six",
        "step-by-step",
        "strike",
        "joint-package",
    }
    assert korea.aim == "frozen"
    assert {"frozen", "disarmed", "moratorium", "war"} <= {outcome.id for outcome in korea.outcomes}


def test_observed_states_are_possible(korea: Scenario, graph: StateGraph) -> None:
    assert len(korea.observed) >= 8
    start = dict(
        zip((o.id for o in korea.options), level_names(korea, graph, status_quo(korea, graph)), strict=True)
    )
    for observation in korea.observed:
        start |= dict(observation.levels)
        assert state_of(korea, graph, start) >= 0


def test_claims_cite_one_of_the_two_texts(korea: Scenario) -> None:
    assert len(korea.claims) == 74
    assert sum(claim.test is not None for claim in korea.claims) >= 45
    for claim in korea.claims:
        assert claim.fact is not None
        assert claim.test or claim.untestable
        assert {source.split()[0] for source in claim.source} <= {"wapo-2017", "ni-2018"}
