"""Scripts are recognised, and their fonts named."""

from __future__ import annotations

import re

import pytest

from detente.formats import charts
from detente.formats.palette import FONT
from detente.formats.scripts import SCRIPTS, by_script, families, lacking
from formats.drawings import named

NAMES = {
    "Hangul (Korean)": "조선민주주의인민공화국",
    "kana (Japanese)": "にほんコク",
    "Han (Chinese characters)": "中华人民共和国",
    "Arabic": "جمهورية مصر العربية",
    "Cyrillic": "Российская Федерация",
    "Greek": "Ελλάδα",
    "Devanagari": "भारत गणराज्य",
    "Bengali": "বাংলাদেশ",
    "Tamil": "இலங்கை",
    "Hebrew": "ישראל",
    "Thai": "ประเทศไทย",
    "Armenian": "Հայաստան",
    "Georgian": "საქართველო",
    "Ethiopic": "ኢትዮጵያ",
    "other letters and signs": "ᐃᓄᒃᑎᑐᑦ",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_script_of_a_name_is_known(name: str) -> None:
    assert [script.name for script in by_script([NAMES[name], "and Latin, ça va"])] == [name]


def test_every_script_is_tried() -> None:
    assert list(NAMES) == [script.name for script in SCRIPTS]
    assert all(script.families and script.install for script in SCRIPTS)


def test_latin_names_take_the_usual_families() -> None:
    assert families(["Côte d’Ivoire", "−0.5 → 1"]) == FONT


def test_families_of_a_script_stand_before_any_font() -> None:
    named = families(["Korea", "한국", "北京"]).split(", ")
    assert named[:3] == FONT.split(", ")[:3]
    assert named.index("Noto Sans CJK KR") < named.index("Noto Sans CJK SC") < named.index("sans-serif")
    assert named[-1] == "sans-serif"
    assert len(named) == len(set(named))


def test_a_drawing_names_the_families_of_its_script_wherever_it_writes() -> None:
    for block in named("한국 भारत"):
        for svg in (charts.draw(block).decode(), charts.inline(block)):
            found = set(re.findall(r'<text[^>]* font-family="([^"]*)"', svg))
            assert found == {families(["한국 भारत"])}
            assert "한국" in "".join(svg.split("<"))


def test_what_is_lacking_is_one_line_that_says_what_to_do() -> None:
    told = lacking(by_script(["한국", "北京", "भारत"]))
    assert "boxes for Hangul (Korean), Han (Chinese characters) and Devanagari" in told
    assert "tried Noto Sans CJK KR, " in told
    assert "Install Noto Sans CJK (fonts-noto-cjk) and Noto Sans (fonts-noto-core)" in told
    assert "\n" not in told


def test_where_nothing_is_lacking_nothing_is_said() -> None:
    assert lacking(()) == ""
