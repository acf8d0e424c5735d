"""A scenario written and read again is the same scenario; writing is stable and readable."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.scenario.claim_language import read_test
from detente.scenario.document import parse_document
from detente.scenario.dump import dumps
from detente.scenario.expression import parse
from detente.scenario.fingerprint import fingerprint
from detente.scenario.load import load, loads
from detente.scenario.model import (
    Aid,
    Attitude,
    Cardinal,
    Channel,
    Claim,
    Cut,
    Diversion,
    Fact,
    Finding,
    Interest,
    LevelScale,
    Misperception,
    Number,
    Observation,
    Option,
    Outcome,
    Party,
    Plan,
    Pressure,
    Ranking,
    Rule,
    Scenario,
    Shock,
    Source,
    Spread,
    Stage,
    Statement,
    Statements,
    Strategy,
    Table,
    Venue,
    View,
)
from detente.scenario.nodes import plain, resolve
from detente.scenario.starter import starter
from detente.scenario.yaml_layout import WIDTH, layout
from scenario.texts import BASE

ROOT = Path(__file__).resolve().parents[2]
BUILT_IN = sorted((ROOT / "src/detente/scenarios").glob("*.yaml"))

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\x85\u2028"), max_size=40
)
AWKWARD = [
    *"#%@`'\"\\&*!~-?:,[]{}>|=",
    "null",
    "yes",
    "012",
    "1e3",
    "#1",
    "a: b",
    "a #b",
    "- x",
    "[x]",
    "{y}",
    "a:",
]
AWKWARD += [
    " a",
    "a ",
    "a,b",
    "x" * 300,
    "word " * 60,
    "two  spaces " * 20,
    "back\\ slash " * 20,
    "\ufeff",
    "--- a",
]
awkward = st.sampled_from(AWKWARD)
words = texts | awkward
filled = words.filter(lambda text: text != "")
finite = st.floats(-1e6, 1e6, allow_nan=False)

HIGH = (("P1.a", "high"),)


@st.composite
def numbers(draw: st.DrawFn, low: float = 0, high: float = 1000, cached_graphs: bool = True) -> Number:
    within = st.floats(low, high) | st.integers(int(low), int(high)).map(float)
    a, b, c = sorted(draw(st.tuples(within, within, within)))
    kind = draw(st.sampled_from([None, "triangular", "uniform", "normal", "skewed"]))
    because = draw(words) if cached_graphs and draw(st.booleans()) else ""
    source = ("s1 p2",) if cached_graphs and draw(st.booleans()) else ()
    if kind is None:
        return Number(b, None, because, source)
    if kind == "uniform":
        return Number((a + c) / 2, Spread("uniform", a, c), because, source)
    if kind == "normal":
        half = draw(st.floats(0, 10))
        return Number(b, Spread("normal", b - half, b + half), because, source)
    return Number(b, Spread("normal" if kind == "skewed" else "triangular", a, c), because, source)


def importances(high: float) -> st.SearchStrategy[Number]:
    """What is neither 0 nor at least a millionth is refused."""
    return numbers(0, high).filter(lambda number: not any(0 < value < 1e-6 for value in _ends(number)))


def _ends(number: Number) -> tuple[float, ...]:
    return (number.central, *((number.spread.low, number.spread.high) if number.spread else ()))


FORMULAS = [
    parse(text)
    for text in ("P1.a >= mid", "good or not P2.b", "count(P2.b; good) >= 1", "P1.a != low iff P2.b")
]
formulas = st.sampled_from(FORMULAS)
tests = st.sampled_from(
    [
        read_test("success(s, good; P2.b = yes; close channel coal) > 2 * lasting(s, bad; venue = v1)"),
        read_test("prefers(all; P1.a = mid; status-quo) or spread(success(s, good; venue = each)) > 0"),
    ]
)


@st.composite
def interests(draw: st.DrawFn) -> Interest:
    scale = st.builds(lambda values: LevelScale("P1.a", values), st.tuples(*[numbers(0, 1)] * 3))
    return Interest(
        draw(st.sampled_from(["wants", "avoids"])),
        draw(formulas | scale),
        draw(numbers().filter(lambda number: number.central > 0)),
        draw(words),
        draw(st.booleans()),
        draw(words),
        ("s1",) if draw(st.booleans()) else (),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Scenarios that use every section; names are plain, texts and numbers are not."""
    some = st.lists(interests(), min_size=1, max_size=3).map(tuple)
    orders = st.sampled_from(
        [Ranking(((2,), (1, 3))), Statements((Statement(FORMULAS[0]), Statement(FORMULAS[1])))]
    )
    cited = st.sampled_from([(), ("s1",), ("s1 p3", "s1 table 2: x")])
    channels = st.tuples(
        st.builds(Channel, st.just("P2"), st.just("coal"), st.just("licit"), numbers(1, 9)),
        st.builds(Channel, st.just("ROW"), st.just("coal"), st.just("illicit"), numbers(1, 9), importances(3)),
        st.builds(
            Channel,
            st.just("ROW"),
            st.just("refined oil"),
            st.just("aid"),
            numbers(0, 9),
            flow=st.just("import"),
        ),
    )
    opens = st.tuples(numbers(0, 1), numbers(0, 1)).map(lambda pair: (("no", pair[0]), ("yes", pair[1])))
    pressure = st.builds(
        Pressure, st.just("P1"), words, channels,
        st.tuples(st.builds(Cut, st.just("P2 coal"), st.just("P2.b"), opens, words, cited)),
        st.tuples(st.builds(Diversion, st.just("P2 coal"), st.just("ROW coal"), numbers(), numbers(0, 1),
                            st.none() | formulas, words, cited)),
        st.tuples(st.builds(Aid, filled, numbers(), formulas, importances(9), words, cited)),
        st.booleans(),
    )  # fmt: skip
    attitude = draw(numbers(-1, 1))
    mutual = (Attitude("P1", "P2", attitude, True), Attitude("P2", "P1", attitude, True))
    one_way = (Attitude("P2", "P1", draw(numbers(-1, 1))),)
    stage = st.builds(
        lambda bound, *rest: Stage(*bound, *rest),
        st.sampled_from([((), ()), (HIGH, ()), (HIGH, (("P1.a", Number(0.25)),))]),
        st.sampled_from([(), ("t1",)]),
        st.sampled_from([None, "v1"]), formulas, st.booleans(), words,
    )  # fmt: skip
    return Scenario(
        id="x",
        title=draw(words),
        about=draw(words),
        aim="good",
        limit=draw(st.none() | st.integers(24, 10**7)),
        costs=draw(st.sampled_from([(), (("promise", Number(2.0)), ("venue", Number(0.5)))])),
        sources=(Source("s1", *draw(st.tuples(*[words] * 6))),),
        parties=(
            Party(
                "P1",
                draw(words),
                draw(words),
                draw(st.sampled_from([(), ("one", "two words")])),
                draw(words),
                draw(numbers()),
                draw(st.none() | numbers()),
                "seq",
            ),
            Party("P2"),
            Party("P3"),
        ),
        options=(
            Option(
                "P1.a", "P1", "a", draw(words), ("low", "mid", "high"), draw(st.sampled_from(["both", "up"]))
            ),
            Option("P2.b", "P2", "b", because=draw(words), source=draw(cited)),
            Option("nature.n", "nature", "n", moves="up", hazard=parse("0.1 + 0.2 * pressure(P1)")),
        ),
        rules=(Rule(parse("P1.a == low or not nature.n"), draw(words)),),
        status_quo=draw(st.sampled_from([("low", "no", "no"), ("mid", "yes", "no")])),
        outcomes=(Outcome("good", parse("P2.b"), draw(words)), Outcome("bad", parse("not good"))),
        clashes=draw(st.sampled_from([(), ("bad",)])),
        preferences=(Cardinal(draw(some)), Cardinal(draw(some)), draw(orders)),
        attitudes=draw(st.sampled_from([(), mutual, one_way])),
        views=(View("P1", "P2", draw(some)),),
        misperceptions=(Misperception("P1", FORMULAS[0]), Misperception("P1", FORMULAS[1])),
        coalitions=draw(st.sampled_from([(), (("P1", "P2"),)])),
        pressures=draw(st.just(()) | st.tuples(pressure)) or (Pressure("P1", channels=draw(channels)),),
        tables=(Table("t1", ("P1", "P2"), draw(words), draw(st.booleans()), draw(numbers())),),
        venues=(
            Venue(
                "v1",
                draw(words),
                draw(words),
                (("P1", draw(numbers(-5, 5))),),
                ("P2",),
                (("P1", draw(numbers(0, 1))),),
                draw(st.sampled_from([(), mutual, one_way])),
                draw(words),
                draw(cited),
            ),
        ),
        strategies=(
            Strategy(
                "s",
                ("P1",),
                draw(st.lists(stage, min_size=1, max_size=2).map(tuple)),
                draw(words),
                draw(words),
                draw(cited),
            ),
        ),
        shocks=(
            Shock(
                "k",
                parse("0.1 * P2.b"),
                draw(words),
                draw(st.sampled_from([(), (("P1.a", "mid"), ("nature.n", "yes"))])),
                draw(st.sampled_from([mutual, one_way])),
                (),
                draw(words),
                draw(cited),
            ),
        ),
        plans=(Plan("p", parse("nature.n"), (("P2.b", "yes"),), draw(words), draw(words), draw(cited)),),
        claims=(
            Claim("c", draw(filled), draw(tests), "", draw(cited), draw(words)),
            Claim("d", draw(filled), None, draw(filled), fact=Fact(draw(filled), draw(words), draw(cited))),
        ),
        observed=(Observation("2018-04", (("P1.a", "mid"),)), Observation("2018", ())),
        findings=(Finding(draw(filled), draw(words)),),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(scenarios())
def test_what_is_written_reads_as_the_same_scenario(scenario: Scenario) -> None:
    text = dumps(scenario)
    assert loads(text) == scenario
    assert dumps(loads(text)) == text
    assert fingerprint(loads(text)) == fingerprint(scenario)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        filled, words | st.lists(words, max_size=3) | st.dictionaries(filled, words, max_size=3), max_size=4
    )
)
def test_every_text_reads_back_as_itself(tree: dict[str, object]) -> None:
    assert _texts(parse_document(layout(tree or {"a": "b"}))) == (tree or {"a": "b"})  # type: ignore[arg-type]


