"""The scratch folder from outside: folders and files that a check makes for a student's function, and looks at later.

Who uses it: the checks, through the fixture `files`. The judge writes and reads them itself, below a descriptor of the
scratch folder that the zygote hands out: no content goes over the wire, and nothing inside is asked what a file holds.
What lies there may have been changed by the submission, so no link is followed and nothing but a plain file is read.

Names are as the inside has them (str, with surrogates for what is no UTF-8); a `path` is a path inside.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader import systems
from grader.finding import Broken, Finding, NotHere
from grader.handles.leases import Hold
from grader.handles.stage import Stage

KEPT_BYTES = 64 << 10  # a longer content is known by its size and fingerprint alone
BLOCK_BYTES = 1 << 20
READ_MOST_BYTES = 256 << 20  # of one file, or of all in a folder: some times what a check ever makes
LISTED_MOST = 10_000
MODE = 0o666
OURS = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO)  # what fails in the judge, whatever is inside
FULL = (errno.ENOSPC, errno.EDQUOT)
KINDS = {errno.ENOENT: "no file", errno.ELOOP: "a link", errno.EISDIR: "a folder"}  # by what keeps one from opening it


@dataclass(frozen=True)
class Content:
    """What a file holds: equal where every byte is."""

    size: int
    fingerprint: bytes
    data: bytes | None = field(default=None, compare=False)  # all of it, where it is short

    def __repr__(self) -> str:
        if self.data is not None and self.size <= 80:
            return repr(self.data)
        begins = f", beginning with {self.data[:24]!r}" if self.data else ""
        return f"<{self.size} bytes{begins}, fingerprint {self.fingerprint.hex()[:8]}>"


@contextlib.contextmanager
def undisturbed(stage: Stage) -> Iterator[None]:
    """Where the check makes something, or holds it: if that fails, the submission is in the way, whose folder it is.

    It has run by then, as it was imported. Where it shares the room with others, a disk that is full is nobody's fault.
    """
    try:
        yield
    except OSError as error:
        if error.errno in OURS or (error.errno in FULL and stage.sandbox.tier != "bubblewrap"):
            raise
        told = os.strerror(error.errno or 0)
        raise Finding(cause="files_disturbed", facts={"text": told}) from None


@dataclass(frozen=True, eq=False)
class NoFile:
    """What is found where a file should be; equal to nothing."""

    kind: str

    def __repr__(self) -> str:
        return f"<{self.kind}>"


class Endings(list[str]):
    """Any of them will do; the first is what is told to be expected."""


class Folder:
    """A folder in the scratch folder, or a name where none is yet."""

    def __init__(self, stage: Stage, names: tuple[str, ...]) -> None:
        self._stage = stage
        self._names = names
        self.relative_path = "/".join(names)  # to the directory that a stage starts in
        self.path = f"{stage.sandbox.scratch}/{self.relative_path}"
        self._made: list[str] = []  # the files in it that are ours
        self._blocked: dict[str, str] = {}  # the names where no copy can be made, and by what

    # --- before the call

    def make_folder(self, name: str) -> Folder:
        """Makes a folder in this one."""
        with undisturbed(self._stage), self._opened() as above:
            _make_folder(self._stage, above, name)
        self._blocked[name] = "a folder"
        return Folder(self._stage, (*self._names, name))

    def make(self, name: str, data: bytes) -> Content:
        """Makes a file that holds `data`; what it holds."""
        return self._write(name, iter([data]))

    def make_large(self, name: str, size_mb: int) -> Content:
        """Makes a file of random bytes and of a single line, so that reading by lines reads it whole.

        In its midst are blocks of zeros and of blanks, so that who takes those for its end leaves something out.
        """
        twice = memoryview(os.urandom(BLOCK_BYTES).replace(b"\n", b"\r") * 2)
        turns = [secrets.randbelow(BLOCK_BYTES) for _ in range(size_mb - 2)]
        blocks = (twice[turn : turn + BLOCK_BYTES] for turn in turns)
        return self._write(name, itertools.chain([next(blocks), bytes(BLOCK_BYTES), b" " * BLOCK_BYTES], blocks))

    def fill(self, count: int) -> dict[str, Content]:
        """Makes `count` small text files with fresh names; what each of them holds."""
        names = [f"{secrets.token_hex(4)}.txt" for _ in range(count)]
        return {name: self.make(name, f"{name}: {secrets.token_hex(400)}\n".encode()) for name in names}

    def make_all(self, names: list[str], data: bytes) -> dict[str, Content]:
        """Makes files of these names, each holding its name and `data`; what each of them holds."""
        return {name: self.make(name, _bytes(name) + data) for name in names}

    def link_to_itself(self, name: str) -> None:
        """Makes a symbolic link that nobody, root neither, can open or write through."""
        with undisturbed(self._stage), self._opened() as folder:
            os.symlink(_bytes(name), _bytes(name), dir_fd=folder)
        self._blocked[name] = "a link to itself"

    def link_to_nowhere(self, name: str) -> None:
        """Makes a symbolic link into a folder that is not there: who opens it finds nothing, and can make nothing."""
        with undisturbed(self._stage), self._opened() as folder:
            os.symlink(b"nowhere/" + _bytes(name), _bytes(name), dir_fd=folder)
        self._blocked[name] = "a link"

    def hold(self) -> Hold:
        """From now on whoever opens a file of this folder (it holds nothing else) waits, until the check lets it go."""
        with undisturbed(self._stage), self._opened() as folder, contextlib.ExitStack() as undo:
            if not set(_list(folder)) <= set(self._made):
                raise FileExistsError(errno.EEXIST, "")
            numbers = {}
            for name in self._made:
                numbers[name] = _open_file(name, folder)
                undo.callback(os.close, numbers[name])
            hold = Hold(self._stage, numbers)
            undo.pop_all()
        return hold

    # --- what is there, once all inside is settled: whoever still writes has come to its end

    @property
    def exists(self) -> bool:
        """Whether anything is there under its name."""
        self._stage.settle()
        try:
            os.stat(_bytes(self.relative_path), dir_fd=_scratch(self._stage), follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    @property
    def is_folder(self) -> bool:
        """Whether a folder is there under its name, and no link to one."""
        self._stage.settle()
        with contextlib.suppress(OSError), self._opened():
            return True
        return False

    def names(self) -> list[str]:
        """The names of all that is in it, sorted; none where it is not there."""
        self._stage.settle()
        try:
            with self._opened() as folder:
                return sorted(_list(folder))
        except OSError:
            return []

    def inner_name(self) -> str:
        """A name that is neither the first nor the last, in the system's order or sorted; of at least five."""
        with undisturbed(self._stage), self._opened() as folder:
            listed = _list(folder)
            if not (inner := [name for name in listed[1:-1] if name in sorted(listed)[1:-1]]):
                raise FileNotFoundError(errno.ENOENT, "")
        return inner[0]

    def holds(self, name: str) -> Content | NoFile:
        """What the file `name` holds, or what is there in its place."""
        self._stage.settle()
        return self._look(name)

    def files(self) -> dict[str, Content | NoFile]:
        """What each thing in it holds, by name; together no more is read of them than of one."""
        found: dict[str, Content | NoFile] = {}
        left = READ_MOST_BYTES
        for name in self.names():
            found[name] = seen = self._look(name, left)
            left -= seen.size if isinstance(seen, Content) else 0
        return found

    def endings_for(self, name: str, own: str = "") -> Endings:
        """How a copy of the file `name` ends where it cannot be made, by what stood here under that name: by the error
        of a call or of a command that copies, such as cp; where a file has taken that place, it has to return.

        `own` is how the student's copy of that file alone ends: an OSError of its own making is as good as the
        system's. ("OSError" alone is one of a class made from it.)
        """
        found = self.holds(name)
        if isinstance(found, Content):
            return Endings(["returned"])
        kinds = {"a link to itself": "OSError", "a folder": "IsADirectoryError"}
        plain = kinds.get(self._blocked.get(name, found.kind), "FileNotFoundError")
        ours = [plain, "OSError", "OSError (errno ELOOP)", "CalledProcessError"]
        return Endings([*ours, own] if own.startswith("OSError") else ours)

    def _look(self, name: str, most: int = READ_MOST_BYTES) -> Content | NoFile:
        try:
            with self._opened() as folder:
                return _read(name, folder, most)
        except OSError as error:
            return NoFile(KINDS.get(error.errno or 0, "no file to be read"))

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        """A descriptor of it; on the way there no link is followed. Raises OSError where it is no folder."""
        with contextlib.ExitStack() as stack:
            folder = _scratch(self._stage)
            for name in self._names:
                folder = os.open(_bytes(name), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
                stack.callback(os.close, folder)
            yield folder

    def _write(self, name: str, blocks: Iterator[bytes | memoryview]) -> Content:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with undisturbed(self._stage), contextlib.ExitStack() as stack:
            with self._opened() as folder:
                number = os.open(_bytes(name), flags, MODE, dir_fd=folder)
            file = stack.enter_context(open(number, "wb"))
            _hand_over(number, MODE, self._stage)
            self._made.append(name)
            return _digest(block for block in blocks if file.write(block) is not None)


class Files:
    """The fixture `files`."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def folder(self) -> Folder:
        """Makes an empty folder with a fresh name."""
        folder = self.nowhere()
        with undisturbed(self._stage):
            _make_folder(self._stage, _scratch(self._stage), folder.relative_path)
        return folder

    def nowhere(self) -> Folder:
        """A folder with a fresh name that is not made."""
        return Folder(self._stage, (f"folder_{secrets.token_hex(4)}",))


def _scratch(stage: Stage) -> int:
    if stage.zygote.scratch is None:
        if not systems.IS_POSIX:  # no file is named from a folder on there
            raise NotHere
        raise Broken("the sandbox has handed out no scratch folder")
    return stage.zygote.scratch


def _make_folder(stage: Stage, above: int, name: str) -> None:
    os.mkdir(_bytes(name), dir_fd=above)
    number = os.open(_bytes(name), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
    try:
        _hand_over(number, 0o755, stage)
    finally:
        os.close(number)


def _hand_over(number: int, mode: int, stage: Stage) -> None:
    """It becomes theirs, so that they may do with it what they like, and the zygote can clear it away."""
    os.fchmod(number, mode)
    if stage.sandbox.uid is not None:
        os.fchown(number, stage.sandbox.uid, stage.sandbox.uid)


def _open_file(name: str, folder: int) -> int:
    """Opens a file for reading and writing; raises OSError where something else has taken its place, such as a pipe."""
    number = os.open(_bytes(name), os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    if stat.S_ISREG(os.fstat(number).st_mode):
        return number
    os.close(number)
    raise FileExistsError(errno.EEXIST, "")


def _read(name: str, folder: int, most: int) -> Content | NoFile:
    number = os.open(_bytes(name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with open(number, "rb") as file:
        seen = os.fstat(number)
        if not stat.S_ISREG(seen.st_mode):
            return NoFile("a folder" if stat.S_ISDIR(seen.st_mode) else "no plain file")
        if seen.st_nlink > 1:
            return NoFile("the same file under a second name")
        if seen.st_size > most:
            return NoFile("a file that is far too large")
        return _digest(iter(lambda: file.read(BLOCK_BYTES), b""), most)


def _digest(blocks: Iterator[bytes | memoryview], most: int = READ_MOST_BYTES) -> Content:
    size, sum_, kept = 0, hashlib.sha256(), b""  # three times as fast as blake2b: processors have it built in
    for block in blocks:
        size += len(block)
        sum_.update(block)
        kept = kept + block if size <= KEPT_BYTES else kept
        if size > most:
            break  # somebody goes on writing it
    return Content(size, sum_.digest(), kept if size <= KEPT_BYTES else None)


def _list(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return [_text(entry.name) for entry in itertools.islice(entries, LISTED_MOST)]


def _bytes(name: str) -> bytes:
    """As the inside would say it to the system, whatever the locale is here."""
    return name.encode("utf-8", "surrogateescape")


def _text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "surrogateescape")
