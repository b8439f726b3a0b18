"""The same work on more than one machine: the workers of a dask.distributed cluster have judges that wait, too.

Who uses it: the command batch, with the extra `prograde[cluster]`. A submission travels as bytes, its result comes back
as bytes; what lies between is a concurrent.futures.Executor of dask's. A worker that is lost has its work done by
another. Before anything is graded each worker is asked for its kit, course, Python and walls; and again by each task.

A worker with N threads grades N / 2 at one time; the other threads are for those that only wait (crew.py).
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import distributed
import msgspec

from grader import __version__, places
from grader import course as courses
from grader.classes import classwork
from grader.classes.batch import Here
from grader.classes.classwork import Task
from grader.classes.crew import Closed, Crew
from grader.grading.judges import Judges
from grader.misuse import Misuse
from grader.result import Result, from_json, to_json
from grader.walls import tiers

NAME = "grade"
RETRIES = 2  # of a task whose worker was lost, or that failed there
NET_S = 60  # for the first worker to be there
FOR_EACH_THREAD = 2  # submissions on their way for each thread of a worker, so that none waits for the next
LOCAL = "local"
HERE_ALONE = "127.0.0.1:0"  # any free port; Dask's own is 8787, on all networks, and it complains where that is taken
CONFIG = {
    "distributed.scheduler.allowed-failures": 1,
    "distributed.admin.large-graph-warning-threshold": "1 GiB",  # a submission travels in its task, and may be large
    "distributed.worker.profile.enabled": False,  # these three took 7 % of a core all the time; now it is 1.4 %
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}


class NoCluster(Misuse):
    """A cluster that cannot be reached, or whose workers cannot grade this class: the user's failure."""


class Parcel(msgspec.Struct, kw_only=True):
    """What travels to a worker."""

    task: Task
    files: dict[bytes, bytes]  # by their paths, which need be no text


PARCEL = msgspec.msgpack.Decoder(Parcel)  # made once, before there are threads that need it: see result.RESULT


class Claim(msgspec.Struct, kw_only=True, frozen=True):
    """What a worker says of itself."""

    kit: str
    python: str
    course: str  # its digest; "" where there is none
    no_wall: str  # why it can have no walls; "" where it can


@contextlib.contextmanager
def joined(address: str, folder: Path | None, tier: str, jobs: int, work: Path) -> Iterator[There]:
    """The cluster at `address`, ready to grade; "local" starts one here, of two workers, for `jobs` at one time.

    `folder` is a course of the user's own, which the workers have at the same path; `work` is for what the local
    workers write. Raises NoCluster.
    """
    with _client(address, jobs, work) as client:
        home = places.home(folder) if folder else places.KIT
        _check(client, folder, tier, classwork.course_digest(home))
        client.register_plugin(Grading(folder, tier), name=NAME)
        executor = client.get_executor(retries=RETRIES, pure=False)
        threads = sum(client.nthreads().values())
        try:
            yield There(executor, threads * FOR_EACH_THREAD)
        finally:
            executor.shutdown(wait=False)
            client.unregister_worker_plugin(NAME)


