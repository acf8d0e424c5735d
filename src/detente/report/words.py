"""How numbers, chances, names and concepts are put into words; the one place where wording is decided.

Two kinds of probability are kept apart. `probability` and `chance` speak of one central case: they are shares
of plays in the model. `likelihood` uses the estimative words of ICD 203 (2015) and is for shares over worlds
only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.concepts import NAMES, SIM, defined

MINUS = "\N{MINUS SIGN}"
NOTHING = "\N{EN DASH}"
SURE = 1e-9
TINY = 0.0001

# Lower edge of each band, as shares over worlds (ICD 203, 2015, section D.6.e.2.a).
LIKELIHOODS = (
    (0.95, "almost certain"),
    (0.80, "very likely"),
    (0.55, "likely"),
    (0.45, "roughly even chance"),
    (0.20, "unlikely"),
    (0.05, "very unlikely"),
    (0.0, "almost no chance"),
)


def number(value: float | None, digits: int = 2) -> str:
    """A plain number, never rounded to a nought that it is not."""
    if value is None or value - value != 0.0:
        return NOTHING
    if value == 0:
        return "0"
    size = abs(value)
    if size < TINY:
        return "just above 0" if value > 0 else "just below 0"
    text = f"{size:,.{digits}f}" if size >= 0.5 * 10.0**-digits else f"{size:.1g}"
    return f"{MINUS}{text}" if value < 0 else text


def signed(value: float | None, digits: int = 2) -> str:
    """A gain or a loss with its sign; nought has none."""
    text = number(value, digits)
    return f"+{text}" if value is not None and value > 0 and text[0].isdigit() else text


def adding_up(amounts: Sequence[float], total: float, digits: int = 2) -> list[float]:
    """The terms of a sum rounded so that, as they are shown, they add up to the rounded total.

    Terms that rounding hurts most give way; each stays within one unit of the last digit of its value.
    """
    unit = 10.0**-digits
    whole = [round(amount / unit) for amount in amounts]
    missing = round(total / unit) - sum(whole)
    step = 1 if missing > 0 else -1
    by_error = sorted(range(len(amounts)), key=lambda place: step * (whole[place] - amounts[place] / unit))
    for place in by_error[: abs(missing)]:
        whole[place] += step
    return [round(units * unit, digits) for units in whole]


def margin(value: float | None) -> str:
    """By how much a state holds (+) or fails (−), in spans of the party with the least; a dash where none."""
    return signed(value)


def count(many: int, noun: str, plural: str = "") -> str:
    """A number of things: `1 state`, `20,736 states`, `no states`."""
    shown = "no" if many == 0 else f"{many:,}"
    return f"{shown} {noun if many == 1 else plural or noun + 's'}"


def verb(many: int, one: str, more: str) -> str:
    """The form of a verb that fits a number: `verb(1, "is", "are")`."""
    return one if many == 1 else more


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def probability(value: float) -> str:
    """A share of plays in a cell of a table: only what is certain is called so."""
    if value >= 1 - SURE:
        return "certain"
    if value <= SURE:
        return "never"
    percent = round(100 * value)
    if percent >= 100:
        return "over 99%"
    return f"{percent}%" if percent >= 1 else "under 1%"


def percent(share: float) -> str:
    """A part of a whole: `33%`; a part too small to show is `under 1%`, a nought `0%`."""
    if share <= 0:
        return "0%"
    shown = round(100 * share)
    if shown < 1:
        return "under 1%"
    return "over 99%" if shown >= 100 and share < 1 - SURE else f"{shown}%"


def hazard(number: float | None) -> str:
    """A chance per round in a cell: one decimal where it is small, a dash where there is none."""
    if number is None:
        return NOTHING
    return f"{100 * number:.1f}%" if 0.0005 <= number < 0.0995 else percent(number)


def chance(value: float) -> str:
    """A share of plays in a sentence: `for certain`, `with 54% probability`, `never`."""
    text = probability(value)
    return {"certain": "for certain", "never": "never"}.get(text, f"with {text} probability")


def points(change: float) -> str:
    """What is added to a chance, or taken from it: `+53%`, `−2%`; nought has no sign."""
    if abs(change) <= SURE:
        return "0%"
    shown = percent(abs(change))
    return f"{'+' if change > 0 else MINUS}{shown}" if shown[0].isdigit() else f"{shown} {_way(change)}"


def _way(change: float) -> str:
    return "more" if change > 0 else "less"


def likelihood(share: float) -> str:
    """A share over worlds in the words of ICD 203; never for the central case."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    if share == 1:
        return "in every world"
    if share == 0:
        return "in no world"
    return next(word for edge, word in LIKELIHOODS if share >= edge)


