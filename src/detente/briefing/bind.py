"""A brief about a crisis: the questions that somebody who decides would ask, asked and bound together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from detente import catalogue
from detente.answers.answer import Answer
from detente.arguments import read
from detente.ask import ask, tells_progress
from detente.briefing.front import front
from detente.errors import RefusedError, UnknownNameError
from detente.questions.assess.answer import Assess
from detente.rendering import page_of
from detente.report import grounds, method
from detente.report.brief import Brief, Provenance, Section
from detente.report.unaddressed import unaddressed
from detente.scenario.fingerprint import fingerprint
from detente.scenario.judgements import judgements
from detente.scenario.model import Scenario

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Part:
    """A section that a brief may have: the word it is chosen by, its title, and the question that fills it.

    It is usual where it need not be asked for, in a scenario that has something in the field named by `of`.
    """

    word: str
    title: str
    question: str
    usual: bool = True
    of: str = ""


VERDICT = Part("verdicts", "Verdicts", "assess")
PARTS = (
    Part("why", "Why", "why"),
    Part("change", "What would change it", "fix"),
    Part("roadmap", "Roadmap", "roadmap"),
    Part("lasting", "Will it last", "durability"),
    Part("risks", "Risks", "contingency"),
    Part("pressure", "Pressure", "pressure", usual=False),
    Part("relations", "Relations", "relations", usual=False),
    Part("venues", "Where to talk", "venues", usual=False),
    Part("robustness", "What it turns on", "robustness", usual=False),
    Part("backtest", "Held against what happened", "backtest", usual=False),
    Part("claims", "Claims", "claims", of="claims"),
)
"""The sections between the verdicts and the appendices, in the order of a brief."""
METHOD, SOURCES, JUDGEMENTS = "method", "sources", "judgements"
APPENDICES = {METHOD: "Method", SOURCES: "Sources", JUDGEMENTS: "Judgements"}
WORDS = (*(part.word for part in PARTS), *APPENDICES)
LOOKS_AHEAD = ("foresight", "concept")
"""What the questions call the foresight that a brief asks all of them with."""


def brief(
    scenario: Scenario,
    version: str,
    sections: Sequence[str] | None = None,
    foresight: str | None = None,
    worlds: int = 0,
    seed: int = 1,
    changes: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Brief:
    """Ask what a brief needs, and bind it.

    Parameters
    ----------
    scenario : Scenario
    version : str
        Of detente, for where the brief comes from.
    sections : sequence of str, optional
        Only these of `WORDS`; the verdicts always come first. When absent: every usual one.
    foresight : str, optional
        By which concept parties look ahead, in every section that depends on it.
    worlds, seed : int
        Also in so many drawn worlds, where a section can tell of them.
    changes : tuple of str
        What was changed in the scenario before, line by line.
    progress : callable, optional
        Told which section is being worked on, and which share of them is done.

    Raises
    ------
    UnknownNameError
        For a section or a concept that does not exist.
    DetenteError
        Where the strategies cannot be assessed, or a value cannot be meant.
    """
    wanted = _wanted(scenario, sections)
    asked = [part for part in PARTS if part.word in wanted]
    tell = _Telling(progress, 1 + len(asked))
    given = {"worlds": worlds, "seed": seed} | dict.fromkeys(LOOKS_AHEAD, foresight)
    assessed = cast(Assess, _asked(scenario, VERDICT, given, tell))
    found, missing = [], []
    for part in asked:
        try:
            answer = _asked(scenario, part, given | _subject(scenario, part, assessed), tell)
        except RefusedError as error:
            missing.append(f"{part.title}: {error}")
        else:
            found.append(_section(part, answer))
    tell.done()
    return Brief(
        title=scenario.title or scenario.id,
        about=scenario.about,
        glance=front(assessed),
        verdict=_section(VERDICT, assessed),
        sections=tuple(found),
        appendices=tuple(_appendices(scenario, wanted, worlds)),
        missing=tuple(missing),
        provenance=Provenance(scenario.id, fingerprint(scenario), version, seed, worlds, changes),
    )


class _Telling:
    """Tells how far a brief has come, section by section and within each."""

    def __init__(self, progress: Progress | None, sections: int) -> None:
        self._progress, self._sections, self._begun = progress, sections, -1

    def begin(self, title: str) -> Progress:
        """The progress of the next section."""
        self._begun += 1

        def tell(what: str, share: float) -> None:
            if self._progress is not None:
                self._progress(f"{title}: {what}", (self._begun + share) / self._sections)

        tell("asked", 0.0)
        return tell

    def done(self) -> None:
        """Everything has been asked."""
        if self._progress is not None:
            self._progress("done", 1.0)


def _wanted(scenario: Scenario, sections: Sequence[str] | None) -> tuple[str, ...]:
    if not sections:
        usual = [part for part in PARTS if part.usual and (not part.of or getattr(scenario, part.of))]
        return (*(part.word for part in usual), *APPENDICES)
    for word in sections:
        if word not in WORDS:
            raise UnknownNameError("section", word, WORDS)
    return tuple(sections)


def _asked(scenario: Scenario, part: Part, given: Mapping[str, Any], tell: _Telling) -> Answer:
    """A part's question, asked with what it knows of what is given."""
    row = catalogue.question(part.question)
    known = {parameter.keyword for parameter in row.parameters}
    values = read(row, {keyword: value for keyword, value in given.items() if keyword in known})
    if values.get("worlds") == 0 and row.word not in ("assess", "claims", "backtest"):
        del values["worlds"]  # a question about worlds cannot do with none
    within = tell.begin(part.title)
    return ask(row.word, scenario, within if tells_progress(row) else None, **values)


def _subject(scenario: Scenario, part: Part, assessed: Answer) -> dict[str, Any]:
    """What a question is about where it must be told: the strategy that is assessed best."""
    if part.question != "why" or not scenario.strategies:
        return {}
    return {"subject": (f"strategy:{assessed.rows()[0]['strategy']}",)}


def _section(part: Part, answer: Answer) -> Section:
    return Section(part.word, part.title, tuple(unaddressed(page_of(replace(answer, changes=())).blocks)))


def _appendices(scenario: Scenario, wanted: Sequence[str], worlds: int) -> list[Section]:
    known = {
        METHOD: lambda: method.blocks(worlds),
        SOURCES: lambda: grounds.sources(scenario),
        JUDGEMENTS: lambda: grounds.appendix(scenario, judgements(scenario)),
    }
    made = [(word, known[word]()) for word in APPENDICES if word in wanted]
    return [Section(word, APPENDICES[word], blocks) for word, blocks in made if blocks]
