"""How it is told which camps the ties between parties make."""

from __future__ import annotations

from collections.abc import Iterator

from detente.questions.relations.answer import Relations, TieSeen
from detente.report import moves, words
from detente.report.page import Block, Edge, Heading, Listing, Network, Paragraph
from detente.report.units import TIES


def told(answer: Relations) -> Iterator[Block]:
    """The ties, the two camps that fewest contradict, and the triads out of balance."""
    yield Heading("Camps")
    network = answer.network
    if not network.ties:
        yield Paragraph(
            "There are no ties: all attitudes are 0, or cancel out in the mean of the two directions."
        )
        return
    yield Network(
        "Ties and camps",
        tuple(moves.party(answer, party) for party in dict.fromkeys(seen.holder for seen in answer.attitudes)),
        tuple(edge for tie in network.ties for edge in _edges(answer, tie)),
        tuple(tuple(moves.party(answer, party) for party in camp) for camp in network.camps if camp),
        f"{_division(answer)}.",
        TIES,
    )
    yield Paragraph(f"{_division(answer)}. {_frustration(answer)} {_triads(answer)}")
    if network.unbalanced:
        yield Listing(
            tuple(
                f"{words.names(moves.party(answer, party) for party in triad.parties)}: "
                f"{', '.join(words.signed(weight) for weight in triad.weights)}"
                for triad in network.unbalanced
            )
        )


def _edges(answer: Relations, tie: TieSeen) -> tuple[Edge, Edge]:
    """A tie is mutual: one edge each way."""
    one, other = moves.party(answer, tie.one), moves.party(answer, tie.other)
    return Edge(one, other, tie.weight), Edge(other, one, tie.weight)


def _division(answer: Relations) -> str:
    one, other = (words.names(moves.party(answer, party) for party in camp) for camp in answer.network.camps)
    if not answer.network.camps[1]:
        return f"The division that fewest ties contradict is no division: {one} in one camp"
    return f"The two camps that the least weight of ties contradicts are {one}, and {other}"


def _frustration(answer: Relations) -> str:
    network = answer.network
    if not network.against:
        return "No tie contradicts them: the network is balanced (frustration 0)."
    told = [_tie(answer, tie) for tie in network.against]
    return (
        f"Against them stand {words.names(told)}: frustration {words.number(network.frustration)}, "
        f"{words.percent(network.share)} of the weight of all ties. A tie is the mean of the two attitudes; "
        "every division was compared."
    )


def _triads(answer: Relations) -> str:
    network = answer.network
    if not network.triads:
        return "No three parties are all tied to each other."
    if not network.unbalanced:
        return f"All {words.count(network.triads, 'triad')} are balanced."
    return (
        f"Of {words.count(network.triads, 'triad')}, {len(network.unbalanced)} "
        f"{words.verb(len(network.unbalanced), 'is', 'are')} unbalanced (an odd number of hostile ties; "
        "weights first to second, first to third, second to third):"
    )


def _tie(answer: Relations, tie: TieSeen) -> str:
    return f"{moves.party(answer, tie.one)}\N{EN DASH}{moves.party(answer, tie.other)}"
