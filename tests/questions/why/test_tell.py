from __future__ import annotations

import re
from dataclasses import replace

import pytest

from detente.formats import terminal
from detente.library import open
from detente.questions.why.answer import Why
from detente.questions.why.find import why
from detente.questions.why.tell import page
from detente.report.page import Chart
from detente.scenario.load import loads
from detente.scenario.model import Scenario

CANAL = """
detente: 1
title: A canal
parties: {UP: {name: Upstream}, DOWN: {name: Downstream}}
options:
  UP.lock: {title: The lock, levels: [open, half, shut]}
  DOWN.toll: {title: The toll}
aim: traffic
outcomes: {traffic: {where: UP.lock == open and DOWN.toll, title: Ships pass and pay}}
interests:
  UP:
    - {name: water, wants: {UP.lock: {open: 0, half: 0.5, shut: 1}}, weight: 1}
    - {name: silt, avoids: UP.lock == shut, weight: 0.004}
    - {name: fees, avoids: DOWN.toll, weight: 3}
  DOWN:
    - {name: fees, wants: DOWN.toll, weight: 1}
    - {name: ships, avoids: {UP.lock: {open: 0, half: 0.2, shut: 1}}, weight: 2}
    - {name: quarrel, avoids: DOWN.toll and UP.lock == shut, weight: 4}
relations: {DOWN > UP: -0.1}
tables: {quay: {members: [UP, DOWN], title: The quay}}
strategies:
  toll: {sponsors: [DOWN], title: A toll first, stages: [{commit: {DOWN.toll: yes}, title: Take the toll}]}
  quay: {sponsors: [DOWN], title: Talks on the quay, stages: [{tables: [quay], title: Talk}]}
"""


@pytest.fixture(scope="module")
def canal() -> Scenario:
    return loads(CANAL, id="canal")


def said(answer: Why) -> str:
    return " ".join(terminal.render(page(answer), 200).split())


def charts(answer: Why) -> list[Chart]:
    return [block for block in page(answer).blocks if isinstance(block, Chart)]


def test_a_state_that_fails_says_who_leaves_by_what_and_for_what(canal: Scenario) -> None:
    text = said(why(canal, ["DOWN.toll=yes"], "nash"))
    assert "does not hold under Nash: Upstream would leave it. It counts as: Ships pass and pay." in text
    assert "Upstream: would leave. The move that promises most is “The lock: shut”." in text
    assert "At once that would bring it 0.25 (water +0.25)" in text
    assert "Looking no further than its own move, it fears no answer." in text


def test_what_deters_is_told_reply_by_reply(canal: Scenario) -> None:
    text = said(why(open("prisoners")))
    assert "It holds only if parties look past their own next move: Prisoner One and Prisoner Two would" in text
    text = said(why(canal, [], "seq"))
    assert "Downstream: tempted, but deterred. The one move that it prefers is “The toll: yes”." in text
    assert re.search(r"But Upstream would answer with “The lock: shut”, which brings it 0\.\d+", text)
    assert re.search(r"that would leave Downstream 0\.\d+ worse off than it is", text)


def test_replies_that_cost_are_told_as_such() -> None:
    text = said(why(open("euphrates-1975"), "1", "gmr"))
    assert "Syria could answer with “Releases water: yes” (though it does not prefer that)" in text
    assert "It holds only by fear of answers that would cost those who make them" in text
    assert "Counting one more move of its own, Iraq would escape from such an answer" in text
    assert "Syria and Iraq are known only by order" in text


def test_an_answer_that_is_only_imagined_is_told_as_such() -> None:
    fearful = (
        CANAL
        + """
views:
  DOWN of UP: [{name: grudge, wants: DOWN.toll and UP.lock != open, weight: 1}]
"""
    )
    text = said(why(loads(fearful, id="fear"), "UP.lock=half", "seq", "DOWN"))
    assert "as Downstream sees it, Upstream would answer" not in text
    spiteful = fearful.replace("{open: 0, half: 0.5, shut: 1}", "{open: 1, half: 0.5, shut: 0}")
    text = said(why(loads(spiteful, id="fear"), "UP.lock=open", "seq", "DOWN"))
    assert "But as Downstream sees it, Upstream would answer with “The lock: " in text
    assert "(by its own interests that would cost Upstream 0." in text


