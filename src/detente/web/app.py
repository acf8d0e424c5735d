"""The workbench: which address answers what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

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
from detente.web.desk import Crisis, Desk, Read, changes_of
from detente.web.drawing import WHAT_IF, address, as_line, drawn, sent
from detente.web.fields import fields, filled_in, plain
from detente.web.jobs import Job, Jobs
from detente.web.worker import Kind, Worker
from detente.what_if import Changes

SOON = 0.35  # seconds in which an answer comes with its page
WORKERS = 2
PATIENCE = 120  # seconds after which numbers are shown in the order of the document
SLOWER = 10  # by how much work gives way to what answers at once
ENTRANCE = "overview"


@dataclass
class Bench:
    """Everything that the server keeps: crises, questions under way, and those kept ready to be moved."""

    desk: Desk
    version: str
    jobs: Jobs = field(default_factory=lambda: Jobs(WORKERS, SLOWER // 2))
    quick: Worker = field(default_factory=Worker)
    slow: Worker = field(default_factory=lambda: Worker(slower=SLOWER))
    _told: set[tuple[int, int, str]] = field(default_factory=set)

    def prepare(self) -> None:
        """Load what is needed first, while somebody looks at the first page."""
        self.jobs.warm(tasks.loaded)
        crisis = self.desk.read(self.desk.own).crisis
        if crisis is not None:
            for worker, concept in ((self.quick, "seq"), (self.slow, None)):
                key = self.hold(worker, crisis)
                worker.ask(tasks.prepared, key, concept, listener=lambda kind, content: None)

    def hold(self, worker: Worker, crisis: Crisis) -> str:
        """The key by which a worker knows a crisis, told once to each process."""
        worker.begin()
        told = (id(worker), worker.begun, crisis.key)
        if told not in self._told:
            self._told.add(told)
            worker.ask(tasks.hold, crisis.key, crisis.scenario, listener=lambda kind, content: None)
        return crisis.key

    def end(self) -> None:
        """End every process."""
        self.jobs.end()
        self.quick.end()
        self.slow.end()


def application(bench: Bench) -> Starlette:
    """The application, without its guard."""
    routes = [
        Route("/", lambda request: RedirectResponse(f"/c/{bench.desk.own}/{ENTRANCE}", 303)),
        Route("/crises", _with(bench, crises)),
        Route("/static/{name}", static),
        Route("/c/{name}/text", _with(bench, text)),
        Route("/c/{name}/numbers", _with(bench, numbers)),
        Route("/c/{name}/turning", _async(bench, turning)),
        Route("/c/{name}/live", _async(bench, live)),
        Route("/c/{name}/variant.yaml", _with(bench, variant)),
        Route("/c/{name}/brief", _with(bench, brief)),
        Route("/c/{name}/{word}", _with(bench, question)),
        Route("/jobs/{key}", _with(bench, job)),
        Route("/jobs/{key}/page", _with(bench, job_page)),
        Route("/jobs/{key}/file", _with(bench, job_file)),
        Route("/jobs/{key}/json", _with(bench, job_json)),
        Route("/jobs/{key}/cancel", _with(bench, cancel), methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: missing, 405: missing, 500: broken})


class AbsentError(Exception):
    """There is nothing under an address."""


def _with(bench: Bench, view: Callable[[Bench, Request], Response]) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            return view(bench, request)
        except AbsentError:
            return missing(request)

    return answer


def _async(bench: Bench, view: Callable[[Bench, Request], Any]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            found: Response = await view(bench, request)
        except AbsentError:
            return missing(request)
        return found

    return answer


def question(bench: Bench, request: Request) -> Response:
    """A question's page: its form, and its answer once there is one."""
    name, read = _read(bench, request)
    try:
        row = catalogue.question(request.path_params["word"])
    except UnknownNameError:
        raise AbsentError from None
    if read.crisis is None:
        return _problems(bench, name, read)
    changes = _changes(request)
    given: dict[str, Any] = {
        "row": row,
        "fields": fields(row, read.crisis.scenario, request.query_params),
        "told": (),
        "job": None,
        "error": "",
        "looks": _looks(read.crisis.scenario),
        "switches": sliders.switches(read.crisis.scenario) if row.word == "assess" else (),
    }
    status = 200
    try:
        crisis = bench.desk.variant(read.crisis, changes)
        given["told"] = crisis.told
        given["job"] = _asked(bench, row, crisis, filled_in(row, request.query_params))
    except DetenteError as error:
        given["error"], status = str(error), 422
    return _page(bench, request, "question", read.crisis, changes, status, **given)


