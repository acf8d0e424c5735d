"""Near misses: which known name a writer most likely meant."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from detente.scenario.lookalikes import odd_letter, skeleton

_MOST = 2000  # names that are compared; a scenario has some hundreds


def near_miss(name: str, known: Iterable[str], apart: int | None = None) -> str | None:
    """Return the known name closest to a mistyped one, or None when nothing is close.

    Closeness counts insertions, deletions, replacements and swaps of neighbours, letter case aside: names up
    to 2 apart count (3 from nine letters, 1 below four, 0 for one letter; or up to `apart`), and so does the
    part after the dot of an option.
    """
    name = skeleton(name)
    allowed = _apart(len(name)) if apart is None else apart
    best: tuple[int, int, str] | None = None
    letters = set(name.lower())
    for candidate in islice(known, _MOST):
        if len(letters ^ set(skeleton(candidate).lower())) > 2 * allowed:
            continue
        distance = _distance(name.lower(), skeleton(candidate).lower(), allowed)
        if distance is None:
            continue
        rank = (distance, _unlike(name, candidate), candidate)
        if best is None or rank < best:
            best = rank
    return best[2] if best else _by_part(name, known)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the hint for an unknown name: the near miss, or the known names."""
    names = tuple(dict.fromkeys(known))
    others = f"Known: {', '.join(names[:12])}{', …' if len(names) > 12 else ''}." if names else ""
    return near_miss_or(name, names, others)


def near_miss_or(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint for an unknown name: the near miss, or what to say otherwise."""
    near = near_miss(name, known)
    return otherwise if near is None else meant(name, near)


def meant(name: str, near: str) -> str:
    """Return the hint that names a near miss, and the letter where both look the same."""
    return f"Did you mean '{near}'? {odd_letter(name, near)}".rstrip()


def _apart(letters: int) -> int:
    """How many slips a name of so many letters may hold and still be known."""
    return next((most for least, most in ((9, 3), (4, 2), (2, 1)) if letters >= least), 0)


def _by_part(name: str, known: Iterable[str]) -> str | None:
    part = name.lower().rpartition(".")[2]
    matches = [
        candidate
        for candidate in islice(known, _MOST)
        if "." in candidate and candidate.lower().endswith("." + part)
    ]
    return matches[0] if len(matches) == 1 else None


def _unlike(name: str, candidate: str) -> int:
    """How many of the first letters differ: writers rarely mistype the beginning."""
    shared = 0
    for left, right in zip(name, candidate, strict=False):
        if left != right:
            break
        shared += 1
    return -shared


def _distance(left: str, right: str, allowed: int) -> int | None:
    """Edits between two texts (optimal string alignment), or None when more than allowed."""
    if abs(len(left) - len(right)) > allowed:
        return None
    above: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row = row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed + 1:
            return None
        above = before
    return row[-1] if row[-1] <= allowed else None
