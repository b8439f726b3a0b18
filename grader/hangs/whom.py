"""For whom somebody waits: the other end of what it waits for, and who holds that.

Who uses it: hang.py, on a scene. What can be known is put in first: a child by its PID, a thread by its object, a lock
by its count in its holder's memory. Where several could do what is waited for, it is the one that in turn waits for the
one who waits, if there is one: that is the circle that a student has to break. Else it is nobody.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from grader.handles import lines
from grader.hangs.scene import Post, Scene
from grader.kernel import calls, ends, processes
from grader.kernel.frames import Frame, Stack
from grader.kernel.roles import runs_callbacks
from grader.kernel.settled import UNREADABLE, Wait
from grader.kernel.waits import type_of

ADDRESS = re.compile(r" at (0x[0-9a-f]+)>")
EXECUTOR_THREAD = ("concurrent/futures/thread.py", "_worker", "run")
TASKS = (("multiprocessing/pool.py", "worker"), EXECUTOR_THREAD, ("concurrent/futures/process.py", "_process_worker"))
FORK_SERVER = ("multiprocessing/forkserver.py", "main")
MOST_LOCKS = 8  # between processes, whose holder is looked for
DEEPEST = 20  # frames of a stack that are searched for locks, from the innermost on
BEGINNINGS = ("run", "_bootstrap_inner", "_bootstrap")


@dataclass(frozen=True)
class Held:
    """A lock that somebody holds: by its name in the text, and its address where that is known."""

    who: str
    name: str
    address: str | None

    def is_it(self, name: str | None, address: str | None) -> bool:
        """Whether it is the lock that somebody calls `name`, and that lies at `address`."""
        known = self.address is not None and address is not None
        return self.address == address if known else self.name == name


class _Search:
    """Who holds which semaphore: each is looked for once, and only a few are, for that takes a look at all memory."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids
        self.found: dict[ends.Shared, int | None] = {}

    def holder(self, shared: ends.Shared) -> int | None:
        """The process that holds it, where that is known."""
        if shared not in self.found and len(self.found) < MOST_LOCKS:
            self.found[shared] = ends.holder(shared, self.pids)
        return self.found.get(shared)


def put_in(scene: Scene) -> None:
    """Sets `on` of every post of the scene, where it can be told."""
    held = _locks(scene)
    search = _Search(list(scene.cast.processes))
    for post in scene.posts:
        post.on = _certain(scene, post, held, search)
    opened = ends.Ends([pid for pid in scene.cast.processes])
    for post in scene.posts:
        if post.on is None and post.told.key in LIKELY:
            post.on = _chosen(scene, post, LIKELY[post.told.key](scene, post, opened))


# --- what is certain


def _certain(scene: Scene, post: Post, held: list[Held], search: _Search) -> str | None:
    key = post.told.key
    if key in ("join", "child_end"):
        return _child(scene, post)
    if key == "thread_join":
        return _thread(scene, post)
    if key in ("pool_result", "pool_end", "future_result"):
        return _task(scene, post)
    if key == "lock":
        return _holder(scene, post, held, search)
    if key == "file_lock":
        return _file_locker(scene, post)
    return "manager" if key == "manager_call" and "manager" in scene.cast.processes.values() else None


def _child(scene: Scene, post: Post) -> str | None:
    wait = post.wait
    if wait.call in ("poll", "ppoll"):
        return _only(scene, _of_fork_server(scene, wait) or ends.Ends(list(scene.cast.processes)).others(wait))
    children = processes.children(wait.pid)
    wanted = [
        pid
        for pid in children
        if wait.call == UNREADABLE or calls.is_for_child(wait.call, wait.args, scene.cast.inner.get(pid, -1))
    ]
    return _only(scene, [pid for pid in wanted if pid in scene.cast.processes])


def _of_fork_server(scene: Scene, wait: Wait) -> list[int]:
    """The children whose end the fork server will tell through what `wait` polls: each remembers where the server keeps
    the other end."""
    found = []
    for (pid, _), stack in scene.stacks.items():
        kept = [frame.values.get("child_w", "") for frame in stack.parents if frame.is_in(*FORK_SERVER)]
        with contextlib.suppress(*processes.GONE):
            server = processes.stat(pid).parent
            if any(calls.descriptor(server, int(n)) in ends.what_is_waited_for(wait) for n in kept if n.isdigit()):
                found.append(pid)
    return found


def _only(scene: Scene, pids: list[int]) -> str | None:
    return scene.cast.processes.get(pids[0]) if len(pids) == 1 else None


def _thread(scene: Scene, post: Post) -> str | None:
    wanted = address(post.told.value("threading.py", "join", "self"))
    for other in scene.posts:
        for frame in other.stack.frames if other.stack and wanted else ():
            if frame.is_in("threading.py", *BEGINNINGS) and address(frame.values.get("self")) == wanted:
                return other.who
    others = [each for each in scene.posts if each.wait.pid == post.wait.pid and each is not post]
    if type_of(post.told.value("threading.py", "join", "self")) == "_MainThread":
        others = [each for each in others if each.wait.task == each.wait.pid]
    elif wanted is not None:
        return None
    return others[0].who if len(others) == 1 else None


def address(value: str | None) -> str | None:
    """The address that py-spy names of an object."""
    found = ADDRESS.search(value or "")
    return found.group(1) if found else None


def _task(scene: Scene, post: Post) -> str | None:
    """The first worker that has a task: of the pool's processes, or threads of the same process."""
    at_work = [each for each in scene.posts if each is not post and is_at_task(each) and each.told.key != "worker_task"]
    within = [each for each in scene.posts if each.wait.pid == post.wait.pid and runs_callbacks(each.stack)]
    within += [each for each in at_work if each.wait.pid == post.wait.pid or each.wait.pid in scene.cast.workers]
    if within:
        return within[0].who
    return post.who if waits_within(post) and post.wait.pid not in scene.cast.workers else None


