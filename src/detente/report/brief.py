"""A brief: what several questions found about one crisis, bound together for somebody who has to decide.

The front is one page for whoever reads no further: the question, the bottom line, the verdicts, and a paragraph
from each section. The sections follow it in full. As with pages, nothing here says how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.report.page import Block, Heading, Note, Page, Paragraph

DEEPEST = 4


@dataclass(frozen=True)
class Provenance:
    """Where a brief comes from: enough to make it again.

    Attributes
    ----------
    scenario, hash : its id, and the hash of everything that it says.
    version : of detente.
    seed, worlds : of the draws, and how many there were; 0 for the central case alone.
    changes : what was changed in the scenario before it was asked about.
    """

    scenario: str
    hash: str
    version: str
    seed: int
    worlds: int = 0
    changes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All of it on one line, for the foot of every page."""
        drawn = f"{self.worlds:,} worlds" if self.worlds else "central case"
        changed = f" with {len(self.changes)} changed" if self.changes else ""
        return (
            f"detente {self.version} · {self.scenario}{changed}, hash {self.hash} · {drawn}, seed {self.seed}"
        )


@dataclass(frozen=True)
class Section:
    """A part of a brief: one question's page, or what stands behind all of them."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def lead(self) -> str:
        """Its first sentences, if it has any."""
        return next((block.text for block in self.blocks if isinstance(block, Paragraph)), "")


@dataclass(frozen=True)
class Brief:
    """A brief.

    Attributes
    ----------
    title, about : of the crisis.
    glance : what the first page shows of the verdicts.
    verdict : the section in which the strategies are judged, in full.
    sections : what follows it, in order.
    appendices : what stands behind all of them.
    missing : what the scenario cannot be asked, and why.
    provenance : where it comes from.
    """

    title: str
    about: str
    glance: tuple[Block, ...]
    verdict: Section
    sections: tuple[Section, ...]
    appendices: tuple[Section, ...]
    missing: tuple[str, ...]
    provenance: Provenance


def bottom_line(brief: Brief) -> str:
    """The answer in a few sentences."""
    return brief.verdict.lead


def points(brief: Brief) -> tuple[tuple[str, str], ...]:
    """A title and a few sentences for each section."""
    return tuple((section.title, section.lead) for section in brief.sections if section.lead)


def front(brief: Brief) -> Page:
    """The first page by itself."""
    return Page(brief.title, (*_front(brief), Note(brief.provenance.line)))


def whole(brief: Brief) -> Page:
    """All of a brief as one page, for formats without sheets."""
    after = tuple(block for section in chapters(brief) for block in _section(section))
    return Page(brief.title, (*_front(brief), *after, Note(brief.provenance.line)))


def chapters(brief: Brief) -> tuple[Section, ...]:
    """Everything after the first page, in order."""
    return (brief.verdict, *brief.sections, *brief.appendices)


def lowered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a section with their headings one level below its own."""
    return tuple(
        Heading(block.text, min(block.level + 1, DEEPEST)) if isinstance(block, Heading) else block
        for block in blocks
    )


def changed(brief: Brief) -> tuple[Block, ...]:
    """What the reader must know before all else: what was changed in the scenario, and what is missing."""
    changes = brief.provenance.changes
    told = (Note(f"Changed before it was asked about: {'; '.join(changes)}.", "warning"),) if changes else ()
    lacking = (Note(f"Not in this brief: {' '.join(brief.missing)}"),) if brief.missing else ()
    return (*told, *lacking)


def _front(brief: Brief) -> Iterator[Block]:
    if brief.about:
        yield from (Heading("The question"), Paragraph(brief.about))
    yield from (Heading("Bottom line"), Paragraph(bottom_line(brief)))
    yield from brief.glance
    for title, lead in points(brief):
        yield from (Heading(title, 3), Paragraph(lead))
    yield from changed(brief)


def _section(section: Section) -> tuple[Block, ...]:
    return (Heading(section.title), *lowered(section.blocks))
