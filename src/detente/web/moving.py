"""What follows a slider: the numbers of a crisis, the strategies judged anew, the variant as a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from detente.errors import DetenteError
from detente.scenario.dump import dumps
from detente.web import sliders, tasks
from detente.web.bench import Bench
from detente.web.desk import Crisis
from detente.web.drawing import as_line, drawn
from detente.web.requested import crisis_of
from detente.web.worker import Kind, Worker

PATIENCE = 120  # seconds after which numbers are shown in the order of the document


def numbers(bench: Bench, request: Request) -> Response:
    """The sliders of a crisis."""
    crisis, _ = crisis_of(bench, request)
    return JSONResponse(sliders.shelves(crisis))


async def turning(bench: Bench, request: Request) -> Response:
    """The numbers that change a verdict within their spread."""
    crisis, _ = await run_in_threadpool(crisis_of, bench, request)
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
    bare, changes = crisis_of(bench, request)
    try:
        crisis = bench.desk.variant(bare, changes)
    except DetenteError as error:
        return HTMLResponse(drawn("message", title="No variant", told=str(error)), 422)
    name = "".join(each for each in request.query_params.get("called", "") if each.isalnum() or each in "-_")
    told = "".join(f"# {line}\n" for line in (f"A variant of {bare.scenario.id}:", *crisis.told))
    headers = {"content-disposition": f'attachment; filename="{name or "variant"}.yaml"'}
    return Response(told + dumps(crisis.scenario), media_type="application/yaml", headers=headers)


def _moved(bench: Bench, request: Request) -> tuple[Crisis, dict[str, float]]:
    """The crisis with all changes but those that only move a number, and these."""
    crisis, changes = crisis_of(bench, request)
    values, rest = sliders.without_numbers(crisis, changes)
    return bench.desk.variant(crisis, rest), values


def _heard(worker: Worker, task: Any, *given: Any) -> tuple[asyncio.Queue[tuple[Kind, Any]], int]:
    """What a worker says of a task, in this thread."""
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[tuple[Kind, Any]]()

    def hear(kind: Kind, content: Any) -> None:
        loop.call_soon_threadsafe(heard.put_nowait, (kind, content))

    return heard, worker.ask(task, *given, listener=hear)