def is_at_task(post: Post) -> bool:
    """Whether the thread carries out a task of a pool or an executor."""
    frames = post.stack.frames if post.stack else ()
    return any(frame.is_in(*each) for frame in frames for each in TASKS)


def waits_within(post: Post) -> bool:
    """Whether the thread waits at a task of what may be the very pool: a `Pool` has no threads of an executor."""
    frames = post.stack.frames if post.stack else ()
    in_executor = any(frame.is_in(*EXECUTOR_THREAD) for frame in frames)
    return is_at_task(post) and not (in_executor and post.told.key == "pool_result")


# --- locks


def _locks(scene: Scene) -> list[Held]:
    """Who holds which lock, as the student's text says."""
    held = []
    at = functools.cache(lambda place: lines.locks_held_at(scene.text(place), place[1]))
    for post in scene.posts:
        for frame in _theirs(scene, post.stack)[:DEEPEST]:
            held += [Held(post.who, name, _identity(frame, name)) for name in at(scene.place(frame))]
    return held


def _theirs(scene: Scene, stack: Stack | None) -> list[Frame]:
    return [frame for frame in stack.frames if scene.place(frame)] if stack else []


def _identity(frame: Frame, name: str) -> str | None:
    """The lock's address, where it is known and says which lock it is: each process has a proxy of its own."""
    value = frame.values.get(name)
    return None if (type_of(value) or "").endswith("Proxy") else address(value)


def _holder(scene: Scene, post: Post, held: list[Held], search: _Search) -> str | None:
    frame, place = post.told.frame, post.place
    if frame is None or place is None:
        return None
    post.name = lines.lock_at(scene.text(place), place[1])
    if shared := ends.semaphore(post.wait):
        holder = search.holder(shared)
        return scene.cast.processes.get(holder) if holder else None
    wanted = _identity(frame, post.name or "")
    return next((each.who for each in held if each.is_it(post.name, wanted)), None)


def _file_locker(scene: Scene, post: Post) -> str | None:
    """Who has locked the file, by the kernel's list (proc_locks(5))."""
    try:
        inode = os.stat(f"/proc/{post.wait.pid}/fd/{post.wait.args[0]}").st_ino
        table = processes.read("/proc/locks").decode().splitlines()
    except OSError:
        return None
    owners = [int(line.split()[4]) for line in table if "->" not in line and line.split()[5].endswith(f":{inode}")]
    return _only(scene, [pid for pid in owners if pid in scene.cast.processes])


# --- what is likely


def _chosen(scene: Scene, post: Post, candidates: list[Post]) -> str | None:
    """The candidate that waits for `post`, directly or through others; else the only one."""
    others = [each for each in candidates if each is not post and each.told.key != "worker_task"]
    for each in others:
        if leads_to(scene, each, post):
            return each.who
    left = [each for each in others if not _waits_alike(each, post)]
    return left[0].who if len(left) == 1 and post.told.key not in CIRCLES_ONLY else None


def leads_to(scene: Scene, start: Post, goal: Post) -> bool:
    """Whether `start` waits for `goal`, directly or through others."""
    seen: list[Post] = []
    at: Post | None = start
    while at is not None and at not in seen:
        seen.append(at)
        at = scene.post_of(at.on)
        if at is goal:
            return True
    return False


def _waits_alike(one: Post, other: Post) -> bool:
    """Whether both wait for the same, so that neither can give it to the other."""
    ones, others = ends.what_is_waited_for(one.wait), ends.what_is_waited_for(other.wait)
    return one.told.key == other.told.key and (not ones or not others or ones == others)


def _far_end(scene: Scene, post: Post, opened: ends.Ends) -> list[Post]:
    """Who holds the other end of the pipe that the thread waits for, or the feeder thread of its process."""
    feeding = [each for each in scene.look.waits if each.pid == post.wait.pid and each.call == "write"]
    if post.told.key == "feeder_room" and not feeding:
        return scene.posts  # its feeder waits for its turn to write
    pids = opened.others(feeding[0] if post.told.key == "feeder_room" else post.wait)
    return [each for each in scene.posts if each.wait.pid in pids and each.wait.task == each.wait.pid]


def _queue(scene: Scene, post: Post, opened: ends.Ends) -> list[Post]:
    """Who has the queue too: the other processes, or, for a queue of threads, the other threads."""
    if any(frame.file.endswith("/queue.py") for frame in post.told.above):
        return [each for each in scene.posts if each.wait.pid == post.wait.pid]
    if ends.what_is_waited_for(post.wait) and not _is_remote(post):
        return _far_end(scene, post, opened)
    return _everybody(scene, post, opened)


def _is_remote(post: Post) -> bool:
    return any(frame.is_in("multiprocessing/managers.py", "_callmethod") for frame in post.told.above)


def _everybody(scene: Scene, post: Post, opened: ends.Ends) -> list[Post]:
    return scene.posts


def _absent(scene: Scene, post: Post, opened: ends.Ends) -> list[Post]:
    return [each for each in scene.posts if each.told.key != "barrier"]


LIKELY: dict[str, Callable[[Scene, Post, ends.Ends], list[Post]]] = {
    "queue_get": _queue,
    "queue_put": _queue,
    "queue_join": _everybody,
    "pipe_read": _far_end,
    "pipe_room": _far_end,
    "feeder_room": _far_end,
    "event": _everybody,
    "condition": _everybody,
    "semaphore": _everybody,
    "barrier": _absent,
}
CIRCLES_ONLY = {"event", "condition", "semaphore"}
