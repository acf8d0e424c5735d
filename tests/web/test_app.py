"""The workbench as a browser meets it: `detente.web.app`, asked of a real server (`detente.web.serve`)."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from detente import library
from detente.ask import ask
from detente.catalogue import QUESTIONS
from detente.formats import html
from detente.rendering import page_of
from detente.scenario.load import loads
from detente.scenario.starter import starter
from detente.web.fields import fields
from web.served import CRISES, FERRY, RIDGE, Served, served

HOSTILE = "<img src=x onerror=alert(1)>"


class Elements(HTMLParser):
    """What stands in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    return Elements(text).seen


def test_the_address_alone_is_printed_and_leads_to_the_crisis(bench: Served) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", bench.address)
    page = bench.client.get("/")
    assert page.url.path == "/c/ferry/overview"
    assert "<title>What is in this scenario? – A ferry · detente</title>" in page.text


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.word)
def test_every_question_has_a_page_with_a_field_for_each_parameter(bench: Served, row) -> None:  # type: ignore[no-untyped-def]
    page = bench.client.get(f"/c/ferry/{row.word}")
    assert page.status_code == 200
    seen = elements(page.text)
    named = {attrs.get("name") for tag, attrs in seen if tag in ("input", "select")}
    wanted = {each.keyword for each in row.parameters if not each.names_a_file}
    assert wanted <= named
    assert not {each.keyword for each in row.parameters if each.names_a_file} & named
    assert [tag for tag, _ in seen].count("h1") == 1
    assert ("main", {"id": "main", "tabindex": "-1"}) in seen
    links = [attrs["href"] for tag, attrs in seen if tag == "a" and attrs.get("aria-current") == "page"]
    assert links == [f"/c/ferry/{row.word}"]


def test_nothing_on_any_page_comes_from_elsewhere_or_is_written_inline(bench: Served) -> None:
    for path in ("/c/ferry/overview", "/c/ferry/assess", "/c/ferry/brief", "/c/ferry/text", "/crises"):
        for tag, attrs in elements(bench.client.get(path).text):
            assert "style" not in attrs
            assert not any(name.startswith("on") for name in attrs)
            assert tag != "style"
            if tag == "script":
                assert (attrs.get("src") or "").startswith("/static/")
            for name in ("src", "href", "action"):
                assert not (attrs.get(name) or "").startswith(("http:", "https:", "//"))


def test_an_answer_is_the_page_that_every_other_format_draws(bench: Served) -> None:
    told = bench.job("/c/ferry/roadmap?foresight=seq")
    page = bench.client.get("/c/ferry/roadmap?foresight=seq").text
    assert told["state"] == "done"
    assert html.body(page_of(ask("roadmap", library.open(FERRY), foresight="seq"))) in page


def test_what_is_changed_is_said_on_every_page_and_carried_on(bench: Served) -> None:
    query = "sets=interests.N.stone.weight%3D5"
    bench.job(f"/c/ferry/why?{query}")
    page = bench.client.get(f"/c/ferry/why?{query}").text
    assert "interests.N.stone.weight = 5 (was 1)" in page
    assert f'href="/c/ferry/roadmap?{query}"' in page
    assert ("input", {"type": "hidden", "name": "sets", "value": "interests.N.stone.weight=5"}) in elements(
        page
    )


def test_a_variant_is_saved_as_a_scenario(bench: Served) -> None:
    answer = bench.client.get("/c/ferry/variant.yaml?sets=interests.N.stone.weight%3D5&called=stones!/..")
    assert answer.headers["content-disposition"] == 'attachment; filename="stones.yaml"'
    wanted = library.open(FERRY).with_value("interests.N.stone.weight", 5)
    assert loads(answer.text) == wanted
    assert answer.text.startswith("# A variant of ferry:\n# interests.N.stone.weight = 5 (was 1)\n")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("foresight=seqq", "Did you mean &#39;seq&#39;"),
        ("worlds=many", "&#39;many&#39; is no whole number"),
        ("sets=interests.N.stone.wieght%3D5", "Did you mean &#39;interests.N.stone.weight&#39;"),
        ("sets=interests.N.stone.weight%3Da+lot", "interests.N.stone.weight"),
        ("starts=N.pier%3Dmaybe", "no level"),
        ("sets=%00", "--set"),
    ],
)
def test_what_cannot_be_asked_is_told_beside_the_form(bench: Served, query: str, told: str) -> None:
    page = bench.client.get(f"/c/ferry/assess?{query}")
    job = page.text.partition('data-job="')[2].partition('"')[0]
    for _ in range(300 if job else 0):
        if bench.client.get(f"/jobs/{job}").json()["state"] == "failed":
            page = bench.client.get(f"/c/ferry/assess?{query}")
            break
        time.sleep(0.1)
    assert page.status_code in (200, 422)
    assert told in page.text
    assert "Ask it otherwise" in page.text


def test_what_a_crisis_cannot_be_asked_is_told_as_its_answer(bench: Served) -> None:
    told = bench.job("/c/ferry/venues")
    assert told["state"] in ("failed", "done")
    assert "the scenario has no venues to compare" in bench.client.get("/c/ferry/venues").text


