"""A hang, explained: a halt goes in, a Finding comes out that names the line at which each process waits, and for whom.

Who uses it: case and examine give an Explainer to each stage, which calls it where nothing more will come. It looks
at the stacks once, while everything still stands; what it cannot see it leaves out. The words are the course's.
"""

from __future__ import annotations

import contextlib

from grader.finding import Finding
from grader.handles import lines
from grader.handles.stage import Stage, stuck
from grader.hangs import scene, shapes, whom
from grader.hangs.scene import Post, Scene
from grader.kernel import processes, settled
from grader.kernel.standstill import Halt
from grader.result import Waiting

WITHOUT_END = ("busy", "crowd")
MOST_WAITING = 24  # more are not told


class Explainer:
    """Explains the halts of one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def __call__(self, halt: Halt) -> Finding:
        """The finding that `halt` is, with all that can be said of it."""
        found = stuck(halt)
        if halt.kind != "memory":
            with contextlib.suppress(Exception):  # what is read of theirs can be anything: that costs words alone
                self._explain(found, halt)
        return found

    def _explain(self, found: Finding, halt: Halt) -> None:
        look = halt.look
        if halt.kind in WITHOUT_END:
            processes.freeze(self.stage.zygote.pid)
            look = settled.stopped(look) if look else None
        seen = scene.of(self.stage, look)
        whom.put_in(seen)
        if halt.kind in ("settled", "patience"):
            found.cause, found.facts = shapes.cause(seen, self.stage.output.text())
        if halt.kind == "busy" and (known := shapes.of_others(seen, self.stage.output.text())):
            found.cause, found.facts = known
        found.waiting = [_entry(seen, post, halt) for post in seen.posts][:MOST_WAITING]
        found.place = _place(seen, halt)


def _entry(seen: Scene, post: Post, halt: Halt) -> Waiting:
    file, line = post.place or (None, None)
    key = _key(seen, post, halt)
    return Waiting(
        who=post.who,
        pid=seen.cast.inner[post.wait.pid],
        line=line,
        file=file,
        source=lines.source_line(seen.stage.sandbox, post.place),
        waits_for=key,
        on=post.on,
        name=post.name,
        seconds=None if post.wait.endless or key in ("poll_loop", "busy") else post.wait.asked_s,
    )


def _key(seen: Scene, post: Post, halt: Halt) -> str:
    """What the thread does: one that is restless although nothing comes of it does so again and again."""
    told = post.told
    if halt.kind in WITHOUT_END and post.computes:
        return "busy"
    if halt.kind == "crowd" and told.key == "stopped":  # by us
        return "sleep" if told.frame is not None and seen.method(told.frame) == "sleep" else "busy"
    if halt.kind in ("settled", "patience") and post.is_restless:
        return "poll_loop"
    return told.key


def _place(seen: Scene, halt: Halt) -> lines.Place | None:
    """The line that a student should look at first: that of a restless thread, else the main process's, else any."""
    placed = [post for post in seen.posts if post.place is not None]
    restless = [post for post in placed if not post.wait.endless and halt.kind != "settled"]
    return next((post.place for post in [*restless, *placed]), None)
