"""Every mistake is reported with its place, its name and the next step (reliability A2, A5, A6, A7)."""

from __future__ import annotations

import random
import string

import pytest

from detente.errors import ScenarioError
from detente.scenario.load import loads
from detente.scenario.near import near_miss
from scenario.texts import BASE, changed, problem, problems


def test_the_base_scenario_has_no_problem() -> None:
    assert loads(BASE).title == "Two neighbours"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        # numbers out of their range, with the field named
        (
            "weight: 2..4",
            "weight: -2",
            ":25:33  weight is -2; a weight is at least 0. To turn an interest round, write `avoids`.",
        ),
        ("weight: 2..4", "weight: 4..2", "weight: the range 4..2 is reversed. Write 2..4."),
        ("weight: 2..4", "weight: -1..4", "weight reaches -1; a weight is at least 0."),
        ("weight: 2..4", "weight: 5 (2..4)", "weight: 5 lies outside its range 2..4. Widen the range."),
        ("weight: 2..4", "weight: 5 ± -1", "weight: '5 ± -1' spreads by a negative amount. Write 5 ± 1."),
        ("weight: 2..4", "weight: .nan", "weight: nan is not a finite number."),
        ("weight: 2..4", "weight: .inf", "weight: inf is not a finite number."),
        ("weight: 2..4", "weight: 1e999", "weight: inf is not a finite number."),
        ("weight: 2..4", "weight: heavy", "weight: 'heavy' is not a number. Write 3, 3 ± 1, 3 (2..5) or 2..5."),
        ("weight: 2..4", "weight: true", "weight: 'true' is not a number."),
        ("weight: 2..4", "weight: [3]", "weight: a list is not a number."),
        (
            "weight: 2..4",
            "weight: {value: 3, low: 1}",
            "weight: a distribution needs a plain value, `low` and `high`.",
        ),
        ("weight: 2..4", "weight: {value: 3, wieght: 1}", "a number has no field 'wieght'."),
        ("A > B: -0.2 ± 0.1", "A > B: -1.2", "attitude is -1.2; an attitude is between -1 and 1."),
        ("hazard: 0.1", "hazard: 1.5", ":13:37  hazard is 1.5; a chance is between 0 and 1."),
        ("hazard: 0.1", "hazard: 2 + pressure(A)", "hazard is between 2 and 3; a chance is between 0 and 1."),
        ("no: 0.1, yes: 1", "no: 0.1, yes: 1.1", "open share is 1.1; an open share is between 0 and 1."),
        ("loss: 0.2", "loss: 1.2", "loss is 1.2; a loss is between 0 and 1."),
        (
            "some: 0.5, many: 1}",
            "some: 0.5, many: 2}",
            "level's number is 2; a level's number is between 0 and 1.",
        ),
        ("assurance: {A: 0.1}", "assurance: {A: 2}", "assurance is 2; an assurance is between 0 and 1."),
        # unknown names
        ("wants: peace", "wants: paece", ":22:15  no outcome or option called 'paece'. Did you mean 'peace'?"),
        (
            "A.talk and B.trade",
            "A.talk and B.trad",
            ":18:21  no option called 'B.trad'. Did you mean 'B.trade'?",
        ),
        ("A.arms >= some", "A.arms >= sme", ":19:30  option 'A.arms' has no level 'sme'. Did you mean 'some'?"),
        ("A.arms >= some", "A.arms >= yes", "option 'A.arms' has no level 'yes'. Its levels: few, some, many."),
        ("A.arms >= some", "some <= A.arms", "the level 'some' stands before its option. Write A.arms first."),
        (
            "A.arms >= some",
            "A.arms",
            "'A.arms' has 3 levels, so alone it is neither true nor false. Write A.arms >= some.",
        ),
        ("A.arms >= some", "A.arms >= 1", "option 'A.arms' is compared with a number."),
        ("A.arms >= some", "some", "no outcome or option called 'some'. It is a level: write A.arms == some."),
        ("avoids: tension", "avoids: presure(A)", "presure"),
        ("avoids: tension", "avoids: pressure(B)", "nothing presses on 'B'. Known: A."),
        (
            "risk(nature.storm)",
            "risk(nature.strom)",
            "no shock called 'nature.strom'. Did you mean 'nature.storm'?",
        ),
        ("risk(nature.storm)", "risk(A.talk)", "no shock called 'A.talk'."),
        ("risk(nature.storm)", "level(A.army)", "no option called 'A.army'. Did you mean 'A.arms'?"),
        ("aim: peace", "aim: piece", ":3:6  no outcome called 'piece'. Did you mean 'peace'?"),
        ("sponsors: [A]", "sponsors: [C]", "no party called 'C'."),
        ("tables: [both]", "tables: [bothh]", "no table called 'bothh'. Did you mean 'both'?"),
        ("venue: lake", "venue: lak", "no venue called 'lak'. Did you mean 'lake'?"),
        ("source: report p2", "source: reprot p2", "no source called 'reprot'. Did you mean 'report'?"),
        ("status_quo: {B.trade: yes}", "status_quo: {B.trade: true}", "has no level 'true'. Write no or yes."),
        (
            "status_quo: {B.trade: yes}",
            "status_quo: {B.trade: many}",
            "It is a level of 'A.arms'; here: no, yes.",
        ),
        ("status_quo: {B.trade: yes}", "status_quo: {B.trde: yes}", ":16:14  no option called 'B.trde'."),
        ("  B.trade: {title: Trade}", "  B.trade: {title: Trade}\n  C.x: {}", "no party called 'C'."),
        ("  A > B:", "  A > C:", "no party called 'C'."),
        ("  A > B:", "  A > A:", "'A' stands on both sides of 'A > A'. Name two parties."),
        ("  A > B:", "  A -> B:", "'A -> B' does not name two parties. Write `A > B` or `A ~ B`, with spaces."),
        ("by: B.trade", "by: B.trde", "no option called 'B.trde'. Did you mean 'B.trade'?"),
        # keys
        (
            "    unit: USD mn",
            "    units: USD mn",
            ":31:5  a pressure has no field 'units'. Did you mean 'unit'?",
        ),
        (
            "because: Calm pays.",
            "becuase: Calm pays.",
            "an interest has no field 'becuase'. Did you mean 'because'?",
        ),
        (
            "because: Calm pays.",
            "because: Calm, they say, pays.",
            "comma inside an unquoted text? Then quote the text.",
        ),
        ("title: Tension}", "title: #1\n    }", ":20:5  title is empty: an unquoted # begins a comment."),
        ("title: Tension}", "title: }", "title is empty. Write a text, or remove the line."),
        ("moves: up}", "moves: sideways}", "moves is 'sideways'. Write both, up, down or fixed."),
        ("weight: 2..4", "weight: 2, wants: peace", "this interest has more than one of `wants` and `avoids`."),
        (
            "{avoids: tension, weight: 2..4}",
            "{weight: 2}",
            ":25:7  this interest has none of `wants` and `avoids`.",
        ),
        ("{avoids: tension, weight: 2..4}", "{avoids: tension}", ":25:7  this interest has no `weight`."),
        ("{avoids: tension, weight: 2..4}", "avoids", "the fields of an interest are expected."),
        ("detente: 1", "detente: 2", ":1:10  this is format 2; this version of detente reads format 1."),
        ("levels: [few, some, many]", "levels: [few]", "levels has 1 entries; at least 2 are needed."),
        (
            "levels: [few, some, many]",
            "levels: [few, some, some, many]",
            "level 'some' of 'A.arms' stands twice.",
        ),
        ("levels: [few, some, many]", "levels: [few, some, many, 4x]", "'4x' cannot name a level."),
        ("A: {name: Alpha}", "A: {name: Alpha, weaker_than: A}", "'A' is weaker than itself."),
        # preferences
        ("some: 0.5, many: 1}", "many: 1}", "no number for level some of 'A.arms'. Give one for every level."),
        ("some: 0.5, many: 1}", "sum: 0.5, many: 1}", "option 'A.arms' has no level 'sum'."),
        (
            "avoids: tension",
            "avoids: 3 + pressure(A)",
            "avoids a quantity between 3 and 4; it must lie in 0 to 1.",
        ),
        # pressure
        ("channels: B coal, by", "channels: B cole, by", "no channel is called 'B cole'. Did you mean 'coal'?"),
        ("open: {no: 0.1, yes: 1}", "open: {no: 0.1}", "`open` says nothing about yes of 'B.trade'."),
        (
            "open: {no: 0.1, yes: 1}",
            "open: {none: 0.1, yes: 1}",
            "option 'B.trade' has no level 'none'. Did you mean 'no'?",
        ),
        ("from: B coal, to: C coal", "from: B coal, to: B coal", "nothing can move from 'B coal' to 'B coal'."),
        ("partner: C, good: coal", "partner: B, good: coal", "channel 'B coal licit' (export) stands twice."),
        ("partner: C, good: coal", "partner: A, good: coal", "'A' is its own partner here."),
        # strategies
        (
            "commit: {A.talk: yes}",
            "commit: {B.trade: no}",
            "'B.trade' belongs to 'B', which does not sponsor 'talk'.",
        ),
        ("commit: {A.talk: yes}", "commit: {A.talk: maybe}", "option 'A.talk' has no level 'maybe'."),
        ("commit: {A.talk: yes}", "commit: {A.talk: yes, A.arms: many}", "these commitments break a rule"),
        (", until: peace", ", require: yes", "`require` has no `until` to wait for."),
        ("tables: {both: [A, B]}", "tables: {both: [A]}", "table 'both' seats 1 party."),
        (
            "tables: {both: [A, B]}",
            "tables: {both: {members: [A, B], ratify: {by: nature, chance: 0.5}}}",
            "nature is no party.",
        ),
        (
            "tables: {both: [A, B]}",
            "tables: {both: {members: [A, B], ratify: {by: A, chance: 1.5}}}",
            "chance is 1.5; a chance is between 0 and 1.",
        ),
        # rules and hazards
        (
            "status_quo: {B.trade: yes}",
            "status_quo: {A.arms: many, A.talk: yes}",
            "the status quo breaks this rule",
        ),
        (
            "B.trade: {title: Trade}",
            "B.trade: {title: Trade, hazard: 0.1}",
            "'B.trade' is no shock and has no hazard.",
        ),
        (
            "must: not (A.arms == many and A.talk)",
            "must: 2 * pressure(A)",
            "a condition is expected where a number stands",
        ),
        ("A.talk and B.trade", "A.talk = B.trade", ":18:17"),
    ],
)
def test_one_mistake_is_one_problem_that_says_what_to_do(old: str, new: str, message: str) -> None:
    found = problems(changed(old, new))
    assert any(message in each for each in found), "\n".join(found)
    assert all(each.startswith("x.yaml:") for each in found)


