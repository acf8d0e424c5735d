"""Pressure and leaks: the program against scipy, against brute force, and against what trade must obey."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.scenario.expression import Constant
from detente.scenario.model import Aid, Channel, Cut, Diversion, Number, Pressure
from detente.trade.certificate import UncertifiedError, certify
from detente.trade.channels import open_shares
from detente.trade.economy import Flow, diversions, economy, solve, undone_by
from detente.trade.program import bounds, build
from trade.economies import (
    balance_row,
    baseline_deficit,
    literal_least_change,
    literal_optimum,
    random_combination,
    random_economy,
)

CHN_COAL = Channel("CHN", "coal", "licit", Number(100.0))
RUS_COAL = Channel("RUS", "coal", "licit", Number(10.0))
KOR_CLOTH = Channel("KOR", "cloth", "licit", Number(50.0))
LEAKY = Pressure(
    "PRK",
    "mn",
    (CHN_COAL, RUS_COAL, KOR_CLOTH),
    (Cut("CHN coal", "CHN.border", (("lax", Number(1.0)), ("full", Number(0.1)))),),
    (Diversion("CHN coal", "RUS coal", Number(30.0), Number(0.2)),),
    (Aid("CHN", Number(5.0), Constant(1)),),
)


class TestByHand:
    def test_open_trade_is_no_pressure(self) -> None:
        flow = solve(LEAKY, (1, 1, 1), (False,), (False,))
        assert (flow.optimum, flow.baseline, flow.pressure) == (160.0, 160.0, 0.0)

    def test_closing_china_takes_its_share(self) -> None:
        flow = solve(LEAKY, (0.1, 1, 1), (False,), (False,))
        assert flow.pressure == pytest.approx(90 / 160)
        assert flow.kept == pytest.approx((10, 10, 50))

    def test_russia_undoes_what_it_has_room_for_less_the_loss(self) -> None:
        flow = solve(LEAKY, (0.1, 1, 1), (True,), (False,))
        assert flow.pressure == pytest.approx((90 - 30 * 0.8) / 160)
        assert flow.moved == pytest.approx((30,))
        assert undone_by(LEAKY, (0.1, 1, 1), (True,), (False,)) == (("RUS", pytest.approx(24.0)),)

    def test_aid_counts_as_kept(self) -> None:
        assert solve(LEAKY, (0.1, 1, 1), (False,), (True,)).pressure == pytest.approx(85 / 160)

    def test_a_closed_destination_takes_nothing_in(self) -> None:
        assert solve(LEAKY, (0, 0, 1), (True,), (False,)).moved == (0.0,)

    def test_pressure_is_never_negative(self) -> None:
        generous = Pressure("PRK", "mn", (RUS_COAL,), aids=(Aid("CHN", Number(500.0), Constant(1)),))
        flow = solve(generous, (1.0,), (), (True,))
        assert flow.pressure == 0.0
        assert flow.retained == pytest.approx(51.0)

    def test_imports_are_bounded_by_what_pays_for_them(self) -> None:
        oil = Channel("CHN", "oil", "licit", Number(40.0), Number(3.0), "import")
        trade = Pressure("PRK", "mn", (Channel("CHN", "coal", "licit", Number(30.0)), oil), balance=True)
        flow = solve(trade, (0.0, 1.0), (), ())
        assert flow.kept == pytest.approx((0, 10))  # the baseline's deficit of 10 stays on credit
        assert flow.retained == pytest.approx(30 / 150)

    def test_two_rules_into_one_destination_share_its_capacity(self) -> None:
        rules = (
            Diversion("CHN coal", "RUS coal", Number(30.0)),
            Diversion("JPN coal", "RUS coal", Number(20.0)),
        )
        trade = Pressure(
            "PRK", "mn", (CHN_COAL, Channel("JPN", "coal", "licit", Number(100.0)), RUS_COAL), (), rules
        )
        assert sum(solve(trade, (0, 0, 1), (True, True)).moved) == pytest.approx(30)
        assert solve(trade, (0, 0, 1), (False, True)).moved == pytest.approx((0, 20))


class TestAgainstOracles:
    @pytest.mark.parametrize("seed", range(250))
    def test_scipy_finds_no_other_optimum(self, seed: int) -> None:
        pressure = random_economy(seed)
        combination = random_combination(pressure, seed)
        assert solve(pressure, *combination).optimum == pytest.approx(
            literal_optimum(pressure, *combination), abs=1e-7
        )

    @pytest.mark.parametrize("seed", range(40))
    def test_no_whole_flow_is_worth_more(self, seed: int) -> None:
        """Whole values and no balance: some optimum is whole, so trying every whole flow is enough."""
        pressure = random_economy(seed, balance=False)
        pressure = Pressure("PRK", "mn", pressure.channels, (), pressure.diverts[:3], ())
        opens = tuple(float(share > 0.3) for share in random_combination(pressure, seed)[0])
        routes = diversions(pressure)
        best = 0.0
        for moved in product(range(9), repeat=len(routes)):
            left = [channel.value.central for channel in pressure.channels]
            room = [0.0] * len(left)
            worth = 0.0
            for amount, route in zip(moved, routes, strict=True):
                left[route.origin] -= amount
                room[route.destination] = opens[route.destination] * route.spare
                importance = pressure.channels[route.destination].importance.central
                worth += importance * (1 - route.loss) * amount
            for index in range(len(left)):
                arriving = sum(a for a, route in zip(moved, routes, strict=True) if route.destination == index)
                if left[index] < 0 or arriving > room[index]:
                    break
            else:
                worth += sum(
                    channel.importance.central * min(rest, share * channel.value.central)
                    for channel, rest, share in zip(pressure.channels, left, opens, strict=True)
                )
                best = max(best, worth)
        assert solve(pressure, opens, (True,) * len(routes)).optimum == pytest.approx(best)


class TestWhatTradeObeys:
    @pytest.mark.parametrize("seed", range(60))
    def test_every_flow_balances(self, seed: int) -> None:
        pressure = random_economy(seed)
        opens, active, aided = random_combination(pressure, seed)
        flow, routes = solve(pressure, opens, active, aided), diversions(pressure)
        for index, channel in enumerate(pressure.channels):
            away = sum(m for m, route in zip(flow.moved, routes, strict=True) if route.origin == index)
            assert flow.kept[index] + away <= channel.value.central + 1e-6
            assert flow.kept[index] <= opens[index] * channel.value.central + 1e-6
        assert all(amount == 0 for amount, used in zip(flow.moved, active, strict=True) if not used)
        if pressure.balance:
            everything = np.array(flow.kept + flow.moved + flow.aid)
            assert (
                balance_row(pressure, routes, len(everything)) @ everything <= baseline_deficit(pressure) + 1e-6
            )

    @pytest.mark.parametrize("seed", range(60))
    def test_closing_a_leak_never_lowers_pressure(self, seed: int) -> None:
        pressure = random_economy(seed)
        opens, active, aided = random_combination(pressure, seed)
        before = solve(pressure, opens, active, aided).pressure
        for index, used in enumerate(active):
            if used:
                without = (*active[:index], False, *active[index + 1 :])
                assert solve(pressure, opens, without, aided).pressure >= before - 1e-9

    @pytest.mark.parametrize("seed", range(60))
    def test_opening_a_channel_never_raises_pressure(self, seed: int) -> None:
        pressure = random_economy(seed)
        opens, active, aided = random_combination(pressure, seed)
        before = solve(pressure, opens, active, aided).pressure
        for index in range(len(opens)):
            wider = (*opens[:index], 1.0, *opens[index + 1 :])
            assert solve(pressure, wider, active, aided).pressure <= before + 1e-9

    @pytest.mark.parametrize("seed", range(30))
    def test_flows_do_not_depend_on_what_was_solved_before(self, seed: int) -> None:
        pressure = random_economy(seed)
        combination = random_combination(pressure, seed)
        economy.cache_clear()
        alone = solve(pressure, *combination)
        for other in range(3):
            solve(pressure, *random_combination(pressure, 1000 + other))
        assert solve(pressure, *combination) == alone

    @pytest.mark.parametrize("seed", range(30))
    def test_a_partner_undoes_what_is_lost_without_its_room(self, seed: int) -> None:
        pressure = random_economy(seed)
        opens, active, aided = random_combination(pressure, seed)
        whole = solve(pressure, opens, active, aided).optimum
        for partner, amount in undone_by(pressure, opens, active, aided):
            without = tuple(
                used and pressure.channels[route.destination].partner != partner
                for used, route in zip(active, diversions(pressure), strict=True)
            )
            assert amount == pytest.approx(whole - literal_optimum(pressure, opens, without, aided), abs=1e-6)


EQUAL = Pressure(
    "PRK",
    "mn",
    (
        CHN_COAL,
        Channel("VNM", "coal", "licit", Number(20.0)),
        RUS_COAL,
        Channel("CHN", "oil", "licit", Number(40.0), Number(1.0), "import"),
    ),
    diverts=(
        Diversion("CHN coal", "RUS coal", Number(30.0)),
        Diversion("CHN coal", "VNM coal", Number(30.0)),
        Diversion("VNM coal", "RUS coal", Number(30.0)),
    ),
)


def reordered(pressure: Pressure, seed: int) -> Pressure:
    """The same economy with channels, diversions and aids in another order."""
    chance = np.random.default_rng(seed)

    def shuffled(items):
        return tuple(items[place] for place in chance.permutation(len(items)))

    return replace(
        pressure,
        channels=shuffled(pressure.channels),
        diverts=shuffled(pressure.diverts),
        aids=shuffled(pressure.aids),
    )


class TestEquallyGoodFlows:
    """The optimum is unique, the flows are not: which of them are told."""

    def test_trade_that_could_stay_is_not_moved(self) -> None:
        """Without losses coal could go round though nothing is closed; it stays."""
        flow = solve(EQUAL, (1, 1, 1, 1), (True, True, True))
        assert flow.kept == (100, 20, 10, 40)
        assert flow.moved == (0, 0, 0)

    def test_no_more_moves_than_has_to(self) -> None:
        """Vietnam's coal could go to Russia to make room that is not needed."""
        flow = solve(EQUAL, (0.8, 1, 1, 1), (True, True, True))
        assert sum(flow.kept) == pytest.approx(150)
        assert flow.moved == pytest.approx((20, 0, 0))  # Russia comes before Vietnam by name

    @pytest.mark.parametrize("seed", range(150))
    def test_scipy_changes_no_less(self, seed: int) -> None:
        pressure = random_economy(seed)
        combination = random_combination(pressure, seed)
        flow = solve(pressure, *combination)
        staying, moving = literal_least_change(pressure, *combination)
        assert flow.optimum == pytest.approx(literal_optimum(pressure, *combination), abs=1e-7)
        assert sum(flow.kept) == pytest.approx(staying, abs=1e-6)
        assert sum(flow.moved) == pytest.approx(moving, abs=1e-5)

    @pytest.mark.parametrize("seed", range(150))
    def test_the_order_of_the_document_does_not_matter(self, seed: int) -> None:
        pressure = random_economy(seed)
        opens, active, aided = random_combination(pressure, seed)
        other = reordered(pressure, seed)
        open_by = dict(zip((channel.id for channel in pressure.channels), opens, strict=True))
        active_by = dict(zip(map(ends(pressure), diversions(pressure)), active, strict=True))
        flow = solve(pressure, opens, active, (True,) * len(aided))
        again = solve(
            other,
            tuple(open_by[channel.id] for channel in other.channels),
            tuple(active_by[ends(other)(route)] for route in diversions(other)),
            (True,) * len(aided),
        )
        for one, two in zip(named(pressure, flow), named(other, again), strict=True):
            assert one == pytest.approx(two, abs=1e-9)
        assert sum(flow.aid) == pytest.approx(sum(again.aid))

    def test_further_aims_cost_nothing(self) -> None:
        """The optimum without settling is the optimum with it, to the last digits of the certificate."""
        for seed in range(200):
            pressure = random_economy(seed)
            combination = random_combination(pressure, seed)
            flow = solve(pressure, *combination)
            assert economy(pressure).optimum(*combination) == pytest.approx(flow.optimum, abs=1e-9)
            assert flow.gap <= 1e-8


