"""A claim's test asks for what the scenario has; what it lacks is told with place, near miss and next step."""

from __future__ import annotations

import pytest

from detente.scenario.dump import dumps
from detente.scenario.load import loads
from scenario.texts import BASE, changed, problems

CLAIMS = f"""{BASE}
shocks:
  flood: {{hazard: 0.1, set: {{B.trade: no}}}}
views:
  A of B: [{{name: gold, wants: B.trade, weight: 1}}]
claims:
  one: {{says: Talks help., test: "TEST", source: report p1}}
"""


def said(test: str) -> list[str]:
    return problems(CLAIMS.replace("TEST", test))


def text(test: str) -> str:
    return CLAIMS.replace("TEST", test)


@pytest.mark.parametrize(
    "test",
    [
        "success(talk, peace; venue = lake; A ~ B = 0.5; B.trade = no; views = truth; after flood) >= 0",
        "max(durability(talk; venue = each)) > 0",
        "lasting(talk, tension; close both; close channel coal; after nature.storm) == 0",
        "pressure(A; B.trade = no; close channel A: C coal) > 0.5",
        "margin(peace; A.arms = few) > margin(tension)",
        "equilibria(nash, peace and A.arms == few) == 0",
        "prefers(all; A.talk = yes; status-quo) and not prefers(A of B; B.trade = no; status-quo)",
        "weight(A of B, gold) > 0",
        "attitude(A, B; venue = lake) > attitude(A, B)",
        "composure(A; venue = lake) > composure(A)",
        "repair(talk, A ~ B) >= repair(talk, any)",
        "status_quo(B.trade = yes) and best(venue, talk) == lake",
    ],
)
def test_what_the_scenario_has_is_taken_and_written_back(test: str) -> None:
    scenario = loads(text(test))
    assert loads(dumps(scenario)) == scenario
    assert dumps(scenario).count(test) == 1


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("success(tak, peace) > 0", "no strategy called 'tak'. Did you mean 'talk'?"),
        ("success(talk, piece) > 0", "no outcome called 'piece'. Did you mean 'peace'?"),
        ("success(talk, peace; A.arm = few) > 0", "no option called 'A.arm'. Did you mean 'A.arms'?"),
        ("success(talk, peace; A.arms = fewer) > 0", "option 'A.arms' has no level 'fewer'. Did you mean"),
        ("success(talk, peace; venue = lago) > 0", "no venue called 'lago'. Did you mean 'lake'?"),
        ("success(talk, peace; open bot) > 0", "no table called 'bot'. Did you mean 'both'?"),
        ("success(talk, peace; after floods) > 0", "no shock called 'floods'. Did you mean 'flood'?"),
        ("success(talk, peace; after A.arms) > 0", "'A.arms' is no shock. Known: nature.storm."),
        ("success(talk, peace; A ~ D = 0) > 0", "no party called 'D'. Known: A, B."),
        ("success(talk, peace; A ~ B = 2) > 0", "an attitude is 2; it lies between -1 and 1."),
        ("success(talk, peace; without stage 1) > 0", "'talk' has 1 stage, so it cannot go without stage 1."),
        ("success(talk, peace; close channel cole) > 0", "no channel called 'cole'. Known: B coal"),
        ("pressure(B) > 0", "nothing presses on 'B'. Known: A."),
        ("weight(A of B, golf) > 0", "'A of B' has no interest called 'golf'. Did you mean 'gold'?"),
        ("weight(B of A, gold) > 0", "'B of A' is no party, and nobody's picture of one. Did you"),
        ("attitude(A, A of B) > 0", "no party called 'A of B'."),
        ("repair(talk, A-B) > 0", "'A-B' is no pair of parties. Write 'A ~ B', any or pairs."),
        ("repair(talk, A ~ C) > 0", "no party called 'C'. Known: A, B."),
        ("equilibria(nesh, peace) > 0", "no concept called 'nesh'. Did you mean 'nash'?"),
        ("equilibria(nash, pease) > 0", "no outcome or option called 'pease'. Did you mean 'peace'?"),
        ("best(strategy, talk) == lake", "'best' ranks no 'strategy'. Write e.g. 'best(venue,"),
        ("best(venue, talk) == leak", "no venue called 'leak'. Did you mean 'lake'?"),
        (
            "prefers(A; A.talk = yes, A.arms = many; status-quo)",
            "a state with A.talk = yes, A.arms = many breaks a rule: not (A.arms == many and A.talk).",
        ),
    ],
)  # fmt: skip
def test_what_the_scenario_lacks_is_told(test: str, message: str) -> None:
    found = said(test)
    assert len(found) == 1
    assert message in found[0]


def test_the_place_is_that_of_the_name() -> None:
    line = (
        text("success(talk, piece) > 0")
        .splitlines()
        .index('  one: {says: Talks help., test: "success(talk, piece) > 0", source: report p1}')
    )
    assert said("success(talk, piece) > 0")[0].startswith(f"x.yaml:{line + 1}:49 ")


def test_a_claim_has_a_test_or_says_why_not() -> None:
    assert loads(changed('test: "TEST"', "untestable: no numbers", CLAIMS)).claims[0].untestable == "no numbers"
    neither = problems(changed(', test: "TEST"', "", CLAIMS))
    assert "claim 'one' has none of `test` and `untestable`." in neither[0]
    both = problems(CLAIMS.replace('"TEST"', '"success(talk, peace) > 0", untestable: none'))
    assert "claim 'one' has both of `test` and `untestable`. Write one of them." in both[0]


def test_what_is_asked_of_the_aim_needs_one() -> None:
    aimless = changed("aim: peace\n", "", CLAIMS).replace(", guarantors: [B], assurance: {A: 0.1}", "")
    assert (
        "'durability' is about the scenario's aim"
        in problems(aimless.replace("TEST", "durability(talk) > 0"))[0]
    )
    assert loads(aimless.replace("TEST", "success(talk, peace) > 0"))


def test_facts_stand_beside_a_claim_with_their_source() -> None:
    fact = "untestable: none, fact: {verdict: supported, because: It was seen., source: report p3}"
    (claim,) = loads(changed('test: "TEST"', fact, CLAIMS)).claims
    assert claim.fact is not None
    assert (claim.fact.verdict, claim.fact.source) == ("supported", ("report p3",))
    assert (
        "no source called 'rapport'"
        in problems(changed('test: "TEST"', fact.replace("report", "rapport"), CLAIMS))[0]
    )
