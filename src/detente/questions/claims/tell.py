"""How claims and what comes of them are told."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.claims.answer import Claims, ClaimSeen, DocumentSeen, UnderForesight
from detente.questions.claims.tell_part import figures, part
from detente.report import words
from detente.report.page import Block, Column, Heading, Listing, Note, Page, Paragraph, Table

FEW = 6  # claims that are told in full
VERDICTS = {
    "supported": "supported",
    "contradicted": "contradicted",
    "depends": "depends",
    "untestable": "not testable",
}


def page(answer: Claims) -> Page:
    """What follows, document by document, and claim by claim."""
    blocks: list[Block] = []
    for document in answer.documents:
        seen = [one for one in answer.claims if one.document == document.id]
        if len(answer.claims) <= FEW:
            blocks += [Paragraph(_summary(answer, document))] if len(seen) > 1 else []
            blocks += [block for one in seen for block in _in_full(answer, one)]
        else:
            blocks += [Heading(_title(document)), Paragraph(_summary(answer, document)), _table(answer, seen)]
    return Page(f"What follows: {answer.names.scenario}", (*blocks, *_notes(answer)))


def _title(document: DocumentSeen) -> str:
    return document.title or document.id or "Claims of nobody in particular"


def _summary(answer: Claims, document: DocumentSeen) -> str:
    """A few sentences that a newspaper could print."""
    told = [_made(document)]
    if not document.tested:
        return f"{told[0]} None of them can be tested here."
    untold = document.claims - document.tested
    can = f"{document.tested:,}" if untold else "Each"
    told.append(
        f"{can} can be tested against this picture of the crisis" + (".", f"; {untold:,} cannot.")[untold > 0]
    )
    told.append(
        f"{_many(document.supported)} {words.verb(document.supported, 'follows', 'follow')} from it, "
        f"{_many(document.contradicted).lower()} {words.verb(document.contradicted, 'is', 'are')} contradicted"
        + (
            f", {document.depends:,} {words.verb(document.depends, 'depends', 'depend')} on its numbers."
            if answer.worlds
            else "."
        )
    )
    if document.on_foresight:
        few = document.on_foresight
        told.append(
            f"{_many(few)} {words.verb(few, 'depends', 'depend')} on foresight: "
            f"{words.verb(few, 'it comes', 'they come')} out otherwise where empty threats are believed."
        )
    return " ".join(told)


def _made(document: DocumentSeen) -> str:
    """How many claims are told of."""
    where = f" ({document.publisher})" if document.publisher else ""
    title = f"“{document.title}”{where}" if document.title else document.id
    if document.claims < document.kept:
        return (
            f"{document.claims:,} of the {document.kept:,} claims{f' of {title}' if title else ''} are told of."
        )
    many = words.count(document.claims, "claim")
    return f"{title} makes {many}." if title else f"{words.capital(many)} of nobody in particular."


def _many(count: int) -> str:
    return f"{count:,}" if count else "None"


def _table(answer: Claims, seen: list[ClaimSeen]) -> Table:
    """The claims in short."""
    columns = [Column("Claim", fixed=True), Column("Says"), Column("Verdict"), Column("Compared")]
    facts = any(one.fact for one in seen)
    if facts:
        columns.append(Column("Facts"))
    rows = tuple(
        (
            one.id,
            one.says,
            _verdict(one),
            _figures(answer, one),
            *([one.fact.verdict if one.fact else words.NOTHING] if facts else []),
        )
        for one in seen
    )
    return Table(tuple(columns), rows)


def _verdict(seen: ClaimSeen) -> str:
    share = "" if seen.over is None or seen.verdict == "untestable" else f" ({words.percent(seen.over.share)})"
    return f"{VERDICTS[seen.verdict]}{share}{'*' if seen.on_foresight else ''}"


def _figures(answer: Claims, seen: ClaimSeen) -> str:
    """The numbers on which the verdict turns: those of the first part that fails, where the test does."""
    if seen.verdict == "untestable" or not seen.under[0].parts:
        return words.NOTHING
    first = seen.under[0]
    failing = [one for one in first.parts if not one.holds and not first.holds]
    return figures(answer, (failing or first.parts)[0])


def _in_full(answer: Claims, seen: ClaimSeen) -> Iterator[Block]:
    """One claim with everything that is known of it."""
    yield Heading(f"{seen.id}: {_head(seen)}")
    cited = f" ({'; '.join(seen.source)})" if seen.source else ""
    yield Paragraph(f"{words.sentence(seen.says)}{cited}")
    if seen.test:
        yield Paragraph(f"Test: {seen.test}")
    if seen.verdict == "untestable":
        yield Paragraph(f"Not testable: {words.sentence(seen.why)}")
    for one in _differing(seen):
        if one.holds is not None:
            yield Paragraph(f"{_under(seen, one)}, the test {'holds' if one.holds else 'fails'}:")
            yield Listing(tuple(part(answer, each) for each in one.parts))
    if seen.over is not None:
        over = seen.over
        yield Paragraph(
            f"Over {words.count(over.worlds, 'world')} under SEQ the test holds in "
            f"{words.percent(over.share)} of them ({words.percent(over.low)} to {words.percent(over.high)})."
        )
    if seen.fact is not None:
        because = f" {words.sentence(seen.fact.because)}" if seen.fact.because else ""
        yield Paragraph(
            f"Facts: {words.sentence(seen.fact.verdict)}{because}{_sources(answer, seen.fact.source)}"
        )


def _head(seen: ClaimSeen) -> str:
    if seen.verdict == "depends":
        return f"depends on numbers{' and foresight' if seen.on_foresight else ''}"
    return VERDICTS[seen.verdict] + (", depends on foresight" if seen.on_foresight else "")


def _differing(seen: ClaimSeen) -> tuple[UnderForesight, ...]:
    """The foresights to tell of: one where all find the same."""
    first = seen.under[:1]
    return first if all(one.parts == first[0].parts for one in seen.under) else seen.under


def _under(seen: ClaimSeen, one: UnderForesight) -> str:
    if len(_differing(seen)) < len(seen.under):
        return "On the central numbers, whatever the foresight"
    if one.foresight == "mixed":
        return "On the central numbers, each party by its own foresight"
    return f"On the central numbers under {words.concept(one.foresight)}"


def _sources(answer: Claims, source: tuple[str, ...]) -> str:
    titles = [f"“{answer.titles[id]}”" for id in (text.split()[0] for text in source) if id in answer.titles]
    return f" ({'; '.join(dict.fromkeys(titles))})" if titles else ""


def _notes(answer: Claims) -> Iterator[Block]:
    if answer.worlds:
        yield Note(
            f"A verdict is that of {words.count(answer.worlds, 'world')} under SEQ: supported where the test "
            "holds in at least 90% of them, contradicted where in at most 10%."
        )
    yield Note(
        "A verdict says whether the test follows from this scenario, not whether the claim is true; what the "
        "facts say stands beside it."
    )
    if len(answer.claims) > FEW:
        if any(one.on_foresight for one in answer.claims):
            yield Note("* Depends on foresight: where empty threats are believed (SEQ) it is the other way.")
        yield Note("--claim ID tells a claim in full: its test, and what is compared with what.")
