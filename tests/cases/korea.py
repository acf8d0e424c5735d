"""How questions are asked of `korea-2017` where any answer will do, and the one by default takes minutes."""

from __future__ import annotations

from collections.abc import Mapping

from detente.catalogue import question

QUICKER: Mapping[str, Mapping[str, str]] = {
    "venues": {"strategy": "summit", "foresight": "seq"},
    "backtest": {"foresight": "nash"},
    "claims": {"claims": "W45"},
    "sweep": {"worlds": "4", "foresight": "nash", "workers": "1"},
    "robustness": {"worlds": "20", "foresight": "nash", "edges": "0", "workers": "1"},
}


def quicker(word: str) -> Mapping[str, str]:
    """What to ask a question besides."""
    return QUICKER.get(word, {})


def flags(word: str) -> list[str]:
    """The same at the command line."""
    known = {parameter.keyword: parameter.flag for parameter in question(word).parameters}
    return [part for name, value in quicker(word).items() for part in (known[name], value)]
