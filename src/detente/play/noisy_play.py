"""Success that moves a little when an input moves a little: with noisy movers.

With best movers success at central values jumps whenever an input crosses a threshold (model, section 9).
Questions that ask what a change is worth all use this one measure. It does not blur what a table agrees on or
whether a move is open at all, so it still jumps where success hangs on these; means over worlds will not.
"""

from __future__ import annotations

from dataclasses import replace

from detente.play.stages import Course, Mixture, Stage, play
from detente.states.state_graph import Bools


def success(stages: tuple[Stage, ...], start: Mixture, inside: Bools) -> float:
    """Probability that a strategy ends inside a set of states when movers choose among open moves by logit.

    Parameters
    ----------
    stages : the strategy; how its movers choose is replaced, all else stays.
    start : states of the free graph with their probabilities.
    inside : (state,) the outcome, on the free graph.

    Raises
    ------
    RefusedError
        A party is known only by an order of states.
    """
    return course(stages, start).success(inside)


def course(stages: tuple[Stage, ...], start: Mixture) -> Course:
    """The strategy as it is played by noisy movers."""
    noisy = tuple(replace(stage, conduct=replace(stage.conduct, choice="noisy")) for stage in stages)
    return play(noisy, start)
