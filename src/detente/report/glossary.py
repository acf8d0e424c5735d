"""The words of the product: one meaning each, and the words that are not used for it."""

from __future__ import annotations

from dataclasses import dataclass

from detente.report.page import Column, Page, Table


@dataclass(frozen=True)
class Term:
    """A word, what it means, and its rejected synonyms."""

    word: str
    meaning: str
    instead_of: tuple[str, ...] = ()


TERMS: tuple[Term, ...] = (
    Term("aim", "The outcome on which all strategies of a scenario are ranked.", ("goal", "target outcome")),
    Term("anticipated value", "What a move is worth to its mover once it reckons with the others' replies."),
    Term("attendance", "What each member of a table expects to gain from the table being open."),
    Term(
        "attitude", "How one party takes another's good or bad fortune, from -1 to 1.", ("affect", "hostility")
    ),
    Term("binding", "Said of agreements that hold though a member could gain by leaving."),
    Term(
        "camp", "One of the two groups into which the ties between parties fall with the least contradiction."
    ),
    Term("channel", "A stream of value into a target's economy: partner, good and kind.", ("link",)),
    Term("claim", "A sentence somebody wrote, put in own words, with the test it is held against."),
    Term(
        "commitment",
        "A level to which a strategy's sponsor binds one of its own options for a stage.",
        ("pledge",),
    ),
    Term("composure", "How surely a party picks what it values more; low under stress.", ("rationality",)),
    Term(
        "concept", "A way of looking ahead that decides whether a state is stable.", ("solution", "criterion")
    ),
    Term("credible", "Said of a strategy whose sponsors have no reason to take back what they committed."),
    Term("discount factor", "What a round later is worth against now, from 0 to 1: a party's patience."),
    Term("diversion", "Trade lost on one channel that moves to another.", ("rerouting", "evasion")),
    Term("empty threat", "A reply that its maker would itself be deterred from giving.", ("bluff",)),
    Term("equilibrium", "A state that is stable for every party.", ("solution", "resolution")),
    Term(
        "exit",
        "A move out of what holds: out of an agreement by a party outside its table, or out of an outcome.",
    ),
    Term("exposure", "The most that a party expects to gain by breaking off a road, replies counted."),
    Term("feasible", "Said of a state that breaks no rule.", ("valid", "legal")),
    Term("foresight", "The concept by which parties judge their moves while a crisis unfolds.", ("horizon",)),
    Term("frustration", "The weight of ties that contradict even the best division into two camps."),
    Term("guarantor", "A party that takes on an interest in a deal holding.", ("mediator",)),
    Term("hazard", "The chance per round that a shock happens."),
    Term("holdout", "A party whose smallest promise would open a move towards the aim."),
    Term("improvement", "A move to a state that the mover ranks higher.", ("UI", "unilateral improvement")),
    Term("initiative", "A party's relative chance of being the next to move.", ("speed", "turn order")),
    Term(
        "interest", "Something a party wants or avoids, with a weight.", ("goal", "objective", "utility term")
    ),
    Term("lasting", "Success that remains after commitments and tables have lapsed."),
    Term("leak", "What a target keeps because trade finds another way.", ("loophole", "sanctions busting")),
    Term("level", "One of the ordered settings of an option.", ("value", "setting")),
    Term(
        "margin",
        "By how much a state holds or fails, as a part of a party's payoff range.",
        ("slack", "robustness"),
    ),
    Term(
        "move",
        "A change of a party's own options from one feasible state to another.",
        ("transition", "action"),
    ),
    Term("nature", "The owner of shocks; it holds options but is no party."),
    Term("noisy", "Said of movers who may take any of their open moves, a better one more often."),
    Term("option", "Something a party can set to one of several levels.", ("action", "lever", "policy")),
    Term("outcome", "A named set of states.", ("result", "outcome node")),
    Term(
        "party",
        "A state or group that holds options and cares how things stand.",
        ("actor", "player", "agent", "DM"),
    ),
    Term(
        "payoff", "What a state is worth to a party: its own interests and its attitudes.", ("utility", "score")
    ),
    Term("plan", "Agreed responses to a shock."),
    Term("pressure", "The part of a target's trade that is lost, from 0 to 1.", ("sanctions", "leverage")),
    Term("regret", "How much better a party would do with the best plan for it than with none."),
    Term("rest", "A state where no party and no table has an open move.", ("absorbing state", "end state")),
    Term("rule", "A condition that every feasible state meets.", ("constraint",)),
    Term("scenario", "A crisis written down: one file.", ("model", "game", "case file")),
    Term("self-enforcing", "Said of an agreement that no member, alone, has a reason to leave."),
    Term("Shapley value", "What something adds on average, over all orders in which the parts could be added."),
    Term("shock", "Something that happens to the parties and that none of them chooses.", ("event",)),
    Term("span", "A party's payoff range, from its worst state to its best: the unit of margins and gains."),
    Term("spoiler", "A party with a move that takes a strategy off its way."),
    Term("spread", "How unsure a number is.", ("error bar", "distribution")),
    Term("stable", "Said of a state for a party that has no reason to leave it."),
    Term(
        "stage",
        "A phase of a strategy: what is committed, which tables are open, until what.",
        ("phase", "step"),
    ),
    Term("state", "How every option stands at one time.", ("outcome node", "position")),
    Term("status quo", "The state where things stand when the scenario begins.", ("initial state",)),
    Term("strategy", "What sponsors commit to, stage by stage, and who may move together.", ("policy",)),
    Term("success", "The probability that a strategy ends inside the aim."),
    Term("table", "A set of parties who can change their options together.", ("frame", "forum", "coalition")),
    Term("triad", "Three parties of whom each has a tie to both others."),
    Term("venue", "Where talks are held: it changes conditions, never an answer.", ("location", "place")),
    Term("view", "What one party believes another's interests to be.", ("perception", "belief")),
    Term("walk", "The course of a crisis, move by move, until it rests.", ("simulation", "play")),
    Term("witness", "The move and the replies that decide whether a state is stable.", ("proof", "trace")),
    Term("world", "One draw of all unsure numbers.", ("sample", "run", "draw")),
)


def page() -> Page:
    """The glossary as a page."""
    return Page(
        "Glossary", (Table((Column("Word", fixed=True), Column("Meaning")), tuple(_row(t) for t in TERMS)),)
    )


def _row(term: Term) -> tuple[str, str]:
    instead = f" Not called: {', '.join(term.instead_of)}." if term.instead_of else ""
    return term.word, f"{term.meaning}{instead}"
