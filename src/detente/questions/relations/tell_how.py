"""How it is told which relation to repair first, and by what that brings more success about."""

from __future__ import annotations

from detente.questions.relations.answer import Dyad, HowSeen, Relations, RepairsSeen
from detente.report import moves, words


def told(answer: Relations, found: RepairsSeen, first: Dyad) -> str:
    """The relation, what its repair is worth, and the step that it turns on; no claim without that."""
    best = next(seen for seen in found.dyads if seen.dyad == first)
    one, other = (moves.party(answer, party) for party in first)
    pair, strategy = f"{one}\N{EN DASH}{other}", f"“{found.title}”"
    if found.how is None or best.least is None:
        return (
            f"Of all repairs {pair} adds most to the strategy {strategy}; by which step was not found, so "
            "nothing more is claimed."
        )
    return (
        f"The relation to repair first for the strategy {strategy} is {pair}: if both attitudes rise by "
        f"{words.number(best.least.step)}, success goes from {words.probability(found.central)} to "
        f"{words.probability(best.least.success)}. {_step(answer, found.how)} {_gain(answer, found.how)}"
    )


def _step(answer: Relations, how: HowSeen) -> str:
    """What is done then that was not done before."""
    what = moves.changes(answer, how.move)
    if how.table is None:
        return f"In stage {how.stage} {moves.party(answer, how.party)} then moves by itself to {what}."
    return f"In stage {how.stage} “{how.table}” then agrees on {what}."


def _gain(answer: Relations, how: HowSeen) -> str:
    """Whose loss by it turns into a gain, and by which term."""
    party, through = moves.party(answer, how.party), moves.party(answer, how.through)
    return (
        f"{party} {'would lose' if how.before < 0 else 'gains nothing'} by that as things are "
        f"({words.signed(how.before)} of its payoff range) and then gains ({words.signed(how.after)}): the "
        f"interests of {through} gain by it, and with the better attitude that counts "
        f"{words.number(how.after - how.before)} more with {party}."
    )
