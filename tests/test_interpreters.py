"""Stages without fork, /proc and Unix sockets, as macOS and Windows have them: tried here, with all of these hidden.

Two ways: the whole of `grade run` in interpreters that lack them (without_kernel.py), and parts of the judge in this
process, told that the kernel does not tell.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import results
from small_course import FILES, make
from world import NET_S, ROOT, Scene, linux, nothing_left, scene, until, written

from grader import systems
from grader.course import load
from grader.finding import Broken, Finding, NotHere
from grader.handles.timeline import how
from grader.handles.tree import Tree
from grader.harness import wire
from grader.kernel import by_psutil, peers
from grader.kernel.lives import Life
from grader.options import ALL, status_of
from grader.result import SYSTEM, CheckResult, ExerciseResult, State, Verdict
from grader.walls import interpreters
from grader.walls.interpreters import MARK, Interpreters
from grader.words import explain

pytestmark = linux
FOUR = ("ex01", "ex02", "ex03", "ex12")
WORK = """
import multiprocessing, os, subprocess, sys, threading, time

def answer(value):
    return value

def prints():
    print("one", flush=True)
    subprocess.run([sys.executable, "-c", "print('two')"])

def start(target):
    multiprocessing.get_context("spawn").Process(target=target).start()

def in_thread(target):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()

def leave_daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.close(0), os.close(1), os.close(2)
            time.sleep(600)
        os._exit(0)
    os.wait()

def sleeper():
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid

def leaves(code):
    os._exit(code)

def killed():
    os.kill(os.getpid(), 9)

def forks():
    os.fork()
    return 1

def spins():
    while True:
        pass

def whispers(address):
    import json, socket
    _, port, key = address.split(":")
    for said, pid in ((key, os.getppid()), (key, 1), ("0" * len(key), os.getpid())):
        with socket.create_connection(("127.0.0.1", int(port))) as connection:
            connection.sendall(said.encode() + b"\\n")
            told = {"probe": "note", "pid": pid, "thread": pid, "args": {"tuple": []}, "kwargs": {"dict": []},
                    "name": "x", "daemon": False, "caller": None}
            connection.sendall(json.dumps(told).encode() + b"\\n")
            while connection.recv(100):
                pass
    return "all refused"
"""


@pytest.fixture
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process believes that the kernel tells nothing."""
    monkeypatch.setattr(systems, "KERNEL_TELLS", False)


@pytest.fixture
def sandbox(without_kernel: None, tmp_path: Path) -> Iterator[Interpreters]:
    """One that has taken WORK in; nothing of it is left."""
    with nothing_left(), interpreters.made("none") as made:
        assert isinstance(made, Interpreters)
        made.take_in(written(tmp_path / "handed_in", {"work.py": WORK}))
        yield made


@pytest.fixture
def at_work(sandbox: Interpreters) -> Iterator[Scene]:
    """A stage that has loaded it."""
    with scene(sandbox) as made:
        yield made


@pytest.fixture
def deprived(tmp_path: Path) -> str:
    """A Python without what only Linux has."""
    program = tmp_path / "python"
    wrapper = ROOT / "tests" / "without_kernel.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{wrapper}" "$0" "$@"\n')
    program.chmod(0o755)
    return str(program)


