"""How forecasting questions and what came of them are told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.backtest.answer import BASE, NEVER, WALK, WORLDS, Backtest, ForecastSeen
from detente.report import words
from detente.report.page import Block, Column, Heading, Note, Paragraph, Table


def forecasts(answer: Backtest) -> Iterator[Block]:
    """What the model would have answered, beside what came true and what simpler answers score."""
    if not answer.forecasts:
        return
    yield Heading("Questions that were asked beforehand")
    yield Paragraph(_summary(answer))
    yield _table(answer)
    yield from _notes(answer)


def _summary(answer: Backtest) -> str:
    many, true = len(answer.forecasts), sum(seen.resolved for seen in answer.forecasts)
    scores = [
        f"the walk {words.number(answer.brier[WALK], 3)}",
        *([f"its mean over worlds {words.number(answer.brier[WORLDS], 3)}"] if WORLDS in answer.brier else []),
        f"always no {words.number(answer.brier[NEVER], 3)}",
        f"the share of the other questions that came true {words.number(answer.brier[BASE], 3)}",
    ]
    return (
        f"Of {words.count(many, 'question')} {true or 'none'} came true. Mean Brier score, 0 at best and "
        f"0.25 for even odds throughout: {', '.join(scores)}."
    )


def _table(answer: Backtest) -> Table:
    worlds = answer.worlds > 0
    columns = (
        Column("Question"),
        Column("Until", fixed=True),
        Column("Chance", "right", fixed=True),
        *((Column("Over worlds", "right", fixed=True),) if worlds else ()),
        Column("Came true", fixed=True),
        Column("Brier", "right", fixed=True),
    )
    return Table(columns, tuple(_row(seen, worlds) for seen in answer.forecasts))


def _row(seen: ForecastSeen, worlds: bool) -> tuple[str, ...]:
    return (
        f"{seen.id}: {seen.asks}",
        seen.until,
        "under 1%" if 0 < seen.chance + seen.left_out < 0.01 else words.probability(seen.chance),
        *((words.probability(seen.over_worlds or 0.0),) if worlds else ()),
        words.yes_no(seen.resolved),
        words.number(seen.brier[WORLDS if worlds else WALK]),
    )


def _notes(answer: Backtest) -> Iterator[Block]:
    yield Note(
        "Chances are those of play with nobody bound, shocks included, in rounds that come at random as "
        "often as the scenario's clock says; from the last observation before the window opens. Scores run "
        "from 0 to 1 here; where yes and no are both counted they are twice as large."
    )
    today = [seen.id for seen in answer.forecasts if seen.seen is None]
    if today:
        yield Note(
            f"{words.names(today)}: nothing had been observed when the window opened, so play starts from "
            "the status quo of the scenario, whenever that was."
        )
    already = [seen.id for seen in answer.forecasts if seen.already and not seen.at_end]
    if already:
        yield Note(f"{words.names(already)}: what is asked about held before the window opened.", "warning")
