"""The question as a whole: sums, laws, refusals, and what is said of the Korean crisis."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.library import builtin, open
from detente.questions.pressure.answer import Pressure
from detente.questions.pressure.find import pressure
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.trade.economy import diversions, solve
from trade.economies import random_economy

STRAIT = (Path(__file__).parents[2] / "crises" / "strait.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def strait() -> Scenario:
    return loads(STRAIT)


@pytest.fixture(scope="module")
def found(strait: Scenario) -> Pressure:
    return pressure(strait)


@pytest.fixture(scope="module")
def korea() -> Pressure:
    return pressure(open("korea-2017"))


def test_where_value_enters(found: Pressure) -> None:
    coal = {seen.channel: seen for seen in found.channels}
    assert (coal["A coal licit"].kept, coal["A coal licit"].moved, coal["A coal licit"].closed) == (30, 20, 10)
    assert (coal["B coal licit"].kept, coal["B coal licit"].arrived) == (0, 15)
    assert coal["A coal licit"].cut_by == ("A",)
    assert found.pressure == pytest.approx((10 + 5) / 100)
    assert found.channels[0].channel == "B fish licit"


def test_the_balance(found: Pressure) -> None:
    sums = found.balance
    assert (sums.baseline, sums.kept, sums.moved, sums.closed) == pytest.approx((100, 70, 20, 10))
    assert (sums.lost, sums.arrived, sums.aid, sums.enters) == pytest.approx((5, 15, 0, 85))
    assert sums.error < 1e-9
    assert sums.gap < 1e-8


def test_who_undoes_whose_cut(found: Pressure) -> None:
    (way,) = found.detours
    assert (way.origin, way.destination, way.moved, way.arrives) == ("A", "B", 20, 15)
    assert way.undone == pytest.approx(0.15)
    assert [(leak.partner, leak.undone, leak.share) for leak in found.leaks] == [
        ("B", pytest.approx(0.15), pytest.approx(0.15))
    ]


def test_compliance(found: Pressure) -> None:
    figures = {each.party: each for each in found.compliance.enforcers}
    assert (found.compliance.loosest, found.compliance.tightest) == pytest.approx((0.0, 1.0))
    assert (figures["A"].alone, figures["A"].last) == pytest.approx((0.45, 0.6))
    assert (figures["B"].alone, figures["B"].last) == pytest.approx((0.4, 0.55))
    assert sum(each.shapley or 0.0 for each in figures.values()) == pytest.approx(1.0)
    assert figures["A"].valves[0].tightest == "shut"


def test_the_least_set_of_channels(strait: Scenario, found: Pressure) -> None:
    """Closing coal with its way round is dearer than coal alone, and fish alone brings 0.55."""
    half = pressure(strait, wanted=0.5).closure
    assert (half.channels, half.pressure, half.open) == (("B fish licit",), pytest.approx(0.55), 40)
    assert found.closure.channels == ("A coal licit", "B coal licit")
    assert (found.closure.pressure, found.closure.open) == (pytest.approx(0.6), 30)
    assert pressure(strait, wanted=0.1).closure.channels == ()


def test_another_state(strait: Scenario) -> None:
    helped = pressure(strait, at=["C.gift=yes", "B.port=shut"])
    assert helped.balance.aid == 30
    assert helped.aids[0].flows == 30
    assert helped.pressure == pytest.approx((30 + 40 - 30) / 100)
    unreachable = pressure(strait, at=["C.gift=yes"], wanted=0.8).closure
    assert (unreachable.reached, unreachable.reachable) == (False, pytest.approx(0.7))


def test_resolutions_beside_the_record(found: Pressure) -> None:
    (first,) = found.resolutions
    assert (first.before.letter, first.after.letter, first.after.leaking) == pytest.approx((100, 55, 70))
    assert (first.year, first.recorded, first.discrepancy) == (2018, (60.0, 64.0), pytest.approx((-10.0, -6.0)))
    exports = next(figure for figure in found.figures if figure.year == 2017)
    assert (exports.partner, exports.flow) == ("A", "export")
    assert exports.letter == pytest.approx(60 - 45 * 92 / 365)
    assert exports.discrepancy == exports.recorded - exports.leaking


@pytest.mark.parametrize("seed", range(15))
def test_sums_of_random_economies(strait: Scenario, seed: int) -> None:
    trade = replace(random_economy(seed), target="T")
    answer = pressure(replace(strait, pressures=(trade,)), wanted=0.5)
    assert answer.balance.error < 1e-6
    kept = sum(seen.importance * (seen.kept + seen.arrived) for seen in answer.channels)
    kept += sum(aid.importance.central * seen.flows for aid, seen in zip(trade.aids, answer.aids, strict=True))
    weighted = sum(seen.importance * seen.baseline for seen in answer.channels)
    assert answer.retained == pytest.approx(kept / weighted)
    shut = (False,) * len(diversions(trade))
    without = solve(trade, (1.0,) * len(trade.channels), shut, (True,) * len(trade.aids))
    leaked = sum(leak.share or 0.0 for leak in answer.leaks)
    assert answer.retained == pytest.approx(without.retained + leaked)


class TestRefusals:
    @pytest.mark.parametrize("name", [name for name in builtin() if name != "korea-2017"])
    def test_without_trade(self, name: str) -> None:
        with pytest.raises(RefusedError, match=r"describes nobody's trade.*Add a `pressure:` section"):
            pressure(open(name))

    @pytest.mark.parametrize("wanted", [0.0, -0.1, 1.1, float("nan")])
    def test_a_pressure_that_cannot_be(self, strait: Scenario, wanted: float) -> None:
        with pytest.raises(RefusedError, match="the wanted pressure is"):
            pressure(strait, wanted=wanted)

    def test_an_unknown_target(self, strait: Scenario) -> None:
        with pytest.raises(UnknownNameError, match="no target of pressure called 'A'"):
            pressure(strait, target="A")

    def test_several_targets(self, strait: Scenario) -> None:
        both = replace(strait, pressures=(*strait.pressures, replace(strait.pressures[0], target="A")))
        with pytest.raises(RefusedError, match=r"the trade of 2 parties is described \(T, A\). Name a target"):
            pressure(both)
        assert pressure(both, target="A").target == "A"

    def test_a_state_that_cannot_exist(self, strait: Scenario) -> None:
        with pytest.raises(RefusedError, match="breaks the rule"):
            pressure(strait, at=["A.border=lax", "B.port=shut"])


def test_the_answer_is_its_documented_json(found: Pressure) -> None:
    data = json.loads(found.to_json())
    jsonschema.validate(data, Pressure.json_schema())
    assert Pressure.from_dict(data) == found
    assert found.to_frame()["channel"].iloc[0] == "B fish licit"


class TestKorea:
    def test_flows_balance(self, korea: Pressure) -> None:
        assert korea.balance.error < 1e-6

    def test_compliance_adds_up(self, korea: Pressure) -> None:
        whole = korea.compliance.tightest - korea.compliance.loosest
        assert sum(each.shapley or 0.0 for each in korea.compliance.enforcers) == pytest.approx(whole)
        assert korea.compliance.enforcers[0].party == "CHN"

    def test_closing_a_leak_never_lowers_pressure(self, korea: Pressure) -> None:
        crisis = open("korea-2017")
        for china in ("partial", "full"):
            leaking = pressure(crisis, at=[f"CHN.enforcement={china}"])
            strict = pressure(crisis, at=[f"CHN.enforcement={china}", "RUS.enforcement=strict"])
            assert strict.pressure >= leaking.pressure

    def test_resolutions_only_tighten_and_stand_beside_the_record(self, korea: Pressure) -> None:
        assert [seen.id for seen in korea.resolutions] == ["2270", "2321", "2371", "2375", "2397"]
        for before, after in zip(korea.resolutions, korea.resolutions[1:], strict=False):
            assert after.before == before.after
            assert after.after.pressure_leaking >= after.before.pressure_leaking - 1e-9
            assert after.recorded
        assert {seen.year for seen in korea.figures} == {2016, 2017, 2018}

    def test_the_recorded_exports_of_2018_are_met_and_the_imports_are_not(self, korea: Pressure) -> None:
        """Texts banned the North's sales; they hardly touched what it bought."""
        last = {seen.flow: seen for seen in korea.figures if seen.year == 2018 and seen.partner is None}
        assert last["export"].discrepancy == pytest.approx(0, abs=0.1 * last["export"].recorded)
        assert last["import"].discrepancy < -0.2 * last["import"].recorded
