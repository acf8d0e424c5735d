"""Work under way: how far it is, what came of it, and an end to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from detente.web.bench import Bench
from detente.web.requested import AbsentError, job_of


def job(bench: Bench, request: Request) -> Response:
    """How far some work is."""
    found = job_of(bench, request)
    told = {"state": found.state, "what": found.what, "share": found.share}
    return JSONResponse(told | ({"error": found.result} if found.state == "failed" else {}))


def job_page(bench: Bench, request: Request) -> Response:
    """The answer that a job found, as a part of a page."""
    found = job_of(bench, request)
    if found.state != "done":
        raise AbsentError
    return HTMLResponse(found.result[1])


def job_json(bench: Bench, request: Request) -> Response:
    """The answer that a job found, as JSON."""
    found = job_of(bench, request)
    if found.state != "done" or len(found.result) != 3:
        raise AbsentError
    return Response(found.result[2], media_type="application/json")


def job_file(bench: Bench, request: Request) -> Response:
    """The file that a job made."""
    found = job_of(bench, request)
    if found.state != "done" or len(found.result) != 2:
        raise AbsentError
    ending, content = found.result
    headers = {"content-disposition": f'attachment; filename="brief{ending}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def cancel(bench: Bench, request: Request) -> Response:
    """End some work."""
    found = job_of(bench, request)
    bench.jobs.cancel(found)
    return JSONResponse({"state": found.state})
