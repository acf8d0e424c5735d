"""The colours of charts, on light and dark ground, and inside a page that may be either.

The hues are those of Okabe and Ito (2008), which the colour-blind can tell apart; those that are too pale for
light ground or too deep for dark ground change places. Colour never says anything alone: what is lost is
hollow or dashed, lines differ in dash and shape, camps in shape, and numbers stand beside what they measure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"


@dataclass(frozen=True)
class Palette:
    """What is drawn in which colour.

    `low` and `high` are the shades of a matrix from its middle to either end, `on_low` and `on_high` the
    colours of the numbers on them. `font` names the families of the lettering, the first choice first.
    """

    ground: str | None
    ink: str
    faint: str
    gain: str
    loss: str
    moved: str
    lines: tuple[str, ...]
    middle: str
    low: tuple[str, ...]
    high: tuple[str, ...]
    on_low: tuple[str, ...]
    on_high: tuple[str, ...]
    font: str = FONT


LIGHT = Palette(
    ground="#ffffff",
    ink="#1b1b1b",
    faint="#8a8a8a",
    gain="#0072B2",
    loss="#D55E00",
    moved="#E69F00",
    lines=("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#1b1b1b"),
    middle="#f2f2f2",
    low=("#fbe3d1", "#f2ab7a", "#B84F00"),
    high=("#d3e7f5", "#7fbce3", "#0072B2"),
    on_low=("#1b1b1b", "#1b1b1b", "#ffffff"),
    on_high=("#1b1b1b", "#1b1b1b", "#ffffff"),
)

DARK = Palette(
    ground="#161616",
    ink="#e8e8e8",
    faint="#8a8a8a",
    gain="#56B4E9",
    loss="#E8743B",
    moved="#E69F00",
    lines=("#56B4E9", "#E8743B", "#009E73", "#CC79A7", "#E69F00", "#3f8fc4", "#e8e8e8"),
    middle="#2a2a2a",
    low=("#4a2a17", "#8f4514", "#E8743B"),
    high=("#173448", "#2b6a94", "#56B4E9"),
    on_low=("#e8e8e8", "#ffffff", "#161616"),
    on_high=("#e8e8e8", "#ffffff", "#161616"),
)


def _variables(palette: Palette) -> dict[str, str]:
    """Every colour of a palette under the name of its CSS variable; the ink is the text's own colour."""
    found = {}
    for field in fields(palette):
        value = getattr(palette, field.name)
        name = f"--chart-{field.name.replace('_', '-')}"
        if isinstance(value, tuple):
            found.update({f"{name}-{k}": colour for k, colour in enumerate(value, 1)})
        elif field.name not in ("ground", "ink", "font"):
            found[name] = value
    return found


def _on_a_page() -> Palette:
    """The light palette with every colour as a CSS variable that falls back on it."""
    named = {name: f"var({name}, {colour})" for name, colour in _variables(LIGHT).items()}
    changed: dict[str, object] = {"ground": None, "ink": "currentColor"}
    for field in fields(LIGHT):
        name, value = f"--chart-{field.name.replace('_', '-')}", getattr(LIGHT, field.name)
        if isinstance(value, tuple):
            changed[field.name] = tuple(named[f"{name}-{k}"] for k in range(1, len(value) + 1))
        elif name in named:
            changed[field.name] = named[name]
    return replace(LIGHT, **changed)  # type: ignore[arg-type]


PAGE = _on_a_page()


def style(palette: Palette) -> str:
    """The CSS declarations that give a page this palette."""
    return " ".join(f"{name}: {colour};" for name, colour in _variables(palette).items())
