"""How pressure is told: a whole report as it was last read, and sentences for what it does not show.

`python tests/questions/pressure/test_tell.py` writes the report anew; read the difference before you commit it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.formats import terminal
from detente.questions.pressure.find import pressure
from detente.questions.pressure.tell import page
from detente.report.page import Chart, Flow, Heading, Page
from detente.scenario.load import load
from detente.scenario.model import Scenario

HERE = Path(__file__).parents[2] / "crises"
GOLDEN = HERE / "golden" / "strait-pressure.txt"


def crisis() -> Scenario:
    return load(HERE / "strait.yaml")


def report(told: Page) -> str:
    """The page as text, without its drawings, whose look is tested with the formats."""
    kept = tuple(block for block in told.blocks if not isinstance(block, Flow | Chart))
    return terminal.render(replace(told, blocks=kept))


def text(*at: str, wanted: float = 0.6) -> str:
    return " ".join(report(page(pressure(crisis(), at=at, wanted=wanted))).split())


def test_the_report_reads_as_it_was_kept() -> None:
    assert report(page(pressure(crisis()))) == GOLDEN.read_text(encoding="utf-8")


def test_the_flow_is_conserved_at_every_place() -> None:
    told = page(pressure(crisis(), at=["C.gift=yes"]))
    (flow,) = (block for block in told.blocks if isinstance(block, Flow))
    into = sum(link.value for link in flow.links if link.target == "by way of Brook")
    out = sum(link.value for link in flow.links if link.source == "by way of Brook")
    assert into == pytest.approx(out) == pytest.approx(20)
    assert sum(link.value for link in flow.links if link.source == "Alm") == pytest.approx(60)
    assert {link.source for link in flow.links} == {"Alm", "Brook", "by way of Brook", "aid of C"}


def test_shapley_bars_add_up() -> None:
    answer = pressure(crisis())
    (chart,) = (block for block in page(answer).blocks if isinstance(block, Chart))
    assert sum(bar.value for bar in chart.bars) == pytest.approx(answer.compliance.tightest)
    assert chart.alt.endswith("in all.")


@pytest.mark.parametrize(
    ("at", "wanted", "sentence"),
    [
        (["B.port=shut", "A.border=shut"], 0.6, "Nothing that is closed goes round"),
        (["B.port=shut", "A.border=shut"], 0.6, "is reached already; no channel need be closed."),
        (
            ["C.gift=yes"],
            0.9,
            "cannot bring the pressure to 0.90: with all 3 closed it is 0.70, because aid goes on.",
        ),
        (["C.gift=yes"], 0.5, "(unlike the status quo: A gift: yes)"),
        (["C.gift=yes"], 0.5, "30 comes as aid"),
        (["C.gift=yes"], 0.5, "With everybody at the loosest level the pressure is −0.30"),
    ],
)
def test_what_is_said_elsewhere(at: list[str], wanted: float, sentence: str) -> None:
    assert sentence in text(*at, wanted=wanted)


def test_parts_that_are_not_there_are_not_spoken_of() -> None:
    bare = crisis()
    trade = replace(bare.pressures[0], cuts=(), diverts=(), aids=(), resolutions=(), recorded=())
    told = page(pressure(replace(bare, pressures=(trade,))))
    headings = [block.text for block in told.blocks if isinstance(block, Heading)]
    assert not any("Resolutions" in heading or "Year" in heading for heading in headings)
    said = " ".join(report(told).split())
    assert "No party holds an option that closes any of this trade." in said
    assert "Prediction and record" not in said
    assert "Nobody's options reach licit export of coal (Alm)." in said


def main() -> None:
    GOLDEN.write_text(report(page(pressure(crisis()))), encoding="utf-8")


if __name__ == "__main__":
    main()
