"""A standstill with all that can be known of it: the threads, their stacks, who they are, what and whom they wait for.

Who uses it: hang.py, which turns it into a Finding, and shapes.py, which knows its form. What goes in: the stage and
the look that ended the wait. What comes out: a Scene with a Post for each thread that is of interest: the first of
every process of the student's, and each other that runs the student's code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from grader.handles import lines
from grader.handles.raised import place_of
from grader.handles.stage import Stage
from grader.kernel import frames, helpers, roles, settled, waits
from grader.kernel.frames import Frame, Stack, Stacks
from grader.kernel.roles import Cast
from grader.kernel.settled import Look, Wait
from grader.kernel.waits import Told

MOST_PROCESSES = 10  # that are told of: each takes some milliseconds to look into
TURN_S = 0.05  # a thread that wants the interpreter asks for it every 5 ms (sys.getswitchinterval)
TRIES = 5  # for a look while processes come and go


@dataclass
class Post:
    """One thread of a standstill: where it stands, what it waits for, and, once that is known, for whom."""

    who: str
    wait: Wait
    stack: Stack | None
    told: Told
    on: str | None = None
    place: lines.Place | None = None
    name: str | None = None  # of the lock that it waits for

    @property
    def is_restless(self) -> bool:
        """Whether it wakes up again and again, as far as the kernel lets us see."""
        return not self.wait.endless and self.wait.call != settled.UNREADABLE and self.told.key != "held"

    @property
    def computes(self) -> bool:
        """Whether it runs, or waits for its turn to run among the threads of its process.

        It may wait so without a time limit, too: who gave the interpreter away waits until another one has taken it.
        """
        if self.wait.call != "futex" or self.told.above or self.told.frame is None:
            return self.wait.call == "running"
        return self.told.key == "unknown" or -1 < (self.wait.left_s or -1) < TURN_S


@dataclass
class Scene:
    """All that is known of a standstill."""

    stage: Stage
    look: Look
    stacks: Stacks
    cast: Cast
    posts: list[Post] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)  # of the files that were asked for

    def text(self, place: lines.Place | None) -> list[str]:
        """The lines of the student's file at `place`."""
        if place is None:
            return []
        if place[0] not in self.texts:
            self.texts[place[0]] = lines.read(self.stage.sandbox, place[0])
        return self.texts[place[0]]

    def place(self, frame: Frame | None) -> lines.Place | None:
        """Where a frame stands in the submission; None for one that is not the student's, or names no place there."""
        return None if frame is None else place_of([frame.file, frame.line], self.stage.sandbox.submission)

    def method(self, frame: Frame) -> str | None:
        """The method that the student's line calls last."""
        place = self.place(frame)
        return lines.method_at(self.text(place), place[1]) if place else None

    def target(self, stack: Stack) -> str | None:
        """The function that a process was started to run, by the text of the line that started it."""
        start = next((place for frame in stack.parents if (place := self.place(frame))), None)
        place = start or (f"{self.stage.module}.py", 0)
        return lines.target_at(self.text(place), start[1] if start else None)

    def put(self, told: Told, stack: Stack | None) -> lines.Place | None:
        """Where a process that has done its work had put what its queue's pipe does not take."""
        if told.key != "feeder_room" or stack is None:
            return None
        start = next((place for frame in stack.parents if (place := self.place(frame))), None)
        file = start[0] if start else f"{self.stage.module}.py"
        number = lines.put_in(self.text((file, 0)), self.target(stack))
        return (file, number) if number else None

    def post_of(self, who: str | None) -> Post | None:
        """The post of that name."""
        return next((post for post in self.posts if post.who == who), None)


def of(stage: Stage, look: Look | None) -> Scene:
    """The scene that `look` shows, or, where it is None, what can be seen now."""
    for _ in range(TRIES):
        look = look or settled.look(stage.zygote.pid)
    look = look or Look((), zygote=stage.zygote.pid)
    others = {wait.pid for wait in look.waits} - {stage.outer_pid}
    theirs = sorted(pid for pid in others if not helpers.helper(pid, stage.nursery))
    first = [stage.outer_pid, *theirs][:MOST_PROCESSES]
    look = replace(look, waits=tuple(wait for wait in look.waits if wait.pid in first))
    stacks = frames.stacks(look.waits, values=True)
    scene = Scene(stage, look, stacks, Cast())
    scene.cast = roles.cast(stage.outer_pid, stage.nursery, look, stacks, scene.target)
    scene.posts = list(_posts(scene))
    return scene


def _posts(scene: Scene) -> Iterator[Post]:
    for pid in scene.cast.processes:
        for wait in sorted((each for each in scene.look.waits if each.pid == pid), key=lambda each: each.task != pid):
            stack = scene.stacks.get((pid, wait.task))
            told = waits.tell(wait, stack, lambda frame: scene.place(frame) is not None, scene.method)
            if (wait.task == pid and not _is_idle(scene, wait, stack)) or told.frame is not None:
                place = scene.place(told.frame) or scene.put(told, stack)
                yield Post(scene.cast.who(pid, wait.task), wait, stack, told, place=place)


def _is_idle(scene: Scene, wait: Wait, stack: Stack | None) -> bool:
    """Whether the thread waits for the check's next request, or is a manager's."""
    if stack is None:
        call = scene.stage.call
        return wait.pid == scene.stage.outer_pid and (call is None or call.has_returned)
    innermost = stack.frames[0] if stack.frames else None
    waits_for_check = innermost is not None and "/grade_harness/stage.py" in innermost.file
    return waits_for_check or any(frame.is_in(*roles.SERVER) for frame in stack.frames)
