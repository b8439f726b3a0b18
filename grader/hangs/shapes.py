"""The known forms of a standstill: a key of the course's [causes] that says what is wrong and what to do next.

Who uses it: hang.py. What goes in: a scene in which everybody's wait is known, and what the submission has printed.
What comes out: the first form that fits, with the facts that fill its words. A form is only named where the facts show
it; else the standstill is just told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from grader.handles import lines
from grader.hangs.scene import Post, Scene
from grader.hangs.whom import is_at_task, leads_to, waits_within
from grader.kernel.frames import Stack
from grader.kernel.roles import POOL_WORKER, given_name, runs_callbacks

Cause = tuple[str, dict[str, str]]
Form = Callable[[Scene], "Cause | None"]

FOR_AN_END = {"join", "child_end", "thread_join"}
FOR_A_TASK = {"pool_result", "pool_end", "future_result"}
OF_THREADS = {"queue_get": "queue.py", "queue_put": "queue.py", "queue_join": "queue.py",
              **dict.fromkeys(("event", "condition", "semaphore"), "threading.py")}  # fmt: skip
WAITING = ("get", "put", "join", "wait", "acquire", "__enter__")
POOL_THREADS = ("_handle_results", "_handle_tasks", "_handle_workers")
FOR_A_VALUE = {"queue_get", "pipe_read", "event", "condition", "barrier", "queue_join", "semaphore"}
NO_GUARD = "An attempt has been made to start a new process before the"
FAILED = re.compile(r"^Process (\S+):$", re.M)  # what multiprocessing prints of a process that raised
TRACEBACK = "Traceback (most recent call last):"
ERROR = re.compile(r"^(?:\w+\.)*([A-Z]\w*(?:Error|Exception|Interrupt|Exit|Empty|Full|Iteration))(?:: (.*))?$", re.M)
MANY_WORKERS = 16  # that a pool has started one after the other
UNPICKLING = re.compile(r'File "[^"]*/multiprocessing/spawn\.py", line \d+, in _?(?:spawn_)?main')
ORDERED = re.compile(r'File "[^"]*/grade_harness/probe\.py')  # the check itself had it raised
CALLBACK = re.compile(r'File "[^"]*/multiprocessing/pool\.py", line \d+, in _set\n\s*self\._(?:error_)?callback\(')
IMPORTING = {"AttributeError", "ModuleNotFoundError", "ImportError", "PicklingError", "UnpicklingError"}


def cause(scene: Scene, output: str) -> Cause:
    """The form of a standstill in which everything is blocked for good."""
    return of_output(scene, output) or next((found for form in FORMS if (found := form(scene))), ("stuck", {}))


def of_others(scene: Scene, output: str) -> Cause | None:
    """The form of a standstill of all that the student's code does, where what computes is a pool's own."""
    if found := _cannot_begin(scene, output):
        return found
    computes = any(wait.call == "running" for wait in scene.look.waits)
    if not computes or any(post.is_restless for post in scene.posts):
        return None
    told = cause(scene, output)
    return None if told[0] == "stuck" else told


def _cannot_begin(scene: Scene, output: str) -> Cause | None:
    """Whether a worker of a pool failed outside any task, or there have been many more than there can be at once."""
    names = [given_name(stack) or "" for stack in scene.stacks.values()]
    numbers = [int(found.group(1)) for name in names if (found := POOL_WORKER.match(name))]
    failed = any(map(POOL_WORKER.match, FAILED.findall(output)))
    if not _waiting(scene, FOR_A_TASK) or not (failed or max(numbers, default=0) >= MANY_WORKERS):
        return None
    errors = ERROR.findall(output)
    return "pool_cannot_begin", dict(zip(("type", "text"), errors[-1], strict=True)) if errors else {}


def of_output(scene: Scene, output: str) -> Cause | None:
    """What a child said before it ended, where somebody waits for what it was to do."""
    if TRACEBACK not in output or not _waiting(scene, FOR_A_VALUE | FOR_A_TASK):
        return None
    if NO_GUARD in output:
        return "no_main_guard", {}
    last = output[output.rindex(TRACEBACK) :]
    if ORDERED.search(last) and not _waiting(scene, {"queue_get"}):
        return None
    return _of_traceback(last)


def of_child(output: str) -> Cause | None:
    """What a child said before it ended, where nobody need wait for it; none of what the check itself had raised."""
    if not FAILED.search(output) or TRACEBACK not in output:
        return None
    last = output[output.rindex(TRACEBACK) :]
    return None if ORDERED.search(last) else _of_traceback(last)


def _of_traceback(last: str) -> Cause | None:
    if not (errors := ERROR.findall(last)):
        return None
    kind, text = errors[-1]
    if kind == "EOFError" and "reading a line" in text:
        return "reads_input", {"type": kind, "text": text}
    if CALLBACK.search(last):
        return "callback_raised", {"type": kind, "text": text}
    failed_to_import = UNPICKLING.search(last) and kind in IMPORTING
    return "child_failed_to_import" if failed_to_import else "raised_in_child", {"type": kind, "text": text}


def _waiting(scene: Scene, keys: Collection[str]) -> list[Post]:
    return [post for post in scene.posts if post.told.key in keys]


# --- the forms, in the order of what a student should hear first


def _joined_before_drained(scene: Scene) -> Cause | None:
    for post in _waiting(scene, FOR_AN_END | FOR_A_TASK):
        other = scene.post_of(post.on)
        if other and other.told.key == "feeder_room":
            return "joined_before_drained", {}
        if other and other.told.key == "pipe_room":
            return "pipe_not_read", {}
    return None


def _pool_on_itself(scene: Scene) -> Cause | None:
    waiting = [post for post in _waiting(scene, FOR_A_TASK) if waits_within(post)]
    return ("pool_waits_on_itself", {}) if waiting and not any(_has_own_pool(scene, post) for post in waiting) else None


def _in_callback(scene: Scene) -> Cause | None:
    waiting = [post for post in _waiting(scene, FOR_A_TASK) if runs_callbacks(post.stack)]
    return ("callback_waits", {}) if waiting else None


def _pool_has_ended(scene: Scene) -> Cause | None:
    """Somebody waits for a result, and the threads of the pool that would take it in are gone."""
    frames = [frame for stack in scene.stacks.values() for frame in stack.frames]
    is_there = any(frame.is_in("multiprocessing/pool.py", *POOL_THREADS) for frame in frames)
    return ("pool_has_ended", {}) if _waiting(scene, {"pool_result"}) and not is_there else None


def _only_threads_could(scene: Scene) -> Cause | None:
    """Somebody waits for what only another thread of the same process could do, and it has none."""
    for post in _waiting(scene, OF_THREADS.keys()):
        others = [s for (pid, task), s in scene.stacks.items() if pid == post.wait.pid != task and not _feeds(s)]
        if not others and any(frame.is_in(OF_THREADS[post.told.key], *WAITING) for frame in post.told.above):
            return "only_threads_could", {}
    return None


def _feeds(stack: Stack) -> bool:
    """Whether the thread is a queue's own."""
    return any(frame.is_in("multiprocessing/queues.py", "_feed") for frame in stack.frames)


