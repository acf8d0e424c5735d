"""What the server refuses, asked of the real one over the network of this machine."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from detente.web.safety import HEADERS, LARGEST, POLICY, Guarded, Message
from web.served import Served

TRAVERSALS = [
    f"{root}{step * count}{target}"
    for root in ("/static/", "/c/", "/jobs/", "/")
    for step in ("../", "..%2f", "%2e%2e/", "..\\", "..%5c", "....//", "%252e%252e%252f", "..%c0%af")
    for count in (1, 6)
    for target in ("etc/passwd", "detente/errors.py")
]


def raw(bench: Served, request: str) -> bytes:
    """Send bytes as they are, which no client would."""
    place = urlsplit(bench.base)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as line:
        line.sendall(request.encode("latin-1"))
        answer = b""
        while part := line.recv(65536):
            answer += part
            if b"\r\n\r\n" in answer:
                break
        return answer


def test_without_the_token_nothing_is_told(bench: Served) -> None:
    for path in ("/", "/c/ferry/overview", "/static/bench.css", "/jobs/0", "/?token=wrong", "/c/ferry/live"):
        with httpx.Client(base_url=bench.base) as stranger:
            answer = stranger.get(path)
            assert answer.status_code == 403
            assert "needs the address that detente printed" in answer.text
            assert bench.token not in answer.text


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address(bench: Served) -> None:
    with httpx.Client(base_url=bench.base) as client:
        answer = client.get(f"/c/ferry/why?token={bench.token}&subject=bridge")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/c/ferry/why?subject=bridge"
        cookie = answer.headers["set-cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/"))
        assert client.get("/c/ferry/overview").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example"])
def test_the_way_on_after_the_token_never_leaves_the_server(bench: Served, path: str) -> None:
    host = urlsplit(bench.base).netloc
    answer = raw(bench, f"GET {path}?token={bench.token} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    location = next(line for line in answer.split(b"\r\n") if line.lower().startswith(b"location:"))
    assert location.split(b" ")[1].startswith(b"/evil.example")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""]
)
def test_a_foreign_host_is_refused_even_with_the_token(bench: Served, host: str) -> None:
    port = urlsplit(bench.base).port
    answer = bench.client.get("/", headers={"host": host.format(port=port)})
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1"]
)
def test_a_write_from_another_page_is_refused(bench: Served, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": origin}
    answer = bench.client.post("/jobs/0/cancel", headers=headers)
    assert answer.status_code == 403
    assert bench.client.post("/jobs/0/cancel", headers={"origin": bench.base}).status_code == 404


def test_every_answer_carries_the_policy(bench: Served) -> None:
    assert "unsafe" not in POLICY
    for path in ("/c/ferry/overview", "/static/bench.js", "/nothing", "/crises"):
        answer = bench.client.get(path)
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode()


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(bench: Served, path: str) -> None:
    host = urlsplit(bench.base).netloc
    cookie = "; ".join(f"{name}={value}" for name, value in bench.client.cookies.items())
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    answer = raw(bench, request)
    assert answer.split(b" ")[1] in (b"404", b"400", b"303", b"307")
    assert b"root:" not in answer
    assert b"DetenteError" not in answer


def test_a_request_that_is_too_large_is_refused(bench: Served) -> None:
    own = {"origin": bench.base}
    assert bench.client.post("/jobs/0/cancel", content=b"x" * (LARGEST + 1), headers=own).status_code == 413
    host = urlsplit(bench.base).netloc
    for size in (66_000, 300_000):
        told = raw(bench, f"GET /?sets={'x' * size} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        assert told.split(b" ")[1] in (b"400", b"414", b"431")


def test_it_listens_on_this_machine_alone(bench: Served) -> None:
    assert urlsplit(bench.base).hostname == "127.0.0.1"
    port = urlsplit(bench.base).port or 0
    for other in {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}:
        if not str(other).startswith("127."):
            with socket.socket() as line:
                line.settimeout(2)
                assert line.connect_ex((str(other), port)) != 0


def test_what_is_refused_never_reaches_the_application() -> None:
    async def untouched(scope: object, receive: object, send: object) -> None:
        raise AssertionError("this was to be refused")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {}

    scope = {
        "type": "http",
        "method": "GET",
        "raw_path": b"/",
        "query_string": b"",
        "headers": [(b"host", b"x")],
    }
    asyncio.run(Guarded(untouched, 80, "secret")(scope, receive, send))
    assert sent[0]["status"] == 403
