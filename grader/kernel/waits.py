"""What a thread waits for, in a key of the course's [waits]: from its Python stack, or from its system call alone.

Who uses it: scene.py. The library function that the student's innermost frame has called says it best: join, get, put.
Where that is written in C, the student's own line and the system call do. Where there is no stack at all, the system
call alone is left.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from grader.kernel import calls
from grader.kernel.frames import WORKERS, Frame, Stack
from grader.kernel.settled import UNREADABLE, Wait

BY_FUNCTION: dict[str, dict[str, str]] = {
    "multiprocessing/process.py": {"join": "join"},
    "multiprocessing/queues.py": {"get": "queue_get", "put": "queue_put", "join": "queue_join",
                                  "join_thread": "feeder_room", "_finalize_join": "feeder_room"},
    "queue.py": {"get": "queue_get", "put": "queue_put", "join": "queue_join"},
    "multiprocessing/connection.py": {
        **dict.fromkeys(("recv", "recv_bytes", "recv_bytes_into", "poll", "wait", "Client"), "pipe_read"),
        **dict.fromkeys(("send", "send_bytes"), "pipe_room"), "accept": "connection_accept"},
    "multiprocessing/pool.py": {
        **dict.fromkeys(("get", "wait", "map", "starmap", "apply", "next"), "pool_result"),
        **dict.fromkeys(("join", "terminate", "__exit__", "_terminate_pool"), "pool_end")},
    "multiprocessing/synchronize.py": {"wait": "event", "wait_for": "condition", "__enter__": "lock"},
    "multiprocessing/managers.py": {"start": "manager_call", "shutdown": "manager_call", "__exit__": "manager_call"},
    "concurrent/futures/_base.py": {
        **dict.fromkeys(("result", "exception", "wait", "as_completed", "result_iterator"), "future_result"),
        "__exit__": "pool_end"},
    "concurrent/futures/process.py": {"shutdown": "pool_end", "_chain_from_iterable_of_lists": "future_result"},
    "concurrent/futures/thread.py": {"shutdown": "pool_end"},
    "threading.py": {"join": "thread_join", "wait": "condition", "wait_for": "condition", "acquire": "semaphore",
                     "__enter__": "semaphore", "_shutdown": "thread_join"},
    "subprocess.py": dict.fromkeys(("wait", "communicate", "run", "call", "check_call", "check_output"), "child_end"),
    "asyncio/runners.py": {"run": "unknown"},
    "asyncio/base_events.py": dict.fromkeys(("run_until_complete", "run_forever"), "unknown"),
    "socket.py": {"accept": "connection_accept"},
}  # fmt: skip
BY_METHOD = {  # of a proxy of a manager, and of what is written in C
    "get": "queue_get", "put": "queue_put", "join": "queue_join", "acquire": "lock", "__enter__": "lock",
    "with": "lock", "wait": "event", "wait_for": "condition", "result": "future_result", "recv": "pipe_read",
    "send": "pipe_room", "sleep": "sleep",
}  # fmt: skip
BY_TYPE = {
    "Event": "event", "EventProxy": "event", "Condition": "condition", "ConditionProxy": "condition",
    "Barrier": "barrier", "BarrierProxy": "barrier", "Semaphore": "semaphore", "BoundedSemaphore": "semaphore",
}  # fmt: skip
BY_CALL = {
    "wait4": "child_end", "waitid": "child_end", "pause": "signal", "rt_sigsuspend": "signal",
    "rt_sigtimedwait": "signal", "read": "pipe_read", "readv": "pipe_read", "recvfrom": "pipe_read",
    "recvmsg": "pipe_read", "write": "pipe_room", "writev": "pipe_room", "sendto": "pipe_room", "sendmsg": "pipe_room",
    "accept": "connection_accept", "accept4": "connection_accept", "connect": "connection_accept", "flock": "file_lock",
    "fcntl": "file_lock", "poll": "pipe_read", "ppoll": "pipe_read", "select": "pipe_read", "pselect6": "pipe_read",
    "epoll_wait": "pipe_read", "epoll_pwait": "pipe_read", "open": "pipe_end", "openat": "pipe_end",
    "stopped": "stopped", "clock_nanosleep": "sleep", "nanosleep": "sleep", "running": "busy",
    calls.LEASED: "held",
}  # fmt: skip
Method = Callable[[Frame], "str | None"]


@dataclass(frozen=True)
class Told:
    """What a wait is: its key, the student's frame nearest to it, and the frames above that, innermost first."""

    key: str
    frame: Frame | None
    above: tuple[Frame, ...] = ()

    def value(self, file: str, function: str, name: str) -> str | None:
        """What the variable `name` holds in the library's frame of that file and function."""
        found = next((frame for frame in self.above if frame.is_in(file, function)), None)
        return found.values.get(name) if found else None


