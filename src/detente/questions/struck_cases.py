"""A crisis as its shocks leave it, worked out once for whoever asks."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from detente.play.case import Case
from detente.play.shocks import Shock, chanced
from detente.play.turns import Struck
from detente.scenario.change import strike_shock


class StruckCases:
    """A case with its shocks that have a hazard; several threads may ask at once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.shocks: tuple[Shock, ...] = chanced(case.scenario, case.free.graph)
        self._cases: dict[Struck, Case] = {frozenset(): case}
        self._striking = Lock()

    def after(self, struck: Struck) -> Case:
        """The crisis as some shocks by name (by index) have left it; its status quo is what it was."""
        with self._striking:
            if struck not in self._cases:
                scenario = self.case.scenario
                for shock in sorted(struck):
                    scenario = strike_shock(scenario, self.shocks[shock].id)
                scenario = replace(scenario, status_quo=self.case.scenario.status_quo)
                self._cases[struck] = self.case.changed(self.case.variant.changed(scenario))
            return self._cases[struck]