def names(items: Iterable[str], limit: int | None = None, last: str = "and") -> str:
    """Names in a row: `China`, `China and Japan`, `China, Japan and 3 others`; `nobody` when none."""
    shown = list(items)
    if not shown:
        return "nobody"
    if limit is not None and len(shown) > limit:
        shown = [*shown[:limit], count(len(shown) - limit, "other")]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def name(known: Mapping[str, str], identity: str) -> str:
    """The name people use for an id, or the id itself."""
    return known.get(identity, identity)


def titled(known: Mapping[str, str], identity: str) -> str:
    """The name people use with the id that stands for it elsewhere: `A verified freeze (frozen)`."""
    title = known.get(identity, "")
    return f"{title} ({identity})" if title and title.lower() != identity.lower() else title or identity


def quoted(known: Mapping[str, str], identity: str) -> str:
    """A name inside a sentence, with its id: `“A verified freeze” (frozen)`; the id alone where it has none."""
    title = known.get(identity, "")
    return f"“{title}” ({identity})" if title and title.lower() != identity.lower() else title or identity


def strategy(known: Mapping[str, str], identity: str, best: bool) -> str:
    """A strategy inside a sentence; `best`: chosen since assess puts it first."""
    return f"the strategy {quoted(known, identity)}{', the first in assess,' if best else ''}"


def look(foresight: str) -> str:
    """By which foresight parties are taken to move."""
    if foresight == "mixed":
        return "each party by its own foresight"
    return f"all parties by {concept(foresight)} foresight"


def standing(known: Mapping[str, str], option: str, level: str) -> str:
    """How one option stands: `Enforcement at the border: full`."""
    return f"{name(known, option)}: {level}"


def difference(
    known: Mapping[str, str], options: Sequence[str], levels: Sequence[str], reference: Sequence[str]
) -> str:
    """How a state differs from a reference state, e.g. the status quo."""
    titles = [name(known, option) for option in options]
    changed = [
        f"{title if titles.count(title) == 1 else f'{title} ({option})'}: {level}"
        for title, option, level, before in zip(titles, options, levels, reference, strict=True)
        if level != before
    ]
    return "; ".join(changed) or "nothing changes"


def outcomes(known: Mapping[str, str], labels: Sequence[str]) -> str:
    """The outcomes that a state belongs to, by name; a dash where none."""
    return ", ".join(name(known, label) for label in labels) or NOTHING


def concept(short: str) -> str:
    """A concept as it is usually written: `SEQ`."""
    return defined(short).label if short in (*NAMES, SIM.name) else short


def concept_title(short: str) -> str:
    """A concept by its full name: `sequential`."""
    return defined(short).word if short in (*NAMES, SIM.name) else short


def concept_meaning(short: str) -> str:
    """What a concept says of a state, in one clause."""
    return defined(short).clause if short in (*NAMES, SIM.name) else ""


def yes_no(value: bool | None) -> str:
    """A yes or a no; a dash where the question does not arise."""
    return NOTHING if value is None else ("yes" if value else "no")


def sentence(text: str) -> str:
    """A text with a capital at its start and a full stop at its end."""
    trimmed = text.strip()
    if not trimmed:
        return ""
    closed = trimmed if trimmed[-1] in ".!?…" else f"{trimmed}."
    return capital(closed)


def changed(changes: Sequence[str]) -> str:
    """What was changed in the scenario before it was asked about."""
    return f"Asked of the scenario with {count(len(changes), 'change')}: {'; '.join(changes)}."


def unused(part: str) -> str:
    """That a part of the scenario plays no role in an answer."""
    return f"The scenario's {part} are kept but not used by this question yet."
