"""A crisis with more parties, strategies, places, shocks and trade than most, under names of any kind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from detente.scenario.load import loads
from detente.scenario.model import Scenario

MANY = 24
ACTING = 4
Namer = Callable[[str, int], str]


def plain(kind: str, n: int) -> str:
    """Short names, each told from the others."""
    return f"{kind} {n}"


def long(kind: str, n: int) -> str:
    """Names of more than sixty letters."""
    return f"{kind} {n}: the interim joint commission for the orderly settlement of all outstanding claims"


def unbroken(kind: str, n: int) -> str:
    """Names without a space."""
    return f"{kind}{n}_Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente_ohneEnde"


def broken(kind: str, n: int) -> str:
    """Names with line breaks in them."""
    return f"{kind} {n},\\nas agreed\\nin the year before"


def korean(kind: str, n: int) -> str:
    """Names in Hangul and in Han characters, which stand close and have no case."""
    return f"{kind} {n} 조선민주주의인민공화국 中华人民共和国外交部"


def mixed(kind: str, n: int) -> str:
    """Names in scripts of different widths and directions."""
    return f"{kind} {n} " + ("Российская Федерация", "جمهورية مصر العربية", "भारत गणराज्य")[n % 3]


NAMERS: tuple[Namer, ...] = (plain, long, unbroken, broken, korean, mixed)


def crowd(name: Namer = plain, many: int = MANY) -> Scenario:
    """A crisis of so many parties, strategies, places, shocks and partners; only the first few parties act."""
    ids = [f"P{n}" for n in range(1, many + 1)]
    lines = [
        "detente: 1",
        f'title: "{name("Crisis", 1)}"',
        "aim: peace",
        "parties:",
        *(f'  {id}: {{name: "{name("Party", n)}", composure: 4}}' for n, id in enumerate(ids, 1)),
        "options:",
        *(f'  {id}.act: {{title: "{name("Action", n)}"}}' for n, id in enumerate(ids[:ACTING], 1)),
        '  P1.talk: {title: "Talks"}',
        "outcomes:",
        f'  peace: {{where: P1.talk, title: "{name("Peace", 1)}"}}',
        "interests:",
        *(line for n, id in enumerate(ids, 1) for line in _interests(name, id, n, many)),
        "relations:",
        *(
            f"  {a} > {b}: {((5 * m + 3 * n) % 19 - 9) / 10}"
            for (m, a), (n, b) in product(enumerate(ids), enumerate(ids))
            if a != b and (m + 2 * n) % 5 == 0
        ),
        "pressure:",
        "  P2:",
        "    unit: USD mn",
        "    channels:",
        *(
            f"      - {{partner: {id}, good: coal, value: {10 + n}, because: b}}"
            for n, id in enumerate(ids)
            if n != 1
        ),
        "    cuts:",
        *(
            f"      - {{channels: {id}, by: {id}.act, open: {{no: 1, yes: 0.2}}, because: b}}"
            for n, id in enumerate(ids[:ACTING])
            if n != 1
        ),
        "    diverts: [{from: P1 coal, to: P3 coal, spare: 4, loss: 0.25, because: b}]",
        "tables: {room: [P1, P2]}",
        "venues:",
        *(
            f'  v{n}: {{title: "{name("Place", n)}", composure: {{P1: {n / 10}, P2: {(n * 7 % many) / 10}}}}}'
            for n in range(1, many + 1)
        ),
        "strategies:",
        *(
            f'  s{n}: {{title: "{name("Strategy", n)}", sponsors: [P1, P{2 + n % (ACTING - 1)}], '
            f"stages: [{{commit: {{P1.talk: {'yes' if n % 3 else 'no'}}}, tables: [room]"
            f"{', venue: v1' if n == 1 else ''}}}]}}"
            for n in range(1, many + 1)
        ),
        "shocks:",
        *(
            f'  x{n}: {{title: "{name("Shock", n)}", hazard: {n / 500}, set: {{P1.talk: no}}, because: b}}'
            for n in range(1, many + 1)
        ),
        "plans: {p: {after: x1, do: {P1.act: yes}, because: b}}",
    ]
    return loads("\n".join(lines), "crowd.yaml")


def _interests(name: Namer, id: str, n: int, many: int) -> list[str]:
    if n > ACTING:
        return [f"  {id}: [{{wants: not P{1 + n % ACTING}.act, weight: 1, name: calm}}]"]
    wishes = (
        (f'{{{"avoids" if n == 2 else "wants"}: {id}.act, weight: 1, name: "{name("Gain", n)}"}}'),
        *(
            f'{{{"wants" if (n + k) % 2 else "avoids"}: P{k}.act, weight: {1 + k}, name: "{name("Wish", k)}"}}'
            for k in range(1, ACTING + 1)
            if k != n
        ),
        "{wants: peace, weight: 2}",
        "{avoids: pressure(P2), weight: 1}" if n == 2 else "{wants: pressure(P2), weight: 1}",
    )
    return [f"  {id}: [{', '.join(wishes)}]"]
