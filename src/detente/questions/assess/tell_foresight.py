"""How success differs by how far the parties look ahead, and what else it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.questions.assess.answer import Assess, StrategySeen, VariantSeen
from detente.report import columns, words
from detente.report.page import Block, Column, Heading, Matrix, Paragraph, Table

ALIKE = 0.005  # chances this close are told as the same
SELF, BINDING = "self-enforcing", "binding"
NONE = VariantSeen(None, None)
BELIEVED = {
    "iseq": "if only answers that would be dared count",
    "seq": "if empty threats are believed",
    "nash": "if nobody looks past its own move",
}
"""What the foresights suppose that stand beside the one on which the verdict rests."""


def name(seen: StrategySeen) -> str:
    """A strategy's title with the id under which it stands in the table."""
    return words.quoted({seen.id: seen.title}, seen.id)


def reached(answer: Assess) -> Iterator[Block]:
    """How often each of several strategies reaches the aim, under every foresight tried, where that differs."""
    tried = foresights(answer)
    values = tuple(tuple(under(answer, seen, concept) for concept in tried) for seen in answer.strategies)
    if (
        answer.aim is None
        or len(answer.strategies) < 2
        or len({chance for row in values for chance in row}) < 2
    ):
        return
    told = "; ".join(
        f"{name(seen)} {', '.join(map(shown, row))}"
        for seen, row in zip(answer.strategies, values, strict=True)
    )
    yield Matrix(
        f"How often each strategy ends in {words.quoted(answer.names.outcomes, answer.aim)}",
        tuple(seen.title or seen.id for seen in answer.strategies),
        tuple(words.concept(concept) for concept in tried),
        values,
        f"Success by foresight ({words.names(map(words.concept, tried))}): {told}.",
        "share of plays in the central case",
        low=0.0,
    )


def foresights(answer: Assess) -> tuple[str, ...]:
    """The foresight that the verdicts rest on, then the others that were tried."""
    tried = answer.strategies[0].variants.get(SELF, {}) if answer.strategies else {}
    return (
        answer.foresight,
        *(concept for concept in BELIEVED if concept in tried and concept != answer.foresight),
    )


def under(answer: Assess, seen: StrategySeen, concept: str) -> float | None:
    """A strategy's success on the aim if all look ahead by one concept."""
    if answer.aim is None:
        return None
    if concept == answer.foresight:
        return seen.success[answer.aim]
    return seen.variants.get(SELF, {}).get(concept, NONE).success


def shown(chance: float | None) -> str:
    """A chance in a table; a dash where there is none."""
    return words.NOTHING if chance is None else words.probability(chance)


def otherwise(answer: Assess) -> str:
    """How the verdict on the best would differ under the other foresights, as the end of a sentence."""
    first, told = [seen.id for seen in answer.best or answer.strategies[:1]], []
    here = under(answer, answer.strategies[0], answer.foresight) or 0.0
    for concept in foresights(answer)[1:]:
        chances = {seen.id: under(answer, seen, concept) or 0.0 for seen in answer.strategies}
        best, there = max(chances.values()), chances[first[0]]
        rivals = words.names(id for id, chance in chances.items() if best - chance <= ALIKE)
        supposed = f"{BELIEVED[concept]} ({words.concept(concept)})"
        if max(abs(chances[id] - there) for id in first) > ALIKE:
            each = words.names(f"{id} {words.chance(chances[id])}" for id in first)
            told.append(f"{supposed} {each}")
        elif abs(here - there) > ALIKE:
            told.append(f"{words.chance(there)} {supposed}")
            if best - there > ALIKE:
                told[-1] += f", where {rivals} would get there {words.chance(best)}"
        elif best - there > ALIKE:
            told.append(f"{supposed} {rivals} would do better, {words.chance(best)}")
    return f", but {'; '.join(told)}" if told else ""


def hanging(answer: Assess) -> Iterator[Block]:
    """What each strategy needs besides: tables, agreements that bind, sponsors who keep to it, trade."""
    kinds = [concept for concept in foresights(answer) if answer.aim is not None]
    binding = [concept for concept in kinds if any(_bound(answer, seen, concept) for seen in answer.strategies)]
    shaky = [seen for seen in answer.strategies if _differs(seen)]
    steady = [seen for seen in answer.strategies if seen.variants and seen not in shaky]
    if kinds and not shaky and len(steady) == len(answer.strategies):
        yield Paragraph(
            "Success is the same under every foresight and kind of agreement tried, and without tables."
        )
    titles = (
        Column("Strategy", fixed=True),
        *(Column(f"binding, {words.concept(concept)}", "right") for concept in binding),
        *((Column("no tables", "right"),) if shaky else ()),
        Column("Kept to"),
        *((Column("Trade kept", "right"),) if any(seen.trade_kept for seen in answer.strategies) else ()),
    )
    rows = tuple(
        (
            seen.id,
            *(shown(seen.variants.get(BINDING, {}).get(concept, NONE).success) for concept in binding),
            *((shown(seen.without_tables),) if shaky else ()),
            words.yes_no(seen.credible if seen.credibility else None),
            *((_trade(seen),) if any(one.trade_kept for one in answer.strategies) else ()),
        )
        for seen in answer.strategies
    )
    table = columns.telling(Table(titles, rows, _tried(bool(binding), bool(shaky))))
    if len(table.columns) > 1:
        yield Heading("What it hangs on")
        yield table
    if shaky and steady:
        yield Paragraph(_unshaken(steady))


def _bound(answer: Assess, seen: StrategySeen, concept: str) -> bool:
    """Whether success under a foresight differs where agreements bind."""
    other = seen.variants.get(BINDING, {}).get(concept, NONE).success
    here = under(answer, seen, concept)
    return other is not None and here is not None and abs(other - here) > ALIKE


def _tried(binding: bool, tables: bool) -> str:
    """What the columns stand for."""
    success = [
        *(["if agreements also bind where a member would gain by leaving"] if binding else []),
        *(["with no table open"] if tables else []),
    ]
    told = f"Success {', and '.join(success)}. " if success else ""
    return f"{told}Kept to: whether the sponsors, free again, would keep what they committed."


def _trade(seen: StrategySeen) -> str:
    return words.NOTHING if seen.trade_kept is None else words.percent(seen.trade_kept.share)


def _unshaken(steady: Sequence[StrategySeen]) -> str:
    """The strategies that fare the same however parties behave."""
    alike: dict[str, list[str]] = {}
    for seen in steady:
        chances = [variant.success for by in seen.variants.values() for variant in by.values()]
        alike.setdefault(words.probability(chances[0] or 0.0), []).append(seen.id)
    told = "; ".join(f"{success} for {words.names(ids)}" for success, ids in alike.items())
    return f"Nothing tried changes success: {told}."


def _differs(seen: StrategySeen) -> bool:
    """Whether success differs between the variants of behaviour, or without tables."""
    varied = [variant.success for by in seen.variants.values() for variant in by.values()]
    known = [chance for chance in (*varied, seen.without_tables) if chance is not None and varied]
    return bool(known) and max(known) - min(known) > ALIKE
