"""How the check of a scenario is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.report import words
from detente.report.page import Block, Column, Heading, Note, Page, Paragraph, Table
from detente.scenario.citations import Support, Uncited
from detente.scenario.model import Scenario
from detente.scenario.sanity import Coefficient, SanityReport

MOST_WARNINGS = 20


def page(
    scenario: Scenario,
    report: SanityReport,
    support: Support,
    citations: bool = False,
    everything: bool = False,
    spreads: bool = False,
) -> Page:
    """That a scenario has no problems, what looks unintended, and what judgements rest on.

    `citations` lists the judgements that nothing supports; `everything` all warnings, and what interests and
    relations add up to; `spreads` the numbers that are given without one.
    """
    shown = report.warnings if everything else report.warnings[:MOST_WARNINGS]
    blocks = (
        Paragraph(_summary(scenario, report, support)),
        *(Note(str(warning), "warning") for warning in shown),
        *_left_out(report, len(report.warnings) - len(shown), everything),
        *(_listed("Judgements without a reason or a source", support.uncited) if citations else ()),
        *(_listed("Numbers without a spread", support.sure) if spreads else ()),
        *(_coefficients(report.coefficients) if everything else ()),
    )
    return Page(f"Check: {scenario.title or scenario.id}", blocks)


def _summary(scenario: Scenario, report: SanityReport, support: Support) -> str:
    parts = (
        words.count(len(scenario.parties), "party", "parties"),
        words.count(len(scenario.options), "option"),
        words.count(len(scenario.outcomes), "outcome"),
    )
    return (
        f"The scenario has no problems: {words.names(parts)}. "
        f"{words.capital(words.count(len(report.warnings), 'warning'))}. "
        f"{_support(scenario, support)}"
    ).rstrip()


def _support(scenario: Scenario, support: Support) -> str:
    if not support.judgements:
        return "It holds no numbers that would need a reason."
    lacking = len(support.uncited)
    sources = f"{support.sourced} of {support.judgements} cite a source."
    if support.sourced in (0, support.judgements):
        sources = f"All {support.judgements} cite a source." if support.sourced else "None cites a source."
    if not lacking:
        return f"Every judgement carries a reason or a source. {sources}"
    verb = words.verb(lacking, "carries", "carry")
    return f"{words.count(lacking, 'judgement')} {verb} neither a reason nor a source. {sources}"


def _left_out(report: SanityReport, warnings: int, everything: bool) -> Iterator[Block]:
    tables = bool(report.coefficients) and not everything
    parts = [f"{words.count(warnings, 'further warning')}"] * bool(warnings)
    parts += ["what interests and relations add up to"] * tables
    if parts:
        yield Note(f"`--all` shows {' and '.join(parts)}.")


def _coefficients(coefficients: Sequence[Coefficient]) -> Iterator[Block]:
    if not coefficients:
        yield Note("The parties are known only by the order of their preferences; there is nothing to add up.")
        return
    yield Heading("What interests and relations add up to")
    yield Table(
        (
            Column("Party", fixed=True),
            Column("One more of"),
            Column("Own", "right", fixed=True),
            Column("Through others", "right"),
            Column("In all", "right", fixed=True),
        ),
        tuple(_coefficient(one) for one in _main_first(coefficients)),
        "What each quantity is worth to each party, as a share of the weight of all its own interests.",
    )


def _main_first(coefficients: Sequence[Coefficient]) -> list[Coefficient]:
    order = list(dict.fromkeys(one.party for one in coefficients))
    return sorted(coefficients, key=lambda one: (order.index(one.party), -abs(one.net)))


def _coefficient(one: Coefficient) -> tuple[str, ...]:
    borrowed = one.net - one.own if one.borrowed else 0.0
    return one.party, one.quantity, words.signed(one.own), words.signed(borrowed), words.signed(one.net)


def _listed(title: str, judgements: Sequence[Uncited]) -> Iterator[Block]:
    yield Heading(title)
    if not judgements:
        yield Paragraph("There are none.")
        return
    rows = tuple((_place(one), one.what, one.value) for one in judgements)
    yield Table((Column("Line", "right", fixed=True), Column("Judgement"), Column("Value", "right")), rows)


def _place(one: Uncited) -> str:
    return f"{one.place.line}:{one.place.column}" if one.place.line else words.NOTHING
