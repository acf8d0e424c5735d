"""Random crises whose numbers are unsure, and their worlds the fast way."""

from __future__ import annotations

import random
import re

from detente.errors import DetenteError
from detente.play.case import Case, conduct_of
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.worlds.fast.quick import Quick, quick
from detente.worlds.measure import Measure
from oracles.random_crises import random_crisis


def unsure(seed: int) -> Scenario:
    """A random crisis whose numbers are unsure, often with one-way options, rules and conditions."""
    rng = random.Random(seed)
    text = random_crisis(seed)
    text = re.sub(r"weight: (\d+)", lambda found: f"weight: {found[1]} ± {rng.choice((0, 0, 1, 2))}", text)
    text = re.sub(r"value: (\d+)", r"value: \1 ± 2", text)
    text = re.sub(r"~ qbera: (\S+)", r"~ qbera: \1 ± 0.3", text)
    text = text.replace(
        "zall: [qanto, qbera, qcilo]", "zall: {members: [qanto, qbera, qcilo], initiative: 1..3}"
    )
    if rng.random() < 0.4:
        text = text.replace("ztwo: [qanto, qbera]", "ztwo: {members: [qanto, qbera], binding: true}")
    if rng.random() < 0.4:
        ratify = "ratify: {by: qbera, chance: 0.5 ± 0.2}"
        text = text.replace("ztwo: [qanto, qbera]", f"ztwo: {{members: [qanto, qbera], {ratify}}}")
    options = dict(re.findall(r"(q\w+\.z\w+): \{levels: \[\w+, (\w+)", text))
    tried = [text]
    if rng.random() < 0.6:
        name = rng.choice([*options])
        way = rng.choice(("up", "down"))
        tried.append(re.sub(rf"({name}: {{levels: \[[^]]*\])}}", rf"\1, moves: {way}}}", tried[-1]))
    if rng.random() < 0.6:
        one, other = rng.sample([*options], 2)
        must = f"not ({one} == {options[one]} and {other} != {rng.choice(('lnil', options[other]))})"
        tried.append(f"{tried[-1]}rules: ['{must}']\n")
    if rng.random() < 0.6:
        name = rng.choice([*options])
        until = f"until: {name} == {options[name]}, require: {rng.choice(('true', 'false'))}"
        tried.append(tried[-1].replace("stages: [{commit", f"stages: [{{{until}, commit"))
    for text in reversed(tried):
        try:
            return loads(text, id=f"unsure-{seed}")
        except DetenteError:  # against the status quo, or the other way round
            continue
    raise AssertionError("a random crisis is one")


def fast(measure: Measure) -> Quick | str:
    """The fast way to the worlds of a measure, or why there is none."""
    return quick(measure.worlds, ready(measure))


def ready(measure: Measure) -> Case:
    """World 0 made ready for play, with nature's options held still."""
    return Case(measure.worlds.calm, conduct_of(measure.scenario, measure.foresight))


def fitting(count: int) -> list[tuple[Measure, Quick]]:
    """The first so many random crises that can be looked at the fast way."""
    found: list[tuple[Measure, Quick]] = []
    seed = 0
    while len(found) < count:
        measure = Measure(unsure(seed), foresight="seq")
        if measure.quick is not None and not measure.of(0).failed:
            found.append((measure, measure.quick))
        seed += 1
    return found
