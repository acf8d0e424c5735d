"""Diagrams that no chart library draws from data alone: networks and flows, for Vega."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import hypot
from typing import Any

from detente.formats.canvas import FONT_SIZE, WIDTH, Spec, titled
from detente.formats.circle import NODE, Circle, placed
from detente.formats.folding import LETTER, LINE, first_line, folded, tall
from detente.formats.layout import Layers, Place, Point, Ribbon, columns, layered
from detente.formats.palette import Palette
from detente.formats.plain import visible
from detente.report.page import Edge, Fate, Flow, Network

SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
BEND = 0.12
FLOW_HEIGHT, BLOCK = 320.0, 14.0
THIN = 5.0  # pixels: a thinner ribbon carries no number
SIDE = 17  # letters of a name beside a flow

MEANINGS: dict[Fate, str] = {
    "kept": "goes where it went",
    "moved": "finds another way",
    "lost": "goes nowhere any more",
}

Marks = list[dict[str, Any]]
STROKES = {key: {"field": key} for key in ("path", "stroke", "strokeWidth", "strokeDash")}


def network(chart: Network, palette: Palette, title: str, told: str = "") -> Spec:
    """Nodes on a circle; friendly ties full, hostile ones dashed, the stronger the thicker; camps by shape."""
    circle = placed(chart)
    left, top, right, bottom = circle.extent()
    wide = max(WIDTH, right - left)
    middle = ((wide - left - right) / 2, 4.0 - top)
    at = {name: (middle[0] + x, middle[1] + y) for name, (x, y) in circle.nodes.items()}
    camps = [camp for camp in chart.camps if camp]
    shape = {name: SHAPES[n % len(SHAPES)] for n, camp in enumerate(camps) for name in camp}
    nodes = [
        {
            **{"x": at[name][0], "y": at[name][1], "shape": shape.get(name, "circle")},
            "fill": palette.ink if name in shape else palette.faint,
        }
        for name in chart.nodes
    ]
    names = [
        {
            **{"x": middle[0] + name.at[0], "y": middle[1] + name.at[1], "align": name.side},
            "text": name.text,
        }
        for name in circle.names
    ]
    key = [
        {"text": "friendly, the stronger the thicker", **_tie(Edge("", "", 0.6), palette)},
        {"text": "hostile, the stronger the thicker", **_tie(Edge("", "", -0.6), palette)},
    ]
    weights = {(edge.source, edge.target): edge.weight for edge in chart.edges}
    if any(weights.get((target, source)) != weight for (source, target), weight in weights.items()):
        said = "how one stands to the other, where that is not mutual"
        arrow = {"stroke": palette.ink, "strokeWidth": 1.5, "strokeDash": [1, 0]}
        key.append({"text": said, "tip": "m-8 -5l8 5l-8 5", **arrow})
    legend, height = _legend(key, camps, (chart.unit, told), palette, middle[1] + bottom + 30)
    marks = [*_leads(circle, middle, palette), *_ties(chart, palette, at), _symbols(nodes)]
    return _spec([*marks, _lettering(names, palette), *legend], (wide, height), palette, title)


def _leads(circle: Circle, middle: Point, palette: Palette) -> Marks:
    """Thin lines from the nodes to their names, where these stand apart."""
    if not circle.led:
        return []
    style = {"stroke": palette.faint, "strokeWidth": 0.8, "strokeDash": [1, 0]}
    paths = []
    for name in circle.names:
        (x, y), gap = circle.nodes[name.node], -4 if name.side == "left" else 4
        start, end = (middle[0] + x, middle[1] + y), (middle[0] + name.at[0] + gap, middle[1] + name.at[1])
        paths.append({"path": f"M{_at(start)}L{_at(end)}", **style})
    return [_mark("path", paths, STROKES)]


def _ties(chart: Network, palette: Palette, at: dict[str, Point]) -> Marks:
    weights = {(edge.source, edge.target): edge.weight for edge in chart.edges}
    paths, heads = [], []
    for edge in sorted(chart.edges, key=lambda edge: abs(edge.weight)):
        back = weights.get((edge.target, edge.source))
        mutual = back == edge.weight
        if edge.weight == 0 or edge.source == edge.target or (mutual and edge.source > edge.target):
            continue
        if mutual:
            path = f"M{_at(at[edge.source])}L{_at(at[edge.target])}"
        else:
            path, head = _bent(at[edge.source], at[edge.target], 0.0 if back is None else BEND)
            heads.append({"path": head, "fill": palette.gain if edge.weight > 0 else palette.loss})
        paths.append({"path": path, **_tie(edge, palette)})
    lines = _mark("path", paths, STROKES)
    return [lines, _mark("path", heads, {"path": {"field": "path"}, "fill": {"field": "fill"}})]


def _tie(edge: Edge, palette: Palette) -> dict[str, object]:
    kind = (palette.gain, [1, 0]) if edge.weight > 0 else (palette.loss, [6, 4])
    return {"stroke": kind[0], "strokeDash": kind[1], "strokeWidth": 0.8 + 5 * min(abs(edge.weight), 1.0)}


def _bent(start: Point, end: Point, bend: float) -> tuple[str, str]:
    """The path from one node to another, to the right of the straight way, and its arrowhead."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    knee = ((start[0] + end[0]) / 2 - dy * bend, (start[1] + end[1]) / 2 + dx * bend)
    ux, uy = _unit(knee, end)
    tip = (end[0] - ux * NODE, end[1] - uy * NODE)
    back = (tip[0] - ux * 11, tip[1] - uy * 11)
    path = f"M{_at(start)}Q{_at(knee)} {_at(back)}"
    corners = ((back[0] - uy * 6, back[1] + ux * 6), (back[0] + uy * 6, back[1] - ux * 6))
    return path, f"M{_at(tip)}L{_at(corners[0])}L{_at(corners[1])}Z"