def ends(pressure: Pressure):
    return lambda route: (pressure.channels[route.origin].id, pressure.channels[route.destination].id)


def named(pressure: Pressure, flow: Flow) -> tuple[dict, dict]:
    """Money kept per channel and moved per route, by name."""
    kept = dict(zip((channel.id for channel in pressure.channels), flow.kept, strict=True))
    return kept, dict(zip(map(ends(pressure), diversions(pressure)), flow.moved, strict=True))


class TestCertificate:
    def test_a_worse_flow_is_not_believed(self) -> None:
        program = build(LEAKY)
        limits = bounds(program, (0.1, 1, 1), (True,), (False,))
        with pytest.raises(UncertifiedError, match="not shown to be the best"):
            certify(program, limits, np.zeros(5), np.zeros(len(limits.rows)))

    def test_an_impossible_flow_is_not_believed(self) -> None:
        program = build(LEAKY)
        limits = bounds(program, (0.1, 1, 1), (True,), (False,))
        with pytest.raises(UncertifiedError, match="do not balance"):
            certify(program, limits, np.ones(5), np.zeros(len(limits.rows)))

    def test_the_gap_is_told(self) -> None:
        assert 0 <= abs(solve(LEAKY, (0.1, 1, 1), (True,), (True,)).gap) <= 1e-8