def test_every_problem_is_reported_in_the_order_of_the_file() -> None:
    text = changed("weight: 2..4", "weight: -2", changed("aim: peace", "aim: piece"))
    found = problems(changed("loss: 0.2", "loss: 3", text))
    assert [each.split(":")[1] for each in found] == ["3", "25", "36"]


def test_the_text_of_the_error_ends_with_the_count() -> None:
    with pytest.raises(ScenarioError, match=r"2 problems; nothing was run\."):
        loads("title: x\nparties: {A: }\noptions: {A.x: }\ninterests: {}\naim: y")


def test_who_ratifies_sits_at_the_table() -> None:
    extra = "tables: {both: {members: [A, B], ratify: {by: C, chance: 0.5}}}"
    text = changed("tables: {both: [A, B]}", extra).replace("parties:\n", "parties:\n  C: {}\n", 1)
    assert any("C does not sit at table 'both'. Its members: A, B." in each for each in problems(text))


def test_only_what_a_stage_commits_may_lapse() -> None:
    text = "parties: {A: {}}\noptions: {A.arms: {}, A.alms: {}}\ninterests: {A: [{wants: A.arms, weight: 1}]}\n"
    stage = "{commit: {A.arms: yes}, lapse: {A.alms: 0.1}}"
    text = f"detente: 1\ntitle: x\n{text}strategies: {{s: {{sponsors: [A], stages: [{stage}]}}}}"
    what = "'A.alms' is not committed in this stage, so that nothing can lapse. Did you mean 'A.arms'?"
    assert what in problem(text)


