"""Diagrams that no chart library draws from data alone: networks and flows, for Vega."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import Any

from detente.formats.canvas import FONT_SIZE, LINE, WIDTH, Spec, folded, titled
from detente.formats.layout import Layers, Place, Point, Ribbon, circular, layered
from detente.formats.palette import FONT, Palette
from detente.report.page import Edge, Fate, Flow, Network

SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
RADIUS, NODE, BEND = 150.0, 15.0, 0.12
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


def network(chart: Network, palette: Palette, title: str) -> Spec:
    """Nodes on a circle; friendly ties full, hostile ones dashed, the stronger the thicker; camps by shape."""
    middle = (WIDTH / 2, RADIUS + 30)
    at = {name: (middle[0] + RADIUS * x, middle[1] + RADIUS * y) for name, (x, y) in circular(chart).items()}
    camps = [camp for camp in chart.camps if camp]
    shape = {name: SHAPES[n % len(SHAPES)] for n, camp in enumerate(camps) for name in camp}
    nodes, names = [], []
    for name in chart.nodes:
        (x, y), (dx, dy) = at[name], ((at[name][k] - middle[k]) / RADIUS for k in (0, 1))
        grouped = name in shape
        nodes.append(
            {
                "x": x,
                "y": y,
                "shape": shape.get(name, "circle"),
                "fill": palette.ink if grouped else palette.faint,
            }
        )
        side = "left" if dx > 0.2 else "right" if dx < -0.2 else "center"
        names.append(
            {
                **{"x": x + dx * (NODE + 4), "y": y + dy * (NODE + 8), "align": side},
                "text": folded(name, 20, 2).split("\n"),
            }
        )
    below = 2 * RADIUS + 76
    key = [
        {"text": "friendly, the stronger the thicker", **_tie(Edge("", "", 0.6), palette)},
        {
            "text": "hostile, the stronger the thicker",
            **_tie(Edge("", "", -0.6), palette),
        },
    ]
    weights = {(edge.source, edge.target): edge.weight for edge in chart.edges}
    if any(weights.get((target, source)) != weight for (source, target), weight in weights.items()):
        told = "how one stands to the other, where that is not mutual"
        arrow = {"stroke": palette.ink, "strokeWidth": 1.5, "strokeDash": [1, 0]}
        key.append({"text": told, "tip": "m-8 -5l8 5l-8 5", **arrow})
    marks = [
        *_ties(chart, palette, at),
        _symbols(nodes),
        _lettering(names, palette),
        *_legend(key, camps, palette, below),
    ]
    height = below + LINE * (len(key) + len(camps))
    return _spec(marks, height, palette, title)


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


def _legend(lines: Marks, camps: list[tuple[str, ...]], palette: Palette, top: float) -> Marks:
    """What the lines mean, and who is in which camp."""
    samples, texts, shapes = [], [], []
    for n, line in enumerate(lines):
        y = top + LINE * n
        samples.append({"path": f"M4 {y}h34{line.get('tip', '')}", **line})
        texts.append({"x": 50, "y": y, "align": "left", "text": line["text"]})
    for n, camp in enumerate(camps):
        y = top + LINE * (len(lines) + n) + 8
        shapes.append({"x": 21, "y": y, "shape": SHAPES[n % len(SHAPES)], "fill": palette.ink, "size": 90})
        texts.append({"x": 50, "y": y, "align": "left", "text": folded(f"camp: {', '.join(camp)}", 90, 1)})
    return [_mark("path", samples, STROKES), _symbols(shapes), _lettering(texts, palette)]


def flow(chart: Flow, palette: Palette, title: str) -> Spec:
    """A Sankey diagram: kept full, moved paler with dashed edges, lost hollow and dotted."""
    stops = {end for link in chart.links for end in (link.source, link.target)}
    height = max(FLOW_HEIGHT, 36.0 * len(stops))
    laid = layered(chart, height)
    at = _columns(laid)
    ribbons = [
        {"path": _ribbon(ribbon, laid, at), **_fate(ribbon.link.tone, palette)}
        for ribbon in sorted(laid.ribbons, key=lambda ribbon: -ribbon.thickness)
    ]
    blocks = [
        {"path": f"M{at[place.column]} {place.top}h{BLOCK}v{place.height}h-{BLOCK}Z", "fill": palette.ink}
        for place in laid.places.values()
    ]
    names = [_beside(name, place, at[place.column], laid.columns - 1) for name, place in laid.places.items()]
    tones = [tone for tone in MEANINGS if any(link.tone == tone for link in chart.links)]
    key = [
        {"text": MEANINGS[tone], "strokeWidth": 8 if tone == "kept" else 2, **_fate(tone, palette)}
        for tone in tones
        if tones != ["kept"]
    ]
    fills = {key: {"field": key} for key in ("path", "fill", "fillOpacity", "stroke", "strokeDash")}
    marks = [
        _mark("path", ribbons, fills),
        _mark("path", blocks, {"path": {"field": "path"}, "fill": {"field": "fill"}}),
        _lettering(names, palette),
        _lettering(_amounts(laid, at), palette),
        *_legend(key, [], palette, height + 28),
    ]
    return _spec(marks, height + (28 + LINE * len(key) if key else 0), palette, title)


def _amounts(laid: Layers, at: list[float]) -> Marks:
    """The amounts at the sources of the ribbons, the thickest first, as far as none stands over another."""
    found: Marks = []
    for ribbon in sorted(laid.ribbons, key=lambda ribbon: -ribbon.thickness):
        x = at[laid.places[ribbon.link.source].column] + BLOCK + 6
        y = ribbon.tops[0] + ribbon.thickness / 2
        clear = all(other["x"] != x or abs(other["y"] - y) >= LINE - 4 for other in found)
        if clear and ribbon.thickness >= THIN:
            found.append({"x": x, "y": y, "align": "left", "text": folded(ribbon.link.shown, SIDE, 1)})
    return found


def _beside(name: str, place: Place, x: float, last: int) -> dict[str, Any]:
    """The name of a place: before it in the first column, behind it in the last, else above it."""
    if 0 < place.column < last:
        middle = {"x": x + BLOCK / 2, "y": place.top - LINE / 2 - 2, "align": "center"}
        return {**middle, "text": folded(name, 2 * SIDE, 1)}
    side = {"x": x - 6, "align": "right"} if place.column == 0 else {"x": x + BLOCK + 6, "align": "left"}
    return {**side, "y": place.top + place.height / 2, "text": folded(name, SIDE, 2).split("\n")}


def _columns(laid: Layers) -> list[float]:
    """The left edge of every column."""
    side = SIDE * FONT_SIZE * 0.55 + 8
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


def _spec(marks: Marks, height: float, palette: Palette, title: str) -> Spec:
    spec: Spec = {
        "width": WIDTH,
        "height": height,
        "padding": 8,
        "background": palette.ground or "transparent",
        "config": {"aria": False, "title": {"font": FONT}},
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
    style = {"baseline": "middle", "fill": palette.ink, "font": FONT, "fontSize": FONT_SIZE, "lineHeight": LINE}
    fields = {key: {"field": key} for key in ("x", "y", "align", "text")}
    return _mark("text", rows, {**fields, **{key: {"value": value} for key, value in style.items()}})


def _unit(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
