"""What several questions show keeps its meaning on the way through JSON."""

from __future__ import annotations

import json

import pytest

from detente.answers import codec
from detente.answers.vocabulary import CycleSeen, Duration, HoldoutSeen, Keeps, MoveSeen, Part

MOVE = MoveSeen(1, 2, {"drills": "suspended"})
SEEN = (
    MOVE,
    Part("attitude", "", "CHN", -0.25),
    CycleSeen((3, 4), 0.5),
    Keeps("USA", 0.0, MOVE, 0.125),
    Keeps("CHN", 1.0, None, None),
    HoldoutSeen("PRK", 1, MOVE, 0.5, 0.25, -0.5, 0.0, (Part("interest", "security", "", -0.5),)),
    Duration("beyond", None),
    Duration("ends", 2.0),
)


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: type(seen).__name__)
def test_json_and_back(seen: object) -> None:
    assert codec.decode(type(seen), json.loads(json.dumps(codec.encode(seen)))) == seen
