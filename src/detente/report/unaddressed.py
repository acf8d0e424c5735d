"""The sentences of a page for a reader without a command line: what tells which flag to type is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.report.page import Block, Listing, Note, Paragraph

FLAG = r"(?<![\w-])`?--[a-z][\w-]*"
ASIDE = re.compile(rf"\s*\([^()]*{FLAG}[^()]*\)")
TAIL = re.compile(rf"[;:] [^;:.]*{FLAG}[^.;:]*(?=[.;:]|$)")
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")


def unaddressed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without advice on what to type; a block that holds nothing else goes."""
    for block in blocks:
        match block:
            case Paragraph() | Note():
                text = sentences(block.text)
                if text:
                    yield replace(block, text=text)
            case Listing():
                items = tuple(filter(None, map(sentences, block.items)))
                if items:
                    yield Listing(items)
            case _:
                yield block


def sentences(text: str) -> str:
    """A text without the asides, the ends of sentences and the sentences that name a flag."""
    plain = ASIDE.sub("", text)
    if not re.search(FLAG, plain):
        return plain
    return " ".join(filter(None, map(_sentence, SENTENCES.split(plain))))


def _sentence(sentence: str) -> str:
    if not re.search(FLAG, sentence):
        return sentence
    if re.search(rf": {FLAG}\.?$", sentence):  # all of it says what the flag shows
        return ""
    kept = TAIL.sub("", sentence)
    return "" if re.search(FLAG, kept) else kept
