"""The same question of the same file gives the same bytes, whatever the order in which Python keeps sets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from detente.answers.answer import Answer
from detente.catalogue import QUESTIONS

WORDS = [row.word for row in QUESTIONS]
ASK = """
import sys, detente
few = {"sweep": {"worlds": 5, "workers": 1}, "robustness": {"worlds": 20, "workers": 1}}
for word in sys.argv[2:]:
    sys.stdout.write(getattr(detente, word)(sys.argv[1], **few.get(word, {})).to_json())
"""
# Attitudes and weights whose sums depend on the order of their terms, in every part that a question adds up.
CRISIS = """\
detente: 1
title: Sums
aim: calm
parties: {A: {}, B: {}, C: {}}
options: {A.x: {levels: [low, mid, high]}, B.y: {}, C.z: {}, nature.storm: {moves: up, hazard: 0.07}}
outcomes: {calm: A.x == low and not B.y, war: B.y and C.z}
clashes: [war]
interests:
  A:
    - {name: a, wants: A.x == high, weight: 0.1}
    - {name: b, avoids: B.y, weight: 0.7}
    - {name: c, avoids: C.z, weight: 0.3}
  B:
    - {name: a, avoids: A.x == high, weight: 0.6}
    - {name: b, wants: B.y, weight: 0.1}
    - {name: c, wants: C.z, weight: 0.2}
  C:
    - {name: a, avoids: A.x == mid, weight: 0.37}
    - {name: b, wants: C.z, weight: 0.11}
    - {name: c, avoids: war, weight: 0.9 ± 0.1}
views:
  A of B:
    - {name: a, wants: A.x == high, weight: 0.1}
    - {name: d, wants: B.y, weight: 0.7}
    - {name: e, avoids: C.z, weight: 0.13}
  C of A:
    - {name: b, avoids: B.y, weight: 0.3}
    - {name: f, wants: C.z, weight: 0.17}
    - {name: g, wants: A.x == low, weight: 0.23}
relations: {A ~ B: -0.3, B ~ C: 0.7, C > A: -0.1}
pressure:
  A:
    channels:
      - {partner: B, good: coal, value: 10.1}
      - {partner: C, good: coal, value: 3.3}
      - {partner: C, good: fish, value: 7.7}
    cuts: [{channels: B, by: B.y, open: {no: 1, yes: 0.3}}, {channels: C, by: C.z, open: {no: 1, yes: 0.1}}]
tables: {all: [A, B, C], two: [A, B]}
venues: {here: {title: Here, composure: {A: 1, B: 0.3}}, there: {title: There, attitudes: {A ~ B: 0.1}}}
strategies:
  talk: {sponsors: [A], stages: [{tables: [all], venue: here}, {tables: [two]}]}
  wait: {sponsors: [B], stages: [{}]}
shocks: {fall: {hazard: 0.03, weights: {A: {a: 2, b: 0.3}, C: {c: 3}}}}
claims:
  one: {says: s, test: "success(talk, calm; A ~ B = 0.2) > 0.1 and prefers(all; B.y = yes; status-quo)"}
  two: {says: s, test: "durability(talk; venue = there) > durability(talk; weight(B, a) = 0.3; venue = here)"}
  three: {says: s, test: "pressure(A; C.z = yes) > pressure(A; B.y = yes) or best(venue, talk) == here"}
observed: {2001: {}, 2002: {A.x: high, B.y: yes}, 2003: {C.z: yes}}
"""


def asked(seed: int, *arguments: str) -> bytes:
    surroundings = {**os.environ, "PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", ASK, *arguments]
    return subprocess.run(command, env=surroundings, capture_output=True, check=True).stdout


def test_every_question_gives_the_same_bytes_for_every_seed_of_hashes(tmp_path) -> None:
    file = tmp_path / "sums.yaml"
    file.write_text(CRISIS, encoding="utf-8")
    first = asked(0, str(file), *WORDS)
    assert first.count(b'"question"') == len(WORDS)
    for seed in range(1, 8):
        assert asked(seed, str(file), *WORDS) == first


@pytest.mark.slow
@pytest.mark.parametrize("word", ["relations", "pressure", "contingency"])
def test_so_does_the_largest_built_in(word: str, korea_answers: Callable[[str], Answer]) -> None:
    """An answer of this run, whose seed is drawn unless somebody says which, and one under another seed."""
    other = 2 if os.environ.get("PYTHONHASHSEED") == "1" else 1
    assert korea_answers(word).to_json().encode() == asked(other, "korea-2017", word)
