"""What follows from this picture of the crisis, of what others claim?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from detente.answers.answer import common, finite
from detente.errors import RefusedError, UnknownNameError
from detente.questions.claims.answer import (
    Claims,
    ClaimSeen,
    DocumentSeen,
    FactSeen,
    OverWorlds,
    PartSeen,
    UnderForesight,
    Verdict,
)
from detente.questions.claims.judging import Judged, judged
from detente.questions.claims.plays import Plays
from detente.questions.named import foresight_named
from detente.questions.progress import Progress, silence
from detente.scenario.model import Claim, Scenario
from detente.states.variant import Variant
from detente.worlds.shares import wilson
from detente.worlds.worlds import SEED, Worlds

SURE = 0.9  # of the worlds: from here on a claim is supported, and contradicted up to the rest
BESIDE = "seq"
MOST_WORLDS = 10_000


def claims(
    scenario: Scenario,
    documents: Sequence[str] = (),
    claims: Sequence[str] = (),
    worlds: int = 0,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Claims:
    """What comes of every claim's test, and what that is together for each document.

    A test is worked out on the central numbers, under each party's own foresight, else `iseq`, and beside it
    under `seq`. A claim is supported where its test holds and contradicted where it does not. With worlds the
    tests are worked out in each of them too, under `seq`, and the verdict is that of the share in which a test
    holds: supported from 0.9 on, contradicted up to 0.1, and else it depends.

    Parameters
    ----------
    scenario : Scenario
    documents : sequence of str
        Only claims of these documents, by the ids of the sources; all when empty.
    claims : sequence of str
        Only these claims, by id; all when empty.
    worlds : int
        In how many worlds the tests are worked out besides; see `sweep`.
    seed : int
        Other seeds, other worlds.
    progress : callable, optional
        Told what is being worked on, and the share that is done.

    Returns
    -------
    Claims

    Raises
    ------
    RefusedError
        The scenario keeps no claims, or the number of worlds is out of bounds.
    UnknownNameError
        For a document or a claim that does not exist.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    if not 0 <= worlds <= MOST_WORLDS:
        raise RefusedError(f"worlds is {worlds:,}; it lies between 0 and {MOST_WORLDS:,}.")
    chosen = _chosen(scenario, documents, claims)
    tell = progress or silence
    tell("states and payoffs", 0.0)
    first = Plays(scenario)
    alone = set(first.foresights) == {BESIDE}
    ways = [first] if alone else [first, Plays(scenario, BESIDE, first.base)]
    work = len(ways) + worlds
    found = [_judged(plays, chosen, tell, done / work, 1 / work) for done, plays in enumerate(ways)]
    over = _over(scenario, first.base, chosen, worlds, seed, tell, len(ways) / work)
    seen = tuple(
        _seen(claim, tuple(zip(ways, each, strict=True)), share)
        for claim, each, share in zip(chosen, zip(*found, strict=True), over, strict=True)
    )
    tell("done", 1.0)
    shared = common(scenario, first.base.graph.states)
    shared["unused"] = tuple(part for part in shared["unused"] if part != "claims")
    return Claims(
        **shared,
        worlds=worlds,
        documents=_documents(scenario, seen),
        claims=seen,
        venues={venue.id: venue.title for venue in scenario.venues if venue.title},
        tables={table.id: table.title for table in scenario.tables if table.title},
        titles=_titles(scenario, seen),
    )


def _chosen(scenario: Scenario, documents: Sequence[str], ids: Sequence[str]) -> tuple[Claim, ...]:
    """The claims that are meant."""
    if not scenario.claims:
        raise RefusedError(
            "the scenario keeps no claims. Write under `claims` what others say, each with its `source` and a "
            "`test`."
        )
    known = [claim.id for claim in scenario.claims]
    for unknown in (id for id in ids if id not in known):
        raise UnknownNameError("claim", unknown, known)
    made = list(dict.fromkeys(_document(claim) for claim in scenario.claims))
    for unknown in (document for document in documents if document not in made):
        raise UnknownNameError("document", unknown, [one for one in made if one])
    return tuple(
        claim
        for claim in scenario.claims
        if (not ids or claim.id in ids) and (not documents or _document(claim) in documents)
    )


