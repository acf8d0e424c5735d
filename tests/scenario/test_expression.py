"""Expressions: what they mean, that they survive being written, and that nonsense is refused with advice."""

import random

import pytest

from detente.scenario.expression import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    ExpressionError,
    Logic,
    Name,
    Not,
    is_condition,
    is_name,
    locate,
    names,
    parse,
    to_text,
)

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("war", Name("war")),
        ("five-party", Name("five-party")),
        ("USA.strike", Name("USA.strike")),
        ("PRK.programme >= freeze", Comparison(Name("PRK.programme"), ">=", Name("freeze"))),
        ("not a and b", Logic("and", Not(A), B)),
        ("not a == b", Not(Comparison(A, "==", B))),
        ("a and b or c", Logic("or", Logic("and", A, B), C)),
        ("a or b and c", Logic("or", A, Logic("and", B, C))),
        ("a implies b implies c", Logic("implies", A, Logic("implies", B, C))),
        ("a iff b iff c", Logic("iff", Logic("iff", A, B), C)),
        ("a implies b iff c", Logic("iff", Logic("implies", A, B), C)),
        ("a and (b or c)", Logic("and", A, Logic("or", B, C))),
        ("1 - 2 - 3", Arithmetic("-", Arithmetic("-", Constant(1), Constant(2)), Constant(3))),
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("a - -2", Arithmetic("-", A, Constant(-2))),
        ("1e-3", Constant(0.001)),
        ("true", Constant(1.0)),
        ("count(a; b or c) >= 2", Comparison(Call("count", (A, Logic("or", B, C))), ">=", Constant(2))),
        ("min(pressure(PRK); 0.5)", Call("min", (Call("pressure", (Name("PRK"),)), Constant(0.5)))),
        ("risk(nature.collapse)", Call("risk", (Name("nature.collapse"),))),
        ("  a\n and\tb ", Logic("and", A, B)),
    ],
)
def test_meaning(text: str, tree: Expression) -> None:
    assert parse(text) == tree
    assert parse(to_text(tree)) == tree


def test_a_statement_may_say_if() -> None:
    assert parse("a if b or c", statement=True) == Logic("implies", Logic("or", B, C), A)
    assert parse("a iff b", statement=True) == Logic("iff", A, B)


