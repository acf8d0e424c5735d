"""What a request names: a crisis on the desk, changes of it, some work."""

from __future__ import annotations

from starlette.requests import Request

from detente.web.bench import Bench
from detente.web.desk import Crisis, Read, changes_of
from detente.web.drawing import WHAT_IF
from detente.web.jobs import Job
from detente.what_if import Changes


class AbsentError(Exception):
    """There is nothing under an address."""


def read_of(bench: Bench, request: Request) -> tuple[str, Read]:
    """The name in an address, and the crisis that goes by it."""
    name = request.path_params["name"]
    try:
        return name, bench.desk.read(name)
    except KeyError:
        raise AbsentError from None


def crisis_of(bench: Bench, request: Request) -> tuple[Crisis, Changes]:
    """A crisis that can be looked at, and the changes that the address carries."""
    _, read = read_of(bench, request)
    if read.crisis is None:
        raise AbsentError
    return read.crisis, changes_in(request)


def changes_in(request: Request) -> Changes:
    """The changes that an address carries."""
    sets, opens, closes, starts = (request.query_params.getlist(name) for name in WHAT_IF)
    return changes_of(sets, opens, closes, starts)


def job_of(bench: Bench, request: Request) -> Job:
    """The work that an address names."""
    found = bench.jobs.find(request.path_params["key"])
    if found is None:
        raise AbsentError
    return found
