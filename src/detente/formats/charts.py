"""Charts as pictures: SVG and PNG, drawn without a network, a browser or a script.

Altair writes Vega-Lite for what it knows, networks and flows go to Vega as they are, and vl-convert draws both.
Loading this module loads them; nothing else in the package does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from html import escape
from typing import Any, Literal, get_args

import vl_convert

from detente.formats import diagrams, few, plots, rows
from detente.formats.canvas import Spec
from detente.formats.glyphs import undrawable
from detente.formats.palette import DARK, LIGHT, PAGE, Palette
from detente.formats.plain import visible
from detente.formats.scripts import families, lacking
from detente.report.page import Chart, Curve, Drawing, Flow, Matrix, Network, Ranking, Steps

Kind = Literal["svg", "png"]
KINDS: tuple[Kind, ...] = get_args(Kind)
GROUNDS = {"light": LIGHT, "dark": DARK}
SHARPNESS = 2
FOLDED = re.compile(r"<text([^>]*)>((?:<tspan[^>]*>[^<]*</tspan>)+)</text>")
LINE = re.compile(r'<tspan(?: x="0" dy="([\d.]+)")?>([^<]*)</tspan>')
ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")(?=[^<>]*>)')
"""What Vega says of parts of a drawing to those who hear it, without a name; the drawing as a whole has one."""
SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


def draw(
    block: Drawing, kind: Kind = "svg", ground: Literal["light", "dark"] = "light", origin: str = ""
) -> bytes:
    """A chart as a picture file of its own, with its title.

    Parameters
    ----------
    block : Chart, Curve, Matrix, Network, Flow, Steps or Ranking
    kind : {"svg", "png"}
        A PNG has two pixels for each of the SVG.
    ground : {"light", "dark"}
        The ground that it is drawn on.
    origin : str
        What it is drawn from, on a line below the title: the scenario and the question.
    """
    title = "\n".join(visible(line) for line in (block.title, origin) if line)
    svg = _labelled(_svg(_spec(block, GROUNDS[ground], title), block), block)
    return svg.encode("utf-8") if kind == "svg" else raster(svg)


def captioned(block: Drawing) -> str:
    """A chart as an SVG on white without its title, for a document that writes the title itself."""
    return _labelled(_svg(_spec(block, replace(LIGHT, ground=None), ""), block), block)


def raster(svg: str, sharpness: float = SHARPNESS) -> bytes:
    """An SVG drawing as a PNG."""
    picture: bytes = vl_convert.svg_to_png(svg, scale=sharpness)
    return picture


def size(svg: str) -> tuple[float, float]:
    """The width and height of an SVG drawing, in pixels."""
    found = SIZE.search(svg)
    assert found is not None, "a drawing begins with an svg element of a known size"
    return float(found[1]), float(found[2])


def inline(block: Drawing) -> str:
    """A chart as an `<svg>` element in a page, in the page's own ink; the title is for the page to write."""
    return _labelled(_svg(_spec(block, PAGE, ""), block), block)


def _spec(block: Drawing, palette: Palette, title: str) -> Spec:
    """The drawing with nothing unseen in its texts: one such character ends the process that draws."""
    font = families([title, *_texts(astuple(block))])
    spec: Spec = _seen(_bare(block, replace(palette, font=font), title))
    return spec


def _texts(part: Any) -> Iterator[str]:
    """Every text in a drawing."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)


def boxes(drawn: Iterable[bytes]) -> str:
    """A sentence that says which letters of some SVG drawings this machine cannot draw; empty where it can."""
    return lacking(undrawable(svg.decode("utf-8") for svg in drawn))


def _seen(part: Any) -> Any:
    match part:
        case str():
            return "\n".join(visible(line) for line in part.split("\n"))
        case dict():
            return {_seen(key): _seen(value) for key, value in part.items()}
        case list() | tuple():
            return [_seen(item) for item in part]
        case _:
            return part


def _bare(block: Drawing, palette: Palette, title: str) -> Spec:
    block, left_out = few.shown(block)
    match block:
        case Chart():
            return rows.bars(block, palette, title, left_out)
        case Ranking():
            return rows.ranking(block, palette, title, left_out)
        case Steps():
            return rows.steps(block, palette, title, left_out)
        case Curve():
            return plots.curve(block, palette, title, left_out)
        case Matrix():
            return plots.matrix(block, palette, title, left_out)
        case Network():
            return diagrams.network(block, palette, title, left_out)
        case Flow():
            return diagrams.flow(block, palette, title, left_out)


def _is_vega(block: Drawing) -> bool:
    return isinstance(block, Network | Flow)


def _svg(spec: Spec, block: Drawing) -> str:
    convert = vl_convert.vega_to_svg if _is_vega(block) else vl_convert.vegalite_to_svg
    return ROLES.sub("", FOLDED.sub(_apart, convert(spec, allowed_base_urls=[])))


def _apart(found: re.Match[str]) -> str:
    """Each line of a text as a text of its own: lines written from right to left are else drawn over others."""
    below, drawn = 0.0, []
    for down, line in LINE.findall(found[2]):
        below += float(down or 0)
        drawn.append(
            f'<text{found[1]} y="{below:g}">{line}</text>' if below else f"<text{found[1]}>{line}</text>"
        )
    return "".join(drawn)


def _labelled(svg: str, block: Drawing) -> str:
    """The drawing as one image with a name and a description, for those who hear the page."""
    start = SIZE.match(svg)
    assert start is not None, "vl-convert begins with an svg element of a known size"
    width, height = (round(float(size)) for size in start.groups())
    title, alt = (escape(" ".join(visible(text).split())) for text in (block.title, block.alt))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{alt}" overflow="visible" '
        f'width="{width}" height="{height}" viewBox="0 0 {start[1]} {start[2]}">'
        f"<title>{title}</title><desc>{alt}</desc>"
        f"{svg[start.end() :]}"
    )
