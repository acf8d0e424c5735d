"""That colours stay apart for readers who do not see all of them.

Dichromacy is simulated with the matrices of Machado, Oliveira and Fernandes (2009) at full severity; distances
are those of CIE L*a*b* (1976), in which about 2 can just be seen.
"""

from __future__ import annotations

from dataclasses import astuple
from itertools import combinations, pairwise
from math import dist

import pytest

from detente.formats.palette import DARK, LIGHT, Palette

SEEN = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
Triple = tuple[float, ...]

both = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
each_eye = pytest.mark.parametrize("eye", SEEN)


def apart(one: str, other: str, eye: str) -> float:
    return dist(lab(one, eye), lab(other, eye))


def lab(colour: str, eye: str) -> Triple:
    linear = tuple(straight(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    seen = tuple(min(max(part, 0.0), 1.0) for part in times(SEEN[eye], linear))
    x, y, z = (bent(part / white) for part, white in zip(times(TO_XYZ, seen), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def bent(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def test_the_measure_tells_what_eyes_without_red_or_green_confuse() -> None:
    assert apart("#000000", "#ffffff", "all colours") == pytest.approx(100, abs=0.1)
    assert apart("#888888", "#888888", "no blue") == 0
    red, green = "#b05a4a", "#7a7a38"
    assert apart(red, green, "no green") < apart(red, green, "all colours") / 2


@both
@each_eye
def test_gains_losses_and_what_finds_another_way_stay_apart(palette: Palette, eye: str) -> None:
    for one, other in combinations((palette.gain, palette.loss), 2):
        assert apart(one, other, eye) > 40
    for colour in (palette.gain, palette.loss):
        assert apart(colour, palette.moved, eye) > 15


@both
@each_eye
def test_lines_stay_apart(palette: Palette, eye: str) -> None:
    assert min(apart(a, b, eye) for a, b in combinations(palette.lines, 2)) > 8
    assert min(apart(a, b, eye) for a, b in pairwise(palette.lines[:4])) > 15


@both
@each_eye
def test_the_two_halves_of_a_matrix_stay_apart_and_grow_deeper(palette: Palette, eye: str) -> None:
    for low, high in zip(palette.low, palette.high, strict=True):
        assert apart(low, high, eye) > 10
    for shades in (palette.low, palette.high):
        far = [apart(palette.middle, shade, eye) for shade in shades]
        assert far == sorted(far)
        assert min(b - a for a, b in pairwise((0.0, *far))) > 4


def test_every_colour_is_one_that_the_page_can_name() -> None:
    for palette in (LIGHT, DARK):
        colours = [
            part for field in astuple(palette) for part in (field if isinstance(field, tuple) else (field,))
        ]
        assert [colour for colour in colours if not colour.startswith("#")] == [palette.font]
