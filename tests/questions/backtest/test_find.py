"""A border by hand: every chance, gain and shortfall worked out from the definitions; base rates; refusals."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log2
from pathlib import Path

import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.questions.backtest.answer import Backtest
from detente.questions.backtest.find import backtest
from detente.scenario.load import loads
from detente.scenario.model import Observation, Scenario
from oracles.random_crises import random_crisis

BORDER = (Path(__file__).parents[2] / "crises" / "border.yaml").read_text("utf-8")
QUARTER = 365.25 / 4


@pytest.fixture(scope="module")
def border() -> Scenario:
    return loads(BORDER, id="border")


@pytest.fixture(scope="module")
def found(border: Scenario) -> Backtest:
    return backtest(border)


def test_states_are_the_status_quo_with_all_that_was_seen_up_to_then(found: Backtest) -> None:
    assert [seen.date for seen in found.states] == [
        "2001-01", "2001-04", "2001-07", "2001-10", "2002-01", "2002-04"
    ]  # fmt: skip
    assert [dict(zip(found.options, seen.levels, strict=True))["WEST.guns"] for seen in found.states] == [
        "no", "yes", "yes", "no", "no", "no"
    ]  # fmt: skip
    assert found.states[1].state == found.states[2].state
    assert found.states[2].named == ()


def test_states_at_rest_are_told_from_others_under_each_foresight(found: Backtest) -> None:
    assert [seen.rests["iseq"] for seen in found.states] == [False, True, True, True, True, True]
    assert set(found.states[0].rests) == {"iseq", "seq", "nash"}
    for seen in found.states:
        for name, rests in seen.rests.items():
            assert rests == (seen.margin[name] >= 0)  # type: ignore[operator]
    assert found.states[0].margin["nash"] == pytest.approx(-1 / 3)
    assert [one.party for one in found.states[0].open] == ["EAST", "WEST"]


def test_rounds_follow_the_clock(found: Backtest, border: Scenario) -> None:
    assert [period.rounds * QUARTER for period in found.periods] == pytest.approx([89, 92, 92, 92, 89])
    timeless = backtest(replace(border, round=None, forecasts=()))
    assert {period.rounds for period in timeless.periods} == {1.0}
    assert timeless.round_years is None


def test_an_open_move_has_the_chance_of_its_draw(found: Backtest) -> None:
    """West arms, as it or East would move first; where it did, nobody moves on."""
    armed = found.periods[0]
    (move,) = armed.moves
    assert (move.party, move.open, move.short) == ("WEST", True, 0.0)
    assert move.chance == 0.5
    assert armed.chance == pytest.approx(0.5 * (1 - exp(-armed.rounds)))


def test_the_floor_mixes_the_base_rate_in(found: Backtest, border: Scenario) -> None:
    """A quiet time at rest: East has 2 moves and West 3, which with staying makes 6."""
    quiet = found.periods[1]
    assert quiet.moves == ()
    assert quiet.chance == pytest.approx(1.0)
    assert quiet.bits["alike"] == pytest.approx(log2(exp(quiet.rounds * (1 / 6 - 1))))
    assert quiet.bits["walk"] == pytest.approx(log2(exp(quiet.rounds * 0.01 * (1 / 6 - 1))))
    assert quiet.bits["nothing"] == pytest.approx(quiet.bits["walk"])
    harder = backtest(border, floor=0.25).periods[1]
    assert harder.bits["walk"] == pytest.approx(log2(exp(quiet.rounds * 0.25 * (1 / 6 - 1))))


def test_a_table_brings_at_once_what_nobody_would_do_alone(found: Backtest) -> None:
    peace = found.periods[2]
    assert [(move.party, move.open) for move in peace.moves] == [("EAST", False), ("WEST", True)]
    assert peace.chance == 0.0
    deal = next(one for one in peace.agreements if one.move.state == peace.moves[0].move.state)
    assert (deal.table, deal.members, deal.chance) == ("ford", ("EAST", "WEST"), 1.0)
    assert deal.move.to == found.states[3].state
    assert peace.bits["talks"] > peace.bits["walk"] + 9  # type: ignore[operator]


def test_a_table_that_would_have_agreed_on_something_else_says_what_with_what_all_gain() -> None:
    """Guns gone without the bridge: at the ford both would have opened it as well; East forgoes 2 of its 6."""
    sober = BORDER.replace("{EAST.guns: no, EAST.bridge: yes, WEST.guns: no}", "{EAST.guns: no, WEST.guns: no}")
    found = backtest(loads(sober))
    peace = found.periods[2]
    assert dict(peace.worth) == {"EAST": pytest.approx(1 / 6), "WEST": pytest.approx(2 / 3.5)}
    (offer,) = peace.offers
    assert (offer.table, offer.members) == ("ford", ("EAST", "WEST"))
    assert dict(offer.move.changes) == {"EAST.guns": "no", "EAST.bridge": "yes", "WEST.guns": "no"}
    assert dict(offer.gains) == {"EAST": pytest.approx(3 / 6), "WEST": pytest.approx(2 / 3.5)}
    assert found.periods[1].offers == ()  # nobody moved
    assert backtest(loads(BORDER)).periods[2].offers == ()  # there it was just this


def test_a_closed_move_says_what_it_was_missed_by(found: Backtest) -> None:
    """The envoy costs West 0.5 of its 3.5 in payoff range and brings nothing."""
    (envoy,) = found.periods[4].moves
    assert not envoy.open
    assert envoy.gain == envoy.expects == pytest.approx(-0.5 / 3.5)
    assert envoy.short == pytest.approx(0.5 / 3.5)
    assert envoy.instead is None


def test_a_mover_that_had_something_better_is_told_what(border: Scenario) -> None:
    """East would rather open the bridge as well than take its guns away alone."""
    seen = (Observation("2001-01", (("EAST.guns", "yes"),)), Observation("2001-02", (("EAST.guns", "no"),)))
    (move,) = backtest(replace(border, observed=seen)).periods[0].moves
    assert not move.open
    assert move.instead is not None
    assert dict(move.instead.changes) == {"EAST.guns": "no", "EAST.bridge": "yes"}
    assert move.short == pytest.approx(2 / 6)


def test_what_speaks_against_a_move_adds_up_to_what_its_mover_expects(found: Backtest) -> None:
    (envoy,) = found.periods[4].moves
    assert [(part.name, part.amount) for part in envoy.parts] == [("word", pytest.approx(-0.5 / 3.5))]
    assert envoy.answers == envoy.weights == ()  # nothing it wants speaks for it
    (armed,) = found.periods[0].moves
    assert armed.answers == armed.parts == armed.weights == ()


@pytest.mark.parametrize("foresight", ["nash", "gmr", "smr", "seq", "sseq", "iseq"])
@pytest.mark.parametrize("seed", range(8))
def test_reasons_add_up_in_random_crises(seed: int, foresight: str) -> None:
    found = backtest(replace(loads(random_crisis(seed)), forecasts=()), foresight=foresight)
    for period in found.periods:
        for move in period.moves:
            assert bool(move.expects > 1e-9) == move.open  # type: ignore[operator]
            if not move.open:
                assert sum(part.amount for part in move.parts) == pytest.approx(move.expects, abs=1e-8)
            if foresight == "nash":
                assert move.answers == ()


def test_a_weight_that_is_told_is_where_the_move_opens() -> None:
    """Trade against strength: East would give up its guns alone for twice the trade, or half the strength."""
    seen = (Observation("2001-01", (("WEST.guns", "yes"),)), Observation("2001-02", (("EAST.guns", "no"),)))
    wary = loads(
        BORDER.replace("wants: EAST.bridge and not WEST.guns, weight: 2", "avoids: EAST.guns, weight: 1")
    )
    (move,) = backtest(replace(wary, observed=seen), foresight="nash").periods[0].moves
    factors = {one.interest: one.factor for one in move.weights}
    assert factors == {"trade": pytest.approx(2.0), "strength": pytest.approx(0.5)}
    for interest, weight, way in (("trade", 1, 1), ("strength", 2, -1)):
        for little, opens in ((1e-3, True), (-1e-3, False)):
            turned = wary.with_value(
                f"interests.EAST.{interest}.weight", weight * factors[interest] * (1 + way * little)
            )
            (now,) = backtest(replace(turned, observed=seen), foresight="nash").periods[0].moves
            assert now.open == opens


def test_what_nobody_moves_is_taken_as_given_and_as_first(found: Backtest) -> None:
    flood = found.periods[3]
    assert dict(flood.given) == {"nature.flood": "yes"}
    assert flood.moves == ()
    assert flood.chance == pytest.approx(1.0)


def test_totals_are_sums_and_the_best_share_beats_every_other(found: Backtest, border: Scenario) -> None:
    assert found.counted == 5
    for model, total in found.totals.items():
        assert total == pytest.approx(sum(period.bits[model] for period in found.periods))  # type: ignore[misc]
    best = backtest(border, floor=1 - found.best_share).totals["walk"]
    assert best > found.totals["walk"]
    for floor in (0.2, 0.5, 0.8):
        assert backtest(border, floor=floor).totals["walk"] <= best + 1e-9


def test_what_single_moves_cannot_bring_is_left_out_of_the_sums() -> None:
    locked = BORDER.replace(
        "rules:\n", "rules:\n  - {must: EAST.guns == WEST.guns, because: They go together.}\n"
    )
    locked = locked.replace("  2001-01: {EAST.guns: yes, EAST.bridge: no, WEST.guns: no}\n", "")
    found = backtest(loads(locked.replace("{EAST.guns: yes}", "{EAST.guns: yes, WEST.guns: yes}")))
    assert [period.bits["walk"] is None for period in found.periods] == [False, True, False, False]
    assert found.counted == 3
    assert found.periods[1].agreements[0].chance == 1.0


def test_parties_known_by_order_have_no_gains() -> None:
    start = BORDER.index("  WEST:\n    - {name: safety")
    ordinal = (
        BORDER[:start]
        + "  WEST: {statements: [not EAST.guns, WEST.guns]}\n"
        + BORDER[BORDER.index("tables:") :]
    )
    found = backtest(loads(ordinal))
    assert "talks" not in found.totals  # its only table weighs gains
    assert dict(found.periods[4].given) == {"WEST.envoy": "yes"}  # nothing speaks of the envoy any more
    (move,) = found.periods[0].moves
    assert (move.party, move.open, move.gain, move.expects, move.short) == ("WEST", True, None, None, None)
    assert found.states[0].margin["iseq"] is None


def test_without_a_path_the_question_is_refused(border: Scenario) -> None:
    with pytest.raises(RefusedError, match="observed at no date, so there is no path"):
        backtest(replace(border, observed=(), forecasts=()))
    with pytest.raises(RefusedError, match="at one date only"):
        backtest(replace(border, observed=border.observed[:1], forecasts=()))


def test_misuse_is_refused(border: Scenario) -> None:
    for floor in (0.0, 1.0, -0.1):
        with pytest.raises(RefusedError, match="a share above 0 and below 1"):
            backtest(border, floor=floor)
    with pytest.raises(UnknownNameError, match="iseq"):
        backtest(border, foresight="isec")


def test_json_goes_there_and_back(found: Backtest) -> None:
    assert Backtest.from_dict(found.to_dict()) == found
    assert "observed" not in found.unused
    assert [row["until"] for row in found.rows()] == [period.until for period in found.periods]
