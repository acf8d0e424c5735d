"""What several parts of the page tell alike: where play rests, what a plan sets, who would leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente.questions.contingency.answer import Aftermath, Contingency, PlanSeen, ShockSeen, Stand
from detente.report import words

SHOWN = 2  # ends that are told, the likeliest first


def ends(answer: Contingency, end: Aftermath) -> str:
    """Where play rests, likeliest first."""
    told = [
        _rest(answer, rest) if rest.probability >= 1 - words.SURE else _shared(answer, rest)
        for rest in end.rests[:SHOWN]
    ]
    left = sum(rest.probability for rest in end.rests[SHOWN:])
    if left > 0:
        told.append(f"elsewhere ({words.percent(left)})")
    told += [
        f"round and round among {words.count(len(cycle.states), 'state')} ({words.percent(cycle.probability)})"
        for cycle in end.cycles
    ]
    return "; or ".join(told)


def _shared(answer: Contingency, rest: Stand) -> str:
    return f"{_rest(answer, rest)} ({words.percent(rest.probability)})"


def _rest(answer: Contingency, rest: Stand) -> str:
    """What differs in a state from the likeliest start, apart from the shocks themselves."""
    before = answer.start[0].levels
    own = [place for place, option in enumerate(answer.options) if not option.startswith("nature.")]
    return words.difference(
        answer.names.options,
        [answer.options[place] for place in own],
        [rest.levels[place] for place in own],
        [before[place] for place in own],
    )


def unchanged(answer: Contingency, end: Aftermath) -> bool:
    """Whether play rests as it stood, apart from the shock itself."""
    return not end.cycles and {_rest(answer, one) for one in end.rests} == {
        _rest(answer, one) for one in answer.start
    }


def clashes(answer: Contingency, shock: ShockSeen) -> Iterator[str]:
    """Which clashes there are without a plan: brought about, or only what the shock says itself."""
    assert shock.unplanned is not None
    for id, chance in shock.unplanned.clashes.items():
        if chance > 0:
            name, lasting = outcome(answer, id), shock.unplanned.settles[id]
            passes = "; it passes" if lasting <= 0 else ""
            if 0 < lasting < chance - words.SURE:
                passes = f"; play ends in it {words.chance(lasting)}"
            if shock.unplanned.brings[id] > 0:
                yield f"With no plan a clash comes {words.chance(chance)}: {name}{passes}."
            elif all(id in stand.labels for stand in answer.start):
                yield f"The clash {name} was there before the shock{passes}."
            else:
                yield f"The shock itself amounts to a clash: {name}{passes}."


def quoted(titles: Iterable[str]) -> str:
    """Titles in a row, as they stand in a sentence."""
    return words.names(f"“{title}”" for title in titles)


def outcome(answer: Contingency, id: str) -> str:
    """An outcome's title, as it stands in a sentence."""
    return f"“{words.name(answer.names.outcomes, id)}”"


def levels(answer: Contingency, chosen: Mapping[str, str]) -> str:
    """Options with their levels, as a plan or a move sets them."""
    return "; ".join(words.standing(answer.names.options, *pair) for pair in chosen.items())


def leaving(answer: Contingency, plan: PlanSeen) -> str:
    """Who would undo its part of a plan, by which move, and what for."""
    told = []
    for kept in plan.credibility:
        if kept.move is not None:
            who = words.name(answer.names.parties, kept.party)
            worth = "" if kept.gain is None else f" ({words.signed(kept.gain)} expected)"
            told.append(f"{who} would set {levels(answer, kept.move.changes)}{worth}")
    return words.names(told)
