"""How contingency is told: first what an official needs, shock by shock; in full where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.contingency import tell_glance, tell_hazards, tell_shock, telling
from detente.questions.contingency.advice import SLIGHT
from detente.questions.contingency.answer import Contingency, Stand
from detente.report import words
from detente.report.page import Block, Note, Page, Paragraph


def page(answer: Contingency) -> Page:
    """What every shock would do and what to do first; then, where asked for, each shock in full."""
    blocks = (
        Paragraph(_summary(answer)),
        Paragraph(_start(answer)),
        *tell_glance.told(answer),
        *tell_hazards.drawn(answer),
        *(_in_full(answer) if answer.all else ()),
        *_notes(answer),
    )
    return Page(f"What if: {answer.names.scenario}", blocks)


def _in_full(answer: Contingency) -> Iterator[Block]:
    yield from tell_hazards.told(answer)
    for shock in answer.shocks:
        yield from tell_shock.told(answer, shock)
    yield from tell_shock.regrets(answer)


def _summary(answer: Contingency) -> str:
    many = len(answer.shocks)
    told = [f"{words.capital(words.count(many, 'shock'))} may come{_likeliest(answer)}."]
    told += [*_clashing(answer), *_aims(answer), *_hardest(answer)]
    return " ".join(told)


def _likeliest(answer: Contingency) -> str:
    stated = [shock for shock in answer.shocks if shock.within is not None and shock.unplanned is not None]
    if not stated:
        return ""
    likeliest = max(stated, key=lambda shock: shock.hazard or 0.0)
    share = f"{words.hazard(likeliest.hazard)} a round"
    return f" ({share})" if len(answer.shocks) == 1 else f"; the likeliest is “{likeliest.title}” ({share})"


def _clashing(answer: Contingency) -> Iterator[str]:
    """Which shocks bring a clash about: more than the shock itself says, and than comes anyway."""
    if not answer.clash_outcomes:
        yield "The scenario lists no clashes, so none is looked for."
        return
    anyway = [
        f"{telling.outcome(answer, id)} {words.chance(chance)}"
        for id, chance in answer.calm.brings.items()
        if chance > 0
    ]
    if anyway:
        yield f"Even without one a clash comes: {words.names(anyway)}."
    clashing = [
        f"“{shock.title}” ({telling.outcome(answer, id)} {words.chance(chance)})"
        for shock in answer.shocks
        for id, chance in (shock.unplanned.brings if shock.unplanned else {}).items()
        if chance > answer.calm.brings[id] + words.SURE
    ]
    if clashing:
        yield f"Without a plan a clash follows on {words.names(clashing)}."
    else:
        yield f"Without a plan, none {'makes that likelier' if anyway else 'leads to a clash'}."


def _aims(answer: Contingency) -> Iterator[str]:
    """What becomes of the aim, without a shock and with each."""
    if answer.aim is None or answer.calm.aim is None:
        return
    aim, calm = telling.outcome(answer, answer.aim), answer.calm.aim
    known = [(shock, shock.unplanned.aim) for shock in answer.shocks if shock.unplanned is not None]
    helped = [shock.title for shock, chance in known if (chance or 0.0) > calm + words.SURE]
    hurt = [shock.title for shock, chance in known if (chance or 0.0) < calm - words.SURE]
    if not helped and not hurt:
        ends = "is not reached" if calm <= 0 else f"is where play ends {words.chance(calm)}"
        yield f"The aim, {aim}, {ends}, and no shock changes that without a plan."
    changed = [f"suffers from {telling.quoted(hurt)}"] if hurt else []
    changed += [f"comes nearer by {telling.quoted(helped)}"] if helped else []
    if changed:
        yield f"The aim, {aim}, {words.names(changed)}."


def _hardest(answer: Contingency) -> Iterator[str]:
    """Whom a shock costs most."""
    costs = [
        (worth.expected, party, shock)
        for shock in answer.shocks
        for party, worth in (shock.unplanned.payoffs if shock.unplanned else {}).items()
        if worth.expected is not None
    ]
    worst = min(costs, key=lambda cost: cost[0], default=None)
    if worst is not None and worst[0] <= -SLIGHT:
        who = words.name(answer.names.parties, worst[1])
        yield f"The hardest blow is “{worst[2].title}” for {who}: {words.signed(worst[0])} of its payoff range."


def _start(answer: Contingency) -> str:
    first = answer.start[0]
    changed = words.difference(answer.names.options, answer.options, first.levels, answer.status_quo)
    if answer.strategy is not None:
        most = "" if len(answer.start) == 1 else f", most probably ({words.percent(first.probability)}) with"
        which = words.strategy(answer.names.strategies, answer.strategy, answer.best)
        where = f"Seen from where {which} comes to rest{most}: {changed}."
    elif first.levels == answer.status_quo:
        where = "Seen from the status quo."
    else:
        where = f"Seen from state {first.state:,}: {changed}."
    alone = telling.ends(answer, answer.calm)
    stays = _chances_of(answer.calm.rests) == _chances_of(answer.start)
    return f"{where} Without any shock, play {'stays there' if stays else f'goes on: {alone}'}."


def _chances_of(stands: tuple[Stand, ...]) -> dict[int, float]:
    return {stand.state: round(stand.probability, 9) for stand in stands}


def _notes(answer: Contingency) -> Iterator[Block]:
    yield Note(
        f"These are the central case's figures, in the model, {words.look(answer.foresight)}. One shock at "
        "a time; parties want what they wanted before unless the shock changes that. A plan's levels are "
        "set at once and kept for one stage; it sticks if nobody who is free again has an open move out "
        "of its part. Payoffs are expected changes from before the shock, by what each party wants after "
        "it, in units of its payoff range. A clash follows on a shock if play moves into it, or stays where "
        "the shock put it although it could leave."
    )