def _legend(
    lines: Marks, camps: list[tuple[str, ...]], below: tuple[str, ...], palette: Palette, top: float
) -> tuple[Marks, float]:
    """What the lines mean, who is in which camp, and what else is said below; and where all of it ends."""
    samples, texts, shapes = [], [], []
    for line in lines:
        samples.append({"path": f"M4 {top}h34{line.get('tip', '')}", **line})
        texts.append({"x": 50, "y": top, "align": "left", "text": line["text"]})
        top += LINE
    for n, camp in enumerate(camps):
        told = folded(f"camp: {', '.join(camp)}", 86)
        shapes.append(
            {"x": 21, "y": top + 8, "shape": SHAPES[n % len(SHAPES)], "fill": palette.ink, "size": 90}
        )
        texts.append({"x": 50, "y": top + tall(told) / 2, "align": "left", "text": told})
        top += tall(told)
    for told in (folded(text, WIDTH / LETTER) for text in below if text):
        top += LINE / 2
        texts.append({"x": 4, "y": top + tall(told) / 2, "align": "left", "text": told})
        top += tall(told)
    return [_mark("path", samples, STROKES), _symbols(shapes), _lettering(texts, palette)], top


def flow(chart: Flow, palette: Palette, title: str, told: str = "") -> Spec:
    """A Sankey diagram: kept full, moved paler with dashed edges, lost hollow and dotted."""
    depths = columns(chart.links)
    last = max(depths.values(), default=0)
    names = {name: folded(name, SIDE if depth in (0, last) else 2 * SIDE) for name, depth in depths.items()}
    laid = layered(
        chart, max(FLOW_HEIGHT, 36.0 * len(depths)), {n: _room(names[n], depths[n], last) for n in names}
    )
    at = _columns(laid)
    top, bottom = _rim(laid, names)
    laid = laid.shifted(-top)
    ribbons = [
        {"path": _ribbon(ribbon, laid, at), **_fate(ribbon.link.tone, palette)}
        for ribbon in sorted(laid.ribbons, key=lambda ribbon: -ribbon.thickness)
    ]
    blocks = [
        {"path": f"M{at[place.column]} {place.top}h{BLOCK}v{place.height}h-{BLOCK}Z", "fill": palette.ink}
        for place in laid.places.values()
    ]
    beside = [_beside(names[name], place, at[place.column], last) for name, place in laid.places.items()]
    tones = [tone for tone in MEANINGS if any(link.tone == tone for link in chart.links)]
    key = [
        {"text": MEANINGS[tone], "strokeWidth": 8 if tone == "kept" else 2, **_fate(tone, palette)}
        for tone in tones
        if tones != ["kept"]
    ]
    fills = {key: {"field": key} for key in ("path", "fill", "fillOpacity", "stroke", "strokeDash")}
    legend, height = _legend(key, [], (chart.unit, told), palette, bottom - top + 28)
    marks = [
        _mark("path", ribbons, fills),
        _mark("path", blocks, {"path": {"field": "path"}, "fill": {"field": "fill"}}),
        _lettering(beside, palette),
        _lettering(_amounts(laid, at), palette),
        *legend,
    ]
    return _spec(marks, (WIDTH, height), palette, title)


def _room(name: str, column: int, last: int) -> float:
    """The height that the name of a place needs: beside it, or above it and so on both sides of its middle."""
    return tall(name) + 6 if column in (0, last) else 2 * tall(name) + 12


def _rim(laid: Layers, names: Mapping[str, str]) -> tuple[float, float]:
    """From where to where a flow goes with its names."""
    tops = [place.top - tall(names[name]) - 4 for name, place in laid.places.items()]
    ends = [place.top + max(place.height, tall(names[name])) for name, place in laid.places.items()]
    return min(tops, default=0.0), max(ends, default=FLOW_HEIGHT)