def grade(python: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`grade` in that interpreter, with what it starts in the same."""
    command = [python, "-m", "grader", *map(str, arguments), "--sandbox", "none"]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


def test_the_kernel_tells_here_and_a_sandbox_is_the_usual_one() -> None:
    assert systems.KERNEL_TELLS
    assert type(interpreters.made("none")) is not Interpreters


# --- the whole


@pytest.mark.thorough
def test_a_small_course_proves_itself(deprived: str, tmp_path: Path) -> None:
    """Its solution and what is right pass, each wrong submission fails as it says, and nobody cheats."""
    spawned = 'multiprocessing.get_context("spawn").Process'
    texts = {name: text.replace("multiprocessing.Process", spawned) for name, text in FILES.items()}
    ended = grade(deprived, "verify", make(tmp_path, **texts), "--start-method", "spawn")  # the one that is everywhere

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "4 wrong" in ended.stdout


@pytest.mark.thorough
@pytest.mark.parametrize("exercise", FOUR)
def test_solutions_get_full_marks(deprived: str, exercise: str, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    ended = grade(deprived, "run", ROOT / "solutions", "--exercise", exercise, "--start-method", "spawn", "--json", out)
    result = json.loads(out.read_text("utf-8"))

    assert ended.returncode == 0, ended.stdout
    assert (result["score"], result["complete"]) == (result["max_score"], True)
    assert result["score"] > 25


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("exercise", "name"),
    [
        ("ex01_first_process", "wrong_run_forgets_to_join"),
        ("ex02_name_and_pid", "wrong_kill_with_sigterm"),
        ("ex03_arguments_and_globals", "wrong_one_without_comma"),
    ],
)
def test_wrong_submissions_fail_as_their_headers_say(deprived: str, exercise: str, name: str, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "submissions" / exercise / f"{name}.py").read_text("utf-8")
    written(tmp_path / "handed_in", {f"{exercise}.py": text})
    out = tmp_path / "result.json"
    grade(deprived, "run", tmp_path / "handed_in", "--exercise", exercise, "--start-method", "spawn", "--json", out)
    checks = json.loads(out.read_text("utf-8"))["exercises"][0]["checks"]
    fails = next(line for line in text.splitlines() if line.startswith("# fails:")).split()[2:]

    assert sorted(check["id"] for check in checks if check["verdict"] != "passed") == sorted(fails)


# --- a stage


def test_a_stage_answers_and_its_output_is_kept(at_work: Scene) -> None:
    assert at_work.submission.answer([1, "two"]) == [1, "two"]
    at_work.submission.prints()
    at_work.submission.answer(0)
    assert at_work.stage.output.text() == "one\ntwo\n"


def test_no_key_stands_on_a_command_line_or_in_an_environment(at_work: Scene, sandbox: Interpreters) -> None:
    process = psutil.Process(at_work.stage.pid)
    key = sandbox.address.rpartition(":")[2]
    seen = " ".join([*process.cmdline(), *process.environ().values()])

    assert len(key) == 32
    assert key not in seen
    assert process.environ()[MARK] in seen


def test_each_stage_has_another_key(sandbox: Interpreters) -> None:
    with scene(sandbox):
        first = sandbox.address
    with scene(sandbox):
        assert sandbox.address != first


def test_a_child_checks_in_and_is_known(at_work: Scene) -> None:
    at_work.submission.start(at_work.probes.hold)
    child = at_work.probes.next()

    assert (child.in_main_process, child.parent_pid, child.alive) == (False, at_work.stage.pid, True)
    assert child.name.value.startswith("SpawnProcess")
    child.goes_on()
    child.ended()
    assert child.state == "zombie"


def test_a_thread_checks_in_and_is_known(at_work: Scene) -> None:
    at_work.submission.in_thread(at_work.probes.note)
    seen = at_work.probes.next()

    assert (seen.in_main_process, seen.in_main_thread) == (True, False)


def test_forged_check_ins_are_refused(at_work: Scene, sandbox: Interpreters) -> None:
    assert at_work.submission.whispers(sandbox.address) == "all refused"
    assert at_work.probes.seen == []


def test_one_outside_is_refused_although_it_has_the_key(at_work: Scene, sandbox: Interpreters) -> None:
    _, port, key = sandbox.address.split(":")
    told = {"probe": "note", "pid": os.getpid(), "thread": os.getpid(), "args": {"tuple": []}, "kwargs": {"dict": []},
            "name": "x", "daemon": False, "caller": None}  # fmt: skip
    with socket.create_connection(("127.0.0.1", int(port))) as connection:
        connection.sendall(key.encode() + b"\n" + wire.line(told))
        heard = to_the_end(at_work, connection)
    assert heard == peers.WELCOME
    assert at_work.probes.seen == []


def to_the_end(at_work: Scene, connection: socket.socket) -> bytes:
    """What the judge says until it hangs up."""
    heard = b""
    connection.setblocking(False)

    def is_over() -> bool:
        nonlocal heard
        at_work.stage.loop.pump(0.1)
        try:
            said = connection.recv(100)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            said = b""
        heard += said
        return not said

    until(is_over)
    return heard


def test_nobody_is_left(at_work: Scene) -> None:
    life = Life(at_work.submission.sleeper().value)
    at_work.submission.leave_daemon()
    daemons = [pid for pid in by_psutil.marked(MARK, at_work.stage.sandbox._mark, 0) if pid != at_work.stage.pid]  # type: ignore[attr-defined]
    lives = [life, *map(Life, daemons)]

    assert len(lives) >= 3
    at_work.stage.sandbox.clear()
    assert [each.has_ended for each in lives] == [True] * len(lives)


@pytest.mark.parametrize(("function", "arguments", "how"), [("leaves", (3,), "exit code 3"), ("killed", (), "SIGKILL")])
def test_the_end_of_a_stage_is_told(at_work: Scene, function: str, arguments: tuple[int, ...], how: str) -> None:
    with pytest.raises(Finding) as found:
        getattr(at_work.submission, function)(*arguments)
    assert found.value.facts == {"how": how}


def test_a_raw_fork_that_comes_back_is_told(at_work: Scene) -> None:
    with pytest.raises(Finding) as found:
        at_work.submission.forks()
        at_work.submission.forks()
    assert found.value.cause == "came_back_twice"


def test_who_computes_without_end_is_busy(at_work: Scene) -> None:
    at_work.stage.watch.limits = replace(at_work.stage.limits, cpu_s=0.2)
    with pytest.raises(Finding) as found:
        at_work.submission.spins()
    assert (found.value.hang, found.value.judge) == ("busy", "cpu")


def test_what_nobody_is_left_to_do_is_settled_at_once(at_work: Scene) -> None:
    at_work.submission.answer(1)
    with pytest.raises(Finding) as found:
        at_work.probes.next()
    assert found.value.judge == "processes"
    assert at_work.probes.none_more()


def test_what_only_linux_tells_is_not_asked(at_work: Scene) -> None:
    with pytest.raises(NotHere):
        Tree(at_work.stage).peak()


def test_what_is_not_asked_costs_no_point() -> None:
    common = {"function": "f", "section": "7.3"}
    asked = CheckResult(id="check_a", verdict=Verdict.PASSED, points=2, max_points=2, **common)
    not_asked = CheckResult(id="check_b", verdict=Verdict.SKIPPED, because=SYSTEM, **common)
    result = results.empty()
    result.exercises = [ExerciseResult(id="ex01_first_process", state=State.GRADED, checks=[asked, not_asked])]
    result.complete = True
    result.add_up()

    assert (result.score, result.max_score, status_of(result)) == (2, 2, ALL)
    assert explain.is_whole(result.exercises[0])
    assert explain.causes(not_asked, load(), "en") == [load().words["told_system"].en]


@pytest.mark.parametrize(
    ("code", "told"), [(0, "0"), (3, "3"), (-9, "SIGKILL"), (-15, "SIGTERM"), (0xC0000005, "3221225477")]
)
def test_exit_codes_are_told_as_wait_statuses_are(code: int, told: str) -> None:
    assert how(interpreters.status_of(code)) == told


def test_no_stage_is_broken(sandbox: Interpreters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreters, "BEGIN", "raise SystemExit(3)  # {kit}")
    with pytest.raises(Broken):
        sandbox.open(None)


def test_a_stage_ends_with_the_judge(tmp_path: Path) -> None:
    """Whatever it is at, and what it has started with it."""
    written(tmp_path / "handed_in", {"work.py": WORK})
    judge = subprocess.Popen([sys.executable, "-c", JUDGE, str(tmp_path / "handed_in")], stdout=subprocess.PIPE)
    assert judge.stdout
    home, *pids = judge.stdout.readline().split()
    lives = [Life(int(pid)) for pid in pids]
    judge.send_signal(signal.SIGKILL)
    judge.wait(NET_S)
    judge.stdout.close()

    until(lambda: all(life.has_ended for life in lives))
    for life in lives:
        life.close()
    subprocess.run(["rm", "-rf", home], check=True)


JUDGE = """
import sys
from pathlib import Path
from grader import systems
systems.KERNEL_TELLS = False
from grader.walls.interpreters import made
from grader.handles.stage import Stage
from grader.handles.submission import Submission
with made("none") as sandbox:
    sandbox.take_in(Path(sys.argv[1]))
    with Stage(sandbox, "work") as stage:
        submission = Submission(stage)
        submission.load()
        child = submission.sleeper().value
        stage.request("call", function="spins", args=[])
        print(sandbox.home, stage.pid, child, flush=True)
        sys.stdin.read()
        while True:
            stage.loop.pump(1)
"""