def _document(claim: Claim) -> str:
    """The document that makes a claim; a source is `DOCUMENT pN`."""
    return claim.source[0].partition(" ")[0] if claim.source else ""


def _judged(
    plays: Plays, chosen: Sequence[Claim], tell: Progress, done: float, share: float, where: str = ""
) -> list[Judged]:
    """What comes of the tests in one world under one foresight."""
    found = []
    for place, claim in enumerate(chosen):
        tell(f"claim {claim.id}{where}", done + share * place / len(chosen))
        found.append(Judged(None, why=claim.untestable) if claim.test is None else judged(plays, claim.test))
    plays.forget()
    return found


def _over(
    scenario: Scenario,
    base: Variant,
    chosen: Sequence[Claim],
    worlds: int,
    seed: int,
    tell: Progress,
    begun: float,
) -> list[OverWorlds | None]:
    """In which share of worlds each test holds; None where there are none in which it can be worked out."""
    held, tried = Counter[str](), Counter[str]()
    drawn: Iterable[Scenario] = Worlds(scenario, seed).scenarios(1, worlds) if worlds else ()
    for number, world in enumerate(drawn):
        share = (1 - begun) / worlds
        where = f" in world {number + 1} of {worlds:,}"
        found = _judged(Plays(world, BESIDE, base), chosen, tell, begun + share * number, share, where)
        for claim, one in zip(chosen, found, strict=True):
            if one.holds is not None:
                tried[claim.id] += 1
                held[claim.id] += one.holds
    return [_share(held[claim.id], tried[claim.id]) for claim in chosen]


def _share(held: int, tried: int) -> OverWorlds | None:
    return OverWorlds(tried, held / tried, *wilson(held / tried, tried)) if tried else None


def _seen(claim: Claim, found: Sequence[tuple[Plays, Judged]], over: OverWorlds | None) -> ClaimSeen:
    under = () if claim.test is None else tuple(_under(plays, one) for plays, one in found)
    first = found[0][1]
    return ClaimSeen(
        id=claim.id,
        document=_document(claim),
        source=claim.source,
        says=claim.says,
        test=claim.test.text if claim.test else "",
        verdict=_verdict(first.holds, over),
        why=first.why,
        under=under,
        over=over,
        fact=None
        if claim.fact is None
        else FactSeen(claim.fact.verdict, claim.fact.because, claim.fact.source),
    )


def _verdict(holds: bool | None, over: OverWorlds | None) -> Verdict:
    if holds is None:
        return "untestable"
    if over is None:
        return "supported" if holds else "contradicted"
    if over.share >= SURE:
        return "supported"
    return "contradicted" if over.share <= 1 - SURE else "depends"


def _under(plays: Plays, found: Judged) -> UnderForesight:
    parts = tuple(
        PartSeen(part.text, part.holds, _number(part.left), _number(part.right), part.names)
        for part in found.parts
    )
    return UnderForesight(foresight_named(plays.foresights), found.holds, parts, found.why)


def _number(value: float | None) -> float | None:
    return None if value is None else finite(value)


def _documents(scenario: Scenario, seen: Sequence[ClaimSeen]) -> tuple[DocumentSeen, ...]:
    sources = {source.id: source for source in scenario.sources}
    found = []
    for id in dict.fromkeys(one.document for one in seen):
        made = [one for one in seen if one.document == id]
        verdicts = Counter(one.verdict for one in made)
        source = sources.get(id)
        found.append(
            DocumentSeen(
                id=id,
                title=source.title if source else "",
                publisher=source.publisher if source else "",
                kept=sum(_document(claim) == id for claim in scenario.claims),
                claims=len(made),
                tested=len(made) - verdicts["untestable"],
                supported=verdicts["supported"],
                contradicted=verdicts["contradicted"],
                depends=verdicts["depends"],
                on_foresight=sum(one.on_foresight for one in made),
            )
        )
    return tuple(found)


def _titles(scenario: Scenario, seen: Sequence[ClaimSeen]) -> dict[str, str]:
    """Titles of the sources that the facts shown cite."""
    cited = {text.split()[0] for one in seen if one.fact for text in one.fact.source}
    return {source.id: source.title for source in scenario.sources if source.id in cited and source.title}
