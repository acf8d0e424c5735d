"""Think through a crisis between several parties: which outcomes hold, which strategies work, and why.

>>> import detente as dt
>>> crisis = dt.load("prisoners")
>>> answer = dt.equilibria(crisis, concepts=("nash", "seq"))

Names are loaded when they are first used; `import detente` alone loads no numerical package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.ask import read_events
    from detente.comparing import compare
    from detente.errors import DetenteError, RefusedError, ScenarioError, TooLargeError, UnknownNameError
    from detente.library import builtin as scenarios
    from detente.library import open as load
    from detente.questions.assess.find import assess
    from detente.questions.backtest.find import backtest
    from detente.questions.claims.find import claims
    from detente.questions.contingency.find import contingency
    from detente.questions.durability.find import durability
    from detente.questions.equilibria.find import equilibria
    from detente.questions.fix.find import fix
    from detente.questions.overview.find import overview
    from detente.questions.pressure.find import pressure
    from detente.questions.relations.find import relations
    from detente.questions.roadmap.find import roadmap
    from detente.questions.robustness.find import robustness
    from detente.questions.sweep.find import sweep
    from detente.questions.venues.find import venues
    from detente.questions.why.find import why
    from detente.rendering import render, save_charts, show
    from detente.scenario.dump import dumps
    from detente.scenario.load import loads
    from detente.scenario.model import Scenario

__version__ = "0.1.0"

__all__ = [
    "DetenteError",
    "RefusedError",
    "Scenario",
    "ScenarioError",
    "TooLargeError",
    "UnknownNameError",
    "__version__",
    "assess",
    "backtest",
    "claims",
    "compare",
    "contingency",
    "dumps",
    "durability",
    "equilibria",
    "export",
    "fix",
    "load",
    "loads",
    "overview",
    "pressure",
    "read_events",
    "relations",
    "render",
    "roadmap",
    "robustness",
    "save_charts",
    "scenarios",
    "show",
    "sweep",
    "venues",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'detente' has no attribute '{name}'")
    from detente import ask, catalogue, rendering

    rendering.prepare_notebooks()
    asked = {row.word: row for row in catalogue.QUESTIONS}
    found = ask.asking(asked[name]) if name in asked else catalogue.resolve(catalogue.PUBLIC[name])
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