def test_zero_total_weight() -> None:
    text = changed("weight: 2..4", "weight: 0", changed("weight: 1 (0..2)", "weight: 0"))
    assert problem(text).endswith("all weights are 0: nothing would matter to this party. "
                                  "Give at least one interest a weight above 0.")  # fmt: skip


def test_weights_that_are_no_number_together() -> None:
    text = changed("weight: 2..4", "weight: 1e308", changed("weight: 1 (0..2)", "weight: 1e308"))
    assert "the weights add up to more than 1e+100" in problem(text)


def test_trade_that_is_no_number_together() -> None:
    text = changed("value: 10", "value: 1e308", changed("good: coal, value: 2}", "good: coal, value: 1e308}"))
    assert "the trade of 'A' adds up to more than 1e+100" in problem(text)


def test_a_scenario_without_parties() -> None:
    text = "detente: 1\ntitle: T\nparties: {}\noptions: {nature.x: {hazard: 0.1}}\ninterests: {}\n"
    assert problem(text).startswith("x.yaml:3:1  the scenario has no parties.")
    assert "the scenario has no parties" not in "".join(problems(text.replace("parties: {}\n", "")))


@pytest.mark.parametrize("text", ["- a\n- b\n", "hello", "12", "null"])
def test_a_document_that_is_no_mapping_is_one_problem(text: str) -> None:
    assert problem(text).startswith("x.yaml:1:1  the document is ")


