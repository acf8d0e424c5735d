"""How strategies fare with the clock running: the shocks of the scenario, and the worlds that they leave."""

from __future__ import annotations

from detente.errors import RefusedError
from detente.play.case import Case
from detente.play.stages import Stage
from detente.play.timed import timed
from detente.play.turns import Struck
from detente.questions.assess.answer import TimedSeen
from detente.questions.named import option_named
from detente.questions.struck_cases import StruckCases
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
        self._struck = StruckCases(case)
        self.shocks = self._struck.shocks

    def seen(self, strategy: Strategy) -> TimedSeen:
        """How a strategy fares, round by round."""
        case, shocks = self.case, [shock.id for shock in self.shocks]

        def stages(struck: Struck) -> tuple[Stage, ...]:
            return tuple(self._struck.after(struck).stage(stage) for stage in strategy.stages)

        found = timed(stages, self.shocks, case.free.graph, case.start, self.aim, self.rounds)
        upsets = [*shocks, *(option_named(case.scenario, axis) for axis in found.lapsing)]
        return TimedSeen(
            success=tuple(found.success.tolist()),
            calm=tuple(found.calm.tolist()),
            came=dict(zip(shocks, found.came.tolist(), strict=True)),
            forestalled=dict(zip(upsets, found.forestalled.tolist(), strict=True)),
            furthered=dict(zip(upsets, found.furthered.tolist(), strict=True)),
            left_out=found.left_out,
        )
