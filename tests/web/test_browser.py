"""The workbench in a real browser: what somebody who moves a number sees, with the keyboard, small and dark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from detente import library
from detente.ask import ask
from detente.report import words
from web.browsing import MISSING, browser
from web.served import PATIENCE, RIDGE, Served, served

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "it is there")
SETTLED = "() => document.getElementById('standings').dataset.own !== undefined"
FOLLOWED = (
    "() => document.getElementById('standings').dataset.shown"
    " === new URLSearchParams(location.search).toString()"
)
READ = "() => document.querySelector('#sliders').getAttribute('aria-busy') === 'false'"


@pytest.fixture(scope="module")
def ridge() -> Iterator[Served]:
    with served(RIDGE) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@pytest.fixture
def page(ridge: Served, chromium: Any) -> Iterator[Any]:
    """A page that has the cookie; nothing may go wrong in it unseen, and nothing leave this machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    made, faults = context.new_page(), []
    made.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    made.on("pageerror", lambda fault: faults.append(str(fault)))
    made.on("request", lambda sent: None if sent.url.startswith(ridge.base) else faults.append(sent.url))
    made.set_default_timeout(1000 * PATIENCE)
    made.goto(ridge.address)
    yield made
    context.close()
    assert not faults


def opened(page: Any, ridge: Served, query: str = "") -> None:
    page.goto(f"{ridge.base}/c/ridge/assess{query}")
    page.wait_for_function(READ)
    page.wait_for_function(SETTLED)


def seq(page: Any) -> dict[str, str]:
    """What stands under SEQ for each strategy, without the change beside it."""
    rows = page.query_selector_all("#standings tbody tr")
    shown = ((row, row.query_selector(".seq").inner_text()) for row in rows)
    return {row.get_attribute("data-strategy"): re.split(r"[\s▲▼]", text.strip())[0] for row, text in shown}


def wanted(sets: dict[str, float]) -> dict[str, str]:
    scenario = library.open(RIDGE).with_values(sets)
    rows = ask("assess", scenario, foresight="seq").rows()
    return {str(row["strategy"]): words.probability(float(str(row["success_quiet"]))) for row in rows}


def deciding() -> tuple[str, float]:
    """A number of the crisis, and a value at which SEQ says something else."""
    scenario = library.open(RIDGE)
    base = wanted({})
    for address in scenario.addresses():
        if address.endswith(".weight"):
            for value in (0.0, 0.1, 10.0):
                if wanted({address: value}) != base:
                    return address, value
    raise AssertionError("no single weight decides this crisis")


def move(page: Any, address: str, value: float) -> None:
    """Type a number, as somebody would."""
    shelf = page.locator("#sliders > details", has=page.locator(".slider p", has_text=f"{address}:")).first
    if shelf.get_attribute("open") is None:
        shelf.locator("summary").click()
    box = shelf.locator(".slider", has_text=f"{address}:").first.locator("input[type=number]")
    box.fill(f"{value:g}")
    box.press("Enter")
    box.blur()
    page.wait_for_function(FOLLOWED)


def test_the_verdict_follows_a_number_the_address_carries_it_and_back_undoes_it(
    page: Any, ridge: Served
) -> None:
    address, value = deciding()
    opened(page, ridge)
    assert seq(page) == wanted({})
    move(page, address, value)
    assert seq(page) == wanted({address: value})
    assert f"{address}%3D{value:g}" in page.url
    assert page.query_selector("#standings .change.up, #standings .change.down") is not None
    assert "answer to the numbers as they were" in page.inner_text("#stale")
    page.click("#undo")
    page.wait_for_function("() => location.search === ''")
    page.wait_for_function(FOLLOWED)
    assert seq(page) == wanted({})
    page.go_forward()
    page.wait_for_function(
        "() => location.search !== '' && document.getElementById('standings').dataset.shown !== ''"
    )
    assert seq(page) == wanted({address: value})
    page.click("#reset")
    page.wait_for_function("() => location.search === ''")


def test_an_address_with_a_change_shows_it_wherever_it_is_opened(page: Any, ridge: Served) -> None:
    address, value = deciding()
    opened(page, ridge, f"?sets={address}%3D{value:g}")
    assert seq(page) == wanted({address: value})
    assert page.locator(".slider.moved").count() == 1
    assert f"{address} = {value:g}" in page.inner_text(".changed")
    page.wait_for_selector(".answer h2")
    assert page.get_attribute("#save", "href").startswith("/c/ridge/variant.yaml?sets=")


def test_somebody_without_a_mouse_gets_to_a_slider_and_moves_it(page: Any, ridge: Served) -> None:
    opened(page, ridge)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the answer"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.type") == "range":
            break
    before = page.evaluate("() => document.activeElement.value")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.value") != before
    page.wait_for_function("() => location.search.startsWith('?sets=')")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(ridge: Served, chromium: Any, width: int, theme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    made = context.new_page()
    made.goto(ridge.address)
    for path in ("overview", "assess", "why", "brief", "text"):
        made.goto(f"{ridge.base}/c/ridge/{path}")
        made.wait_for_timeout(300)
        assert made.evaluate("() => document.documentElement.scrollWidth") <= width
        ground = made.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (theme == "light")
    context.close()


@pytest.mark.parametrize("path", ["overview", "assess", "why", "roadmap", "brief", "text"])
def test_nothing_serious_stands_in_the_way_of_those_who_cannot_see(page: Any, ridge: Served, path: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.goto(f"{ridge.base}/c/ridge/{path}")
    page.wait_for_function("() => !document.querySelector('.working')")
    if path == "assess":
        page.wait_for_function(READ)
    found = json.loads(json.dumps(axe.Axe().run(page).response))
    serious = [
        (one["id"], node["html"][:300])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert not serious
