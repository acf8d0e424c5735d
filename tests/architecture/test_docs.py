"""What the README and the documentation show is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from architecture.pages import (
    ROOT,
    Block,
    Workshop,
    agrees,
    blocks,
    from_code,
    pages,
    run_block,
    with_code_part,
)

LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_code_block_runs_as_shown(page: Path, tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    for block in blocks(page.read_text(encoding="utf-8")):
        run_block(block, workshop)


@pytest.mark.parametrize("page", [*pages(), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"], ids=name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", list(from_code()), ids=name)
def test_what_the_reference_takes_from_the_code_stands_in_the_page_itself(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == with_code_part(page, text), f"refresh it: python tests/architecture/pages.py {name(page)}"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_shell_blocks_use_make_targets_and_files_that_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language == "sh":
            for target in re.findall(r"^make (\S+)", block.text, re.M):
                assert re.search(rf"^{target}:", makefile, re.M), target
            for file in re.findall(r"-c (\S+\.txt)|^(\.ci/\S+)", block.text, re.M):
                assert (ROOT / "".join(file)).exists(), file


def test_a_block_that_shows_something_else_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ended with 0, not 3"):
        run_block(Block("console", "$ detente --version\n(exit code 3)\n", "", 1), Workshop(tmp_path))
    with pytest.raises(AssertionError, match="now prints"):
        run_block(Block("console", "$ detente --version\nsomething else\n", "", 1), Workshop(tmp_path))
    with pytest.raises(AssertionError, match="Expected"):
        run_block(Block("python", ">>> 1 + 1\n3\n", "", 1), Workshop(tmp_path))


def test_an_ellipsis_stands_for_lines_or_for_text() -> None:
    assert agrees("a\n…\nd", "a\nb\nc\nd\n")
    assert agrees("a … c", "a b c")
    assert not agrees("a\n…\nd", "a\nb\nc\n")
    assert not agrees("a b", "a  b")
