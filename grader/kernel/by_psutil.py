"""What psutil says of processes, where there is no /proc: the same facts as far as the system tells them.

Who uses it: processes.py, which has the same functions by the same names, interpreters.py and peers.py. A process that
has gone raises ProcessLookupError; what the system keeps from us is 0 or empty, never a guess. psutil is imported only
here, and only when it is asked: Linux does without.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

HERTZ = 100  # of the ticks that we count in, as Linux does
LETTERS = {"zombie": "Z", "dead": "X", "stopped": "T", "running": "R"}
TURNS = 20
KILLED_NET_S, AGAIN_S = 5.0, 0.005


def stat(pid: int) -> dict[str, Any]:
    """The fields of processes.Stat."""
    with _process(pid) as process:
        status = _or("zombie", process.status)
        user, system = _or((0.0, 0.0), lambda: process.cpu_times()[:2])
        return {
            "name": _or("", process.name),
            "state": LETTERS.get(status, "S"),
            "parent": process.ppid(),
            "cpu": round((user + system) * HERTZ),
            "cpu_of_reaped": round(sum(_or((), lambda: process.cpu_times()[2:4])) * HERTZ),
            "born": round(process.create_time() * HERTZ),
            "threads": int(_or(1, process.num_threads)),
            "faults_of_reaped": 0,
        }


def now_ticks() -> float:
    """The moment now, as `born` of stat counts."""
    return time.time() * HERTZ


def threads(pid: int) -> set[int]:
    """The numbers of its threads, as threading.get_native_id() has them; none where the system does not tell."""
    with _process(pid) as process:
        return {thread.id for thread in _or([], process.threads)}


def below(pid: int, *, whole: bool = True) -> list[int]:
    """Its descendants, parents before their children, or only its children."""
    try:
        with _process(pid) as process:
            return [child.pid for child in process.children(recursive=whole)]
    except ProcessLookupError:
        return []


def exists(pid: int) -> bool:
    """Whether there is such a process, or a zombie."""
    import psutil

    return bool(psutil.pid_exists(pid))


def command(pid: int) -> list[str]:
    """The arguments that it was started with; none where it has gone or the system does not tell."""
    try:
        with _process(pid) as process:
            return list(_or([], process.cmdline))
    except ProcessLookupError:
        return []


def memory_mb(pid: int) -> float:
    """Its resident memory in MiB, without what it shares where that is known."""
    with _process(pid) as process:
        known = _or(None, process.memory_info)
        return 0.0 if known is None else float(known.rss - getattr(known, "shared", 0)) / (1 << 20)


def tasks_of_mine() -> int:
    """How many processes this user has already."""
    import psutil

    mine = psutil.Process().username()
    return sum(each.info["username"] == mine for each in psutil.process_iter(["username"]))


def marked(name: str, value: str, since_s: float) -> list[int]:
    """The processes born since then (time.time()) that have `name` with that value in their environment."""
    import psutil

    young = [pid for pid in psutil.pids() if _is_younger(pid, since_s)]
    return [pid for pid in young if is_marked(pid, name, value)]


def _is_younger(pid: int, since_s: float) -> bool:
    try:
        with _process(pid) as process:
            return float(_or(0.0, process.create_time)) >= since_s - 1.0
    except ProcessLookupError:
        return False


def is_marked(pid: int, name: str, value: str) -> bool:
    """Whether it was started with that in its environment, as far as the system tells."""
    try:
        with _process(pid) as process:
            return bool(_or({}, process.environ).get(name) == value)
    except ProcessLookupError:
        return False


def has_connection(pid: int, here: tuple[str, int], there: tuple[str, int]) -> bool:
    """Whether it holds a TCP connection from `here` to `there`; true where the system does not tell of any process."""
    import psutil

    try:
        with _process(pid) as process:
            return any(
                tuple(each.laddr) == here and tuple(each.raddr) == there for each in process.net_connections("tcp")
            )
    except psutil.AccessDenied:
        return True


def suspend(pid: int) -> None:
    """Stops it, until `resume`."""
    _act(pid, lambda process: process.suspend())


def resume(pid: int) -> None:
    """Lets it go on."""
    _act(pid, lambda process: process.resume())


def end_all(find: Callable[[], list[int]]) -> None:
    """Ends every process that `find` gives, again and again until it gives none: those born meanwhile, too.

    They are stopped first, so that there is an end of new ones.
    """
    for _ in range(TURNS):
        if not (found := find()):
            return
        for pid in found:
            suspend(pid)
        if set(find()) <= set(found):
            for pid in found:
                _act(pid, lambda process: process.kill())
            await_all(found, KILLED_NET_S)


def await_all(pids: list[int], net_s: float) -> None:
    """Waits until all of them have ended, or `net_s` are over."""
    ends = time.monotonic() + net_s
    while time.monotonic() < ends and any(map(is_alive, pids)):
        time.sleep(AGAIN_S)  # no system but Linux tells of the end of somebody else's child


def is_alive(pid: int) -> bool:
    """Whether it runs or waits; a zombie has ended."""
    try:
        return stat(pid)["state"] not in "ZX"
    except ProcessLookupError:
        return False


def _act(pid: int, how: Callable[[Any], object]) -> None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        if pid != os.getpid():
            how(psutil.Process(pid))


@contextlib.contextmanager
def _process(pid: int) -> Iterator[Any]:
    import psutil

    try:
        process = psutil.Process(pid)
        with process.oneshot():
            yield process
    except psutil.NoSuchProcess:
        raise ProcessLookupError(pid) from None


def _or(otherwise: Any, ask: Callable[[], Any]) -> Any:
    """What `ask` gives; `otherwise` where it is a zombie, or the system does not tell us."""
    import psutil

    try:
        return ask()
    except (psutil.ZombieProcess, psutil.AccessDenied, OSError):
        return otherwise
