"""The server: on this machine alone, under an address with a token that nobody can guess."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from detente.errors import DetenteError
from detente.web.app import application
from detente.web.bench import Bench
from detente.web.desk import Desk
from detente.web.safety import Guarded

LOOPBACK = "127.0.0.1"
HIGHEST = 65535


def serve(
    source: str,
    version: str,
    port: int,
    tell: Callable[[str], None],
    before_end: Callable[[Callable[[], None]], None],
) -> None:
    """Serve a crisis until the process is told to end.

    Parameters
    ----------
    source : name or path of a scenario.
    version : of detente.
    port : 0: any that is free.
    tell : told the address, once it can be asked.
    before_end : told what is to be done when a signal ends the process.

    Raises
    ------
    DetenteError
        For a port that is none, or is taken.
    """
    listening = _listening(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    bench = Bench(Desk(source), version)
    server = _Server(
        uvicorn.Config(
            Guarded(application(bench), port, token),
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=1,
            limit_concurrency=200,
            h11_max_incomplete_event_size=1 << 17,
        )
    )
    server.begun = lambda: tell(f"http://{LOOPBACK}:{port}/?token={token}")
    before_end(bench.end)
    bench.prepare()
    try:
        server.run(sockets=[listening])
    finally:
        bench.end()


class _Server(uvicorn.Server):
    """A server that says when it can be asked."""

    begun: Callable[[], None]

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the command line, which ends the process at once."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self.begun()


def _listening(port: int) -> socket.socket:
    if not 0 <= port <= HIGHEST:
        raise DetenteError(
            f"--port is {port}; a port lies between 1 and {HIGHEST}, and 0 takes any that is free."
        )
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, port))
    except OSError as error:
        made.close()
        raise DetenteError(
            f"port {port} cannot be used: {(error.strerror or str(error)).lower()}. Choose another with "
            "--port, or 0 for any that is free."
        ) from None
    return made
