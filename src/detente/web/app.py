"""The workbench: which address answers what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from detente.web import moving, pages, work
from detente.web.bench import Bench
from detente.web.drawing import drawn, sent
from detente.web.requested import AbsentError

ENTRANCE = "overview"


def application(bench: Bench) -> Starlette:
    """The application, without its guard."""
    routes = [
        Route("/", lambda request: RedirectResponse(f"/c/{bench.desk.own}/{ENTRANCE}", 303)),
        Route("/crises", _with(bench, pages.crises)),
        Route("/static/{name}", static),
        Route("/c/{name}/text", _with(bench, pages.text)),
        Route("/c/{name}/numbers", _with(bench, moving.numbers)),
        Route("/c/{name}/turning", _async(bench, moving.turning)),
        Route("/c/{name}/live", _async(bench, moving.live)),
        Route("/c/{name}/variant.yaml", _with(bench, moving.variant)),
        Route("/c/{name}/brief", _with(bench, pages.brief)),
        Route("/c/{name}/{word}", _with(bench, pages.question)),
        Route("/jobs/{key}", _with(bench, work.job)),
        Route("/jobs/{key}/page", _with(bench, work.job_page)),
        Route("/jobs/{key}/file", _with(bench, work.job_file)),
        Route("/jobs/{key}/json", _with(bench, work.job_json)),
        Route("/jobs/{key}/cancel", _with(bench, work.cancel), methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: missing, 405: missing, 500: broken})


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
