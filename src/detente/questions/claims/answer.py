"""The answer to: what follows from this picture of the crisis, of what others claim?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer

Verdict = Literal["supported", "contradicted", "depends", "untestable"]


@dataclass(frozen=True)
class PartSeen:
    """One comparison of a test, or one thing that must hold."""

    text: Annotated[str, "The part as it is written."]
    holds: Annotated[bool, "Whether it holds."]
    left: Annotated[
        float | None,
        "The number on its left; the least gain of the parties meant, in spans, where a preference must hold. "
        "None for what has no number, and where it is infinite.",
    ]
    right: Annotated[float | None, "The number on its right; None where there is none, or it is infinite."]
    names: Annotated[
        tuple[str, ...],
        "The venues than which none is better, where one is compared (none where all are alike); or the "
        "parties that do not share a preference.",
    ] = ()


@dataclass(frozen=True)
class UnderForesight:
    """A test on the central numbers under one foresight."""

    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    holds: Annotated[bool | None, "Whether the test holds; None where it cannot be worked out."]
    parts: Annotated[tuple[PartSeen, ...], "What is compared with what, in the order of the text."]
    why: Annotated[str, "Why it cannot be worked out."] = ""


@dataclass(frozen=True)
class OverWorlds:
    """In which share of the worlds a test holds, under SEQ."""

    worlds: Annotated[int, "In how many worlds it could be worked out."]
    share: Annotated[float, "In which share of these it holds."]
    low: Annotated[float, "The low end of that share's interval of 95 %."]
    high: Annotated[float, "The high end of it."]


@dataclass(frozen=True)
class FactSeen:
    """What recorded facts say of a claim, whatever the scenario makes of it."""

    verdict: Annotated[str, "How far the facts bear it out."]
    because: Annotated[str, "Which facts."]
    source: Annotated[tuple[str, ...], "Where they are from: ids of sources."]


@dataclass(frozen=True)
class ClaimSeen:
    """One claim: what it says, its test, and what comes of it."""

    id: Annotated[str, "Its id."]
    document: Annotated[str, "The document that makes it: the id of a source; empty where none is named."]
    source: Annotated[tuple[str, ...], "Where it stands there."]
    says: Annotated[str, "The claim in own words."]
    test: Annotated[str, "What would have to hold; empty where there is no test."]
    verdict: Annotated[
        Verdict,
        "`supported`: the test holds, `contradicted`: it does not, on the central numbers under the first of "
        "`under`. Over worlds: it holds in at least 0.9 of them, in at most 0.1, else it `depends`. "
        "`untestable`: there is no test, or it cannot be worked out.",
    ]
    why: Annotated[str, "Why it is untestable."]
    under: Annotated[
        tuple[UnderForesight, ...],
        "The test under each party's own foresight, else iseq, and under SEQ if that is another.",
    ]
    over: Annotated[OverWorlds | None, "The test over worlds, where they were asked for."]
    fact: Annotated[FactSeen | None, "What recorded facts say of it, where the scenario holds that."]

    @property
    def on_foresight(self) -> bool:
        """Whether the test holds under one foresight and fails under another."""
        return len({one.holds for one in self.under} - {None}) > 1


@dataclass(frozen=True)
class DocumentSeen:
    """What comes of the claims of one document."""

    id: Annotated[str, "The id of the source; empty for claims that name none."]
    title: Annotated[str, "Its title."]
    publisher: Annotated[str, "Who published it."]
    kept: Annotated[int, "How many claims of it the scenario keeps."]
    claims: Annotated[int, "How many of them were looked at."]
    tested: Annotated[int, "How many of those have a test that can be worked out."]
    supported: Annotated[int, "How many of those are supported."]
    contradicted: Annotated[int, "How many are contradicted."]
    depends: Annotated[int, "How many hold in some worlds and not in others."]
    on_foresight: Annotated[int, "How many hold under one foresight and fail under another."]


@dataclass(frozen=True, kw_only=True)
class Claims(Answer):
    """Every claim with what comes of its test, and what that is together for each document."""

    question: ClassVar[str] = "claims"
    key: ClassVar[tuple[str, ...]] = ("claim",)

    documents: Annotated[tuple[DocumentSeen, ...], "Per document, what comes of its claims."]
    claims: Annotated[tuple[ClaimSeen, ...], "The claims, in the order of the scenario."]
    venues: Annotated[Mapping[str, str], "Per venue that has one, its title."] = field(default_factory=dict)
    tables: Annotated[Mapping[str, str], "Per table that has one, its title."] = field(default_factory=dict)
    titles: Annotated[Mapping[str, str], "Per source that is cited, its title."] = field(default_factory=dict)

    def rows(self) -> list[dict[str, object]]:
        """One record per claim: what it says, its verdict, both sides of its first part, and facts."""
        return [
            {
                "claim": seen.id,
                "document": seen.document,
                "says": seen.says,
                "verdict": seen.verdict,
                **{f"holds_{one.foresight}": one.holds for one in seen.under},
                "left": seen.under[0].parts[0].left if seen.under and seen.under[0].parts else None,
                "right": seen.under[0].parts[0].right if seen.under and seen.under[0].parts else None,
                "share": None if seen.over is None else seen.over.share,
                "fact": None if seen.fact is None else seen.fact.verdict,
            }
            for seen in self.claims
        ]