def test_concepts_are_compared_in_every_case(canal: Scenario) -> None:
    told = {said(why(canal, str(state))) for state in range(1, 7)}
    assert any("It needs no deterrence" in text for text in told)
    assert any("It fails under every concept: not even the harshest answer" in text for text in told)


def test_the_terms_of_a_drawn_sum_add_up_as_they_are_shown(canal: Scenario) -> None:
    drawn = [chart for state in range(1, 7) for chart in charts(why(canal, str(state)))]
    drawn += [chart for name in ("toll", "quay", "traffic") for chart in charts(why(canal, name))]
    assert drawn
    for chart in drawn:
        assert chart.kind == "waterfall"
        *terms, total = chart.bars
        assert total.label == "in all"
        assert round(sum(bar.value for bar in terms), 4) == round(total.value, 4)
        shown = [float(bar.shown.replace("\N{MINUS SIGN}", "-")) for bar in chart.bars]
        assert round(sum(shown[:-1]), 4) == shown[-1]
        assert all(bar.shown in chart.alt for bar in terms)


def test_terms_too_small_to_show_stand_as_one(canal: Scenario) -> None:
    (chart, *_) = charts(why(canal, ["DOWN.toll=yes"], "nash"))
    assert [bar.label for bar in chart.bars] == ["water", "1 smaller term", "in all"]


def test_attitudes_are_named_by_the_other(canal: Scenario) -> None:
    answer = why(canal, ["UP.lock=shut", "DOWN.toll=yes"], "nash", "DOWN")
    assert "attitude to Upstream −0.0" in said(answer)


def test_an_outcome_says_how_many_of_its_states_hold(canal: Scenario) -> None:
    text = said(why(canal, "traffic", "nash"))
    assert "Ships pass and pay (traffic): its one state does not hold under Nash. In state 4, Upstream" in text
    text = said(why(open("elmira"), "delay", "nash"))
    assert re.search(r"The appeal drags on \(delay\): (none|1|2|3|4) of its 4 states holds? under Nash", text)
    text = said(why(open("elmira"), "accepted"))
    assert "Uniroyal cleans up (accepted): 1 of its 4 states holds under iSEQ. It is state 10." in text


def test_a_strategy_says_where_it_ends_and_how(canal: Scenario) -> None:
    text = said(why(canal, "toll", "nash"))
    assert (
        "“A toll first” (toll) never reaches the aim, “Ships pass and pay” (traffic). It comes to rest in"
        in text
    )
    assert "- Stage 1 (Take the toll): “The toll: yes”, committed by Downstream." in text
    assert "- Stage 1 (Take the toll): “The lock: shut”, by Upstream. That brings it 0.25" in text
    assert "Success falls" not in text
    assert "In stage 1, while 1 option stands as committed" in text
    assert "Upstream could, by “The lock: open”. At once that would cost it 0.25" in text


def test_a_table_says_who_is_against_a_deal(canal: Scenario) -> None:
    text = said(why(canal, "quay"))
    assert "The table The quay (quay) could reach it together" in text or "reaches the aim" in text
    if "Against it" in text:
        assert re.search(r"Against it: Upstream \(fees −0\.\d+", text)


def test_where_a_name_means_two_things_the_other_is_told(canal: Scenario) -> None:
    answer = replace(why(canal, "traffic"), also=("strategy",))
    assert "There is also a strategy of that name; ask for it as strategy:traffic." in said(answer)


def test_every_ending_has_its_sentence(canal: Scenario) -> None:
    answer = why(canal, "toll", "nash")
    assert answer.strategy is not None
    (path, *_) = answer.strategy.paths
    for ending, sentence in {
        "until": "There the stage ends, as it was told to.",
        "missed": "ends there without what it requires",
        "blocked": "cannot begin",
        "cycle": "From there play goes round.",
    }.items():
        changed = replace(answer.strategy, paths=(replace(path, ending=ending, chance=0.5),), others=2)
        text = said(replace(answer, strategy=changed))
        assert sentence in text
        assert "by this way with 50% probability" in text
        assert "Besides these, play has 2 less probable endings." in text


def test_one_party_is_told_what_another_concept_would_change() -> None:
    text = said(why(open("prisoners"), "status-quo", None, "one"))
    assert "Otherwise under Nash. Prisoner One: would leave." in text
    assert "Prisoner Two: tempted" not in text


