"""`detente report` as a user meets it."""

from __future__ import annotations

from pathlib import Path

from cli.test_commands import detente

FERRY = str(Path(__file__).resolve().parents[1] / "crises" / "ferry.yaml")


def test_a_brief_goes_to_its_file_and_nothing_to_the_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    done = detente("report", FERRY, "-o", str(file), "--section", "why", "--section", "risks")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{file} written\n"
    text = file.read_text("utf-8")
    assert text.startswith("# A ferry\n")
    assert "## Risks" in text
    assert "## Method" not in text


def test_what_was_changed_is_said_first_and_in_where_it_comes_from(tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    done = detente("report", FERRY, "-o", str(file), "--section", "why", "--set", "interests.N.stone.weight=5")
    assert done.code == 0
    assert "Changed before it was asked about: interests.N.stone.weight = 5" in file.read_text("utf-8")


def test_without_a_file_or_with_an_unknown_form_nothing_is_done(tmp_path: Path) -> None:
    for arguments, told in (
        ((), "a brief goes to a file. Add -o brief.pdf"),
        (("-o", str(tmp_path / "brief.odt")), "'.odt' stands for no form of a brief; nothing was written"),
        (("-o", str(tmp_path / "brief.md"), "--section", "wy"), "no section called 'wy'. Did you mean 'why'?"),
        (("-o", str(tmp_path / "brief.md"), "--worlds", "some"), "--worlds: 'some' is no whole number"),
    ):
        done = detente("report", FERRY, *arguments)
        assert (done.code, done.out) == (2, "")
        assert told in done.err
    assert not list(tmp_path.iterdir())
