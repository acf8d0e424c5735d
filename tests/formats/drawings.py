"""One drawing of every kind, of the size that answers give; and one of every kind with hostile names."""

from __future__ import annotations

from detente.report.page import (
    Bar,
    Chart,
    Curve,
    Drawing,
    Edge,
    Flow,
    Line,
    Link,
    Matrix,
    Network,
    Ranked,
    Ranking,
    Step,
    Steps,
)

PARTIES = ("United States", "North Korea", "China", "South Korea", "Russia", "Japan")
VIEWS: tuple[tuple[float | None, ...], ...] = (
    (None, -0.9, -0.3, 0.7, -0.5, 0.8),
    (-1.0, None, 0.2, -0.4, 0.3, -0.8),
    (-0.3, 0.1, None, 0.2, 0.6, -0.4),
    (0.7, -0.3, 0.1, None, 0.0, -0.2),
    (-0.5, 0.3, 0.6, 0.0, None, -0.1),
    (0.8, -0.8, -0.4, -0.2, -0.1, None),
)

WATERFALL = Chart(
    "waterfall",
    "What North Korea gains by going on with the programme instead of freezing it",
    (
        Bar("wants to be safe from an attack", 0.42, "+0.42"),
        Bar("wants to be accepted as a nuclear power", 0.31, "+0.31"),
        Bar("avoids pressure on its trade in coal, textiles, labour and oil", -0.55, "−0.55"),
        Bar("attitude to China", -0.08, "−0.08"),
        Bar("in all", 0.10, "+0.10"),
    ),
    "Safety and standing add 0.73, pressure and China take 0.63; a gain of 0.10 remains.",
    "shares of its payoff range",
)
BARS = Chart(
    "bars",
    "Margin of each party in the frozen state",
    (Bar("United States", 0.12, "+0.12"), Bar("North Korea", -0.05, "−0.05"), Bar("China", 0.31, "+0.31")),
    "China has most to lose by leaving, North Korea would gain.",
    "shares of the payoff range",
)
CURVE = Curve(
    "How long the freeze lasts",
    "Rounds",
    "Chance that it still stands",
    tuple(
        Line(name, tuple((float(n), rate**n) for n in range(0, 41)))
        for name, rate in (
            ("as it is", 0.95),
            ("North Korea twice as composed", 0.97),
            ("United States rash", 0.9),
            ("with a guarantor", 0.975),
        )
    ),
    "Half of all freezes end within 14 rounds; a guarantor doubles that.",
)
MATRIX = Matrix(
    "How the parties stand to each other", PARTIES, PARTIES, VIEWS, "Two camps about the allies.", "−1 to 1"
)
NETWORK = Network(
    "Ties and camps",
    PARTIES,
    tuple(
        Edge(a, b, view)
        for a, row in zip(PARTIES, VIEWS, strict=True)
        for b, view in zip(PARTIES, row, strict=True)
        if view is not None
    ),
    (("United States", "South Korea", "Japan"), ("North Korea", "China", "Russia")),
    "The allies stand against North Korea, China and Russia.",
    "ties from −1 to 1; they have no unit",
)
FLOW = Flow(
    "Exports of North Korea before and after Resolution 2371",
    (
        Link("coal", "China", 1180.0, "1 180"),
        Link("textiles", "China", 580.0, "580"),
        Link("seafood", "China", 190.0, "190"),
        Link("labour", "Russia", 120.0, "120"),
        Link("textiles", "Russia", 20.0, "20"),
        Link("China", "still enters", 640.0, "640"),
        Link("China", "by other ways", 330.0, "330", "moved"),
        Link("China", "cut off", 980.0, "980", "lost"),
        Link("Russia", "still enters", 110.0, "110"),
        Link("Russia", "cut off", 30.0, "30", "lost"),
    ),
    "Of 2 090 million dollars, 750 still enter, 330 by other ways, and 1 010 are cut off.",
    "USD million a year",
)
STEPS = Steps(
    "From the tests of 2017 to a freeze",
    (
        Step("Halt the large exercises", "United States and South Korea", "They put off the spring exercises; "
             "North Korea gains most and could defect here.", 0.12, "0.12"),
        Step("Stop testing", "North Korea", "It stops tests; a return to pressure deters it from going back.",
             0.31, "0.31"),
        Step("Let a part of the coal through", "China", "It opens the channel for coal again.", 0.05, "0.05"),
    ),
    "Three steps; the second exposes most.",
    "shares of the payoff range",
)  # fmt: skip
RANKING = Ranking(
    "Success of the freeze by venue",
    (
        Ranked("Singapore", 0.71, 0.62, 0.78, "71% (62–78%)"),
        Ranked("Panmunjom, Peace House on the southern side", 0.66, 0.51, 0.74, "66% (51–74%)"),
        Ranked("Geneva", 0.6, 0.6, 0.6, "60%"),
        Ranked("Washington", 0.32, 0.2, 0.47, "32% (20–47%)"),
    ),
    "Singapore leads, Washington is last.",
    "percent of plays",
)
DRAWINGS: tuple[Drawing, ...] = (WATERFALL, BARS, CURVE, MATRIX, NETWORK, FLOW, STEPS, RANKING)


def named(name: str) -> tuple[Drawing, ...]:
    """Every kind of drawing with this name wherever a name can stand."""
    return (
        Chart("bars", name, (Bar(name, 1.0, name), Bar(name, -1.0, name)), name, name),
        Chart("waterfall", name, (Bar(name, 1.0, name), Bar(name, 1.0, name)), name, name),
        Curve(name, name, name, (Line(name, ((0.0, 0.0), (1.0, 1.0))), Line(name, ((0.0, 1.0),))), name),
        Matrix(name, (name, name), (name, name), ((0.5, None), (None, -0.5)), name, name),
        Network(name, (name, "other"), (Edge(name, "other", 0.5),), ((name,),), name, name),
        Flow(name, (Link(name, "other", 1.0, name),), name, name),
        Steps(name, (Step(name, name, name, 1.0, name),), name, name),
        Ranking(name, (Ranked(name, 1.0, 0.0, 2.0, name),), name, name),
    )


EMPTY: tuple[Drawing, ...] = (
    Chart("bars", "t", (), "a", "u"),
    Chart("waterfall", "t", (Bar("x", 0.0, "0"),), "a", "u"),
    Curve("t", "x", "y", (), "a"),
    Curve("t", "x", "y", (Line("l", ()),), "a"),
    Curve("t", "x", "y", (Line("l", ((2.0, 3.0),)),), "a"),
    Matrix("t", (), (), (), "a", "u"),
    Network("t", (), (), (), "a", "u"),
    Network("t", ("one",), (), (), "a", "u"),
    Flow("t", (), "a", "u"),
    Flow("t", (Link("a", "b", 0.0, "0"),), "a", "u"),
    Steps("t", (), "a", "u"),
    Ranking("t", (), "a", "u"),
    Ranking("t", (Ranked("x", 0.0, 0.0, 0.0, "0"),), "a", "u"),
)