def test_nobody_trades_with_itself_or_helps_itself() -> None:
    text = changed("partner: C, good: coal", "partner: A, good: coal")
    (line,) = (number for number, row in enumerate(text.splitlines(), 1) if "partner: A, good" in row)
    told = "'A' is its own partner here. Name the other side of the trade."
    assert any(each.startswith(f"x.yaml:{line}:") and each.endswith(told) for each in problems(text))
    aid = changed("    cuts:", "    aids: [{partner: A, value: 1, when: tension}]\n    cuts:")
    assert problem(aid).endswith(told)


def test_a_wrong_weight_is_not_also_a_missing_one() -> None:
    text = changed("    - {avoids: tension, weight: 2..4}\n", "")
    assert "weight is -1" in problem(changed("weight: 1 (0..2)", "weight: -1", text))


def test_a_party_without_interests() -> None:
    text = changed("  B: {name: Beta}", "  B: {name: Beta}\n  C: {name: Gamma}")
    assert problem(text).startswith("x.yaml:9:3  party 'C' has no interests.")


def test_attitudes_need_interests_on_both_sides() -> None:
    text = BASE.replace("    - {avoids: tension, weight: 2..4}\n", "    ranking: [[1, 2], 3]\n")
    text = text.replace("    - {avoids: risk(nature.storm), weight: 1 (0..2)}\n", "")
    assert "'B' is known by the order of its states, so attitudes cannot count." in problem(text)


@pytest.mark.parametrize(
    ("ranking", "message"),
    [
        ("[1, 2, 2]", "state 2 stands twice"),
        ("[1, 4]", "leaves out state 2, 3"),
        ("[0, 1]", "a whole number from 1"),
    ],
)
def test_rankings_name_every_state_once(ranking: str, message: str) -> None:
    text = BASE.replace("    - {avoids: tension, weight: 2..4}\n", f"    ranking: {ranking}\n")
    text = text.replace("    - {avoids: risk(nature.storm), weight: 1 (0..2)}\n", "")
    assert message in problem(text.replace("relations:\n  A > B: -0.2 ± 0.1\n", ""))


def test_one_way_options_cannot_be_committed_backwards() -> None:
    text = changed("status_quo: {B.trade: yes}", "status_quo: {B.trade: yes, A.talk: yes}")
    found = problem(changed("commit: {A.talk: yes}", "commit: {A.talk: no}", text))
    assert "'A.talk' moves only up, so it cannot go from yes to no." in found


def test_outcomes_in_a_circle_are_reported_whole() -> None:
    text = changed("A.talk and B.trade", "not tension", changed("where: A.arms >= some", "where: not peace"))
    assert "18:3  defined in a circle: peace → tension → peace." in problem(text)


def test_an_outcome_of_itself() -> None:
    assert "defined in a circle: peace → peace." in problem(changed("A.talk and B.trade", "peace"))


def test_pressure_in_a_circle() -> None:
    text = changed("when: tension", "when: pressure(A) > 0.5")
    assert "defined in a circle: pressure(A) → pressure(A)." in problem(text)


def test_hazards_and_outcomes_in_a_circle() -> None:
    text = changed("hazard: 0.1", "hazard: 0.1 * tension")
    text = changed("where: A.arms >= some", "where: risk(nature.storm) > 0.05", text)
    assert "tension → risk(nature.storm) → tension" in problem(text)


def test_long_chains_of_outcomes_are_refused_without_following_them() -> None:
    chain = "".join(f"  o{k}: o{k - 1}\n" for k in range(1, 5000))
    text = changed("  peace: A.talk", f"  o0: A.talk\n{chain}  peace: A.talk")
    assert "'o40' builds on a chain of 41 definitions; at most 40 are followed." in problem(text)