def _has_own_pool(scene: Scene, post: Post) -> bool:
    """Whether a worker that is a process has the handler threads of a pool of its own."""
    stacks = [stack for (pid, _), stack in scene.stacks.items() if pid == post.wait.pid in scene.cast.workers]
    handlers = (("multiprocessing/pool.py", "_handle_results"), ("concurrent/futures/process.py", "run"))
    return any(frame.is_in(*each) for stack in stacks for frame in stack.frames for each in handlers)


def _lock(scene: Scene) -> Cause | None:
    for post in _waiting(scene, {"lock"}):
        facts = {"name": post.name} if post.name else {}
        if post.on is None:
            return "lock_never_released", facts
        other = scene.post_of(post.on)
        if post.on == post.who:
            return "locked_twice", facts
        if other and leads_to(scene, other, post):
            return "locks_in_a_circle" if other.told.key == "lock" else "waits_with_the_lock", facts
    return None


def _lost_task(scene: Scene) -> Cause | None:
    idle = _waiting(scene, {"worker_task"})
    waiting = [post for post in _waiting(scene, FOR_A_TASK) if not waits_within(post)]
    at_work = [post for post in scene.posts if is_at_task(post) and post not in [*idle, *waiting]]
    at_work += [post for post in scene.posts if runs_callbacks(post.stack)]
    return ("pool_lost_a_task", {}) if waiting and idle and not at_work else None