def _texts(node: object) -> object:
    from detente.scenario.nodes import Mapping, Scalar, Sequence

    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [_texts(item) for item in node.items]
        case Mapping():
            return {key.text: _texts(value) for key, value in node.entries}
    raise AssertionError(node)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_built_in_scenarios_survive_being_written(path: Path) -> None:
    scenario = load(path)
    text = dumps(scenario)
    assert loads(text) == scenario
    assert all(len(line) <= WIDTH or "http" in line for line in text.splitlines())


def test_the_starter_survives_being_written() -> None:
    assert loads(dumps(loads(starter("river")))) == loads(starter("river"))


def test_writing_reads_well() -> None:
    lines = dumps(loads(BASE)).splitlines()
    assert lines[:4] == ["detente: 1", "title: Two neighbours", "aim: peace", ""]
    assert "  A.arms: {levels: [few, some, many]}" in lines
    assert "    - {wants: {A.arms: {few: 0, some: 0.5, many: 1}}, weight: 1}" in lines
    assert "  A > B: -0.2 ± 0.1" in lines
    assert "  B.trade: yes" in lines


def test_the_fingerprint_is_that_of_every_equal_scenario() -> None:
    scenario = loads(BASE.replace("\noutcomes:", "\noutcomes:\n  never: -0", 1))
    again = loads(dumps(scenario))
    assert again == scenario
    assert fingerprint(again) == fingerprint(scenario)


def test_the_fingerprint_sees_content_and_not_form() -> None:
    spaced = BASE.replace("{name: Alpha}", "\n    name:   'Alpha'   # a comment")
    assert fingerprint(loads(spaced, id="other")) == fingerprint(loads(BASE))
    assert fingerprint(loads(BASE.replace("weight: 2..4", "weight: 2..5"))) != fingerprint(loads(BASE))


def test_a_bare_word_that_means_something_is_quoted() -> None:
    assert resolve("~") is None
    assert plain(parse_document(layout({"a": "~", "b": "null"}))) == {"a": "~", "b": "null"}
