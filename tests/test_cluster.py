"""A class graded by the workers of a cluster: the same results, whoever is lost; and none from workers that differ."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import small_course
from batched import FILE, KILLS, RIGHT, WRONG, all_told, batch, book_of, command, count
from world import Ends, linux, until, written

from grader import __version__
from grader.kernel import processes
from grader.misuse import Misuse

distributed = pytest.importorskip("distributed")
from grader.classes import cluster  # noqa: E402

pytestmark = [linux, pytest.mark.thorough]

FILES = {f"{name}/{FILE}": text for name, text in (("ada", RIGHT), ("bob", WRONG), ("dee", KILLS))}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_course.make(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("in"), {**FILES, **{f"s{number}/{FILE}": RIGHT for number in range(9)}})


@pytest.fixture(scope="module")
def graded(home: Path, handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, graded without a cluster."""
    out = tmp_path_factory.mktemp("out") / "out"
    assert batch(home, handed_in, "-o", out).returncode == 0
    return out


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a cluster's scheduler, in a process of its own."""
    file = tmp_path / "scheduler.json"
    options = ["--port", "0", "--no-dashboard", "--scheduler-file", str(file), "--host", "127.0.0.1"]
    with _quiet([sys.executable, "-m", "distributed.cli.dask_scheduler", *options]) as process:
        until(lambda: file.is_file() and file.stat().st_size > 0)
        yield str(distributed.utils.json.loads(file.read_text())["address"])
        process.terminate()


def worker(address: str, folder: Path, name: str) -> subprocess.Popen[bytes]:
    options = ["--nthreads", "2", "--no-dashboard", "--name", name, "--local-directory", str(folder)]
    return _quiet([sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", *options])


def _quiet(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_two_local_workers_find_the_same(
    graded: Path, home: Path, handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as temporary, socket.socket() as taken:
        with contextlib.suppress(OSError):  # somebody has it already
            taken.bind(("", 8787))  # where Dask shows what it does
            taken.listen()
        monkeypatch.setenv("TMPDIR", temporary)
        done = batch(home, handed_in, "-o", tmp_path / "out", "--cluster", "local")
        assert os.listdir(temporary) == []
    assert (done.returncode, done.stderr) == (0, "")
    assert all_told(tmp_path / "out") == all_told(graded)


def test_work_of_a_lost_worker_is_done_by_another(
    graded: Path, home: Path, handed_in: Path, tmp_path: Path, scheduler: str
) -> None:
    workers = [worker(scheduler, tmp_path / name, name) for name in ("one", "two")]
    with distributed.Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2)
    out = tmp_path / "out"
    arguments = [*command(home, handed_in, "-o", out), "--cluster", scheduler]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    until(lambda: count(out) >= 2)
    left = Ends(processes.below(workers[0].pid))
    workers[0].kill()
    assert process.wait() == 0
    left.await_all()
    workers[1].terminate()
    for each in workers:
        each.wait()
    assert all_told(out) == all_told(graded)


def test_run_that_is_interrupted_goes_on_without_the_cluster(
    graded: Path, home: Path, handed_in: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = _quiet([*command(home, handed_in, "-o", out), "--cluster", "local"])
    until(lambda: count(out) >= 1)
    process.send_signal(signal.SIGSTOP)  # or all may be done before we have looked at who is there
    left = Ends(processes.below(process.pid))
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGCONT)
    status, all_of_them = process.wait(), len(FILES) + 9
    left.await_all()
    assert status == 130 or count(out) == all_of_them  # on a busy machine we may see the first result after the last
    assert any(each.state.value == "waiting" for each in book_of(out).entries) or count(out) == all_of_them
    assert batch(home, handed_in, "-o", out).returncode == 0
    assert all_told(out) == all_told(graded)


def test_cluster_that_is_not_there(home: Path, handed_in: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    done = subprocess.run(
        [*command(home, handed_in, "-o", tmp_path / "out"), "--cluster", "tcp://127.0.0.1:9"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_cluster_that_cannot_be_started_here_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*arguments: object) -> None:
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr(cluster, "_local", failing)
    told = pytest.raises(cluster.NoCluster, match="no cluster could be started here: Nanny failed")
    with told, cluster.joined("local", None, "auto", 2, tmp_path):
        pass


@pytest.mark.parametrize("what", ["choose", "Here"])
def test_worker_that_cannot_join_keeps_no_thread(home: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def failing(*_: object) -> None:
        raise Misuse("no walls")

    monkeypatch.setattr(cluster.tiers if what == "choose" else cluster, what, failing)
    worker = SimpleNamespace(local_directory=str(home), state=SimpleNamespace(nthreads=2))
    grading = cluster.Grading(home, "auto")
    with pytest.raises(Misuse, match="no walls"):
        grading.setup(worker)
    assert "crew" not in [thread.name for thread in threading.enumerate()]
    grading.teardown(worker)


def told(**changed: str) -> cluster.Claim:
    facts = {"kit": __version__, "python": ".".join(map(str, sys.version_info[:2])), "course": "c", "no_wall": ""}
    return cluster.Claim(**{**facts, **changed})


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (told(), ""),
        (told(kit="0.0.1"), "prograde 0.0.1"),
        (told(python="2.7"), "Python 2.7"),
        (told(course="d"), "another"),
        (told(course=""), "not there"),
        (told(no_wall="no bubblewrap"), "no bubblewrap"),
    ],
)
def test_worker_that_differs_is_told_why_it_cannot_grade(claim: cluster.Claim, reason: str) -> None:
    found = cluster.why_not(claim, "c")
    assert reason in found
    assert bool(found) == bool(reason)
