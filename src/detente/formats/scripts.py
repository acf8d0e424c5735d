"""The scripts that names are written in, and the families of fonts that have their letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.formats.palette import FONT

GENERIC = "sans-serif"
PLAIN = 0x0250  # Latin letters with their accents come before it, and every font for the screen has them
CORE, CJK = "Noto Sans (fonts-noto-core)", "Noto Sans CJK (fonts-noto-cjk)"


@dataclass(frozen=True)
class Script:
    """A script: its name, where its letters stand in Unicode, families that have them, and what to install.

    Attributes
    ----------
    name : str
    ranges : tuple of (int, int)
        First and last code points.
    families : tuple of str
        In the order in which they are tried.
    install : str
        A free family, and the package of it on Debian and Ubuntu.
    """

    name: str
    ranges: tuple[tuple[int, int], ...]
    families: tuple[str, ...]
    install: str = CORE

    def has(self, character: str) -> bool:
        """Whether a character belongs to the script."""
        return any(first <= ord(character) <= last for first, last in self.ranges)


SCRIPTS: tuple[Script, ...] = (
    Script(
        "Hangul (Korean)",
        ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
        ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic"),
        CJK,
    ),
    Script(
        "kana (Japanese)",
        ((0x3040, 0x30FF), (0x31F0, 0x31FF)),
        ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans"),
        CJK,
    ),
    Script(
        "Han (Chinese characters)",
        ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)),
        ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei"),
        CJK,
    ),
    Script(
        "Arabic",
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
        ("Noto Sans Arabic", "Segoe UI", "Geeza Pro", "DejaVu Sans"),
    ),
    Script("Cyrillic", ((0x0400, 0x052F),), ("Noto Sans", "DejaVu Sans")),
    Script("Greek", ((0x0370, 0x03FF), (0x1F00, 0x1FFF)), ("Noto Sans", "DejaVu Sans")),
    Script(
        "Devanagari",
        ((0x0900, 0x097F), (0xA8E0, 0xA8FF)),
        ("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", "Lohit Devanagari"),
    ),
    Script("Bengali", ((0x0980, 0x09FF),), ("Noto Sans Bengali", "Nirmala UI", "Kohinoor Bangla")),
    Script("Tamil", ((0x0B80, 0x0BFF),), ("Noto Sans Tamil", "Nirmala UI", "Tamil Sangam MN")),
    Script("Hebrew", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F)), ("Noto Sans Hebrew", "Segoe UI", "DejaVu Sans")),
    Script("Thai", ((0x0E00, 0x0E7F),), ("Noto Sans Thai", "Leelawadee UI", "Thonburi")),
    Script("Armenian", ((0x0530, 0x058F),), ("Noto Sans Armenian", "Segoe UI", "DejaVu Sans")),
    Script("Georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF)), ("Noto Sans Georgian", "Segoe UI", "DejaVu Sans")),
    Script("Ethiopic", ((0x1200, 0x139F),), ("Noto Sans Ethiopic", "Ebrima", "Kefa")),
    Script(
        "other letters and signs", ((PLAIN, 0x10FFFF),), ("Noto Sans", "DejaVu Sans"), "Noto Sans (fonts-noto)"
    ),
)
"""The first that has a character is its script. Han stands after Hangul and kana, whose fonts have it too."""


def by_script(texts: Iterable[str]) -> dict[Script, frozenset[str]]:
    """The characters beyond Latin, by their scripts, in the order of the table."""
    found: dict[Script, set[str]] = {}
    for character in {character for text in texts for character in text if ord(character) >= PLAIN}:
        found.setdefault(next(script for script in SCRIPTS if script.has(character)), set()).add(character)
    return {script: frozenset(found[script]) for script in SCRIPTS if script in found}


def families(texts: Iterable[str]) -> str:
    """The families for these texts, the first choice first: the usual ones, then those of each script."""
    named = [family.strip() for family in FONT.split(",") if family.strip() != GENERIC]
    more = [family for script in by_script(texts) if script != SCRIPTS[-1] for family in script.families]
    return ", ".join(dict.fromkeys([*named, *more, GENERIC]))


def lacking(scripts: Iterable[Script]) -> str:
    """That letters will be boxes, of which scripts, what was tried and what to install; empty for none."""
    named = tuple(scripts)
    if not named:
        return ""
    which = _row([script.name for script in named])
    tried = ", ".join(dict.fromkeys(family for script in named for family in script.families))
    install = _row(list(dict.fromkeys(script.install for script in named)))
    return (
        f"the PNG pictures show boxes for {which}: no font on this machine has all the letters (tried {tried}, "
        f"then any other). Install {install} and draw again; the SVG pictures show them where such a font is."
    )


def _row(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
