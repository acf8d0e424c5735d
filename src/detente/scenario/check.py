"""Is the scenario right? One small rule per mistake; all of them run, each noting what it finds."""

from __future__ import annotations

from collections.abc import Callable

from detente.scenario.check_claims import (
    claims_are_tested_or_say_why_not,
    tests_ask_for_what_there_is,
    venues_are_ranked_by_an_aim,
)
from detente.scenario.check_definitions import definitions_are_used_as_written
from detente.scenario.check_names import (
    expressions_make_sense,
    levels_exist,
    names_exist,
    nature_is_no_party,
    nothing_is_circular,
    owners_exist,
    parties_have_names_of_their_own,
)
from detente.scenario.check_observed import (
    dates_follow_each_other,
    forecasts_have_a_window,
    observed_states_can_exist,
)
from detente.scenario.check_parts import (
    guarantors_have_an_aim,
    hazards_are_chances_of_nature,
    interests_lie_in_reach,
    levels_are_distinct,
    members_are_distinct,
    nobody_is_weaker_than_itself,
    order_has_no_attitude,
    parties_want_something,
    plans_leave_nature_alone,
    rankings_are_orders,
    size_is_admitted,
    somebody_decides,
    status_quo_can_exist,
    strategies_can_start,
    weights_do_not_vanish,
)
from detente.scenario.check_resolutions import resolutions_are_described
from detente.scenario.check_shocks import (
    hazards_of_shocks_are_chances,
    shocks_change_something,
    shocks_find_their_interests,
    shocks_have_names_of_their_own,
)
from detente.scenario.check_together import groups_can_be_drawn, numbers_that_are_off_together_are_known
from detente.scenario.check_trade import channels_are_written_as_they_are_named, trade_is_described
from detente.scenario.draft import Draft

RULES: tuple[Callable[[Draft], None], ...] = (
    definitions_are_used_as_written,
    names_exist,
    owners_exist,
    nature_is_no_party,
    parties_have_names_of_their_own,
    levels_exist,
    expressions_make_sense,
    nothing_is_circular,
    levels_are_distinct,
    hazards_are_chances_of_nature,
    somebody_decides,
    nobody_is_weaker_than_itself,
    parties_want_something,
    weights_do_not_vanish,
    interests_lie_in_reach,
    rankings_are_orders,
    order_has_no_attitude,
    status_quo_can_exist,
    channels_are_written_as_they_are_named,
    trade_is_described,
    resolutions_are_described,
    strategies_can_start,
    shocks_have_names_of_their_own,
    hazards_of_shocks_are_chances,
    shocks_find_their_interests,
    shocks_change_something,
    plans_leave_nature_alone,
    members_are_distinct,
    guarantors_have_an_aim,
    claims_are_tested_or_say_why_not,
    tests_ask_for_what_there_is,
    venues_are_ranked_by_an_aim,
    dates_follow_each_other,
    observed_states_can_exist,
    forecasts_have_a_window,
    size_is_admitted,
    numbers_that_are_off_together_are_known,
    groups_can_be_drawn,
)
