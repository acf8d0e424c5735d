"""Who may ask the server: this machine's own browser, with the token, from a page of this server.

Whatever comes under another host name, without the token, or as a write from another page is refused before
anything looks at it. Every page goes out with a policy under which a browser runs and loads nothing but what
this server sends as a file.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST = 1 << 20  # bytes of a request
LONGEST = 1 << 16  # bytes of an address
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
NO_TOKEN = "This page needs the address that detente printed, with its token. Copy it from the terminal.\n"
FOREIGN_HOST = "This server answers only under the address that it printed.\n"
FOREIGN_PAGE = "This page may only be written to by itself.\n"
TOO_LARGE = "The request is larger than this server takes.\n"


class Guarded:
    """An application behind these rules.

    Parameters
    ----------
    app : the application.
    port : where the server listens on this machine.
    token : what a browser has to bring, in the address at first and then as a cookie.
    """

    def __init__(self, app: App, port: int, token: str) -> None:
        self.app, self.token = app, token
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self.cookie = f"detente-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
            await send(message)

        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST:
            await _refuse(told, 414, TOO_LARGE)
        elif headers.get(b"host", "") not in self.hosts:
            await _refuse(told, 403, FOREIGN_HOST)
        elif (given := self._in_address(scope)) is not None and self._right(given):
            await self._welcome(scope, told)
        elif not self._right(self._in_cookie(headers.get(b"cookie", ""))):
            await _refuse(told, 403, NO_TOKEN)
        elif scope["method"] not in ("GET", "HEAD") and not self._own_page(headers):
            await _refuse(told, 403, FOREIGN_PAGE)
        elif _size(headers.get(b"content-length", "0")) > LARGEST or b"transfer-encoding" in headers:
            await _refuse(told, 413, TOO_LARGE)
        else:
            await self.app(scope, receive, told)

    def _right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def _own_page(self, headers: dict[bytes, str]) -> bool:
        origin = headers.get(b"origin", "")
        return origin.removeprefix("http://") in self.hosts and origin.startswith("http://")

    def _in_address(self, scope: Scope) -> str | None:
        return dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")

    def _in_cookie(self, header: str) -> str:
        try:
            morsel = SimpleCookie(header).get(self.cookie)
        except CookieError:
            return ""
        return morsel.value if morsel is not None else ""

    async def _welcome(self, scope: Scope, send: Send) -> None:
        """Keep the token as a cookie, and go on under an address that can be shown to others."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if name != "token"])
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/\\")
        cookie = f"{self.cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"
        headers = [
            (b"location", f"{path}?{query}".rstrip("?").encode("latin-1")),
            (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _size(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else LARGEST + 1


async def _refuse(send: Send, status: int, told: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": told.encode()})
