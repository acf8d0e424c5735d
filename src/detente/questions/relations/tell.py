"""How relations, their repair and what events say of them are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.questions.relations import tell_camps, tell_events, tell_how
from detente.questions.relations.answer import (
    Dyad,
    PairSeen,
    Relations,
    RepairSeen,
    RepairsSeen,
)
from detente.report import words
from detente.report.page import (
    Bar,
    Block,
    Chart,
    Column,
    Heading,
    Listing,
    Matrix,
    Note,
    Page,
    Paragraph,
    Table,
)
from detente.report.units import ATTITUDES, SUCCESS

SLIGHT = 1e-9
MOST_PAIRS = 8
MOST_NAMED = 12
SLOWER = (
    ", so threats count that nobody would carry out; `--foresight iseq` leaves them out, and takes far longer"
)
MENDED = " Mended: with the two seeing each other's interests as the author puts them, instead."
NO_REPAIRS = {
    "ordinal": "What a repair is worth cannot be said: some party is known by the order of its states only.",
    "no-aim": "What a repair is worth cannot be said: the scenario has no aim for a strategy to succeed at.",
    "one-party": "There is no relation to repair: there are no two parties.",
}


def page(answer: Relations) -> Page:
    """Who stands with whom, which relation to repair, and what events suggest."""
    blocks = (
        Paragraph(_summary(answer)),
        *_attitudes(answer),
        *tell_camps.told(answer),
        *_repairs(answer),
        *tell_events.told(answer),
    )
    return Page(f"Relations: {answer.names.scenario}", blocks)


def _summary(answer: Relations) -> str:
    ties = answer.network.ties
    friendly = sum(tie.weight > 0 for tie in ties)
    many = len({seen.holder for seen in answer.attitudes})
    pairs = many * (many - 1) // 2
    told = (
        f"Of {words.count(pairs, 'relation')} between {words.count(many, 'party', 'parties')}, {friendly} "
        f"{words.verb(friendly, 'is', 'are')} friendly, {len(ties) - friendly} hostile and "
        f"{pairs - len(ties)} neither."
    )
    found = answer.repairs
    if found is None:
        return told
    if found.first is None and found.success >= 1 - SLIGHT:
        said = f"The strategy {_strategy(found)} needs no repair: it succeeds already."
    elif found.first is None:
        said = f"No repair helps the strategy {_strategy(found)} alone or on average."
    else:
        said = tell_how.told(answer, found, found.first)
    return f"{told} {_believed(found)}{said}"


def _believed(found: RepairsSeen) -> str:
    """By which foresight what follows is judged, where assess takes another, and what it then says."""
    if found.dared is None:
        return ""
    chance = words.chance(found.dared)
    reaches = "never reaches the aim" if chance == "never" else f"reaches the aim {chance}"
    return (
        f"Repairs are judged here with {words.look(found.foresight)}; by that of assess the strategy "
        f"{_strategy(found)} {reaches} as things are, without any. "
    )


def _attitudes(answer: Relations) -> Iterator[Block]:
    if not answer.attitudes:
        return
    yield Heading("Attitudes and views")
    parties = tuple(dict.fromkeys(seen.holder for seen in answer.attitudes))
    values = {(seen.holder, seen.other): seen.value for seen in answer.attitudes}
    warmest = max(answer.attitudes, key=lambda seen: seen.value)
    coldest = min(answer.attitudes, key=lambda seen: seen.value)
    names = tuple(_party(answer, party) for party in parties)
    yield Matrix(
        "Attitude of each party (row) to each other (column)",
        names,
        names,
        tuple(tuple(values.get((holder, other)) for other in parties) for holder in parties),
        f"The warmest is that of {_pair(answer, warmest.holder, warmest.other)} "
        f"({words.signed(warmest.value)}), the coldest that of "
        f"{_pair(answer, coldest.holder, coldest.other)} ({words.signed(coldest.value)}).",
        ATTITUDES,
    )
    if answer.views:
        yield Listing(
            tuple(
                f"The scenario's author has {_party(answer, seen.holder)} place {words.percent(seen.apart)} of "
                f"the weight of {_whose(answer, seen.other)} interests elsewhere than the author does."
                for seen in answer.views
            )
        )


def _repairs(answer: Relations) -> Iterator[Block]:
    yield Heading("Which relation to repair")
    found = answer.repairs
    if found is None:
        yield Paragraph(NO_REPAIRS[answer.no_repairs])
        return
    yield Paragraph(_premise(answer, found))
    if not all(map(_idle, found.dyads)):
        yield _table(answer, found)
    yield from _idling(answer, found)
    if any(abs(seen.share or 0.0) > SLIGHT for seen in found.dyads):
        yield _bars(answer, found)
    yield Paragraph(" ".join((_first(answer, found), *_least(answer, found), *_mended(answer, found))))
    yield from _pairs(answer, found)
    yield Note(
        "Success is judged with noisy movers at the central values. It still jumps where it hangs on what a "
        "table agrees to, or on whether a move is open at all; read the gain together with the least step. "
        f"It is judged with {words.look(found.foresight)}"
        f"{SLOWER if found.foresight == 'seq' else ''}."
    )


def _premise(answer: Relations, found: RepairsSeen) -> str:
    aim = words.name(answer.names.outcomes, answer.aim or "")
    chosen = (
        ""
        if found.asked
        else " It is looked at because, of the strategies not certain to succeed, assess puts it first under "
        "the same foresight."
        if found.central < 1 - SLIGHT
        else " Every strategy succeeds already; assess puts this one first under the same foresight."
    )
    return (
        f"As things are, the strategy {_strategy(found)} {_reaching(found, aim)}.{chosen} To repair a relation "
        f"is to raise both attitudes by {words.number(found.step)}, to 1 at most."
    )


def _reaching(found: RepairsSeen, aim: str) -> str:
    """Whether a strategy reaches the aim as things are, and with noisy movers."""
    plain, noisy = words.chance(found.central), words.chance(found.success)
    if plain == "never":
        rest = ", nor does it with noisy movers" if noisy == plain else f" (if movers are noisy, {noisy})"
        return f"never reaches the aim, “{aim}”{rest}"
    rest = ", also with noisy movers" if noisy == plain else f" (if movers are noisy, {noisy})"
    return f"reaches the aim, “{aim}”, {plain}{rest}"


def _table(answer: Relations, found: RepairsSeen) -> Table:
    mending = any(seen.mended is not None for seen in found.dyads)
    columns = (
        Column("Relation"),
        *(Column(title, "right", fixed=True) for title in ("Attitudes", "Alone", "Average", "Least step")),
        *((Column("Mended", "right", fixed=True),) if mending else ()),
    )
    rows = tuple(
        (
            _dyad(answer, seen.dyad),
            _both(seen.before),
            _gain(seen.gain),
            _gain(seen.share),
            words.NOTHING if seen.least is None else words.number(seen.least.step),
            *((_gain(seen.mended),) if mending else ()),
        )
        for seen in found.dyads
        if not _idle(seen)
    )
    return Table(
        columns,
        rows,
        "What the repair adds to success: alone, and on average over all orders in which the strongest "
        f"{len(found.strongest)} could be repaired (Shapley value). Least step: the smallest found, up to "
        "attitudes of 1, that changes how the strategy fares in the central case."
        + (MENDED if mending else ""),
    )


def _idle(seen: RepairSeen) -> bool:
    """Whether nothing that was tried with a relation changes anything."""
    return seen.least is None and all(abs(one or 0.0) <= SLIGHT for one in (seen.gain, seen.share, seen.mended))


def _idling(answer: Relations, found: RepairsSeen) -> Iterator[Block]:
    """The relations whose repair changes nothing, in one sentence."""
    idle = [_dyad(answer, seen.dyad) for seen in found.dyads if _idle(seen)]
    if idle:
        what = words.verb(len(idle), "One repair changes", f"{len(idle)} repairs change")
        named = idle if len(idle) <= MOST_NAMED else [*idle[:MOST_NAMED], f"{len(idle) - MOST_NAMED} others"]
        yield Paragraph(f"{what} nothing, whatever the step: {words.names(named)}.")


def _both(pair: tuple[float, float]) -> str:
    shown = [words.signed(value) for value in pair]
    return shown[0] if shown[0] == shown[1] else " / ".join(shown)


def _gain(value: float | None) -> str:
    """What is added to success; a dash where nothing was tried."""
    return words.NOTHING if value is None else words.points(value)


def _bars(answer: Relations, found: RepairsSeen) -> Chart:
    shared = sorted(
        (seen for seen in found.dyads if seen.share is not None), key=lambda seen: -(seen.share or 0.0)
    )
    bars = tuple(Bar(_dyad(answer, seen.dyad), seen.share or 0.0, _gain(seen.share)) for seen in shared)
    alt = (
        f"With all {len(shared)} repaired, success goes from {words.probability(found.success)} to "
        f"{words.probability(found.together)}; on average over all orders {_dyad(answer, shared[0].dyad)} adds "
        "most."
    )
    return Chart("bars", "Average part of each repair (Shapley value)", bars, alt, SUCCESS)


def _first(answer: Relations, found: RepairsSeen) -> str:
    if found.first is None and found.success >= 1 - SLIGHT:
        return "The strategy succeeds already with noisy movers, so no repair can add anything."
    if found.first is None:
        if len(found.dyads) == 1:
            return "The one repair there is adds nothing: a warmer relation of this size is not what it lacks."
        return (
            f"None of the {len(found.dyads)} repairs adds anything alone, nor does one of the "
            f"{len(found.strongest)} strongest on average: warmer relations of this size are not what it lacks."
        )
    best = found.dyads[0]
    if best.gain > SLIGHT:
        alike = sum(abs(seen.gain - best.gain) < SLIGHT for seen in found.dyads) - 1
        rest = f" ({words.count(alike, 'other')} as much, with a smaller average part)" if alike else ""
        return (
            f"Repair {_dyad(answer, best.dyad)} first: alone it takes success with noisy movers from "
            f"{words.probability(found.success)} to {words.probability(best.success)}{rest}."
        )
    return (
        f"Repair {_dyad(answer, best.dyad)} first: it adds nothing alone, but most on average over all orders."
    )


def _least(answer: Relations, found: RepairsSeen) -> Iterator[str]:
    near = sorted(
        (seen for seen in found.dyads if seen.least), key=lambda seen: seen.least.step if seen.least else 0
    )
    if not near:
        yield "No step of one relation, up to attitudes of 1, changes how it fares in the central case."
        return
    told = [
        f"{_dyad(answer, seen.dyad)} by {words.number(seen.least.step)} "
        f"(success then {words.probability(seen.least.success)})"
        for seen in near
        if seen.least
    ]
    yield f"What changes the central answer with the least step: {words.names(told, limit=4)}."


def _whose(answer: Relations, party: str) -> str:
    name = _party(answer, party)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _mended(answer: Relations, found: RepairsSeen) -> Iterator[str]:
    seen = [dyad for dyad in found.dyads if dyad.mended is not None]
    if not seen:
        return
    helping = [dyad for dyad in seen if (dyad.mended or 0.0) > SLIGHT]
    told = words.names(f"{_dyad(answer, dyad.dyad)} ({_gain(dyad.mended)})" for dyad in (helping or seen))
    if helping:
        yield f"Seeing each other's interests as the author puts them helps between {told}."
    else:
        yield f"Seeing each other's interests as the author puts them adds nothing between {told}."


def _pairs(answer: Relations, found: RepairsSeen) -> Iterator[Block]:
    if not found.possible:
        return
    yield Heading("Two relations together", 3)
    scope = (
        f"All {words.count(found.possible, 'pair')} were played."
        if len(found.pairs) == found.possible
        else f"Of {words.count(found.possible, 'pair')}, {len(found.pairs)} were played, those of the "
        "strongest relations first; the rest were left out for time."
    )
    alone = {seen.dyad: seen.gain for seen in found.dyads}
    only = [pair for pair in found.pairs if _only_together(pair, alone)]
    more = [pair for pair in found.pairs if pair.extra > SLIGHT and pair not in only]
    if not only and not more:
        yield Paragraph(f"{scope} None adds more than its two repairs alone.")
        return
    yield Paragraph(f"{scope} {' '.join(_extras(len(only), len(more)))}")
    columns = (
        Column("First"),
        Column("Second"),
        *(Column(t, "right", fixed=True) for t in ("Together", "Extra")),
    )
    shown = (*only, *more)
    rows = tuple(
        (_dyad(answer, pair.first), _dyad(answer, pair.second), _gain(pair.gain), _gain(pair.extra))
        for pair in shown[:MOST_PAIRS]
    )
    left = len(shown) - len(rows)
    yield Table(
        columns,
        rows,
        "Extra: beyond the sum of the two alone."
        + (f" {words.count(left, 'more pair')} in the JSON." if left else ""),
    )


def _extras(only: int, more: int) -> Iterator[str]:
    """How many pairs work only together, and how many add more than their two repairs."""
    if only:
        works = f"{words.verb(only, 'works', 'work')} only together"
        yield f"{words.capital(words.count(only, 'pair'))} {works}: neither repair adds anything alone."
    if more:
        kind = "other pair" if only else "pair"
        adds = words.verb(more, "adds", "add")
        yield f"{words.capital(words.count(more, kind))} {adds} more than the two alone."


def _only_together(pair: PairSeen, alone: dict[Dyad, float]) -> bool:
    return pair.gain > SLIGHT and alone[pair.first] <= SLIGHT and alone[pair.second] <= SLIGHT


def _strategy(found: RepairsSeen) -> str:
    return f"“{found.title}”"


def _party(answer: Relations, party: str) -> str:
    return words.name(answer.names.parties, party)


def _pair(answer: Relations, holder: str, other: str) -> str:
    return f"{_party(answer, holder)} to {_party(answer, other)}"


def _dyad(answer: Relations, dyad: Sequence[str]) -> str:
    return f"{_party(answer, dyad[0])}\N{EN DASH}{_party(answer, dyad[1])}"
