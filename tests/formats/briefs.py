"""Briefs that hold one of everything, and one that tries to break out of every format."""

from __future__ import annotations

from detente.report.brief import Brief, Provenance, Section
from formats.pages import BREAKOUT, EVERYTHING, HOSTILE, PICTURES

PROVENANCE = Provenance("korea-2017", "0123456789abcdef", "9.8.7", 1)
FULL = Brief(
    title="Korea, spring 2017",
    about="What could bring a freeze about?",
    glance=(EVERYTHING.blocks[3],),
    verdict=Section("verdicts", "Verdicts", EVERYTHING.blocks),
    sections=(Section("why", "Why", EVERYTHING.blocks[1:]), Section("drawn", "Drawn", PICTURES.blocks)),
    appendices=(Section("method", "Method", EVERYTHING.blocks[:3]),),
    missing=("Risks: there is no shock.",),
    provenance=PROVENANCE,
)
BROKEN_OUT = Brief(
    title=HOSTILE,
    about=HOSTILE,
    glance=BREAKOUT.blocks[:5],
    verdict=Section("verdicts", HOSTILE, BREAKOUT.blocks),
    sections=(Section("why", HOSTILE, BREAKOUT.blocks),),
    appendices=(),
    missing=(HOSTILE,),
    provenance=Provenance(HOSTILE, "0", "1", 1, changes=(HOSTILE,)),
)
