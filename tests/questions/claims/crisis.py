"""A small crisis with claims, in which each term of a test has something to tell."""

from __future__ import annotations

CRISIS = """
detente: 1
title: A dam
aim: shared
sources:
  gazette: {title: The river will be shared, publisher: The Gazette, year: 2001}
  survey: {title: A survey of the river}
parties:
  U: {name: Upland}
  L: {name: Lowland}
options:
  U.dam: {title: The dam, levels: [high, low]}
  L.army: {title: The army, levels: [out, home]}
  L.toll: {title: The toll}
outcomes:
  shared: {where: U.dam == low and L.army == home, title: The river is shared}
  quarrel: U.dam == high and L.army == out
interests:
  U:
    - {name: water, wants: U.dam == high, weight: 2 ± 1}
    - {name: calm, wants: L.army == home, weight: 3 ± 1}
    - {name: trade, avoids: pressure(U), weight: 2}
  L:
    - {name: water, wants: U.dam == low, weight: 3}
    - {name: army, wants: L.army == out, weight: 1 ± 0.5}
    - {name: income, wants: L.toll, weight: 0.5}
relations: {U ~ L: -0.1 ± 0.1}
views:
  L of U: [{name: spite, wants: U.dam == high, weight: 1}, {name: calm, wants: L.army == home, weight: 0.2}]
pressure:
  U:
    channels:
      - {partner: L, good: grain, value: 8}
      - {partner: rest, good: grain, value: 2}
    cuts: [{channels: L, by: L.toll, open: {no: 1, yes: 0.5}}]
tables: {both: {members: [U, L], title: The two}}
venues:
  bridge: {title: The bridge, composure: {U: 2, L: 1}, attitudes: {U ~ L: 0.05}}
  castle: {title: The castle, composure: {U: -3}}
strategies:
  talks: {title: Talks, sponsors: [L], stages: [{tables: [both], venue: bridge}]}
  toll:
    title: A toll
    sponsors: [L]
    stages: [{commit: {L.toll: yes}, title: First}, {commit: {L.army: home}, title: Then}]
shocks:
  drought: {title: A drought, hazard: 0.05, set: {L.toll: yes}, weights: {U: {water: 2}}}
claims:
CLAIMS
"""


def crisis(*tests: str) -> str:
    """The crisis with a claim for each of some tests, c1, c2 …"""
    lines = [
        f'  c{place}: {{says: So it is, source: gazette p{place}, test: "{test}"}}'
        for place, test in enumerate(tests, 1)
    ]
    return CRISIS.replace("CLAIMS", "\n".join(lines))
