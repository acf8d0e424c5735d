"""On which numbers an answer turns: shares of its variation over worlds that go with single numbers and groups.

Everything is read off worlds that were drawn for another purpose (given data), so that it costs no world more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.states.state_graph import Bools, Floats, Int64

CLASSES = 6
"""A number's worlds are sorted into so many classes of like size: a bend is seen, and every class has many."""
LEAST = 5  # worlds in a class
SURE = 0.05
"""How probable it may be, at most, that any number is said to matter that does not."""


@dataclass(frozen=True, eq=False)
class Turning:
    """How far an answer goes with each number.

    Attributes
    ----------
    index : (input,)
        The first-order index: the share of the answer's variance that the number alone explains, freed of what
        chance would explain, 0 at least.
    low, high : (input,)
        The mean answer in the lowest and in the highest third of the number's worlds.
    matters : (input,)
        Whether chance is ruled out, all numbers taken together (Holm 1979 on F-tests).
    """

    index: Floats
    low: Floats
    high: Floats
    matters: Bools


def turning(inputs: Floats, answer: Floats) -> Turning:
    """How far an answer goes with each number.

    Parameters
    ----------
    inputs : (world, input)
    answer : (world,)

    Raises
    ------
    ValueError
        An answer that is not a number: an index of it would be none either.
    """
    if not np.isfinite(answer).all():
        raise ValueError("an answer is no number in some world")
    worlds, many = inputs.shape
    index, low, high, chance = np.zeros(many), np.zeros(many), np.zeros(many), np.ones(many)
    spread = float(((answer - answer.mean()) ** 2).sum())
    for place, column in enumerate(inputs.T):
        order = np.argsort(column, kind="stable")
        third = max(1, worlds // 3)
        low[place], high[place] = answer[order[:third]].mean(), answer[order[-third:]].mean()
        index[place], chance[place] = _explained(_classes(column, order), answer, spread)
    return Turning(index, low, high, ruled_out(chance))


def explained(inputs: Floats, answer: Floats) -> tuple[float, float]:
    """The share of an answer's variance that goes with several numbers together, in a straight line each.

    Freed of what as many numbers would explain by chance (adjusted R²), 0 at least; and how probable chance
    makes so much.
    """
    from scipy.special import fdtrc

    worlds, many = inputs.shape
    spread = float(((answer - answer.mean()) ** 2).sum())
    if spread == 0 or worlds <= many + 2:
        return 0.0, 1.0
    centred = inputs - inputs.mean(axis=0)
    fitted, *_ = np.linalg.lstsq(centred, answer - answer.mean(), rcond=None)
    left = float(((answer - answer.mean() - centred @ fitted) ** 2).sum())
    noise = left / (worlds - many - 1)
    if noise <= 1e-12 * spread:
        return 1.0, 0.0
    chance = float(fdtrc(many, worlds - many - 1, (spread - left) / many / noise))
    return float(max(0.0, 1 - noise / (spread / (worlds - 1)))), chance


def _classes(column: Floats, order: Int64) -> Int64:
    """(world,) the class of each world by one number; equal numbers share a class."""
    worlds = len(column)
    many = max(2, min(CLASSES, worlds // LEAST))
    cuts = column[order[[worlds * cut // many for cut in range(1, many)]]]
    return np.searchsorted(np.unique(cuts), column, side="right")


def _explained(classes: Int64, answer: Floats, spread: float) -> tuple[float, float]:
    """The share of the variance between classes, freed of chance, and how probable chance makes so much."""
    from scipy.special import fdtrc

    sizes = np.bincount(classes)
    sizes, means = sizes[sizes > 0], np.bincount(classes, answer)[sizes > 0] / sizes[sizes > 0]
    groups, worlds = len(sizes), len(answer)
    if spread <= 0 or groups < 2 or worlds <= groups:
        return 0.0, 1.0
    between = float((sizes * (means - answer.mean()) ** 2).sum())
    within = max(0.0, spread - between)
    noise = within / (worlds - groups)
    if noise == 0:
        return 1.0, 0.0
    chance = float(fdtrc(groups - 1, worlds - groups, between / (groups - 1) / noise))
    return max(0.0, (between - (groups - 1) * noise) / spread), chance


def ruled_out(chance: Floats) -> Bools:
    """Which of many are beyond chance, so that a single false one among all is improbable."""
    order = np.argsort(chance)
    passed = chance[order] <= SURE / np.arange(len(chance), 0, -1)
    first_miss = int(np.argmin(passed)) if not passed.all() else len(passed)
    found = np.zeros(len(chance), dtype=np.bool_)
    found[order[:first_miss]] = True
    return found


def enough(share: float, half: float) -> int:
    """How many worlds leave a share open by no more than `half` on either side, with 95 % confidence."""
    return int(np.ceil(1.96**2 * max(share * (1 - share), 0.01) / half**2))
