"""`detente serve` as a user meets it, where it does not serve."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from cli.test_commands import detente
from detente.cli import bench


def test_without_its_libraries_it_says_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "find_spec", lambda name: None)
    done = detente("serve")
    assert (done.code, done.out) == (2, "")
    assert (
        "needs starlette, uvicorn, jinja2; nothing was served. Install with: pip install 'detente[web]'"
        in done.err
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.yaml",), "no scenario file or built-in scenario called 'nowhere.yaml'"),
        (("--port", "http"), "--port: 'http' is no whole number"),
        (("--port", "65536"), "a port lies between 1 and 65535"),
        (("-",), "name one instead of -"),
    ],
)
def test_what_cannot_be_served_is_refused_at_once(arguments: tuple[str, ...], told: str) -> None:
    done = detente("serve", *arguments, "--no-browser")
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = detente("serve", "--port", str(port), "--no-browser")
    assert done.code == 2
    assert f"port {port} cannot be used: address already in use. Choose another with --port" in done.err


def test_the_command_line_loads_no_server() -> None:
    heavy = "{'starlette', 'uvicorn', 'jinja2', 'typst', 'docx'}"
    code = f"import sys, detente.cli.main; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