def test_outcomes_that_double_are_read_once_each() -> None:
    doubling = "".join(f"  o{k}: o{k - 1} and o{k - 1}\n" for k in range(1, 39))
    text = changed("  peace: A.talk", f"  o0: A.talk\n{doubling}  peace: A.talk")
    assert loads(changed("must: not (A.arms", "must: (o38 implies o38) and not (A.arms", text))


def test_a_thousand_mistakes_end_at_a_hundred() -> None:
    assert len(problems(BASE + "".join(f"key{k}: 1\n" for k in range(1000)))) == 100


def test_a_circle_of_thousands_is_one_problem() -> None:
    chain = "".join(f"  o{k}: o{(k + 1) % 5000}\n" for k in range(5000))
    assert "o0 → o1 → " in problem(changed("  peace: A.talk", f"{chain}  peace: A.talk"))


def test_sixty_options_are_refused_with_the_size_that_would_do() -> None:
    many = "".join(f"  A.extra{k}: {{}}\n" for k in range(56))
    found = problem(changed("  B.trade: {title: Trade}\n", "  B.trade: {title: Trade}\n" + many))
    assert found.startswith("x.yaml:9:1  60 options make 1.7e+18 states, about ")
    assert "At most 268,435,456 can be looked through (28 options of two levels)" in found


def test_a_limit_counts_where_no_rule_removes_states() -> None:
    text = changed("aim: peace", "aim: peace\nlimit: 10")
    text = changed(
        "rules:\n  - {must: not (A.arms == many and A.talk), because: They exclude each other.}\n", "", text
    )
    assert "4 options make 24 states" in problem(text)
    assert "At most 10 are admitted" in problem(text)


def test_a_misspelt_section_gives_one_problem() -> None:
    assert problem(changed("parties:", "partys:")).endswith("has no field 'partys'. Did you mean 'parties'?")


def test_a_missing_section_gives_one_problem() -> None:
    text = BASE[: BASE.index("parties:")] + BASE[BASE.index("options:") :]
    assert problem(text).startswith("x.yaml:1:1  this scenario has no `parties`.")


def test_a_broken_option_gives_one_problem() -> None:
    assert "levels is '7'" in problem(changed("levels: [few, some, many]", "levels: 7"))


def test_a_broken_outcome_gives_one_problem() -> None:
    assert ":19:28" in problem(changed("where: A.arms >= some", "where: A.arms >> some"))


def test_attitudes_given_twice() -> None:
    text = changed("  A > B: -0.2 ± 0.1", "  A > B: -0.2 ± 0.1\n  A ~ B: 0.1")
    assert "'A ~ B' gives A's attitude to B again, after 'A > B'. Keep one." in problem(text)


def test_names_that_expressions_could_not_read() -> None:
    assert "'not' cannot name an outcome" in problem(
        changed("  peace: A.talk", "  not: A.talk\n  peace: A.talk")
    )
    assert "'a b' cannot name an outcome" in problem(
        changed("  peace: A.talk", "  a b: A.talk\n  peace: A.talk")
    )


NAMES = [
    "USA",
    "PRK",
    "CHN",
    "KOR",
    "JPN",
    "RUS",
    "USA.strike",
    "USA.secondary_sanctions",
    "USA.assurance",
    "CHN.enforcement",
    "CHN.assurance",
    "PRK.programme",
    "KOR.thaad",
    "nature.collapse",
    "frozen",
    "disarmed",
    "war",
    "talking",
    "squeeze",
    "patience",
    "five-then-six",
    "six-party",
]


def _misspelt(rng: random.Random, name: str) -> str:
    place = rng.randrange(len(name))
    letter = rng.choice(string.ascii_lowercase)
    kinds = (
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
    )
    return rng.choice(kinds)


def test_near_misses_are_right() -> None:
    rng = random.Random(7)
    tried = right = 0
    while tried < 2000:
        name = rng.choice(NAMES)
        wrong = _misspelt(rng, name)
        if len(name) > 6 and rng.random() < 0.5:
            wrong = _misspelt(rng, wrong)
        if wrong in NAMES or not wrong:
            continue
        tried += 1
        right += near_miss(wrong, NAMES) == name
    assert right / tried >= 0.95


def test_near_misses_forgive_case_and_a_missing_owner() -> None:
    assert near_miss("usa", NAMES) == "USA"
    assert near_miss("enforcement", NAMES) == "CHN.enforcement"
    assert near_miss("zebra", NAMES) is None
