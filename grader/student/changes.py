"""Which exercise files have changed: told as soon as it is seen, however an editor saves.

Who uses it: `grade watch`. A thread waits for events of the folder (watchfiles); an editor that writes beside and
renames, that empties and writes, or that keeps a copy, changes the file's name in the folder in any case. Where events
cannot be had, or do not come although a file is another one, as on many shared folders, it looks every POLL_MS instead.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from grader.student import kept

DEBOUNCE_MS = 200  # what is saved within it is one change
STEP_MS = 20  # so long nothing more has come: what does come later is graded in place of what was there
LOOK_MS = 500  # so often the files are looked at beside the events
POLL_MS = 300
SHARED = {"9p", "afs", "ceph", "cifs", "drvfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf", "vmhgfs"}
MOUNTS = Path("/proc/self/mountinfo")


class Changes:
    """`with Changes(folder, exercises, changed, gone, polls):` - calls them from a thread of its own.

    `changed` is told the exercises whose file was touched, `gone` that the folder is no more, `polls` that it looks
    again and again, as there are no events.
    """

    def __init__(
        self,
        folder: Path,
        exercises: Iterable[str],
        changed: Callable[[set[str]], None],
        gone: Callable[[], None],
        polls: Callable[[], None],
    ) -> None:
        self.folder, self.exercises = folder.resolve(), list(exercises)
        self._changed, self._gone, self._polls = changed, gone, polls
        self._stop = threading.Event()
        self._known = kept.digests(self.folder, self.exercises)
        self._thread = threading.Thread(target=self._watch, name="changes", daemon=True)

    def __enter__(self) -> Changes:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        if not has_no_events(self.folder):
            with contextlib.suppress(OSError, RuntimeError):  # no more watches are to be had, or none at all
                if self._listen(polling=False):
                    return
        if self.folder.is_dir():
            self._polls()
            with contextlib.suppress(OSError):
                self._listen(polling=True)
        if not self._stop.is_set():
            self._gone()

    def _listen(self, *, polling: bool) -> bool:
        """Takes in what comes until it is to stop, or the folder has gone; false where events do not come."""
        import watchfiles

        missed = 0
        for events in watchfiles.watch(
            self.folder,
            watch_filter=None,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
            force_polling=polling,
            poll_delay_ms=POLL_MS,
            recursive=False,
        ):
            if not self.folder.is_dir():
                break
            touched = {name for _, path in events if (name := self._exercise(path))}
            others = self._look()
            missed = 0 if touched else missed + bool(others)
            if touched | others:
                self._changed(touched | others)
            if missed > 1 and not polling:  # once may be chance: saved before the first event could be had
                return False
        if not self._stop.is_set():
            self._gone()
            self._stop.set()
        return True

    def _exercise(self, path: str) -> str | None:
        name = os.path.basename(path).removesuffix(".py")
        return name if name in self.exercises and path.endswith(".py") else None

    def _look(self) -> set[str]:
        before, self._known = self._known, kept.digests(self.folder, self.exercises)
        return {name for name, digest in self._known.items() if digest != before[name]}


def has_no_events(folder: Path) -> bool:
    """Whether `folder` lies on a file system that is shared with others, whose changes the kernel does not tell."""
    kind = _file_system(folder.resolve())
    return kind in SHARED or kind.startswith("fuse.")


def _file_system(folder: Path) -> str:
    """Its kind, as proc_pid_mountinfo(5) has it; nothing where that is not known."""
    found = ("", "")
    with contextlib.suppress(OSError):
        for line in MOUNTS.read_text("utf-8", "replace").splitlines():
            mounted, _, rest = line.partition(" - ")
            place = mounted.split()[4].replace("\\040", " ")
            if folder.is_relative_to(place) and len(place) >= len(found[0]):
                found = (place, rest.split()[0])
    return found[1]
