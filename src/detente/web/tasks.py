"""What workers are asked for: an answer as a page, a brief as a file, the strategies judged anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any

from detente.ask import ask, tells_progress
from detente.catalogue import question, resolve
from detente.live import Live, Standing
from detente.scenario.model import Scenario
from detente.web.worker import Asked

KEPT = 3  # crises that are kept ready to be moved

_held: dict[str, Scenario] = {}
_ready: OrderedDict[str, Live] = OrderedDict()
_turn = Lock()


def answered(
    asked: Asked, word: str, scenario: Scenario, values: Mapping[str, Any], told: tuple[str, ...]
) -> Any:
    """A question's answer, drawn: its title, the page as HTML, and its JSON."""
    from detente.formats import html
    from detente.rendering import page_of

    def tell(what: str, share: float) -> None:
        asked.tell((what, share))

    row = question(word)
    answer = replace(ask(word, scenario, tell if tells_progress(row) else None, **values), changes=told)
    page = page_of(answer)
    return page.title, html.body(page), answer.to_json()


def bound(
    asked: Asked, scenario: Scenario, ending: str, one_page: bool, given: Mapping[str, Any]
) -> tuple[str, bytes]:
    """A brief as a file: its ending, and what is in it."""
    from pathlib import Path

    from detente.briefing.bind import brief
    from detente.formats.documents import of_file

    form = of_file(Path(f"brief{ending}"))
    made = brief(scenario, progress=lambda what, share: asked.tell((what, share)), **given)
    return ending, form.draw(made, one_page)


def judged(
    asked: Asked,
    key: str,
    values: Mapping[str, float],
    foresight: str | None,
    first: str,
) -> None:
    """Every strategy with some numbers moved, told as it comes; ends early when nobody wants it."""
    for standing in _live(key).standings(values, foresight, first, asked.unwanted.is_set):
        asked.tell(standing)


def turning(asked: Asked, scenario: Scenario) -> tuple[str, ...]:
    """The numbers that change a verdict within their spread."""
    return Live(scenario).turning()


def prepared(asked: Asked, key: str, foresight: str | None) -> None:
    """Load and compile what the first verdicts need, before anybody asks for them."""
    next(_live(key).standings({}, foresight), None)


def loaded(asked: Asked) -> None:
    """Load what draws and answers, before anybody asks."""
    resolve(question("assess").function)
    from detente.formats import charts  # noqa: F401


def hold(asked: Asked, key: str, scenario: Scenario) -> None:
    """Keep a crisis, so that later tasks need only name it."""
    _held[key] = scenario


def _live(key: str) -> Live:
    """A crisis kept ready."""
    with _turn:
        if key not in _ready:
            _ready[key] = Live(_held[key])
        _ready.move_to_end(key)
        while len(_ready) > KEPT:
            _ready.popitem(last=False)
        return _ready[key]


def plain(standing: Standing) -> dict[str, Any]:
    """A standing as JSON data."""
    return {
        "strategy": standing.strategy,
        "title": standing.title,
        "success": standing.success,
        "lasting": standing.lasting,
    }