def tell(
    wait: Wait, stack: Stack | None, is_theirs: Callable[[Frame], bool], method: Callable[[Frame], str | None]
) -> Told:
    """What `wait` is. `is_theirs` says whether a frame is the student's, `method` what its line calls last."""
    if stack is None:
        return Told(_by_call(wait), None)
    at = next((index for index, frame in enumerate(stack.frames) if is_theirs(frame)), len(stack.frames))
    above = stack.frames[:at]
    frame = stack.frames[at] if at < len(stack.frames) else None
    return Told(_key(wait, above, frame, method), frame, above)


def _key(wait: Wait, above: tuple[Frame, ...], frame: Frame | None, method: Method) -> str:
    if any("/grade_harness/probe.py" in each.file for each in above):
        return "held"
    for inner, outer in itertools.pairwise(above):
        if any(outer.is_in(*each) for each in WORKERS) and inner.is_in("multiprocessing/queues.py", "get"):
            return "worker_task"
    if remote := _remote(above):
        return remote
    for each in reversed(above):
        if key := _by_function(each, above):
            return key
    if frame is not None and wait.call in ("futex", UNREADABLE):
        return _by_line(frame, method(frame))
    return _by_call(wait)


def _by_function(frame: Frame, above: tuple[Frame, ...]) -> str | None:
    for file, functions in BY_FUNCTION.items():
        if frame.is_in(file, *functions):
            key = functions[frame.function]
            if key in ("condition", "event", "semaphore", "lock"):
                key = _refined(key, frame, above)
            return key
    return None


def _refined(key: str, frame: Frame, above: tuple[Frame, ...]) -> str:
    kind = type_of(frame.values.get("self"))
    if kind in BY_TYPE and not (frame.function == "__enter__" and BY_TYPE[kind] != "semaphore"):
        return BY_TYPE[kind]
    if frame.function == "__enter__":
        return "lock" if kind is None or "Semaphore" not in kind else "semaphore"
    if any(each.is_in("threading.py", "_wait") for each in above):
        return "barrier"
    inner = sum(each.is_in("threading.py", "wait") for each in above)
    return "event" if key == "condition" and frame.function == "wait" and inner > 1 else key


def _remote(above: tuple[Frame, ...]) -> str | None:
    """What a call of a manager's proxy waits for there."""
    call = next((each for each in above if each.is_in("multiprocessing/managers.py", "_callmethod")), None)
    if call is None:
        return None
    name = call.values.get("methodname", "").strip("\"'")
    kind = type_of(call.values.get("self"))
    if name in ("wait", "wait_for") and kind in BY_TYPE:
        return BY_TYPE[kind]
    return BY_METHOD.get(name, "manager_call")


def _by_line(frame: Frame, method: str | None) -> str:
    kinds = {type_of(value) for value in frame.values.values()}
    if method in ("acquire", "with") and kinds & {"Semaphore", "BoundedSemaphore"} and not kinds & {"Lock", "lock"}:
        return "semaphore"
    return BY_METHOD.get(method or "", "unknown")


def _by_call(wait: Wait) -> str:
    if wait.is_sleep:
        return "sleep"
    if wait.call in ("read", "readv") and wait.args[0] == 0 and calls.descriptor(wait.pid, 0).startswith("/dev"):
        return "input"
    return BY_CALL.get(wait.call, "unknown")


def type_of(value: str | None) -> str | None:
    """The type that py-spy names: "Queue" of "<Queue at 0x7f82195a7f70>"."""
    return value[1:].partition(" at ")[0] if value and value.startswith("<") else None
