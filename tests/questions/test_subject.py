"""Words name a state, an outcome or a strategy, in a fixed order; words that name nothing get a next step."""

from __future__ import annotations

import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.questions.subject import Subject, subject_of
from detente.scenario.load import loads
from detente.states.compile import compile_graph

GATE = """
detente: 1
title: A gate
parties: {A: {}, B: {}}
options: {A.gate: {levels: [shut, ajar, open]}, B.pay: {}}
rules: [{must: B.pay implies A.gate != shut}]
status_quo: {A.gate: ajar}
outcomes: {wide: A.gate == open, paid: B.pay}
aim: paid
interests: {A: [{wants: B.pay, weight: 1}], B: [{wants: A.gate == open, weight: 1}]}
strategies: {wide: {sponsors: [A], stages: [{}]}, wait: {sponsors: [A], stages: [{}]}}
"""


def meant(words: str | list[str]) -> Subject:
    scenario = loads(GATE, id="gate")
    return subject_of(scenario, compile_graph(scenario), words)


def test_a_state_by_name_number_or_levels() -> None:
    assert meant("") == meant("status-quo") == Subject("state", "status-quo", 1)
    assert meant("3") == Subject("state", "3", 2)
    assert meant("A.gate=open").state == 2
    assert meant(["A.gate=open", "B.pay=yes"]).state == meant("A.gate=open,B.pay=yes").state == 4
    assert meant(["status-quo", "B.pay=yes"]).state == 3


def test_an_outcome_comes_before_a_strategy_of_the_same_name() -> None:
    assert meant("wide") == Subject("outcome", "wide", None, ("strategy",))
    assert meant("strategy:wide") == Subject("strategy", "wide")
    assert meant("outcome:wide") == Subject("outcome", "wide")
    assert meant("paid") == Subject("outcome", "paid")
    assert meant("wait") == Subject("strategy", "wait")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("payd", "Did you mean 'paid'"),
        ("status-qo", "Did you mean 'status-quo'"),
        ("strategy:wayt", "no strategy called 'wayt'. Did you mean 'wait'"),
        ("plan:wait", "no kind of subject called 'plan'"),
        ("A.gat=open", "no option called 'A.gat'. Did you mean 'A.gate'"),
        ("A.gate=opn", "Did you mean 'open'"),
    ],
)
def test_unknown_names_come_with_a_near_miss(words: str, said: str) -> None:
    with pytest.raises(UnknownNameError, match=said.replace(".", r"\.")):
        meant(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("0", "numbered from 1 to 5"),
        ("6", "numbered from 1 to 5"),
        ("wide paid", "one at a time"),
        ("A.gate", "is an option; write A.gate=LEVEL"),
        ("A", "is a party; .* --party A"),
        ("9" * 5000, "there is no state 9"),
        ("A.gate=shut B.pay=yes", "breaks the rule"),
    ],
)
def test_words_that_name_no_state_are_refused(words: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        meant(words)
