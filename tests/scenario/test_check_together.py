"""Groups of numbers that nobody could draw are refused at their place, with what to do."""

from __future__ import annotations

import pytest

from detente.errors import ScenarioError
from detente.scenario.correlation import correlations, factor
from detente.scenario.load import loads

TEXT = """
detente: 1
title: Two
parties: {A: {}, B: {}}
options: {A.a: {levels: ["no", "yes"]}, B.b: {levels: ["no", "yes"]}}
interests:
  A: [{wants: B.b, weight: 3 ± 1}, {avoids: A.a, weight: 2 ± 1}, {wants: A.a, weight: 1}]
  B: [{wants: A.a, weight: 3 ± 1}]
relations: {A ~ B: 0.1 ± 0.1}
together:
"""
A, B, C = "interests.A.1.weight", "interests.A.2.weight", "interests.B.1.weight"


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        (
            (f"[{A}, interests.A.9.weight], correlation: 0.5",),
            "11:38  no number stands at 'interests.A.9.weight'.",
        ),
        ((f"[{A}, intrests.B.1.weight], correlation: 0.5",), "Did you mean 'interests.B.1.weight'?"),
        ((f"[{A}, {A}], correlation: 0.5",), "'interests.A.1.weight' stands in this group twice. Keep one."),
        (("[relations.A>B, relations.B>A], correlation: 0.5",), "'relations.B>A' stands in this group twice."),
        ((f"[{A}, {B}], correlation: 0.5 ± 0.1",), "a correlation is a single number"),
        ((f"[{A}, {B}], correlation: 1.5",), "1.5"),
        ((f"[{A}], correlation: 0.5",), "11:"),
        (
            (f"[{A}, {B}], correlation: 1",),
            "not positive definite. A correlation of 1 or -1 makes two numbers one",
        ),
        ((f"[{A}, {B}, {C}], correlation: -0.6",), "Of 3 numbers each two cannot go apart so far"),
        (
            (f"[{A}, {B}], correlation: 0.5", f"[{B}, {A}], correlation: 0.4"),
            "12:5  interests.A.1.weight and interests.A.2.weight stand together in an earlier group too.",
        ),
        (
            (
                f"[{A}, {B}], correlation: 0.9",
                f"[{B}, {C}], correlation: 0.9",
                f"[{A}, {C}], correlation: -0.9",
            ),
            "Groups that share numbers contradict each other",
        ),
    ],
)
def test_a_group_that_cannot_be_drawn_is_refused(groups: tuple[str, ...], told: str) -> None:
    text = TEXT + "".join(f"  - {{numbers: {group}}}\n" for group in groups)
    with pytest.raises(ScenarioError) as caught:
        loads(text, id="two")
    assert told in str(caught.value)


def test_a_factor_times_its_transpose_is_the_matrix() -> None:
    groups = [(("a", "b", "c"), 0.4), (("c", "d"), -0.7)]
    matrix = correlations("abcd", groups)
    rows = factor(matrix)
    assert rows is not None
    for one in range(4):
        for other in range(4):
            pairs = zip(rows[one], rows[other], strict=False)
            assert sum(x * y for x, y in pairs) == pytest.approx(matrix[one][other])
    assert matrix[0][3] == 0.0
    assert factor([[1.0, 1.0], [1.0, 1.0]]) is None
