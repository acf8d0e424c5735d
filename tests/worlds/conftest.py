"""A small crisis whose numbers are unsure."""

from __future__ import annotations

import pytest

from detente.scenario.load import loads
from detente.scenario.model import Scenario

DAM = """
detente: 1
title: A dam and a treaty
parties: {UP: {name: Upriver}, DOWN: {name: Downriver}}
options:
  UP.dam: {levels: ["no", "yes"]}
  UP.release: {levels: ["no", "yes"]}
  DOWN.blockade: {levels: ["no", "yes"]}
  DOWN.pay: {levels: ["no", "yes"]}
interests:
  UP:
    - {wants: DOWN.pay, weight: 3 ± 1.5, because: it needs the money}
    - {wants: UP.dam, weight: 2 (1..4), because: power}
    - {avoids: UP.release, weight: 1..2, because: water}
    - {avoids: DOWN.blockade, weight: 4 ± 1, because: trade}
  DOWN:
    - {wants: UP.release, weight: 4 ± 2, because: harvests}
    - {avoids: DOWN.pay, weight: 1 ± 0.8, because: money}
    - {avoids: DOWN.blockade, weight: 1, because: trade}
relations: {UP ~ DOWN: -0.1 ± 0.2}
outcomes:
  treaty: {where: UP.release and DOWN.pay, title: A treaty}
  clash: {where: DOWN.blockade, title: A blockade}
aim: treaty
clashes: [clash]
tables: {talks: {members: [UP, DOWN]}}
strategies:
  talk: {title: Talk first, sponsors: [DOWN], stages: [{tables: [talks]}]}
  squeeze:
    title: Squeeze first
    sponsors: [DOWN]
    stages: [{commit: {DOWN.blockade: "yes"}, tables: [talks]}, {tables: [talks]}]
  wait: {title: Wait, sponsors: [DOWN], stages: [{}]}
"""


@pytest.fixture
def dam() -> Scenario:
    return loads(DAM, id="dam")