@pytest.mark.parametrize(
    ("text", "position", "advice"),
    [
        ("", 0, "Write a condition"),
        ("a AND b", 2, "small letters"),
        ("a && b", 2, "'and'"),
        ("a || b", 2, "'or'"),
        ("!a", 0, "'not'"),
        ("a = b", 2, "'=='"),
        ("a => b", 2, "'>='"),
        ("a <> b", 2, "'!='"),
        ("a ≥ b", 2, "'>='"),
        ("a < b < c", 6, "a < b and b < c"),
        ("(a or b", 0, "Add ')'"),
        ("a or b)", 6, "Remove it"),
        ("a- b", 0, "between spaces"),
        ("a -b", 2, "between spaces"),
        ("-a", 0, "between spaces"),
        ("1-2", 0, "between spaces"),
        ("a adn b", 2, "Did you mean 'and'"),
        ("not(a) nad b", 7, "Did you mean 'and'"),
        ("a b", 2, "Join them"),
        ("a if b", 2, "b implies a"),
        ("min(a, b)", 5, "';'"),
        ("coutn(a; b) > 1", 0, "Did you mean 'count'"),
        ("sum(a; b)", 0, "'a + b'"),
        ("count a", 6, "count(…; …)"),
        ("pressure(PRK) and a", 0, "pressure(PRK) > 0.5"),
        ("a and 2", 6, "Compare it"),
        ("a and", 5, "Add a name"),
        ("and a", 0, "Expected a name"),
        ("a == not b", 5, "parentheses"),
        ("pressure(a; b)", 0, "pressure(PRK)"),
        ("risk(0.5)", 0, "risk(nature.x)"),
        ("count()", 6, "Expected a name"),
        ("'a'", 0, "quotation marks"),
        (".5", 0, "0.5"),
        ("2x", 0, "begins with a letter"),
        ("a.b.c", 0, "one dot"),
        ("1e999", 0, ""),
        ("a; b", 1, "separates"),
        ("a\x00", 1, ""),
    ],
)
def test_refused_at_the_right_place_with_advice(text: str, position: int, advice: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.position == position
    assert advice in caught.value.hint


def test_if_stands_once() -> None:
    with pytest.raises(ExpressionError, match="'if' cannot stand here"):
        parse("a if b if c", statement=True)


def test_depth_and_length_are_bounded() -> None:
    assert parse("(" * 60 + "a" + ")" * 60) == A
    for text in (
        "(" * 61 + "a" + ")" * 61,
        "not " * 900 + "a",
        " and ".join("a" * 61),
        "a implies " * 390 + "a",
    ):
        with pytest.raises(ExpressionError, match="deep"):
            parse(text)
    with pytest.raises(ExpressionError, match="4000"):
        parse("a" * 4001)


HOSTILE = (
    "__import__('os').system('true')", "open('/etc/passwd').read()", "a.__class__", "a.__class__.__bases__",
    "().__class__", "exec('1')", "eval('1')", "lambda: 0", "[x for x in a]", "{a: b}", "{}", "[]", "[1][0]",
    "f'{a}'", "`id`", "$(id)", "${a}", "$a", "a; import os", "import os", "os.system(a)", "a\nimport os",
    "print(a)", "getattr(a; b)", "globals()", "locals()", "vars(a)", "input()", "type(a)", "compile(a)",
    "a if b else c", "a == b == c", "a := b", "a = b", "a += 1", "a -= 1", "a ** b", "9 ** 9 ** 9",
    "a // b", "a % b", "a @ b", "a ^ b", "~a", "a << 9", "a >> 9", "a ? b : c", "!a", "a!", "a.b()", "a()",
    "a(b)", "(a)(b)", "a[b]", "a..b", "..", "...", "a.", ".a", "1.", "1..2", "0x10", "0b1", "1_000", "1j",
    "1e", "1e+", "1e400", "-1e400", "--1", "- 1", "+1", "+a", "*a", "**a", "/a", "a/", "a /", "* a", "(",
    ")", "()", "(()", "())", ")(", "a ( b", "count(", "count(;)", "count(a;)", "count(;a)", "min()",
    "max(a;;b)", "risk()", "risk(a b)", "pressure(1)", "pressure(not a)", "not", "and", "or", "iff",
    "implies", "if", "a not b", "a and or b", "a not in b", "a in b", "a is b", "not not", "true true",
    "TRUE", "None and None or", "<script>", "a <!-- b", "'; DROP TABLE a; --", "../../a", "/etc/passwd",
    "\\x41", "a\\", "a # comment", "a // comment", "a /* b */", "\x00", "a\x1b[31m", "\u202ea", "a\u200bb",
    "\ufeffa", "😀", "a 😀 b", "%s", "{0}", "%(a)s", "\u2212a", "a\u00a0b\u3000c d", "((((" * 30,
    "not " * 1000, "a and " * 500, "1 + " * 900 + "1", "a" * 5000, "count(" * 70 + "a" + ")" * 70,
    "http://example.org/a", "file:///a", "!!python/object:os.system a", "&a b", "*a", "<<: a", "@a", "|a",
    ">a",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused(text: str) -> None:
    for statement in (False, True):
        with pytest.raises(ExpressionError) as caught:
            parse(text, statement)
        assert 0 <= caught.value.position <= len(text)


def test_there_are_a_hundred_hostile_texts() -> None:
    assert len(set(HOSTILE)) >= 100


def random_expression(rng: random.Random, depth: int, condition: bool) -> Expression:
    if depth == 0:
        if condition or rng.random() < 0.5:
            return Name(rng.choice(["a", "b-c", "USA.x", "nature.y_2", "iffy", "nota", "é"]))
        return Constant(rng.choice([0.0, 1.0, -2.5, 1e22, 1e-9, 0.1, 123456.0]))
    sides = [random_expression(rng, rng.randrange(depth), condition) for _ in range(2)]
    if not condition:
        kind = rng.choice(["+", "-", "*", "/", "min", "count", "risk"])
        if kind == "min":
            return Call(kind, tuple(sides))
        if kind == "count":
            return Call(kind, (random_expression(rng, depth - 1, True), Name("z")))
        return Call(kind, (Name("nature.x"),)) if kind == "risk" else Arithmetic(kind, *sides)
    kind = rng.choice(["and", "or", "implies", "iff", "not", "<", "=="])
    if kind == "not":
        return Not(sides[0])
    if kind in ("<", "=="):
        return Comparison(
            *(random_expression(rng, depth - 1, rng.random() < 0.5) for _ in range(1)), kind, sides[1]
        )
    return Logic(kind, *sides)


def test_written_and_read_again_is_the_same() -> None:
    rng = random.Random(3)
    for _ in range(3000):
        tree = random_expression(rng, rng.randrange(7), rng.random() < 0.7)
        assert parse(to_text(tree)) == tree


def test_the_deepest_admitted_tree_can_be_read_again() -> None:
    tree: Expression = A
    for step in range(59):
        tree = Logic("or", A, tree) if step % 2 else Not(tree)
    assert parse(to_text(tree)) == tree


def test_what_the_checker_asks() -> None:
    tree = parse("PRK.programme >= freeze and not war or count(a; b) > 1")
    assert names(tree, {}) == {"PRK.programme", "freeze", "war", "a", "b"}
    assert names(tree, {"PRK.programme": ("expand", "freeze")}) == {"PRK.programme", "war", "a", "b"}
    assert is_condition(tree)
    assert not is_condition(parse("1 - pressure(PRK)"))
    assert locate("a.b or nota or a", "a") == 15
    assert is_name("five-party")
    assert not any(is_name(text) for text in ("2x", "and", "AND", "a b", "a.b.c", "", "a,b"))