@pytest.mark.parametrize(
    "name", ["prisoners", "chicken-2017", "cuba-1962", "elmira", "euphrates-1975", "garrison"]
)
@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sseq", "iseq"])
def test_everything_in_small_crises_can_be_told(name: str, concept: str) -> None:
    scenario = open(name)
    states = [str(state) for state in range(1, why(scenario).feasible + 1)]
    for subject in (*states, *(outcome.id for outcome in scenario.outcomes)):
        text = said(why(scenario, subject, concept))
        verdict = "does not hold" not in text and "none of its" not in text
        assert verdict == why(scenario, subject, concept).state.holds
        assert "None" not in re.sub(r"None of its", "", text)
        assert " ." not in text


GUARDED = """
detente: 1
title: A guarded ford
parties: {A: {name: Traders}, B: {name: Raiders}, C: {name: Guards}}
options: {A.go: {title: Cross}, B.strike: {title: Raid}, C.hit: {title: Strike back}}
interests:
  A: [{name: trade, wants: A.go, weight: 1}, {name: loss, avoids: B.strike, weight: 3}]
  B:
    - {name: loot, wants: B.strike and A.go, weight: 1}
    - {name: blows, avoids: C.hit, weight: 3.2}
    - {name: toil, avoids: B.strike, weight: 0.1}
  C: [{name: duty, wants: C.hit and B.strike, weight: 1}, {name: cost, avoids: C.hit, weight: 0.5}]
"""


PENNIES = """
detente: 1
title: Matching pennies
parties: {A: {name: Who matches}, B: {name: Who differs}}
options: {A.heads: {}, B.heads: {}}
interests:
  A: [{name: match, wants: A.heads == B.heads, weight: 1}]
  B: [{name: differ, wants: A.heads != B.heads, weight: 1}]
"""


def test_an_empty_threat_is_called_so_and_who_would_punish_it() -> None:
    guarded = loads(GUARDED, id="ford")
    believed = why(guarded, concept="seq")
    (trader, *_) = believed.state.stands
    assert (believed.state.holds, trader.stance) == (True, "empty threat")
    assert trader.attempt is not None
    (reply,) = trader.attempt.replies
    assert (reply.party, [one.party for one in reply.punished]) == ("B", ["C"])
    assert reply.gain == pytest.approx(0.9 / 4.2)
    assert reply.expects == pytest.approx(-2.3 / 4.2)
    text = said(believed)
    assert "Traders: held only by an empty threat. The one move that it prefers is “Cross: yes”." in text
    assert "But Raiders would answer with “Raid: yes”, which brings it 0.21; that would leave Traders" in text
    assert "But Raiders would not dare to: Guards would answer with “Strike back: yes”" in text
    assert "and Raiders would end 0.55 worse off than before." in text
    assert "It holds only as long as empty threats are believed: Traders would leave" in text


def test_who_leaves_is_told_which_empty_threat_could_keep_it() -> None:
    seen = why(loads(GUARDED, id="ford"))
    assert [stand.stance for stand in seen.state.stands] == ["leaves", "nothing better", "nothing better"]
    text = said(seen)
    assert "No answer that the others would dare to give takes any of that away." in text
    assert "Only an empty threat could keep it: Raiders would answer with “Raid: yes”" in text
    assert "But Raiders would not dare to: Guards would answer" in text


def test_an_answer_that_is_answered_in_turn_shows_what_is_left_of_it() -> None:
    """Guards too weak to deter: the raid still pays, though less than at once."""
    weak = loads(GUARDED.replace("avoids: C.hit, weight: 3.2", "avoids: C.hit, weight: 0.5"), id="ford")
    seen = why(weak)
    (trader, *_) = seen.state.stands
    assert trader.stance == "deterred"
    assert "which brings it 0.60 (0.27 once it is answered in turn)" in said(seen)


def test_what_foresight_cannot_tell_is_called_undetermined() -> None:
    pennies = loads(PENNIES, id="pennies")
    seen = why(pennies)
    assert "undetermined" in {stand.stance for stand in seen.state.stands}
    assert "iterated foresight cannot tell, and takes it to stay" in said(seen)
