"""Which characters can be drawn on this machine: asked of what draws, with whatever fonts it finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from html import escape

import vl_convert

from detente.formats.palette import FONT
from detente.formats.scripts import Script, by_script

NO_CHARACTER = "\U0010fffd"  # for private use: no font has it, and so it shows what stands for what is missing


@cache
def drawable(character: str) -> bool:
    """Whether a font on this machine has the character: its picture is not that of a missing one."""
    if unicodedata.category(character) in ("Cf", "Zs", "Zl", "Zp"):
        return True  # there is nothing to see of it
    return _picture(character) != _picture(NO_CHARACTER)


def undrawable(texts: Iterable[str]) -> tuple[Script, ...]:
    """The scripts of these texts of which a character cannot be drawn."""
    return tuple(
        script for script, used in by_script(texts).items() if not all(drawable(each) for each in sorted(used))
    )


def _picture(character: str) -> bytes:
    text = f'<text x="9" y="30" font-family="{FONT}" font-size="20">{escape(character)}</text>'
    found: bytes = vl_convert.svg_to_png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="48" height="40">{text}</svg>'
    )
    return found