class TestRefusals:
    def test_a_baseline_worth_nothing_has_no_pressure(self) -> None:
        with pytest.raises(RefusedError, match="PRK has a baseline worth 0"):
            solve(Pressure("PRK", "mn", (Channel("CHN", "coal", "licit", Number(0.0)),)), (1.0,), ())

    def test_a_diversion_between_different_goods_is_refused(self) -> None:
        with pytest.raises(RefusedError, match=r"KOR cloth.*RUS coal"):
            diversions(
                Pressure("PRK", "mn", LEAKY.channels, (), (Diversion("KOR cloth", "RUS coal", Number(1.0)),))
            )

    def test_a_share_above_one_is_misuse(self) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            solve(LEAKY, (1.5, 1, 1), (True,), (True,))

    def test_missing_flags_are_misuse(self) -> None:
        with pytest.raises(ValueError, match="one flag per route"):
            solve(LEAKY, (1, 1, 1), (), (True,))


class TestSelectors:
    @pytest.mark.parametrize(
        ("words", "found"),
        [("CHN", (0,)), ("coal", (0, 1)), ("licit RUS", (1,)), ("all", (0, 1, 2)), ("JPN", ()), ("co", ())],
    )
    def test_every_word_must_fit(self, words: str, found: tuple[int, ...]) -> None:
        assert LEAKY.select(words) == found

    def test_the_least_cut_counts(self) -> None:
        twice = Pressure(
            "PRK",
            "mn",
            LEAKY.channels,
            (*LEAKY.cuts, Cut("coal", "USA.navy", (("no", Number(1.0)), ("yes", Number(0.5))))),
        )
        assert open_shares(twice, {"CHN.border": "full", "USA.navy": "yes"}) == (0.1, 0.5, 1.0)
        assert open_shares(twice, {"CHN.border": "lax", "USA.navy": "no"}) == (1.0, 1.0, 1.0)

    def test_one_rule_opens_every_pair_of_one_good(self) -> None:
        wide = Pressure("PRK", "mn", LEAKY.channels, (), (Diversion("all", "coal", Number(1.0)),))
        assert [(route.origin, route.destination) for route in diversions(wide)] == [(0, 1), (1, 0)]