@contextlib.contextmanager
def _client(address: str, jobs: int, work: Path) -> Iterator[Any]:
    with contextlib.ExitStack() as opened:
        opened.enter_context(dask.config.set({**CONFIG, "temporary-directory": str(work)}))
        if address == LOCAL:
            threads = 2 * -(-jobs // 2)
            try:
                address = opened.enter_context(_local(threads, work)).scheduler_address
            except RuntimeError as error:  # dask's, where a worker died before it was there
                raise NoCluster(f"no cluster could be started here: {error}") from None
        try:
            client = opened.enter_context(distributed.Client(address, set_as_default=False))
            client.wait_for_workers(1, timeout=NET_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise NoCluster(f"no cluster with workers can be reached at {address}: {error}") from None
        yield client


def _local(threads: int, work: Path) -> Any:
    return distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=threads,
        memory_limit=0,  # the judges have limits of their own
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": HERE_ALONE},
        local_directory=str(work),
        silence_logs=logging.CRITICAL,
    )


def _check(client: Any, folder: Path | None, tier: str, course: str) -> None:
    """Whether every worker can grade this class; raises NoCluster."""
    try:
        claims: dict[str, bytes] = client.run(claim, folder, tier)
    except (ImportError, AttributeError) as error:
        raise NoCluster(f"the workers need prograde {__version__}, as is here ({error})") from None
    for worker, told in claims.items():
        if reason := why_not(msgspec.json.decode(told, type=Claim), course):
            raise NoCluster(f"the worker {worker} cannot grade this class: {reason}")


def claim(folder: Path | None, tier: str) -> bytes:
    """Runs on a worker: what it says of itself, as JSON."""
    try:
        course = classwork.course_digest(places.home(folder) if folder else places.KIT)
    except (Misuse, OSError):
        course = ""
    try:
        no_wall = ""
        tiers.choose(tier)
    except Misuse as error:
        no_wall = str(error)
    told = Claim(kit=__version__, python=_python(), course=course, no_wall=no_wall)
    return msgspec.json.encode(told)


def _python() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def why_not(told: Claim, course: str) -> str:
    """Why a worker cannot grade a class of `course`, a digest; "" where it can."""
    if told.kit != __version__:
        return f"it has prograde {told.kit}, and here is {__version__}"
    if told.python != _python():
        return f"it has Python {told.python}, and here is {_python()}"
    if not told.course:
        return "the course is not there; a course of your own has to lie at the same path on each machine"
    return "its course is another one than here" if told.course != course else told.no_wall


class There:
    """What grades on the machines of a cluster; see batch.Grader."""

    def __init__(self, executor: concurrent.futures.Executor, threads: int) -> None:
        self._executor, self.threads = executor, threads

    def grade(self, task: Task, folder: Path) -> Result:
        """See batch.Grader."""
        paths = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        files = {os.fsencode(path.relative_to(folder).as_posix()): path.read_bytes() for path in paths}
        parcel = msgspec.msgpack.encode(Parcel(task=task, files=files))
        try:
            return from_json(self._executor.submit(work, parcel).result())
        except (concurrent.futures.CancelledError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and "shut" not in str(error):
                raise
            raise Closed from None

    def interrupt(self) -> None:
        """See batch.Grader."""
        self._executor.shutdown(wait=False)  # dask's then cancels what is under way


def work(parcel: bytes) -> bytes:
    """Runs on a worker: the result of a submission, as JSON."""
    grading: Grading = distributed.get_worker().plugins[NAME]
    return grading.grade(PARCEL.decode(parcel))


class Grading(distributed.WorkerPlugin):  # type: ignore[misc]
    """What a worker has while it is part of a class: judges that wait. They end with it, however it ends."""

    def __init__(self, folder: Path | None, tier: str) -> None:
        self.folder, self.tier = folder, tier
        self.held: contextlib.ExitStack | None = None

    def setup(self, worker: Any) -> None:
        """The worker joins."""
        self.room = worker.local_directory
        self.home = places.home(self.folder) if self.folder else places.KIT
        self.course_digest = classwork.course_digest(self.home)
        tier, threads = tiers.choose(self.tier), worker.state.nthreads
        with contextlib.ExitStack() as opened:  # whatever fails: a thread that stayed would keep the worker from ending
            judges = opened.enter_context(Judges(self.home, courses.load(self.home.course)))
            crew = opened.enter_context(Crew(max(1, threads // 2)))
            self.here = Here(self.home, judges, crew, tier, threads)
            self.held = opened.pop_all()

    def teardown(self, worker: Any) -> None:
        """The worker leaves."""
        if self.held is not None:  # else it could not join
            self.here.interrupt()
            self.held.close()

    def grade(self, parcel: Parcel) -> bytes:
        """A submission, graded here."""
        told = Claim(kit=parcel.task.kit, python=_python(), course=self.course_digest, no_wall="")
        if reason := why_not(told, parcel.task.course):
            raise NoCluster(reason)
        with tempfile.TemporaryDirectory(prefix="grade-parcel-", dir=self.room) as name:
            for path, content in parcel.files.items():
                file = Path(name, os.fsdecode(path))
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            return to_json(self.here.grade(parcel.task, Path(name)))