@pytest.mark.parametrize(
    "path", ["/c/nowhere/assess", "/c/ferry/asess", "/jobs/0", "/jobs/0/page", "/static/x.css"]
)
def test_what_is_not_there_is_told_plainly(bench: Served, path: str) -> None:
    page = bench.client.get(path)
    assert page.status_code == 404
    assert "Traceback" not in page.text


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("foresight", ["seq", ""])
def test_strategies_are_judged_anew_with_a_number_moved(foresight: str) -> None:
    with served(RIDGE) as bench:
        address = next(a for a in library.open(RIDGE).addresses() if a.endswith(".weight"))
        for value in ("1", "9"):
            query = {"sets": f"{address}={value}", "foresight": foresight}
            told = lines(bench.client.get("/c/ridge/live", params=query).text)
            changed = library.open(RIDGE).with_value(address, value)
            answer = ask("assess", changed, **({"foresight": foresight} if foresight else {}))
            wanted = {row["strategy"]: row["success_quiet"] for row in answer.rows()}
            found = {row["strategy"]: row["success"]["quiet"] for row in told[:-1]}  # type: ignore[index]
            assert found == pytest.approx(wanted)
            assert told[-1] == {"done": True}
        wrong = lines(bench.client.get("/c/ridge/live", params={"sets": f"{address}=-1"}).text)
        assert "lies between 0 and inf" in str(wrong[-1]["error"])


def test_every_number_can_be_moved_and_says_what_it_is(bench: Served) -> None:
    shelves = bench.client.get("/c/ferry/numbers").json()
    told = {one["says"]: one for shelf in shelves for one in shelf["numbers"]}
    assert told["the weight of stone to North bank"]["value"] == 1
    assert all(one["low"] <= one["value"] <= one["high"] and one["step"] > 0 for one in told.values())
    assert shelves[0]["title"] == "The interests of North bank"


def test_a_scenario_with_problems_shows_them_at_their_lines_and_follows_the_file(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    text = starter("broken")
    file.write_text(text.replace("weight:", "wieght:", 1), "utf-8")
    line = next(n for n, each in enumerate(file.read_text("utf-8").splitlines(), 1) if "wieght" in each)
    with served(str(file)) as bench:
        page = bench.client.get("/")
        assert page.status_code == 422
        assert f'href="#line-{line}"' in page.text
        assert "Did you mean &#39;weight&#39;" in page.text
        time.sleep(0.02)
        file.write_text(text, "utf-8")
        assert bench.client.get("/").status_code == 200
        file.unlink()
        assert bench.client.get("/").status_code == 422


def test_markup_in_a_name_is_text_on_every_page(tmp_path: Path) -> None:
    file = tmp_path / "hostile.yaml"
    text = (CRISES / "ferry.yaml").read_text("utf-8")
    for told in ("A ferry", "North bank", "The landing", "A bridge", "The two banks", "crossing"):
        text = text.replace(told, f"'{HOSTILE}'", 1)
    file.write_text(text, "utf-8")
    with served(str(file)) as bench:
        for word in ("overview", "assess", "why", "roadmap"):
            bench.job(f"/c/hostile/{word}")
            assert HOSTILE not in bench.client.get(f"/c/hostile/{word}").text
        for path in ("/crises", "/c/hostile/text", "/c/hostile/brief", f"/c/hostile/assess?sets={HOSTILE}"):
            assert HOSTILE not in bench.client.get(path).text


def test_slow_work_tells_how_far_it_is_and_can_be_stopped() -> None:
    with served("korea-2017") as bench:
        page = bench.client.get("/c/korea-2017/venues")
        key = page.text.partition('data-job="')[2].partition('"')[0]
        assert key
        told = bench.client.post(f"/jobs/{key}/cancel", headers={"origin": bench.base}).json()
        assert told == {"state": "cancelled"}
        assert bench.job("/c/korea-2017/overview")["state"] == "done"  # others go on


def test_a_brief_is_made_and_taken(bench: Served) -> None:
    path = "/c/ferry/brief?make=1&form=.md&sections=why&foresight=seq"
    told = bench.job(path)
    key = told["key"] or re.search(r"/jobs/(\w+)/file", told["page"])[1]  # type: ignore[index]
    answer = bench.client.get(f"/jobs/{key}/file")
    assert answer.headers["content-disposition"] == 'attachment; filename="brief.md"'
    assert answer.text.startswith("# A ferry")
    assert bench.client.get("/c/ferry/brief?make=1&form=.exe").status_code == 422


def test_files_of_this_machine_are_never_named_by_a_page(bench: Served, tmp_path: Path) -> None:
    store = tmp_path / "worlds.db"
    bench.job(f"/c/ferry/sweep?store={store}&worlds=2")
    assert not store.exists()


def test_fields_are_made_from_the_row_alone() -> None:
    scenario = library.open(FERRY)

    class Query:
        def getlist(self, key: str) -> list[str]:
            return {"foresight": ["seq"], "rounds": ["7"]}.get(key, [])

    row = next(row for row in QUESTIONS if row.word == "durability")
    made = {field.name: field for field in fields(row, scenario, Query())}
    assert made["foresight"].control == "choice"
    assert made["foresight"].values == ("seq",)
    assert made["lag"].values == ("1",)
    assert made["rounds"].values == ("7",)
    assert made["outcome"].offered == ("bridge", "half", "never")
