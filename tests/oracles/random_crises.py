"""Random crises with everything that the questions ask about: trade, tables, venues, strategies, shocks, plans.

Conditions test levels for equality alone, so that the order of an option's levels means nothing but which of
them is the first; names are words that occur nowhere else, so that they can be replaced in an answer.
"""

from __future__ import annotations

import random

PARTIES = ("qanto", "qbera", "qcilo")
WORDS = ("zebu", "zinc", "zest", "zone", "zeal", "zing", "zany")
LEVELS = ("lnil", "lmid", "ltop")


def random_crisis(seed: int) -> str:
    """The document of a crisis; equal seeds give equal ones. Weights are few and whole, so ties are common."""
    rng = random.Random(seed)
    options: dict[str, tuple[str, ...]] = {}
    for place, word in enumerate(WORDS[: rng.randint(4, 5)]):
        owner = PARTIES[place % 3]
        options[f"{owner}.{word}"] = LEVELS[: rng.choice((2, 2, 3))]

    def test(depth: int = 1) -> str:
        if depth and rng.random() < 0.5:
            return f"{test(depth - 1)} {rng.choice(('and', 'or'))} {test(depth - 1)}"
        name = rng.choice([*options])
        return f"{name} {rng.choice(('==', '!='))} {rng.choice(options[name])}"

    def interest(name: str) -> str:
        sense, weight = rng.choice(("wants", "avoids")), rng.randint(1, 4)
        if rng.random() < 0.3:
            option = rng.choice([*options])
            scale = ", ".join(f"{level}: {rng.choice((0, 0.5, 1))}" for level in options[option])
            return f"    - {{name: {name}, {sense}: {{{option}: {{{scale}}}}}, weight: {weight}}}"
        return f"    - {{name: {name}, {sense}: '{test()}', weight: {weight}}}"

    def own(party: str) -> str:
        mine = [name for name in options if name.startswith(party)]
        name = rng.choice(mine)
        return f"{name}: {rng.choice(options[name])}"

    cutting = rng.choice([name for name in options if not name.startswith(PARTIES[0])])
    shares = ", ".join(f"{level}: {rng.choice((0, 0.3, 1))}" for level in options[cutting])
    today = ", ".join(f"{name}: {rng.choice(levels)}" for name, levels in options.items())
    struck = rng.choice([*options])
    lines = [
        "title: A random crisis",
        "aim: zaim",
        f"parties: {{{PARTIES[0]}: {{composure: 6}}, {PARTIES[1]}: {{}}, {PARTIES[2]}: {{initiative: 2}}}}",
        "options:",
        *(f"  {name}: {{levels: [{', '.join(levels)}]}}" for name, levels in options.items()),
        f"  nature.zrain: {{moves: up, hazard: {rng.choice((0.05, 0.2))}}}",
        f"outcomes: {{zaim: '{test()}', zwar: '{test(2)}'}}",
        "clashes: [zwar]",
        f"status_quo: {{{today}}}",
        "interests:",
        *(
            line
            for party in PARTIES
            for line in (f"  {party}:", *(interest(f"zi{party}{n}") for n in range(rng.randint(2, 3))))
        ),
        f"    - {{name: zcalm, avoids: risk(nature.zrain), weight: {rng.randint(1, 2)}}}",
        f"views: {{{PARTIES[1]} of {PARTIES[0]}: [{interest('zview').strip()[2:]}]}}",
        "relations:",
        f"  {PARTIES[0]} ~ {PARTIES[1]}: {rng.choice((-0.2, 0.1))}",
        f"  {PARTIES[2]} > {PARTIES[0]}: 0.1",
        "pressure:",
        f"  {PARTIES[0]}:",
        f"    channels: [{{partner: {PARTIES[1]}, good: zgrain, value: 10}},",
        f"               {{partner: {PARTIES[2]}, good: zgrain, value: 4}}]",
        f"    cuts: [{{channels: {PARTIES[1]}, by: {cutting}, open: {{{shares}}}}}]",
        f"tables: {{ztwo: [{PARTIES[0]}, {PARTIES[1]}], zall: [{', '.join(PARTIES)}]}}",
        "venues:",
        f"  zhere: {{composure: {{{PARTIES[0]}: 2}}}}",
        f"  zthere: {{attitudes: {{{PARTIES[0]} ~ {PARTIES[2]}: 0.1}}}}",
        "strategies:",
        f"  ztalk: {{sponsors: [{PARTIES[1]}], stages: [{{tables: [ztwo], venue: zhere}}]}}",
        f"  zgive: {{sponsors: [{PARTIES[1]}],",
        f"          stages: [{{commit: {{{own(PARTIES[1])}}}}}, {{tables: [zall]}}]}}",
        f"  zwait: {{sponsors: [{PARTIES[2]}], stages: [{{}}]}}",
        f"shocks: {{zfall: {{hazard: 0.1, set: {{{struck}: {rng.choice(options[struck])}}}}}}}",
        f"plans: {{zaid: {{after: nature.zrain, do: {{{own(PARTIES[0])}}}}}}}",
        "claims:",
        "  zone: {says: s, test: 'success(ztalk, zaim; venue = zthere) > success(zgive, zaim)'}",
        "  ztwo: {says: s, test: 'lasting(zwait, zwar; views = truth) >= lasting(zgive, zwar; close zall)'}",
        f"  zthree: {{says: s, test: 'prefers({PARTIES[0]}; {struck} = {options[struck][0]}; status-quo)'}}",
        "  zfour: {says: s, test: 'durability(ztalk; after zfall) > "
        f"durability(ztalk; {PARTIES[0]} ~ {PARTIES[1]} = 0)'}}",
        f"observed: {{{', '.join(f'{year}: {{{own(rng.choice(PARTIES))}}}' for year in (2001, 2002, 2003))}}}",
    ]
    return "\n".join(lines) + "\n"
