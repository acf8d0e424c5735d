"""Pages about a crisis: its questions with their answers, its brief, its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from detente import arguments, catalogue, library
from detente.briefing.bind import PARTS, WORDS
from detente.catalogue import Question
from detente.concepts import FORESIGHT
from detente.errors import DetenteError, UnknownNameError
from detente.formats.documents import ENDINGS
from detente.questions.assess.tell_foresight import BELIEVED
from detente.report import words
from detente.scenario.model import Scenario
from detente.web import sliders, tasks
from detente.web.bench import Bench
from detente.web.desk import Crisis, Read
from detente.web.drawing import address, carried, drawn
from detente.web.fields import fields, filled_in, plain
from detente.web.jobs import Job
from detente.web.requested import AbsentError, changes_in, read_of
from detente.what_if import Changes

SOON = 0.35  # seconds in which an answer comes with its page


def question(bench: Bench, request: Request) -> Response:
    """A question's page: its form, and its answer once there is one."""
    name, read = read_of(bench, request)
    try:
        row = catalogue.question(request.path_params["word"])
    except UnknownNameError:
        raise AbsentError from None
    if read.crisis is None:
        return _problems(bench, name, read)
    query, scenario = request.query_params, read.crisis.scenario
    return _worked_page(
        bench,
        request,
        "question",
        read.crisis,
        lambda crisis: _asked(bench, row, crisis, filled_in(row, query)),
        row=row,
        fields=fields(row, scenario, query),
        looks=_looks(scenario),
        switches=sliders.switches(scenario) if row.word == "assess" else (),
    )


def brief(bench: Bench, request: Request) -> Response:
    """A brief: what is to be in it, and the file once it is made."""
    name, read = read_of(bench, request)
    if read.crisis is None:
        return _problems(bench, name, read)
    query = request.query_params
    ending, one_page, chosen = query.get("form", ".pdf"), "one_page" in query, query.getlist("sections")
    offered = {
        one.name: one.offered for one in fields(catalogue.question("assess"), read.crisis.scenario, query)
    }

    def made(crisis: Crisis) -> Job | None:
        return _brief(bench, crisis, ending, one_page, chosen, query) if "make" in query else None

    return _worked_page(
        bench,
        request,
        "brief",
        read.crisis,
        made,
        ending=ending,
        endings=(".pdf", ".docx", ".html", ".md"),
        one_page=one_page,
        sections=[(part.word, part.title, part.usual) for part in PARTS],
        chosen=chosen,
        foresight=query.get("foresight", ""),
        concepts=offered["foresight"],
    )


def text(bench: Bench, request: Request) -> Response:
    """The text of a crisis, with its problems at their lines."""
    name, read = read_of(bench, request)
    if read.crisis is None:
        return _problems(bench, name, read)
    return _page(
        bench,
        request,
        "text",
        read.crisis,
        changes_in(request),
        told=(),
        lines=_lines(bench, name, read),
        problems=(),
    )


def crises(bench: Bench, request: Request) -> Response:
    """The crises on the desk."""
    read = [(name, bench.desk.read(name).crisis) for name in bench.desk.names]
    known = [(name, crisis and crisis.scenario) for name, crisis in read]
    return HTMLResponse(drawn("crises", title="Crises", crises=known, own=bench.desk.own))


def _asked(bench: Bench, row: Question, crisis: Crisis, given: dict[str, Any]) -> Job:
    values = arguments.read(row, given)
    key = (row.word, crisis.key, crisis.told, plain(values))
    return _soon(bench.jobs.job(key, tasks.answered, row.word, crisis.scenario, values, crisis.told))


def _brief(bench: Bench, crisis: Crisis, ending: str, one_page: bool, sections: list[str], query: Any) -> Job:
    if ending not in ENDINGS:
        raise UnknownNameError("form of a brief", ending, ENDINGS)
    for word in sections:
        if word not in WORDS:
            raise UnknownNameError("section", word, WORDS)
    assess = catalogue.question("assess")
    looks = {"foresight": query["foresight"]} if query.get("foresight") else {}
    given = {
        **arguments.read(assess, looks),
        "version": bench.version,
        "sections": (*sections, "method", "sources", "judgements") if sections else None,
        "changes": crisis.told,
    }
    key = ("brief", crisis.key, crisis.told, ending, one_page, plain(given))
    return _soon(bench.jobs.job(key, tasks.bound, crisis.scenario, ending, one_page, given))


def _soon(found: Job) -> Job:
    found.over.wait(SOON)
    return found


def _looks(scenario: Scenario) -> str:
    """By which foresight parties look ahead where nobody says otherwise."""
    used = {party.foresight or FORESIGHT for party in scenario.parties}
    if len(used) > 1:
        return "Each party by its own foresight"
    concept = used.pop()
    return (
        f"{words.capital(BELIEVED[concept])} ({words.concept(concept)})"
        if concept in BELIEVED
        else words.concept(concept)
    )


def _worked_page(
    bench: Bench,
    request: Request,
    template: str,
    crisis: Crisis,
    work: Callable[[Crisis], Job | None],
    **given: Any,
) -> Response:
    """A page with work on the crisis as it is changed, or with what stands against that."""
    changes = changes_in(request)
    given |= {"told": (), "job": None, "error": ""}
    status = 200
    try:
        changed = bench.desk.variant(crisis, changes)
        given["told"] = changed.told
        given["job"] = work(changed)
    except DetenteError as error:
        given["error"], status = str(error), 422
    return _page(bench, request, template, crisis, changes, status, **given)


def _page(
    bench: Bench,
    request: Request,
    template: str,
    crisis: Crisis,
    changes: Changes,
    status: int = 200,
    **given: Any,
) -> Response:
    name = request.path_params["name"]
    here = request.path_params.get("word", template)
    html = drawn(
        template,
        title=crisis.scenario.title or crisis.scenario.id,
        name=name,
        here=here,
        link=lambda word: address(f"/c/{name}/{word}", changes),
        bare=lambda word: f"/c/{name}/{word}",
        carried=carried(changes),
        scenario=crisis.scenario,
        version=bench.version,
        hash=crisis.key.split()[-1],
        many=len(library.builtin()),
        **given,
    )
    return HTMLResponse(html, status, headers={"cache-control": "no-store"})


def _problems(bench: Bench, name: str, read: Read) -> Response:
    html = drawn(
        "problems",
        title=name,
        name=name,
        error=read.error,
        problems=read.problems,
        lines=_lines(bench, name, read),
    )
    return HTMLResponse(html, 422, headers={"cache-control": "no-store"})


def _lines(bench: Bench, name: str, read: Read) -> list[tuple[int, str, list[str]]]:
    """Every line of a crisis with its number and what is wrong with it."""
    wrong: dict[int, list[str]] = {}
    for problem in read.problems:
        wrong.setdefault(problem.place.line, []).append(f"{problem.what} {problem.hint}".strip())
    text = bench.desk.text(name)
    return [(number, line, wrong.get(number, [])) for number, line in enumerate(text.splitlines(), 1)]