def brief(bench: Bench, request: Request) -> Response:
    """A brief: what is to be in it, and the file once it is made."""
    name, read = _read(bench, request)
    if read.crisis is None:
        return _problems(bench, name, read)
    query, changes = request.query_params, _changes(request)
    ending = query.get("form", ".pdf")
    given: dict[str, Any] = {
        "told": (),
        "job": None,
        "error": "",
        "ending": ending,
        "endings": (".pdf", ".docx", ".html", ".md"),
        "one_page": "one_page" in query,
        "sections": [(part.word, part.title, part.usual) for part in PARTS],
        "chosen": query.getlist("sections"),
        "foresight": query.get("foresight", ""),
        "concepts": fields(catalogue.question("assess"), read.crisis.scenario, query)[1].offered,
    }
    status = 200
    try:
        crisis = bench.desk.variant(read.crisis, changes)
        given["told"] = crisis.told
        if "make" in query:
            given["job"] = _brief(bench, crisis, ending, "one_page" in query, query.getlist("sections"), query)
    except DetenteError as error:
        given["error"], status = str(error), 422
    return _page(bench, request, "brief", read.crisis, changes, status, **given)


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


def text(bench: Bench, request: Request) -> Response:
    """The text of a crisis, with its problems at their lines."""
    name, read = _read(bench, request)
    if read.crisis is None:
        return _problems(bench, name, read)
    return _page(
        bench,
        request,
        "text",
        read.crisis,
        _changes(request),
        told=(),
        lines=_lines(bench, name, read),
        problems=(),
    )


def crises(bench: Bench, request: Request) -> Response:
    """The crises on the desk."""
    read = [(name, bench.desk.read(name).crisis) for name in bench.desk.names]
    known = [(name, crisis and crisis.scenario) for name, crisis in read]
    return HTMLResponse(drawn("crises", title="Crises", crises=known, own=bench.desk.own))


def numbers(bench: Bench, request: Request) -> Response:
    """The sliders of a crisis."""
    crisis, _ = _crisis(bench, request)
    return JSONResponse(sliders.shelves(crisis))


async def turning(bench: Bench, request: Request) -> Response:
    """The numbers that change a verdict within their spread."""
    crisis, _ = await run_in_threadpool(_crisis, bench, request)
    found = bench.jobs.job(("turning", crisis.key), tasks.turning, crisis.scenario)
    await run_in_threadpool(found.over.wait, PATIENCE)
    return JSONResponse({"addresses": found.result if found.state == "done" else ()})


async def live(bench: Bench, request: Request) -> Response:
    """The strategies judged anew, a line of JSON for each as it comes."""
    query = request.query_params
    foresight = query.get("foresight") or None
    try:
        crisis, values = await run_in_threadpool(_moved, bench, request)
    except DetenteError as error:
        return Response(as_line({"error": str(error)}), media_type="application/x-ndjson")
    worker = bench.quick if foresight == "seq" else bench.slow
    asked = (bench.hold(worker, crisis), values, foresight, query.get("first", ""))

    async def lines() -> AsyncIterator[bytes]:
        heard, number = _heard(worker, tasks.judged, *asked)
        try:
            while True:
                kind, content = await heard.get()
                if kind == "part":
                    yield as_line(tasks.plain(content))
                else:
                    yield as_line({"done": True} if kind == "done" else {"error": content})
                    return
        finally:
            worker.drop(number)

    return StreamingResponse(lines(), media_type="application/x-ndjson")


def variant(bench: Bench, request: Request) -> Response:
    """The crisis with its changes as a scenario of its own, which `detente compare` reads."""
    from detente.scenario.dump import dumps

    bare, changes = _crisis(bench, request)
    try:
        crisis = bench.desk.variant(bare, changes)
    except DetenteError as error:
        return HTMLResponse(drawn("message", title="No variant", told=str(error)), 422)
    name = "".join(each for each in request.query_params.get("called", "") if each.isalnum() or each in "-_")
    told = "".join(f"# {line}\n" for line in (f"A variant of {bare.scenario.id}:", *crisis.told))
    headers = {"content-disposition": f'attachment; filename="{name or "variant"}.yaml"'}
    return Response(told + dumps(crisis.scenario), media_type="application/yaml", headers=headers)


