"""How the prediction of what resolutions leave is held against the record."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.pressure.answer import FigureSeen, Pressure, ResolutionSeen
from detente.report import moves, words
from detente.report.money import SLIGHT, money
from detente.report.page import Block, Column, Heading, Listing, Note, Paragraph, Table

WHY = (
    "Prediction and record may differ because every limit is taken to bind fully from its first day while all "
    "else stays as in the baseline, whereas partners enforce more or less than the text, prices and the means "
    "to pay change, and statistics leave out what is smuggled or not declared."
)


def told(answer: Pressure) -> Iterator[Block]:
    """What each resolution left in the model, what statistics recorded, and why they differ."""
    if answer.resolutions:
        yield Heading("Resolutions, and what was recorded")
        columns = (
            Column("Resolution"),
            *(
                Column(title, "right", fixed=True)
                for title in ("Before", "After", "Pressure", "Year", "Recorded", "Apart")
            ),
        )
        yield Table(
            columns,
            tuple(_resolution(seen) for seen in answer.resolutions),
            "Licit trade a year in the model before and after each resolution, with it and all earlier ones "
            "obeyed to the letter, in what begins later too, and the ways round open. Recorded: the first "
            "year for at least half of which it was in force; later resolutions show in it too. Apart: "
            "recorded less predicted.",
        )
        reasons = [seen for seen in answer.resolutions if seen.because]
        if reasons:
            yield Listing(tuple(f"{seen.id}: {words.sentence(seen.because)}" for seen in reasons))
    if answer.figures:
        yield Heading("Year by year", 3)
        columns = (
            Column("Year", "right", fixed=True),
            Column("Trade"),
            Column("Recorded by"),
            *(Column(title, "right", fixed=True) for title in ("Recorded", "Letter", "Leaking", "Apart")),
        )
        yield Table(
            columns,
            tuple(_figure(answer, seen) for seen in answer.figures),
            "What resolutions left over the days of each year: to the letter, and leaking by the ways round.",
        )
    if answer.figures or any(seen.recorded for seen in answer.resolutions):
        yield Paragraph(" ".join(filter(None, (_latest(answer), _worst(answer), WHY))))
        yield Note(
            "This check uses the texts of resolutions only, not the levels of enforcement; for a year from "
            "which the baseline was taken, agreement proves nothing."
        )


def _resolution(seen: ResolutionSeen) -> tuple[str, ...]:
    return (
        f"{seen.id} ({seen.date}): {seen.title}" if seen.title else f"{seen.id} ({seen.date})",
        money(seen.before.leaking),
        money(seen.after.leaking),
        words.number(seen.after.pressure_leaking),
        str(seen.year),
        " or ".join(money(value) for value in seen.recorded) or words.NOTHING,
        " or ".join(_apart(value) for value in seen.discrepancy) or words.NOTHING,
    )


def _figure(answer: Pressure, seen: FigureSeen) -> tuple[str, ...]:
    return (
        str(seen.year),
        _which(answer, seen),
        seen.because.split(",")[0] or ", ".join(seen.source),
        money(seen.recorded),
        money(seen.letter),
        money(seen.leaking),
        _apart(seen.discrepancy),
    )


def _which(answer: Pressure, seen: FigureSeen) -> str:
    way = {"total": "all trade", "export": "exports", "import": "imports"}[seen.flow]
    side = {"total": "with", "export": "to", "import": "from"}[seen.flow]
    return way if seen.partner is None else f"{way} {side} {moves.party(answer, seen.partner)}"


def _worst(answer: Pressure) -> str:
    """The largest difference of all, in a sentence."""
    if not answer.figures:
        return ""
    worst = max(answer.figures, key=lambda seen: abs(seen.discrepancy))
    more = "more" if worst.discrepancy > 0 else "less"
    by = f" by {worst.because.split(',')[0]}" if worst.because else ""
    return (
        f"Furthest apart ({_which(answer, worst)}, {worst.year}): {money(worst.recorded)} recorded{by}, "
        f"{money(abs(worst.discrepancy))} {more} than predicted."
    )


def _latest(answer: Pressure) -> str:
    """Exports and imports of the last recorded year, as shares of what was predicted."""
    last = max((seen.year for seen in answer.figures), default=0)
    told = [
        f"{words.percent(seen.recorded / seen.leaking)} of {_which(answer, seen)}"
        for seen in answer.figures
        if seen.year == last and seen.partner is None and seen.flow != "total" and seen.leaking > SLIGHT
    ]
    return f"Of what was predicted for {last}, {words.names(told)} were recorded." if told else ""


def _apart(value: float) -> str:
    return "0" if abs(value) < 0.5 else words.signed(value, 0)