def _amounts(laid: Layers, at: list[float]) -> Marks:
    """The amounts at the sources of the ribbons, the thickest first, as far as none stands over another."""
    found: Marks = []
    for ribbon in sorted(laid.ribbons, key=lambda ribbon: -ribbon.thickness):
        x = at[laid.places[ribbon.link.source].column] + BLOCK + 6
        y = ribbon.tops[0] + ribbon.thickness / 2
        clear = all(other["x"] != x or abs(other["y"] - y) >= LINE - 4 for other in found)
        if clear and ribbon.thickness >= THIN:
            found.append({"x": x, "y": y, "align": "left", "text": visible(ribbon.link.shown)})
    return found


def _beside(name: str, place: Place, x: float, last: int) -> dict[str, Any]:
    """The name of a place: before it in the first column, behind it in the last, else above it."""
    if 0 < place.column < last:
        middle = {"x": x + BLOCK / 2, "y": place.top - tall(name) / 2 - 2, "align": "center"}
        return {**middle, "text": name}
    side = {"x": x - 6, "align": "right"} if place.column == 0 else {"x": x + BLOCK + 6, "align": "left"}
    return {**side, "y": place.top + place.height / 2, "text": name}


def _columns(laid: Layers) -> list[float]:
    """The left edge of every column."""
    side = SIDE * LETTER + 8
    way = (WIDTH - 2 * side - BLOCK) / max(laid.columns - 1, 1)
    return [side + way * column for column in range(laid.columns)]


def _ribbon(ribbon: Ribbon, laid: Layers, at: list[float]) -> str:
    """The outline of a ribbon: its upper edge from left to right, straight through what it passes, and back."""
    first, thick = laid.places[ribbon.link.source].column, ribbon.thickness
    there, back = [f"M{at[first] + BLOCK:.1f} {ribbon.tops[0]:.1f}"], []
    for column, (a, b) in enumerate(pairwise(ribbon.tops), first):
        left, right = at[column] + BLOCK, at[column + 1]
        knee = (left + right) / 2
        across = BLOCK if column < first + len(ribbon.tops) - 2 else 0.0
        there.append(f"C{knee:.1f} {a:.1f} {knee:.1f} {b:.1f} {right:.1f} {b:.1f}h{across}")
        a, b = a + thick, b + thick
        back.append(f"h-{across}C{knee:.1f} {b:.1f} {knee:.1f} {a:.1f} {left:.1f} {a:.1f}")
    return f"{''.join(there)}v{thick:.1f}{''.join(reversed(back))}Z"


def _fate(tone: Fate, palette: Palette) -> dict[str, object]:
    match tone:
        case "kept":
            return {"fill": palette.gain, "fillOpacity": 0.55, "stroke": palette.gain, "strokeDash": [1, 0]}
        case "moved":
            return {"fill": palette.moved, "fillOpacity": 0.35, "stroke": palette.moved, "strokeDash": [7, 3]}
        case "lost":
            return {"fill": palette.loss, "fillOpacity": 0.06, "stroke": palette.loss, "strokeDash": [2, 3]}


def _spec(marks: Marks, size: tuple[float, float], palette: Palette, title: str) -> Spec:
    spec: Spec = {
        "width": size[0],
        "height": size[1],
        "padding": 8,
        "background": palette.ground or "transparent",
        "config": {"aria": False, "title": {"font": palette.font, "subtitleFont": palette.font}},
        "marks": marks,
    }
    if title:
        spec["title"] = titled(title, palette)
    return spec


def _mark(kind: str, rows: Marks, encoding: dict[str, Any]) -> dict[str, Any]:
    """Marks with their data in them; Vega names data, so each mark is a group of its own."""
    return {
        "type": "group",
        "data": [{"name": "rows", "values": rows}],
        "marks": [{"type": kind, "from": {"data": "rows"}, "encode": {"enter": encoding}}],
    }


def _symbols(rows: Marks) -> dict[str, Any]:
    sized = [{"size": 300, **row} for row in rows]
    return _mark("symbol", sized, {key: {"field": key} for key in ("x", "y", "shape", "fill", "size")})


def _lettering(rows: Marks, palette: Palette) -> dict[str, Any]:
    style = {
        "baseline": "middle",
        "fill": palette.ink,
        "font": palette.font,
        "fontSize": FONT_SIZE,
        "lineHeight": LINE,
    }
    fields = {key: {"field": key} for key in ("x", "y", "align", "text")}
    raised = [{**row, "y": first_line(row["text"], row["y"]), "text": row["text"].split("\n")} for row in rows]
    return _mark("text", raised, {**fields, **{key: {"value": value} for key, value in style.items()}})


def _unit(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
