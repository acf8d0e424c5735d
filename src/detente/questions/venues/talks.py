"""The talks in every place that has to be tried: how far they get there, and how long that lasts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.play.first_passage import LONG, Passage
from detente.play.shocks import chanced
from detente.questions.named import duration, option_named, party_named
from detente.questions.progress import Progress
from detente.questions.venues.answer import EndedBy, Hosted
from detente.questions.venues.hosting import UNAIDED, Bargain, Composure, Hosting, Loan, channels_of, loan, only
from detente.scenario.model import Venue

STRONGEST = 0.1  # guarantor's interest at the end of the sweep
DIGITS = 9  # success and duration that agree in so many are alike


class Tour:
    """The talks in every place that has to be tried, each way of being worth something worked out once."""

    def __init__(self, hosting: Hosting, guarantee: float, tell: Progress) -> None:
        self.hosting, self.guarantee, self.scenario = hosting, guarantee, hosting.scenario
        self.guarantees = tuple(sorted({0.0, guarantee, STRONGEST}))
        self.shocks = [shock.id for shock in chanced(self.scenario, hosting.case.free.graph)]
        wanted = self._wanted()
        self.bargains: dict[Loan, Bargain] = {}
        for done, (terms, composures) in enumerate(wanted.items()):
            tell(f"talks held elsewhere, {done + 1} of {len(wanted)}", (1 + done) / (2 + len(wanted)))
            self.bargains[terms] = hosting.bargain(terms, composures)
        self._lengths: dict[tuple[Loan, Composure], float] = {}

    def _wanted(self) -> Mapping[Loan, Iterable[Composure]]:
        """What is lent in each case, and the composures whose noisy success is asked for."""
        wanted: dict[Loan, dict[Composure, None]] = {UNAIDED: {self.hosting.composure: None}}
        for venue in self.scenario.venues:
            for part in parts_of(venue):
                wanted.setdefault(loan(part, self.guarantee), {})[self.hosting.composed(part)] = None
            for guarantee in self.guarantees:
                wanted.setdefault(loan(venue, guarantee), {})
        return wanted

    def length(self, terms: Loan, composure: Composure) -> float:
        """Expected rounds, 0 where the aim is never reached; beyond a billion they are all alike."""
        if (terms, composure) not in self._lengths:
            rounds = self.bargains[terms].rounds(composure)
            self._lengths[terms, composure] = 2 * LONG if LONG < rounds < float("inf") else rounds
        return self._lengths[terms, composure]

    def success(self, terms: Loan, composure: Composure) -> float:
        """Success with noisy movers."""
        return self.bargains[terms].noisy[composure]

    def merit(self, terms: Loan, composure: Composure) -> tuple[float, float]:
        """What venues are ranked by, higher is better: success, then duration."""
        length = self.length(terms, composure)
        return round(self.bargains[terms].success, DIGITS), float(f"{length:.{DIGITS}g}")

    def hosted(self, terms: Loan, composure: Composure) -> Hosted:
        """What the talks come to under some terms."""
        bargain = self.bargains[terms]
        pairs = zip(bargain.reached.states.tolist(), bargain.reached.chances.tolist(), strict=True)
        passage = bargain.passage(composure)
        return Hosted(
            success=bargain.success,
            noisy=self.success(terms, composure),
            ends=tuple(state + 1 for state, _ in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))),
            lasts=None if passage is None else duration(passage.rounds, passage.never),
            ended_by=None if passage is None else self._ended_by(passage),
        )

    def _ended_by(self, passage: Passage) -> EndedBy | None:
        cause = int(passage.exits.argmax()) if len(passage.exits) else 0
        chance = float(passage.exits[cause]) if len(passage.exits) else 0.0
        if chance <= 0:
            return None
        graph = self.hosting.case.free.graph
        if cause < len(graph.parties):
            return EndedBy(party_named(graph, cause), None, chance)
        if cause < len(graph.parties) + len(self.shocks):
            return EndedBy(None, self.shocks[cause - len(graph.parties)], chance)
        lapse = self.hosting.lapses[cause - len(graph.parties) - len(self.shocks)]
        return EndedBy(None, None, chance, option_named(self.scenario, lapse.axis))


def parts_of(venue: Venue) -> tuple[Venue, ...]:
    """The venue with every set of its channels, none to all."""
    used = channels_of(venue)
    sets = [tuple(c for bit, c in enumerate(used) if members >> bit & 1) for members in range(1 << len(used))]
    return tuple(only(venue, chosen) for chosen in sets)
