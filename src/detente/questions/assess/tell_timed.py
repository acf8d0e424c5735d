"""How strategies fare with the clock running: success by round, and what shocks forestall."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.assess.answer import Assess, StrategySeen, TimedSeen
from detente.report import durations, words
from detente.report.page import Block, Column, Curve, Heading, Line, Paragraph, Table
from detente.report.units import ROUNDS

SLIGHT = 0.005  # of all plays: less is told as nothing
DRAWN = 4  # strategies of which the course is drawn


def timed(answer: Assess) -> Iterator[Block]:
    """A line per strategy: where it stands after the rounds that were asked for, and what shocks do to that."""
    if answer.rounds is None:
        return
    seen = [(strategy, strategy.timed) for strategy in answer.strategies if strategy.timed is not None]
    yield Heading(f"Round by round: after {durations.rounds(answer.rounds, answer.round_years)}")
    columns = (
        Column("Strategy", fixed=True),
        Column("Success", "right", fixed=True),
        Column("No shock", "right", fixed=True),
        Column("Forestalled", "right", fixed=True),
        Column("Mostly by"),
    )
    yield Table(columns, tuple(_row(answer, strategy, course) for strategy, course in seen))
    yield Paragraph(_told(answer, [course for _, course in seen]))
    if answer.rounds > 1:
        yield _drawn(answer, seen[:DRAWN])


def _row(answer: Assess, strategy: StrategySeen, course: TimedSeen) -> tuple[str, ...]:
    forestalled = sum(course.forestalled.values())
    return (
        strategy.id,
        words.probability(course.success[-1]),
        words.probability(course.calm[-1]),
        words.NOTHING if forestalled < SLIGHT else words.percent(forestalled),
        _most(answer, course) or words.NOTHING,
    )


def _most(answer: Assess, course: TimedSeen) -> str:
    """The shock, or what is dropped, with the largest share; nothing where that is slight."""
    shares = course.forestalled
    first = max(shares, key=lambda shock: shares[shock], default=None)
    if first is None or shares[first] < SLIGHT:
        return ""
    return f"{_upset(answer, course, first)} ({words.percent(shares[first])})"


def _shock(answer: Assess, id: str) -> str:
    return words.name({**answer.names.options, **answer.names.shocks}, id)


def _upset(answer: Assess, course: TimedSeen, id: str) -> str:
    """A shock, or a commitment that is quietly dropped."""
    return f"{_shock(answer, id)}{'' if id in course.came else ', quietly dropped'}"


def _told(answer: Assess, courses: list[TimedSeen]) -> str:
    """What the columns mean, which shocks come, and what was left out."""
    lapses = any(id not in course.came for course in courses for id in course.forestalled)
    may, none, cost = (
        (" and commitments be quietly dropped (`lapse`)", " and nothing was dropped", "this costs")
        if lapses
        else ("", "", "shocks cost")
    )
    told = [
        f"Each round the shocks may come{may}, then somebody moves. Success: the share of plays that stand in "
        f"the aim after the last round. No shock: the same if none came{none}. Forestalled: the success that "
        f"{cost}."
    ]
    furthered = max(sum(course.furthered.values()) for course in courses)
    if furthered >= SLIGHT:
        told.append(f"What shocks bring besides is told apart: it is {words.percent(furthered)} at most.")
    first = answer.strategies[0]
    likely = sorted(courses[0].came.items(), key=lambda pair: -pair[1])
    come = [
        f"{_shock(answer, shock)} ({words.percent(chance)})" for shock, chance in likely if chance >= SLIGHT
    ]
    told.append(
        f"Under {first.id} there come by then: {'; '.join(come)}."
        if come
        else f"Under {first.id} no shock comes."
    )
    left = max(course.left_out for course in courses)
    if left > 0:
        told.append(
            f"Worlds into which together {words.percent(left)} of plays come were not followed: success may be "
            "higher by that."
        )
    return " ".join(told)


def _drawn(answer: Assess, seen: list[tuple[StrategySeen, TimedSeen]]) -> Curve:
    lines = tuple(
        Line(
            strategy.id,
            tuple((float(time), round(share, 4)) for time, share in enumerate(course.success)),
            words.percent(course.success[-1]),
        )
        for strategy, course in seen
    )
    ends = ", ".join(f"{line.label} {line.shown}" for line in lines)
    return Curve(
        title="Share of plays that stand in the aim",
        x_title=ROUNDS,
        y_title="share of plays",
        lines=lines,
        alt=f"After {durations.rounds(answer.rounds or 0, answer.round_years)}: {ends}.",
    )