def job(bench: Bench, request: Request) -> Response:
    """How far some work is."""
    found = _job(bench, request)
    told = {"state": found.state, "what": found.what, "share": found.share}
    return JSONResponse(told | ({"error": found.result} if found.state == "failed" else {}))


def job_page(bench: Bench, request: Request) -> Response:
    """The answer that a job found, as a part of a page."""
    found = _job(bench, request)
    if found.state != "done":
        raise AbsentError
    return HTMLResponse(found.result[1])


def job_json(bench: Bench, request: Request) -> Response:
    """The answer that a job found, as JSON."""
    found = _job(bench, request)
    if found.state != "done" or len(found.result) != 3:
        raise AbsentError
    return Response(found.result[2], media_type="application/json")


def job_file(bench: Bench, request: Request) -> Response:
    """The file that a job made."""
    found = _job(bench, request)
    if found.state != "done" or len(found.result) != 2:
        raise AbsentError
    ending, content = found.result
    headers = {"content-disposition": f'attachment; filename="brief{ending}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def cancel(bench: Bench, request: Request) -> Response:
    """End some work."""
    found = _job(bench, request)
    bench.jobs.cancel(found)
    return JSONResponse({"state": found.state})


def static(request: Request) -> Response:
    """A file that pages load."""
    found = sent().get(request.path_params["name"])
    if found is None:
        return missing(request)
    content, kind = found
    return Response(content, media_type=kind, headers={"cache-control": "no-cache"})


def missing(request: Request, error: Exception | None = None) -> Response:
    """Nothing is under an address."""
    told = "There is nothing under this address. The crises are on the first page."
    return HTMLResponse(drawn("message", title="Not found", told=told), 404)


def broken(request: Request, error: Exception) -> Response:
    """A fault of the program, told as one."""
    told = f"This is a fault in detente, please report it: {type(error).__name__}: {error}"
    return HTMLResponse(drawn("message", title="A fault", told=told), 500)


def _asked(bench: Bench, row: Question, crisis: Crisis, given: dict[str, Any]) -> Job:
    values = arguments.read(row, given)
    key = (row.word, crisis.key, crisis.told, plain(values))
    return _soon(bench.jobs.job(key, tasks.answered, row.word, crisis.scenario, values, crisis.told))


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


def _soon(found: Job) -> Job:
    found.over.wait(SOON)
    return found


def _read(bench: Bench, request: Request) -> tuple[str, Read]:
    name = request.path_params["name"]
    try:
        return name, bench.desk.read(name)
    except KeyError:
        raise AbsentError from None


def _crisis(bench: Bench, request: Request) -> tuple[Crisis, Changes]:
    _, read = _read(bench, request)
    if read.crisis is None:
        raise AbsentError
    return read.crisis, _changes(request)


def _moved(bench: Bench, request: Request) -> tuple[Crisis, dict[str, float]]:
    """The crisis with all changes but those that only move a number, and these."""
    crisis, changes = _crisis(bench, request)
    values, rest = sliders.without_numbers(crisis, changes)
    return bench.desk.variant(crisis, rest), values


def _changes(request: Request) -> Changes:
    sets, opens, closes, starts = (request.query_params.getlist(name) for name in WHAT_IF)
    return changes_of(sets, opens, closes, starts)


def _job(bench: Bench, request: Request) -> Job:
    found = bench.jobs.find(request.path_params["key"])
    if found is None:
        raise AbsentError
    return found


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
    carried = [
        (kind, each)
        for kind, texts in zip(
            WHAT_IF, (changes.values, changes.tables, changes.channels, changes.starts), strict=True
        )
        for each in texts
    ]
    html = drawn(
        template,
        title=crisis.scenario.title or crisis.scenario.id,
        name=name,
        here=here,
        link=lambda word: address(f"/c/{name}/{word}", changes),
        bare=lambda word: f"/c/{name}/{word}",
        carried=carried,
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


def _heard(worker: Worker, task: Any, *given: Any) -> tuple[asyncio.Queue[tuple[Kind, Any]], int]:
    """What a worker says of a task, in this thread."""
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[tuple[Kind, Any]]()

    def hear(kind: Kind, content: Any) -> None:
        loop.call_soon_threadsafe(heard.put_nowait, (kind, content))

    return heard, worker.ask(task, *given, listener=hear)
