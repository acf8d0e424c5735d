"""A workbench in a process of its own, and a browser's part in talking to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

CRISES = Path(__file__).resolve().parents[1] / "crises"
PATIENCE = 300.0  # seconds of a busy machine in which something must have come
FERRY, RIDGE = str(CRISES / "ferry.yaml"), str(CRISES / "ridge.yaml")


@dataclass
class Served:
    """A server that runs: its address with the token, and a client that has the cookie already."""

    address: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def base(self) -> str:
        """The address without a path."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def token(self) -> str:
        """What a browser has to bring."""
        return parse_qs(urlsplit(self.address).query)["token"][0]

    def job(self, path: str, patience: float = PATIENCE) -> dict[str, Any]:
        """Ask for a page, and wait until its work is over."""
        page = self.client.get(path)
        assert page.status_code == 200, page.text
        if "data-job=" not in page.text:
            return {"state": "done", "key": None, "page": page.text}
        key = page.text.partition('data-job="')[2].partition('"')[0]
        until = time.monotonic() + patience
        while time.monotonic() < until:
            told: dict[str, Any] = self.client.get(f"/jobs/{key}").json()
            if told["state"] not in ("waiting", "working"):
                return told | {"key": key}
            time.sleep(0.1)
        raise AssertionError(f"{path} was not done in {patience} s: {told}")


@contextmanager
def served(*arguments: str) -> Iterator[Served]:
    """Serve until the block is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "detente", "serve", *arguments, "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, process.stderr.read() if process.stderr else ""
        with httpx.Client(
            base_url=address.partition("/?")[0], follow_redirects=True, timeout=PATIENCE
        ) as client:
            client.get(address)
            yield Served(address, process, client)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
