from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

import detente
from detente import files, rendering
from detente.ask import ask
from detente.errors import DetenteError, DetenteWarning, RefusedError, ScenarioError, UnknownNameError
from detente.files import save
from detente.formats.known import NAMES as FORMATS
from detente.library import builtin, check, open, open_with_notices
from detente.rendering import render, save_charts
from detente.report.page import Bar, Chart, Page, Paragraph, Ranked, Ranking

GMCR = {
    "options": [
        {"name": "Build", "permittedDirection": "both"},
        {"name": "Protest", "permittedDirection": "fwd"},
    ],
    "decisionMakers": [
        {"name": "Firm", "options": [0], "preferences": [[[1, "N"]], [[0, "Y"]]]},
        {"name": "Town", "options": [1], "preferences": [[[0, "N"]], [[1, "Y"]]]},
    ],
    "infeasibles": [],
    "useManualPreferenceRanking": False,
}


def test_built_in_scenarios_open_by_name_and_keep_it() -> None:
    assert "prisoners" in builtin()
    assert open("prisoners").id == "prisoners"


@pytest.mark.parametrize("name", builtin())
def test_every_built_in_scenario_reads_without_problems_or_notices(name: str) -> None:
    assert open_with_notices(name).notices == ()


def test_a_file_opens_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(detente.dumps(open("prisoners")), encoding="utf-8")
    assert open(path).id == "mine"
    assert open(path) == open("prisoners")


def test_files_of_gmcr_open_too(tmp_path: Path) -> None:
    path = tmp_path / "town.gmcr"
    path.write_text(json.dumps(GMCR), encoding="utf-8")
    with pytest.warns(UserWarning, match="no status quo"):
        scenario = open(path)
    assert [party.name or party.id for party in scenario.parties] == ["Firm", "Town"]
    assert check(path).scenario == scenario


def test_a_name_that_is_nothing_comes_with_a_near_miss() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'elmira'"):
        open("elmria")


@pytest.mark.parametrize("file", ["prisoners", "prisoners.yaml", "prisoners.gmcr"])
def test_a_file_named_like_a_built_in_is_told_of(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / file).write_text("detente: 1\n", encoding="utf-8")
    with pytest.warns(DetenteWarning, match=f"is the built-in scenario; .* write ./{file}"):
        assert open("prisoners").title == "Prisoners' Dilemma"
    with pytest.raises(ScenarioError):
        open(f"./{file}")


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match="is a folder"):
        open(tmp_path)


def test_problems_of_a_file_carry_its_path(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("detente: 1\nnonsense: 3\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        open(path)
    assert {problem.place.file for problem in refused.value.problems} == {str(path)}


MILL = """\
detente: 1
title: A mill
parties: {A: {}, B: {}}
options:
  A.dam: {levels: [low, mid, high]}
  B.mill: {}
  nature.flood:
    moves: up
    hazard: 0.1 / level(A.dam)
status_quo: {A.dam: mid}
interests:
  A: [{wants: B.mill, weight: 1}]
  B:
    - {wants: B.mill, weight: 1}
    - {wants: level(A.dam), weight: 1}
"""


def test_a_check_finds_what_questions_would_stop_at(tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_text(MILL, encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        check(path)
    hazard, interest = refused.value.problems
    assert str(hazard).startswith(f"{path}:9:13  '0.1 / level(A.dam)' divides by zero in some states.")
    assert str(interest).startswith(f"{path}:15:15  the quantity of an interest lies in [0, 1]")
    for word, text in (
        ("contingency", MILL.replace("wants: level(A.dam)", "wants: A.dam == high")),
        ("why", MILL),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RefusedError) as stopped:
            ask(word, open(path))
        assert str(stopped.value) in {problem.what for problem in refused.value.problems}


def test_a_check_leaves_alone_what_rules_forbid(tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    text = MILL.replace("- {wants: level(A.dam), weight: 1}", "- {wants: level(A.dam) / 2, weight: 1}")
    path.write_text(text + "rules: [{must: A.dam != low}]\n", encoding="utf-8")
    assert check(path).scenario.id == "mill"


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_is_told_in_every_format(form: str) -> None:
    answer = detente.overview(open("prisoners"))
    assert "Prisoners" in render(answer, form)
    render(answer, form, encoding="ascii").encode("ascii")


def test_another_format_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no format called 'pdf'"):
        render(Page("t", ()), "pdf")  # type: ignore[arg-type]
    with pytest.raises(DetenteError, match="no JSON form"):
        render(Page("t", ()), "json")


def test_show_prints_what_a_terminal_would(capsys: pytest.CaptureFixture[str]) -> None:
    answer = detente.equilibria(open("prisoners"))
    detente.show(answer)
    assert capsys.readouterr().out == render(answer)


def test_notebooks_draw_answers_as_pages() -> None:
    drawn = detente.equilibria(open("prisoners"))._repr_html_()
    rendering.prepare_notebooks()
    drawn = detente.equilibria(open("prisoners"))._repr_html_()
    assert drawn is not None
    assert drawn.startswith("<h1>What holds")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save("new", path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    save("new", path)
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        save("new", tmp_path / "a.txt")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


CHARTED = Page(
    "Two charts",
    (
        Paragraph("Before."),
        Chart("bars", "What A/B gains: “más”!", (Bar("a", 1.0, "1"),), "A gains.", "shares"),
        Ranking("../..", (Ranked("b", 1.0, 0.0, 2.0, "1"),), "B leads.", "shares"),
    ),
)


def test_every_chart_is_written_as_svg_and_png(tmp_path: Path) -> None:
    written = save_charts(CHARTED, tmp_path / "new" / "folder")
    names = [
        "page-1-what-a-b-gains-mas.svg",
        "page-1-what-a-b-gains-mas.png",
        "page-2-chart.svg",
        "page-2-chart.png",
    ]
    assert [path.name for path in written] == names
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(names)
    assert written[0].read_text("utf-8").startswith("<svg ")
    assert written[1].read_bytes().startswith(b"\x89PNG")


def test_charts_of_the_same_name_are_replaced_and_other_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "page-2-chart.svg").write_text("old")
    (tmp_path / "other.txt").write_text("mine")
    save_charts(CHARTED, tmp_path)
    assert (tmp_path / "page-2-chart.svg").read_text("utf-8") != "old"
    assert (tmp_path / "other.txt").read_text() == "mine"


def test_charts_are_all_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []

    def full(handle: int) -> None:
        if len(synced) == 3:
            raise OSError(28, "No space left on device")
        synced.append(handle)

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_charts(CHARTED, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_charts_writes_nothing(tmp_path: Path) -> None:
    with pytest.warns(DetenteWarning, match="this answer has no chart; nothing was written to"):
        assert save_charts(detente.overview(open("prisoners")), tmp_path / "none") == ()
    assert not (tmp_path / "none").exists()


def test_charts_need_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DetenteError, match="is a file"):
        save_charts(CHARTED, tmp_path / "file")


def test_letters_that_this_machine_cannot_draw_are_told_in_one_line(tmp_path: Path) -> None:
    nobody = "\U000fabcd"  # for private use: no font has it
    page = Page("p", (Chart("bars", "t", (Bar(f"Wales {nobody}", 1.0, "1"),), "a", "shares"),))
    with pytest.warns(
        DetenteWarning, match="boxes for other letters and signs: no font .* Install Noto"
    ) as told:
        written = save_charts(page, tmp_path)
    assert len(told) == 1
    assert "\n" not in str(told[0].message)
    assert nobody in written[0].read_text("utf-8"), "in the SVG it stays text"
