"""The verdicts for somebody who reads one page: strategies by their titles, no word that needs a glossary."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.assess.answer import Assess, StrategySeen
from detente.questions.assess.tell_end import agreed
from detente.questions.assess.tell_foresight import BELIEVED, foresights, shown, under
from detente.report import words
from detente.report.page import Block, Chart, Column, Table


def front(answer: Assess) -> tuple[Block, ...]:
    """How the strategies fare, what the best asks of whom, and what each gains by it."""
    return (*_strategies(answer), *_best(answer))


def _strategies(answer: Assess) -> Iterator[Block]:
    """A line per strategy: whether it gets there, lasts, and what that rests on."""
    if answer.aim is None:
        return
    others = foresights(answer)[1:]
    drawn = {one.strategy: one.success[answer.aim].mean for one in answer.over}
    columns = (
        Column("Strategy"),
        Column("Gets there", "right"),
        Column("Then lasts", "right"),
        *(Column(words.capital(BELIEVED[concept]), "right") for concept in others),
        *((Column("If the numbers are off", "right"),) if drawn else ()),
    )
    rows = tuple(
        (
            seen.title or seen.id,
            shown(under(answer, seen, answer.foresight)),
            words.probability(seen.lasting or 0.0),
            *(shown(under(answer, seen, concept)) for concept in others),
            *((_over(drawn, seen),) if drawn else ()),
        )
        for seen in answer.strategies
    )
    yield Table(columns, rows, f"Which strategy reaches {words.quoted(answer.names.outcomes, answer.aim)}")


def _over(drawn: dict[str, float], seen: StrategySeen) -> str:
    """A share over worlds in the words of ICD 203 with the number."""
    share = drawn.get(seen.id)
    if share is None:
        return words.NOTHING
    return words.likelihood(share) if share in (0, 1) else f"{words.likelihood(share)} ({words.percent(share)})"


def _best(answer: Assess) -> Iterator[Block]:
    """What the first strategy asks of each party and brings it, as a table and as a picture."""
    told = [block for block in agreed(answer) if isinstance(block, Table | Chart)][:2]
    for block in told:
        if isinstance(block, Table):
            title = answer.strategies[0].title or answer.strategies[0].id
            caption = f"What “{title}” asks of each party, and what it gains (in parts of its payoff range)"
            yield Table(block.columns, block.rows, caption)
        else:
            yield block
