"""How strategies fare with the clock running: the shocks of the scenario, and the worlds that they leave."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from detente.errors import RefusedError
from detente.play.case import Case
from detente.play.shocks import chanced
from detente.play.stages import Stage
from detente.play.timed import timed
from detente.play.turns import Struck
from detente.questions.assess.answer import TimedSeen
from detente.scenario.change import strike_shock
from detente.scenario.model import Strategy

LONGEST = 1_000  # rounds at most


class Timing:
    """A case with its shocks; what was worked out on the worlds that they leave serves every strategy."""

    def __init__(self, case: Case, rounds: int) -> None:
        if not 1 <= rounds <= LONGEST:
            raise RefusedError(f"rounds is {rounds}; play is timed over 1 to {LONGEST:,} rounds.")
        if case.aim is None:
            raise RefusedError(
                "play is timed until it stands in the aim, and the scenario names none. Add `aim`."
            )
        self.case, self.rounds, self.aim = case, rounds, case.outcomes[case.aim]
        self.shocks = chanced(case.scenario, case.free.graph)
        self._cases: dict[Struck, Case] = {frozenset(): case}
        self._striking = Lock()

    def seen(self, strategy: Strategy) -> TimedSeen:
        """How a strategy fares, round by round."""
        case, ids = self.case, [shock.id for shock in self.shocks]

        def stages(struck: Struck) -> tuple[Stage, ...]:
            return tuple(self._struck(struck).stage(stage) for stage in strategy.stages)

        found = timed(stages, self.shocks, case.free.graph, case.start, self.aim, self.rounds)
        per_shock = (
            dict(zip(ids, numbers.tolist(), strict=True))
            for numbers in (found.came, found.forestalled, found.furthered)
        )
        came, forestalled, furthered = per_shock
        return TimedSeen(
            success=tuple(found.success.tolist()),
            calm=tuple(found.calm.tolist()),
            came=came,
            forestalled=forestalled,
            furthered=furthered,
            left_out=found.left_out,
        )

    def _struck(self, struck: Struck) -> Case:
        """The crisis as some shocks by name have left it."""
        with self._striking:
            if struck not in self._cases:
                scenario = self.case.scenario
                for shock in sorted(struck):
                    scenario = strike_shock(scenario, self.shocks[shock].id)
                scenario = replace(scenario, status_quo=self.case.scenario.status_quo)
                self._cases[struck] = self.case.changed(self.case.variant.changed(scenario))
            return self._cases[struck]