def _barrier(scene: Scene) -> Cause | None:
    return ("barrier_not_full", {}) if _waiting(scene, {"barrier"}) else None


def _without_waiting(scene: Scene) -> Cause | None:
    """Somebody waits at a queue of the check's, and is alone with it: it was to be asked without waiting."""
    for post in _waiting(scene, {"queue_get", "queue_put"}):
        is_ours = any("/grade_harness/queues.py" in frame.file for frame in post.told.above)
        if is_ours and len(scene.cast.processes) == 1:
            return ("waits_for_room" if post.told.key == "queue_put" else "waits_for_a_value"), {}
    return None


def _full_queue(scene: Scene) -> Cause | None:
    for post in _waiting(scene, {"queue_put"}):
        others = [
            each for each in scene.posts if each is not post and each.told.key not in ("queue_put", "worker_task")
        ]
        reader = any(not leads_to(scene, each, post) for each in others)
        return "queue_stays_full" if reader else "put_before_reader", {}
    return None


def _task_done(scene: Scene) -> Cause | None:
    return ("task_done_forgotten", {}) if _waiting(scene, {"queue_join"}) else None


def _plain_queue_in_pool(scene: Scene) -> Cause | None:
    """Somebody waits at a queue that was an argument of tasks of a pool, and all its workers are idle."""
    idle = _waiting(scene, {"worker_task"})
    for post in _waiting(scene, {"queue_get"}):
        is_plain = any(frame.is_in("multiprocessing/queues.py", "get") for frame in post.told.above)
        others = [each for each in scene.posts if each not in (post, *idle)]
        if idle and is_plain and not others and lines.queue_to_tasks(scene.text(post.place)):
            return "plain_queue_in_pool", {}
    return None


def _never_filled(scene: Scene) -> Cause | None:
    return ("queue_never_filled", {}) if _waiting(scene, {"queue_get"}) else None


def _nobody_sends(scene: Scene) -> Cause | None:
    readers = [post for post in _waiting(scene, {"pipe_read"}) if post.told.frame is not None]
    return ("nobody_sends", {}) if readers else None


def _task_never_ends(scene: Scene) -> Cause | None:
    return ("task_never_ends", {}) if any(post.on for post in _waiting(scene, FOR_A_TASK)) else None


def _child_never_ends(scene: Scene) -> Cause | None:
    return ("child_never_ends", {}) if any(post.on for post in _waiting(scene, FOR_AN_END)) else None


def _polls(scene: Scene) -> Cause | None:
    """Somebody still wakes up, although nothing has come of it."""
    return ("polls_in_vain", {}) if any(post.is_restless for post in scene.posts) else None


FORMS: tuple[Form, ...] = (
    _polls,
    _joined_before_drained,
    _pool_on_itself,
    _in_callback,
    _pool_has_ended,
    _lock,
    _lost_task,
    _only_threads_could,
    _barrier,
    _without_waiting,
    _full_queue,
    _task_done,
    _plain_queue_in_pool,
    _never_filled,
    _nobody_sends,
    _task_never_ends,
    _child_never_ends,
)
