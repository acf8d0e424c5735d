"""What the best strategies come to: who does what, what each party gains by it, who is nearest to leaving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.questions.assess.answer import Assess, RestSeen, StrategySeen
from detente.questions.assess.tell_foresight import ALIKE, name
from detente.report import words
from detente.report.page import Bar, Block, Chart, Column, Heading, Paragraph, Table

SAME = 1e-9  # gains this close are equal
DETAILED = 3  # strategies of the first rank whose ends are told


def agreed(answer: Assess) -> Iterator[Block]:
    """Where the best strategies end: who does what, what each gains by it, and who is nearest to leaving."""
    best = [seen for seen in answer.best if answer.aim is not None and seen.success[answer.aim] > ALIKE]
    for seen in best[:DETAILED]:
        inside = [rest for rest in seen.rests if answer.aim in rest.labels]
        if not inside:
            continue
        rest = inside[0]
        yield Heading(f"What {name(seen)} comes to")
        yield Paragraph(_ending(answer, seen, rest))
        yield _shares(answer, rest)
        known = [(party, gain) for party, gain in rest.gains.items() if gain is not None]
        if known:
            bars = tuple(
                Bar(words.name(answer.names.parties, party), gain, words.signed(gain)) for party, gain in known
            )
            yield Chart(
                "bars",
                f"What each party gains where {name(seen)} ends",
                bars,
                f"Gains: {', '.join(f'{bar.label} {bar.shown}' for bar in bars)}.",
                "parts of each party's payoff range, against the status quo",
            )
    if len(best) > DETAILED:
        others = words.names(seen.id for seen in best[DETAILED:])
        yield Paragraph(f"The ends of {others} are left out here; --format json has them.")


def _ending(answer: Assess, seen: StrategySeen, rest: RestSeen) -> str:
    """The end's place among all ends, what it counts as, and on whom it hangs."""
    every = rest.probability > 1 - ALIKE
    place = "It ends" if every else f"Its likeliest end in the aim ({words.probability(rest.probability)}) is"
    told = [f"{place} in state {rest.state:,}." if every else f"{place} state {rest.state:,}."]
    if len(rest.labels) > 1:
        counts = words.names(words.quoted(answer.names.outcomes, label) for label in rest.labels)
        told.append(f"That counts as {counts}.")
    if rest.nearest and rest.margin is not None:
        who, many = _parties(answer, rest.nearest), len(rest.nearest)
        near = f"{words.verb(many, 'is', 'are')} nearest to leaving"
        hold = near if rest.margin >= 0 else "would leave once nobody is bound"
        told.append(f"{who} {hold}: the margin is {words.margin(rest.margin)} of a payoff range.")
    told += _least(answer, {party: gain for party, gain in rest.gains.items() if gain is not None})
    return " ".join(told)


def _least(answer: Assess, gains: Mapping[str, float]) -> Iterator[str]:
    """Who gains least, or loses most."""
    if not gains:
        return
    least = min(gains.values())
    parties = [party for party, gain in gains.items() if gain - least <= SAME]
    who, amount, many = _parties(answer, parties), words.signed(least), len(parties)
    if least > ALIKE:
        yield f"{who} {words.verb(many, 'gains', 'gain')} least by it, {amount}."
    elif least > 0:
        yield f"{who} {words.verb(many, 'gains', 'gain')} hardly anything by it ({amount})."
    elif least > -ALIKE:
        yield f"{who} {words.verb(many, 'gains', 'gain')} nothing by it ({amount})."
    else:
        yield f"{who} {words.verb(many, 'loses', 'lose')} by it ({amount})."


def _parties(answer: Assess, parties: Sequence[str]) -> str:
    return words.names(words.name(answer.names.parties, party) for party in parties)


def _shares(answer: Assess, rest: RestSeen) -> Table:
    """Per party what it then does otherwise than today, and what it gains."""
    changed: dict[str, list[str]] = {}
    for option, level, before in zip(answer.options, rest.levels, answer.status_quo, strict=True):
        if level != before:
            owner = option.partition(".")[0]
            changed.setdefault(owner, []).append(words.standing(answer.names.options, option, level))
    rows = [
        (
            words.name(answer.names.parties, party),
            words.signed(gain),
            "; ".join(changed.get(party, [])) or words.NOTHING,
        )
        for party, gain in rest.gains.items()
    ]
    others = [
        (owner, words.NOTHING, "; ".join(does)) for owner, does in changed.items() if owner not in rest.gains
    ]
    return Table(
        (
            Column("Party", fixed=True),
            Column("Gains", "right", fixed=True),
            Column("Does otherwise than today"),
        ),
        (*rows, *others),
        "Gains: payoff less that of the status quo, in parts of the party's payoff range.",
    )
