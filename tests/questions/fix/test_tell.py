"""How a fix is told: what is missing, the least of each kind, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

from detente.library import open
from detente.questions.fix.find import fix
from detente.questions.fix.tell import page
from detente.rendering import render
from detente.scenario.load import loads
from questions.fix.test_find import DAM, ORDINAL


def told(text: str, **asked: str) -> str:
    return " ".join(render(page(fix(loads(text), **asked)), width=100).split())  # type: ignore[arg-type]


def test_the_promise_the_bond_and_their_certificate_are_told() -> None:
    text = told(DAM, concept="nash")
    assert "It does not hold under Nash" in text
    assert "Upstream would leave it. What is missing adds up to 0.25 of a payoff range." in text
    assert "promised to Upstream: by Downstream 0.25" in text
    assert "Upstream bound to “Build the dam: no”" in text
    assert "Nothing cheaper exists among promises, attitudes and commitments." in text
    assert "no table of costs" in text


def test_what_holds_already_needs_nothing() -> None:
    text = told(DAM, outcome="dry", concept="nash")
    assert "It holds under Nash as things are; nothing has to change." in text
    assert "The least of each kind" not in text
    text = told(DAM, outcome="dry")
    assert "It holds under iSEQ as things are; nothing has to change." in text
    assert "fear of an answer" not in text, "it holds under Nash as well"


def test_a_strategy_and_what_brings_it_there() -> None:
    text = told(DAM, outcome="deal", reach="wait", concept="seq")
    assert "As it is, it never gets there." in text
    assert "open the table river" in text
    assert "The strategy was played anew with every change shown." in text
    answer = fix(loads(DAM), "deal", concept="seq", reach="wait")
    (promise,) = (seen for seen in answer.kinds if seen.kind == "promise")
    assert ("though why and assess may name some" in text) == (promise.status == "none")
    for tried, said in ((3, "No promise suffices, though"), (0, "No promise was tried, though")):
        vain = replace(answer, kinds=(replace(promise, status="none", least=None, tried=tried),))
        assert f"{said} why and assess may name some" in " ".join(render(page(vain), width=100).split())
    assert "No promise suffices" not in told(DAM, outcome="free", concept="nash")


def test_costs_are_shown_where_there_are_any() -> None:
    text = told(DAM + "cost: {promise: 10, commitment: 1}\n", concept="nash")
    assert "The cheapest over all kinds" in text
    assert "no table of costs" not in text


def test_changes_of_order_are_told_one_by_one() -> None:
    text = told(ORDINAL, outcome="free", concept="nash")
    assert "would make state 1 hold, and no fewer" in text
    assert "Upstream would rank state " in text
    assert " above state " in text
    assert "Margin" not in text
    assert "they need interests with weights from every party" in text


def test_every_form_can_show_it() -> None:
    answer = fix(open("prisoners"), concept="nash")
    for form in ("terminal", "markdown", "html", "json"):
        assert render(answer, form)  # type: ignore[arg-type]
