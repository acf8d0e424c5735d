"""How finely places are told apart, and when their differences are too small for what judgements can tell."""

from __future__ import annotations

from collections.abc import Sequence

from detente.answers.vocabulary import Duration
from detente.questions.venues.answer import Venues
from detente.report import words
from detente.report.durations import lasts, taking

SLIGHT = 0.0005  # of success: less is told as nothing
MOST_DIGITS = 4


def digits(durations: Sequence[Duration | None]) -> int:
    """Decimals of rounds: one, or as many more as tell different durations apart."""
    known = [one.rounds for one in durations if one is not None and one.rounds is not None]
    finest = len({round(rounds, MOST_DIGITS) for rounds in known})
    return next(many for many in range(1, MOST_DIGITS + 1) if len({round(r, many) for r in known}) == finest)


def rounds_of(duration: Duration, decimals: int, years: float | None) -> str:
    """A duration in a sentence, as finely as places differ."""
    if duration.rounds is None:
        return lasts(duration)
    shown = words.number(duration.rounds, decimals)
    return f"{shown} round{'' if shown == '1.0' else 's'}{taking(duration.rounds, years)} on average"


def share(answer: Venues) -> float | None:
    """By which share it lasts longer in the first place than in the last; None where it does not."""
    ends = (answer.venues[0].hosted.lasts, answer.venues[-1].hosted.lasts)
    if ends[0] is None or ends[1] is None or not ends[0].rounds or not ends[1].rounds:
        return None
    found = ends[0].rounds / ends[1].rounds - 1
    return found if found > 0 else None


def flat(values: Sequence[float]) -> bool:
    """Whether shares of success are told as the same."""
    return max(values) - min(values) < SLIGHT


def hardly_matters(answer: Venues) -> bool:
    """Whether places differ by less than judgements can tell.

    That is: in the central case not in success, with noisy movers or without; and, in the central case and in
    every case of the sweep, in duration by less than being half a step off about composure changes it in one
    and the same place.
    """
    tells = answer.half_step
    if tells is None:
        return False
    hosted = [one.hosted for one in answer.venues]
    same = flat([one.success for one in hosted]) and flat([one.noisy for one in hosted])
    longer = share(answer)
    cases = [case.rounds for case in answer.sweep]
    return (
        same
        and longer is not None
        and longer < tells
        and all(rounds is not None and abs(rounds) < tells for rounds in cases)
    )
