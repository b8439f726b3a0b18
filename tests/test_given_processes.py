"""What a check asks for inside around processes: sound runners stand in for the student's own, wherever those are."""

from __future__ import annotations

import pytest
from world import TIERS, linux, sandbox_with, scene

pytestmark = linux

WORK = """
import functools

def broken(function):
    @functools.wraps(function)
    def run(*args):
        return function(*args)
    return run

def run_in_processes(target, items, *, sure=True):
    raise RuntimeError("not sound")

{decorator}
def run_in_threads(target, items):
    raise RuntimeError("not sound")

KEPT = {{"processes": run_in_processes, "threads": run_in_threads}}

def run(kind, target, items):
    return KEPT[kind](target, items)

def run_by_name(kind, target, items):
    return (run_in_processes if kind == "processes" else run_in_threads)(target, items)
"""


@pytest.mark.parametrize("function", ["run", "run_by_name"])
def test_runners_are_sound_wherever_the_file_keeps_them(function: str) -> None:
    with sandbox_with(TIERS[0], {"work.py": WORK.format(decorator="")}) as sandbox, scene(sandbox) as at:
        at.inside.sound_runners("work")
        getattr(at.submission, function)("processes", at.probes.note, ["a"])
        assert at.probes.next().in_main_process is False
        getattr(at.submission, function)("threads", at.probes.note, ["b"])
        seen = at.probes.next()
    assert (seen.in_main_process, seen.in_main_thread) == (True, False)


def test_runner_that_is_wrapped_is_sound_under_its_name() -> None:
    with sandbox_with(TIERS[0], {"work.py": WORK.format(decorator="@broken")}) as sandbox, scene(sandbox) as at:
        at.inside.sound_runners("work")
        at.submission.run_by_name("threads", at.probes.note, ["b"])
        assert at.probes.next().in_main_thread is False


JOINS = """
import multiprocessing, threading

def started(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process

def joins(target):
    process = started(target)
    process.join(0)
    process.join(0.01)
    return process

def joins_in_a_thread(target):
    process = started(target)
    threading.Thread(target=process.join).start()
    return process
"""


@pytest.mark.parametrize(("function", "noted"), [("started", []), ("joins", [0.01]), ("joins_in_a_thread", [])])
def test_joins_of_the_main_thread_are_noted(function: str, noted: list[float]) -> None:
    with sandbox_with(TIERS[0], {"work.py": JOINS}) as sandbox, scene(sandbox) as at:
        at.inside.note_all_joins()
        process = getattr(at.submission, function)(at.probes.hold)
        at.probes.next().goes_on()
        assert at.inside.joins(process) == noted
