"""Reading files: what is accepted, what is refused, and where the refusal points (reliability A3, A4)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import yaml

from detente.errors import ScenarioError
from detente.scenario.document import MAX_BYTES, parse_document
from detente.scenario.load import load, loads
from detente.scenario.nodes import Mapping, Node, Scalar, Sequence, plain, resolve
from detente.scenario.yaml_text import MAX_DEPTH, parse_yaml
from scenario.texts import BASE, changed, problem, problems

ROOT = Path(__file__).resolve().parents[2]
BUILT_IN = sorted((ROOT / "src/detente/scenarios").glob("*.yaml"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("off", "off"),
        ("1e3", 1000.0),
        ("012", 12),
        ("12:30", "12:30"),
        ("0o14", 12),
        ("0x1f", 31),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("2018-04-27", "2018-04-27"),
        ("=", "="),
        ("+0.4", 0.4),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    found = resolve(text)
    assert (found, type(found)) == (value, type(value))


def test_quoted_text_is_text() -> None:
    assert plain(parse_document('{a: "12", b: 12}')) == {"a": "12", "b": 12}


def test_norway_is_a_party() -> None:
    text = BASE.replace("  B: {name: Beta}", "  NO: {name: Norway}").replace("B", "NO")
    assert loads(text.replace("NOoth", "both")).parties[1].id == "NO"


def test_duplicate_keys_are_refused_at_the_second() -> None:
    text = changed("title: Two neighbours\n", "title: Two neighbours\ntitle: Again\n")
    assert (
        problem(text) == "x.yaml:3:1  'title' stands twice in one mapping; it first stands on line 2. Keep one."
    )


def _levels(depth: int) -> str:
    return "a: " + "[" * depth + "]" * depth


def test_depth_is_bounded() -> None:
    assert "nested more than 64" in problem(_levels(MAX_DEPTH + 1))
    assert "title is a list" not in parse_document(_levels(MAX_DEPTH - 2)).place.file


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000])
def test_hostile_nesting_stops_at_the_depth_limit(text: str, loader: type) -> None:
    with pytest.raises(ScenarioError, match="nested more than 64"):
        parse_yaml(text, "x.yaml", loader)


def test_hostile_nesting_in_json() -> None:
    assert "nested more than 64" in problem("[" * 100_000, "x.json")


def test_alias_bombs_are_counted_before_they_unfold() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, 12)]
    assert "100,000 entries" in problem("\n".join(lines))


def test_many_aliases_are_refused() -> None:
    assert "1000 aliases" in problem("a: &a x\nb: [" + "*a, " * 1001 + "x]")


def test_an_alias_inside_itself_is_refused() -> None:
    assert "inside the very thing it repeats" in problem("a: &a [*a]")


def test_modest_aliases_are_accepted() -> None:
    text = changed("{levels: [few, some, many]}", "{levels: &l [few, some, many]}")
    assert loads(changed("A.talk: {moves: up}", "A.talk: {moves: up}\n  A.ships: {levels: *l}", text))


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [id]", "!!str x", "!secret x"])
def test_tags_are_refused(tag: str) -> None:
    found = problems(changed("title: Two neighbours", f"title: {tag}"))
    assert found[0].startswith("x.yaml:2:8  the tag ")
    assert "refused" in found[0]


def test_large_files_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    with pytest.raises(ScenarioError, match=r"100\.0 MB; at most 5 MB"):
        load(file)


def test_large_texts_are_refused() -> None:
    assert "at most 5 MB" in problem("#" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title: a\x00b", r"1:9  the character U\+0000 is not allowed"),
        (b"title: a\nabout: \x1b[31m", r"2:8  the character U\+001B is not allowed"),
        (b"title: a\nabout: caf\xe9", r"2:11  the byte 0xe9 is not UTF-8"),
        ("title: é".encode("utf-16"), "is not UTF-8. Save the file as UTF-8"),
        (b"", "1:1  the file is empty"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(data)
    with pytest.raises(ScenarioError, match=message):
        load(file)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_of_windows_are_accepted(
    tmp_path: Path, prefix: bytes, newline: str
) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(prefix + BASE.replace("\n", newline).encode())
    assert load(file) == loads(BASE)


def test_missing_files_and_folders_are_problems(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read: No such file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(ScenarioError, match="is a folder"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "about: Kim said: never",
            '1:16  a colon followed by a space inside an unquoted text. Quote the text: "…: …".',
        ),
        ("x: {because: Kim said: never}", "1:22  a colon followed by a space"),
        ("x: {because: [a}", "1:16  a comma or a closing bracket is missing"),
        ("a: [1\nb: 2", "1:4  a quote or bracket that opens here is not closed before line 2."),
        ("a:\n\t- b", "2:1  a tab stands where spaces are expected. Indent with spaces."),
        ("a: @b", "1:4  an unquoted text cannot begin with '@'. Quote the text."),
        ("a: b\n c: d", "2:3  the line does not fit the lines above it."),
        ("a: *b", "A text that begins with * needs quotes."),
        ("a: !b", "for 'not' write `not`"),
        ("--- a\n--- b", "2:1  a second document starts here"),
        ("a: 'x\n", "1:4  a quote or bracket that opens here is not closed before line 2"),
    ],
)
@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_syntax_errors_say_what_to_do(text: str, message: str, loader: type) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_yaml(text, "x.yaml", loader)
    assert message in str(caught.value)


def _shape(node: Node) -> object:
    match node:
        case Scalar():
            return node.place, node.text, node.plain, node.offset, node.commented
        case Sequence():
            return node.place, [_shape(item) for item in node.items]
        case Mapping():
            return node.place, node.flow, [(_shape(key), _shape(value)) for key, value in node.entries]


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_both_parsers_of_pyyaml_give_the_same_tree(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _shape(parse_yaml(text, "x", yaml.SafeLoader)) == _shape(parse_yaml(text, "x", yaml.CSafeLoader))


def test_json_reads_as_the_same_scenario(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(plain(parse_document(BASE)), indent=1), encoding="utf-8")
    assert load(file) == loads(BASE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1, "a": 2}', "x.json:1:10  'a' stands twice in one mapping."),
        ('{\n "a": NaN}', "x.json:2:7  'NaN' is not JSON."),
        ('{"a": -Infinity}', "x.json:1:7  '-Infinity' is not JSON."),
        ('{"a": [1,\n 2,]}', "x.json:2:4  a comma stands before the closing bracket."),
        ('{"a": 1} x', "x.json:1:10  the document goes on after its end."),
        ('{"a" 1}', "x.json:1:6  ':' is missing here."),
        ("{a: 1}", "x.json:1:2  a name in double quotes"),
        ('{"a": "x}', "x.json:1:7  the text in quotes is not closed"),
        ('{"a": 01}', "'01' is not JSON"),
        ('{"a": ', "a value is missing here. Write a text in double quotes"),
        ("", "x.json:1:1  the file is empty. `detente new NAME`"),
        (" \n\t\n", "x.json:1:1  the file is empty. `detente new NAME`"),
        ('{"a": [1,]}', "before the closing bracket. Remove it."),
        ("[" * 100, "nested more than 64 levels deep. A scenario needs about six."),
        ('{"a": "\\ud800"}', "lone surrogate"),
    ],
)
def test_json_is_strict_and_points_at_the_place(text: str, message: str) -> None:
    assert message in problem(text, "x.json")


def test_problems_in_json_have_places() -> None:
    text = json.dumps(plain(parse_document(BASE)), indent=1).replace('"wants": "peace"', '"wants": "peece"')
    line = next(number for number, line in enumerate(text.splitlines(), 1) if "peece" in line)
    assert problem(text, "x.json").startswith(f"x.json:{line}:")


TIDY = """\
title: Two
about: >-
  Some words
  on it.
parties:
  A: {name: Alpha}
  B:
    name: "Beta"
    about: "Of old"
options:
  A.x:
    title: Xs
    levels: [no, yes]
  B.y: {title: Ys}
clashes: [war]
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("about: >-", "about >-", 2),
        ("parties:", "parties", 5),
        ("  Some words", "Some words", 3),
        ("  B:\n", "B:\n", 7),
        ('    name: "Beta"', '      name: "Beta"', 8),
        ('"Beta"', '"Beta', 8),
        ("    title: Xs", "     title: Xs", 12),
        ("[no, yes]", "[no, yes", 13),
        ("{title: Ys}", "{title: Ys", 14),
        ("[war]", "[war", 15),
        ("  A: {name: Alpha}", "    A: {name: Alpha}", 6),
    ],
)
def test_a_slip_of_syntax_is_told_on_its_line(old: str, new: str, line: int) -> None:
    """The parser notices such slips lines later."""
    assert TIDY.count(old) == 1
    assert any(told.startswith(f"x.yaml:{line}:") for told in problems(TIDY.replace(old, new)))
