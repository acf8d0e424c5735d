"""How a sweep is told: as it was last read, and what it never claims."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.formats import terminal
from detente.questions.sweep.answer import FailedWorld, Sweep
from detente.questions.sweep.find import sweep
from detente.questions.sweep.tell import page
from detente.scenario.load import loads
from worlds.conftest import DAM

GOLDEN = Path(__file__).parents[2] / "crises" / "golden" / "dam-sweep.txt"


@pytest.fixture(scope="module")
def answer() -> Sweep:
    return asked()


def asked() -> Sweep:
    return sweep(loads(DAM, id="dam"), 60, workers=1)


def text(answer: Sweep) -> str:
    return " ".join(terminal.render(page(answer)).split())


def test_the_report_reads_as_it_was_kept(answer: Sweep) -> None:
    assert terminal.render(page(answer)) == GOLDEN.read_text(encoding="utf-8")


def test_ties_and_small_differences_are_called_so(answer: Sweep) -> None:
    first, second, last = answer.strategies
    assert "In every world “Squeeze first” (squeeze) does as well." in text(answer)
    close = replace(second, behind=(0.01, -0.02, 0.04))
    assert "The worlds are too few to tell it from “Squeeze first” (squeeze)." in text(
        replace(answer, strategies=(first, close, last))
    )
    apart = replace(second, behind=(0.2, 0.1, 0.3))
    assert "too few to tell" not in text(replace(answer, strategies=(first, apart, last)))


def test_what_never_happens_and_what_failed_is_said(answer: Sweep) -> None:
    *_, last = answer.strategies
    assert "no strategy ever reaches" in text(replace(answer, strategies=(last,)))
    failed = tuple(FailedWorld(world, "no state is left") for world in range(1, 8))
    told = text(replace(answer, failed=failed))
    assert "7 worlds of 60 failed and count nowhere." in told
    assert "World 1: No state is left." in told
    assert "and 2 more" in told
    assert "nothing came out in any" in text(replace(answer, strategies=(), failed=failed, worlds=0))


def test_few_worlds_are_called_few(answer: Sweep) -> None:
    assert "say little" not in text(answer)
    assert "12 worlds say little" in text(replace(answer, worlds=12))


def test_without_an_aim_every_outcome_is_told() -> None:
    told = text(sweep(replace(loads(DAM, id="dam"), aim=""), 10, workers=1))
    assert "this is how often each strategy ends in each outcome" in told
    assert "A blockade (clash)" in told


if __name__ == "__main__":
    GOLDEN.write_text(terminal.render(page(asked())), encoding="utf-8")
