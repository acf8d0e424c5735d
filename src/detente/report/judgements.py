"""A number of the scenario by its address, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from detente.report import words


def judgement(
    parties: Mapping[str, str],
    options: Mapping[str, str],
    address: str,
    subject: str = "",
    mutual: bool = False,
) -> str:
    """What a number says: `the weight of arsenal to China`; the address itself where no phrase fits.

    Parameters
    ----------
    parties, options : their names, by id.
    subject : what an interest without a name is about.
    mutual : whether an attitude is held both ways.
    """

    def party(id: str) -> str:
        return words.name(parties, id)

    match address.split("."):
        case ["interests", holder, name, "weight"]:
            return f"the weight of {_named(subject or name)} to {party(holder)}"
        case ["interests", holder, _, "wants" | "avoids", *option, level]:
            return f"how much “{words.name(options, '.'.join(option))}: {level}” counts to {party(holder)}"
        case ["relations", pair] if mutual:
            one, _, other = pair.partition(">")
            return f"the attitudes of {party(one)} and {party(other)} to each other"
        case ["relations", pair]:
            one, _, other = pair.partition(">")
            return f"the attitude of {party(one)} to {party(other)}"
        case ["views", view, name, "weight"]:
            return f"the weight of {_named(subject or name)} to {_pictured(parties, view)}"
        case ["pressure", target, "channels", channel, what]:
            return f"the {what} of {_spaced(channel)} for {party(target)}"
        case ["views", view, _, "wants" | "avoids", *option, level]:
            what = words.name(options, ".".join(option))
            return f"how much “{what}: {level}” counts to {_pictured(parties, view)}"
        case ["parties", holder, what]:
            return f"the {what} of {party(holder)}"
        case ["tables", table, what]:
            return f"the {what} of the table {table}"
        case ["venues", venue, "composure", guest]:
            return f"how much {venue} adds to the composure of {party(guest)}"
        case ["shocks", shock, "weights", holder, name]:
            return f"by how much {_spaced(shock)} multiplies the weight of {_named(name)} to {party(holder)}"
        case ["shocks" | "venues" as what, one, "attitudes", pair]:
            holder, _, other = pair.partition(">")
            where = _spaced(one) if what == "shocks" else one
            return f"how {where} shifts the attitude of {party(holder)} to {party(other)}"
        case _:
            return address


def family(parties: Mapping[str, str], known: str) -> str:
    """What numbers have in common: a party's interests, the relations of two, a view, somebody's trade."""
    section, _, whose = known.partition(".")
    match section:
        case "interests":
            return f"the interests of {words.name(parties, whose)}"
        case "relations":
            return f"relations of {words.names(words.name(parties, one) for one in whose.split('~'))}"
        case "views":
            return f"the interests of {_pictured(parties, whose)}"
        case "pressure":
            return f"the trade of {words.name(parties, whose)}"
        case "venues":
            return "places for talks"
        case _:
            return section


def _named(name: str) -> str:
    return f"interest {name}" if name.isdecimal() else _spaced(name)


def _spaced(name: str) -> str:
    return name.replace("-", " ")


def _pictured(parties: Mapping[str, str], view: str) -> str:
    pair = re.fullmatch(r"(.+)-of-(.+)", view)
    if pair is None:
        return view
    holder, other = (words.name(parties, one) for one in pair.groups())
    return f"{other} as {holder} sees it"
