"""The layout holds: who imports whom, what a light command loads, what stands in which file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "detente"
MODULES = sorted(SOURCE.rglob("*.py"))
ENGINE = ("trade", "network", "states", "stability", "play")
HEAVY = (
    "numpy",
    "numba",
    "scipy",
    "pandas",
    "highspy",
    "matplotlib",
    "altair",
    "vl_convert",
    "starlette",
    "jinja2",
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def loaded_by(*arguments: str) -> set[str]:
    """Top-level packages in memory after Python ran with these arguments."""
    code = (
        "import sys, runpy, contextlib, io\n"
        "sys.argv = ['detente', *sys.argv[1:]]\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    runpy.run_module('detente', run_name='__main__') if sys.argv[1:] else __import__('detente')\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [(), ("--version",), ("check", "korea-2017"), ("scenarios",), ("glossary",)],
    ids=lambda a: " ".join(a) or "import",
)
def test_light_commands_load_no_array_solver_or_plotting_package(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)
    assert "detente" in loaded
    assert not loaded & set(HEAVY)


def test_a_heavy_package_would_be_noticed() -> None:
    assert "numpy" in loaded_by("overview", "prisoners")


def test_import_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_begins_by_saying_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    inner = path.name == "__init__.py" and path.parent != SOURCE
    if inner:
        assert text == "", "inner __init__.py files stay empty"
        return
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "a module begins with a docstring"
    assert len(docstring.splitlines()[0]) > 15, "its first line is a sentence"


def named(module: Path) -> re.Pattern[str]:
    """Finds a mention of a module by its full name, or its import from its package."""
    package = ".".join(["detente", *module.relative_to(SOURCE).parent.parts])
    name = re.escape(f"{package}.{module.stem}")
    return re.compile(rf"\b{name}\b|from {re.escape(package)} import [^\n]*\b{module.stem}\b")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_is_tested_in_the_mirror(path: Path) -> None:
    """A test of the same package is named for the module or imports it, or does so for a sibling using it."""
    if path.name in ("__init__.py", "__main__.py") or path.parent == SOURCE:
        return
    folder = path.parent.parent if path.parent.name == "closure" else path.parent
    tests = sorted((ROOT / "tests" / folder.relative_to(SOURCE)).rglob("test_*.py"))
    text = "\n".join(test.read_text("utf-8") for test in tests)
    stems = {test.stem.removeprefix("test_") for test in tests}
    siblings = {other: other.read_text("utf-8") for other in folder.rglob("*.py")}
    users, seen = [path], {path}
    while users:
        module = users.pop()
        if module.stem in stems or named(module).search(text):
            return
        found = {other for other, code in siblings.items() if named(module).search(code)} - seen
        users, seen = [*users, *found], seen | found
    pytest.fail(f"no test in tests/{path.parent.name} reaches {path.stem}")


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(SOURCE).parts[0] in ENGINE], ids=name)
def test_engine_opens_no_file(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    calls = {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    imported = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    imported |= {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}
    assert not calls & {"open", "print", "input"}
    assert not imported & {"pathlib", "io", "sqlite3", "socket", "requests", "shutil", "tempfile"}


def test_no_module_is_called_after_what_it_is_not() -> None:
    banned = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
    assert not {p.stem for p in MODULES} & banned


def test_the_repository_names_no_machine() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    marks = re.compile(r"/(?:work|root|home/\w+|Users)/|/tmp/\w|\.pyenv/versions|pypi\.org/simple|pythonhosted")
    found = []
    for file in filter(None, tracked.stdout.split("\0")):
        path = ROOT / file
        if path == Path(__file__).resolve() or not path.is_file() or path.suffix in {".png", ".svg"}:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if marks.search(line):
                found.append(f"{file}:{number}: {line.strip()[:100]}")
    assert not found


INDEXED = ("parties", "options", "outcomes", "levels")


def named_inline(code: str) -> list[str]:
    """Where an index becomes a name on the spot: `parties[…]` of a graph, `levels[…]`, `options[…].id`."""
    found, nodes = [], list(ast.walk(ast.parse(code)))
    read = {id(n.value) for n in nodes if isinstance(n, ast.Attribute)}  # `parties[one].composure` is no name
    for node in nodes:
        part = node.value if isinstance(node, ast.Attribute) and node.attr == "id" else node
        if not isinstance(part, ast.Subscript):
            continue
        held = part.value
        of = held.attr if isinstance(held, ast.Attribute) else held.id if isinstance(held, ast.Name) else ""
        plain = part is node and isinstance(held, ast.Attribute) and of in ("parties", "levels")
        plain = plain and id(node) not in read
        if plain or (part is not node and of in INDEXED):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize(
    ("code", "inline"),
    [
        ("graph.parties[one]", True),
        ("option.levels[level]", True),
        ("scenario.outcomes[row].id", True),
        ("options[axis].id", True),
        ("case.outcomes[row]", False),
        ("scenario.parties[one].composure", False),
        ("graph.levels(state)", False),
    ],
)
def test_a_name_given_on_the_spot_would_be_noticed(code: str, inline: bool) -> None:
    assert bool(named_inline(code)) == inline


@pytest.mark.parametrize("path", sorted((SOURCE / "questions").rglob("*.py")), ids=name)
def test_one_module_turns_indices_into_names(path: Path) -> None:
    """Questions ask `questions/named.py`; what is told is in names already."""
    if path.name != "named.py" and not path.name.startswith("tell"):
        assert not named_inline(path.read_text("utf-8"))
