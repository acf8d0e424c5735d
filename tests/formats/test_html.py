from __future__ import annotations

import re
from html.parser import HTMLParser

from detente.formats import chart_data, html
from detente.report.page import Page
from formats.drawings import CURVE, DRAWINGS
from formats.pages import BREAKOUT, EVERYTHING, PICTURES

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Outline(HTMLParser):
    """Every element in order, refusing any that is not closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def elements(page: Page) -> list[tuple[str, dict[str, str | None]]]:
    return Outline(html.render(page)).seen


def test_every_element_is_closed_where_it_should_be() -> None:
    assert Outline(html.render(EVERYTHING)).seen
    assert Outline(html.fragment(EVERYTHING)).seen


def test_names_bring_no_element_of_their_own() -> None:
    tags = [tag for tag, _ in elements(BREAKOUT)]
    assert "script" not in tags
    assert tags.count("b") == 0
    assert "alert('x')" in "".join(Outline(html.render(BREAKOUT)).words)
    assert "\x1b" not in html.render(BREAKOUT)


def test_no_name_becomes_an_attribute() -> None:
    def keys(page: Page) -> set[str]:
        return {key for _, attributes in elements(page) for key in attributes}

    assert keys(BREAKOUT) - keys(EVERYTHING) - keys(PICTURES) == set()
    assert not {key for key in keys(BREAKOUT) if key.startswith("on") or key in ("href", "src", "style")}


def test_nothing_is_fetched_from_outside() -> None:
    text = html.render(EVERYTHING) + html.render(PICTURES)
    assert not re.search(r"\b(src|href|srcset|action|data)=", text)
    assert not re.search(r"url\(|@import|<script|<iframe|<link", text)
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in text


def test_tables_can_be_read_by_ear() -> None:
    seen = elements(EVERYTHING)
    heads = [attributes for tag, attributes in seen if tag == "th"]
    assert heads
    assert all(attributes["scope"] == "col" for attributes in heads)
    assert "caption" in [tag for tag, _ in seen]
    assert ("html", {"lang": "en"}) in seen


def test_every_picture_has_a_name_a_description_and_its_numbers_as_a_table() -> None:
    seen = elements(PICTURES)
    pictures = [attributes for tag, attributes in seen if tag == "svg"]
    assert [picture["aria-label"] for picture in pictures] == [block.alt for block in DRAWINGS]
    assert {picture["role"] for picture in pictures} == {"img"}
    tags = [tag for tag, _ in seen]
    assert tags.count("details") == tags.count("summary") == tags.count("table") == len(DRAWINGS)
    told = "".join(Outline(html.render(PICTURES)).words)
    for line in chart_data.table(CURVE).rows:
        assert line[1] in told


def test_light_and_dark_follow_the_reader() -> None:
    assert "prefers-color-scheme: dark" in html.render(EVERYTHING)
