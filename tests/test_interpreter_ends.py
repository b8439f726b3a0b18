"""How stages end where no kernel tells and patience decides: what is told of it, and that nobody is left."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from interpreted import WORK, at_work, sandbox, without_kernel
from world import NET_S, Scene, linux, until, written

from grader.finding import Finding
from grader.handles.ended import how
from grader.kernel import by_psutil
from grader.kernel.lives import Life
from grader.walls import interpreters
from grader.walls.interpreters import MARK

__all__ = ["at_work", "sandbox", "without_kernel"]

pytestmark = linux


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
        at_work.stage.until(lambda: False)  # the copy says when it has come back: that may be later
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


@pytest.mark.parametrize(
    ("code", "told"), [(0, "0"), (3, "3"), (-9, "SIGKILL"), (-15, "SIGTERM"), (0xC0000005, "3221225477")]
)
def test_exit_codes_are_told_as_wait_statuses_are(code: int, told: str) -> None:
    assert how(interpreters.status_of(code)) == told


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
