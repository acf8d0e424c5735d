"""Processes beside the server: they can be ended at any moment, and nothing is left waiting."""

from __future__ import annotations

import os
import queue
import signal
import time
from typing import Any

from detente.web.jobs import Jobs
from detente.web.worker import Worker
from web.chores import double, fail, refuse, wait
from web.served import PATIENCE


def ask(worker: Worker, task: Any, *arguments: Any) -> tuple[int, queue.Queue[Any]]:
    heard: queue.Queue[Any] = queue.Queue()
    return worker.ask(task, *arguments, listener=lambda kind, content: heard.put((kind, content))), heard


def test_parts_come_before_what_is_done() -> None:
    worker = Worker()
    _, heard = ask(worker, double, 21)
    assert [heard.get(timeout=PATIENCE) for _ in range(2)] == [("part", ("halfway", 0.5)), ("done", 42)]
    worker.end()


def test_a_refusal_is_told_in_its_own_words_and_a_fault_as_one() -> None:
    worker = Worker()
    assert ask(worker, refuse)[1].get(timeout=PATIENCE) == ("failed", "not this one")
    kind, told = ask(worker, fail)[1].get(timeout=PATIENCE)
    assert kind == "failed"
    assert "fault in detente" in told
    assert "ValueError: oh" in told
    worker.end()


def test_what_is_dropped_is_told_so_and_others_go_on() -> None:
    worker = Worker(threads=2)
    number, heard = ask(worker, wait)
    heard.get(timeout=PATIENCE)
    worker.drop(number)
    assert ask(worker, double, 4)[1].get(timeout=PATIENCE) == ("part", ("halfway", 0.5))
    assert not heard.qsize()
    worker.end()


def test_a_process_that_is_killed_is_told_and_begun_anew() -> None:
    worker = Worker()
    _, heard = ask(worker, wait)
    _, (process, _) = heard.get(timeout=PATIENCE)
    os.kill(process, signal.SIGKILL)
    assert heard.get(timeout=PATIENCE)[0] == "gone"
    assert ask(worker, double, 1)[1].get(timeout=PATIENCE)[0] == "part"
    worker.end()


def test_a_job_is_begun_once_and_a_stopped_one_anew() -> None:
    jobs = Jobs(1)
    first = jobs.job(("wait", 1), wait)
    assert jobs.job(("wait", 1), wait) is first
    second = jobs.job(("double", 3), double, 3)
    assert (first.state, second.state) == ("working", "waiting")
    jobs.cancel(first)
    assert first.state == "cancelled"
    assert second.over.wait(30)
    assert (second.state, second.result, second.share) == ("done", 6, 0.5)
    assert jobs.job(("wait", 1), wait) is not first
    jobs.end()


def test_a_job_whose_process_ends_has_failed() -> None:
    jobs = Jobs(1)
    job = jobs.job("wait", wait)
    until = time.monotonic() + 30
    while not isinstance(job.what, int) and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(int(job.what), signal.SIGKILL)
    assert job.over.wait(30)
    assert job.state == "failed"
    jobs.end()


def test_work_that_is_given_right_after_an_end_is_not_lost() -> None:
    worker = Worker()
    for number in range(3):
        ask(worker, wait)[1].get(timeout=PATIENCE)
        worker.end()
        _, heard = ask(worker, double, number)
        assert [heard.get(timeout=PATIENCE)[0] for _ in range(2)] == ["part", "done"]
    worker.end()
