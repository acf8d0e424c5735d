"""How a comparison is told: only what differs as it is shown, and that there is more."""

from __future__ import annotations

from detente.answers.answer import ScenarioKey
from detente.answers.comparison import AnswerSeen, Comparison, FigureSeen, JudgementSeen
from detente.rendering import render
from detente.report.comparison import page


def told(*figures: FigureSeen, judgements: int = 1, refused: dict[str, str] | None = None) -> str:
    seen = tuple(JudgementSeen(f"interests.A.x{n}.weight", "1", None) for n in range(judgements))
    answer = AnswerSeen("assess", figures, 3, refused or {})
    return render(page(Comparison((ScenarioKey("a", "1"), ScenarioKey("a", "2")), ("A", "A"), seen, (answer,))))


def test_the_same_is_said_to_be_the_same() -> None:
    text = told(judgements=0)
    assert "The two say the same: no judgement differs." in text
    assert "Nothing differs." in text


def test_figures_stand_beside_each_other() -> None:
    text = told(FigureSeen("wait", "success", 0.5, 1), FigureSeen("", "counts seq", 2000, None))
    assert "They differ in 1 judgement, and in the answers to assess." in text
    assert "2,000" in text
    assert "in all" in text


def test_what_is_too_small_to_show_is_counted() -> None:
    text = told(FigureSeen("wait", "margin", 0.5001, 0.5002), FigureSeen("go", "margin", 0.1, 0.2))
    assert "1 more difference is too small to show" in text
    assert "wait" not in text
    assert "1 difference is too small to show" in told(FigureSeen("wait", "margin", 0.5001, 0.5002))


def test_a_long_table_is_cut_and_says_so() -> None:
    text = told(judgements=45)
    assert "30 of 45 differences are shown" in text


def test_a_refusal_is_repeated() -> None:
    assert "The second cannot be asked: no strategies." in told(refused={"second": "no strategies."})
