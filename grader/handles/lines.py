"""The student's text, read outside as plain lines: what stands at a place, and which locks are held there.

Who uses it: whoever names a place to a student, and the explanation of a hang. Nothing is parsed here: a text can be
made to break a parser (what needs one is asked of a stage, see harness/source.py). What comes out is a hint for
people; no verdict rests on it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from grader.result import Excerpt
from grader.walls.sandbox import Sandbox

Place = tuple[str, int]  # a file of the submission, relative to its folder, and a line
MOST_BYTES, MOST_COLUMNS, MOST_LINES, AROUND = 1 << 20, 200, 24, 4
MOST_TASKS, MOST_BEFORE = 100, 1000
LONGEST = 1000  # of a line that is looked at: in one that is endless, a search would be, too
NAME = r"[A-Za-z_][\w.]*(?:\[\w+\])?"
NAMES = re.compile(r"\w[\w.]*")
WITH = re.compile(r"\s*with\b(.*)")
ARGUMENTS = re.compile(r"(?<=\w)\([^()]*\)")
ENTERED = re.compile(rf"({NAME})(?:\s+as\s+\w+)?")
TARGET = re.compile(r"\btarget\s*=\s*([A-Za-z_]\w*)")
STARTED = re.compile(r"([A-Za-z_]\w*)\.start\(")
FUNCTION = re.compile(r"(\s*)(?:async\s+)?def\s+(\w+)\s*\(")
PUT = re.compile(r"\.put(?:_nowait)?\(")
QUEUE = re.compile(r"\s*(\w+)\s*=\s*(?:(?:multiprocessing|mp|\w*ctx|\w*context)\.)?(?:Joinable|Simple)?Queue\(")
TASK = re.compile(r"\.(?:(?:apply|map|starmap)_async|submit)\(")
METHOD = re.compile(rf"(?<!\w)(?<!\w\.)({NAME})\.(\w+)\(")
DAEMON = re.compile(r"\s*self\.daemon\s*=(?!=)")  # of a process, in its own run()
DAEMON_NOW = re.compile(r"\bcurrent_process\(\)\.daemon\s*=(?!=)")
DEEPEST = 8  # calls within calls that a `with` line is looked into


def source_line(sandbox: Sandbox, place: Place | None) -> str | None:
    """The text of the student's line at `place`, from the copy that was taken in."""
    if place is None:
        return None
    lines = read(sandbox, place[0])
    return lines[place[1] - 1].strip()[:MOST_COLUMNS] if 0 < place[1] <= len(lines) else None


def around(sandbox: Sandbox, place: Place) -> Excerpt | None:
    """The lines around `place`; None where it is not there."""
    lines = read(sandbox, place[0])
    return _excerpt(lines, place[1] - AROUND, place[1] + AROUND) if 0 < place[1] <= len(lines) else None


def line_of(sandbox: Sandbox, place: Place, function: str) -> Excerpt | None:
    """The line at `place` alone, which is of `function`; None where it is not there."""
    lines = read(sandbox, place[0])
    return _excerpt(lines, place[1], place[1], function) if 0 < place[1] <= len(lines) else None


def damaged(sandbox: Sandbox, line: str) -> str | None:
    """Which file that `line` imports has null bytes in it: of that, Python tells where the import stands alone."""
    names = NAMES.findall(line)
    within = [f"{names[1]}.{name}" for name in names[2:]] if names[:1] == ["from"] else []
    paths = [name.replace(".", "/") for name in (*within, *names)]
    files = (f"{path}{ending}" for path in paths for ending in (".py", "/__init__.py"))
    return next((file for file in files if any("\0" in text for text in read(sandbox, file))), None)


def definition(sandbox: Sandbox, name: str, function: str) -> Excerpt | None:
    """The lines in which the file `name` defines `function` (or a class), the first of them; None where it does not."""
    lines = read(sandbox, name)
    begin = re.compile(rf"(?:async\s+def|def|class)\s+{re.escape(function)}\b")
    start = next((number for number, line in enumerate(lines, 1) if begin.match(line)), None)
    if start is None:
        return None
    ends = (number for number, line in enumerate(lines, 1) if number > start and line.strip() and not _indent(line))
    return _excerpt(lines, start, next(ends, len(lines) + 1) - 1, function)


def _excerpt(lines: list[str], first: int, last: int, of: str | None = None) -> Excerpt:
    first, last = max(first, 1), min(last, len(lines), first + MOST_LINES - 1)
    while last > first and not lines[last - 1].strip():
        last -= 1
    return Excerpt(first=first, lines=[line[:MOST_COLUMNS] for line in lines[first - 1 : last]], of=of)


def read(sandbox: Sandbox, name: str) -> list[str]:
    """The lines of the submission's file `name`; none where it is not there."""
    folder = (sandbox.home / "submission").resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        return []
    return _lines(path)


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    return [line.removesuffix("\n")[:LONGEST] for line in counted(text)]


def counted(text: str) -> list[str]:
    """The lines of a text, with their ends, as Python counts them: a form feed, say, ends none."""
    return io.StringIO(text, newline=None).readlines()


def lock_at(lines: list[str], number: int) -> str | None:
    """The name of what line `number` acquires: of `with lock:` or `lock.acquire()`."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if entered := _entered(line):
        return entered[-1]
    return next((name for name, method in METHOD.findall(line) if method in ("acquire", "__enter__")), None)


def _entered(line: str) -> list[str]:
    """The names that a `with` line enters as they are; what a call gives has none."""
    found = WITH.match(line)
    text = found.group(1) if found else ""
    for _ in range(DEEPEST):
        text = ARGUMENTS.sub("!", text)
    parts = text.partition(":")[0].strip(" ()").split(",")
    return [named.group(1) for part in parts if (named := ENTERED.fullmatch(part.strip()))]


def method_at(lines: list[str], number: int) -> str | None:
    """The last method that line `number` calls: "acquire", "get"; "with" where it enters a block."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if _entered(line):
        return "with"
    called = METHOD.findall(line)
    return called[-1][1] if called else None


def locks_held_at(lines: list[str], number: int) -> list[str]:
    """The names of the locks that the function at line `number` has acquired by then and not released."""
    held = []
    for line in _lines_before(lines, number):
        held += _entered(line)
        for name, method in METHOD.findall(line):
            if method == "acquire":
                held.append(name)
            elif method == "release" and name in held:
                held.remove(name)
    return held


def target_at(lines: list[str], number: int | None) -> str | None:
    """The function that the process started at line `number` was to run: the only one, or that of `x` in `x.start()`.

    Where `x` is not made in the lines above (a loop starts several, say), it is not known; else, the last target above.
    """
    named: list[tuple[int, str]] = [(at, name) for at, line in enumerate(lines, 1) for name in TARGET.findall(line)]
    if len({name for _, name in named}) == 1:
        return named[0][1]
    above = [(at, name) for at, name in named if number is not None and at <= number]
    started = STARTED.search(lines[number - 1]) if number and number <= len(lines) else None
    if not started:
        return above[-1][1] if above else None
    made = re.compile(rf"\s*{re.escape(started.group(1))}\s*(:.*)?=")
    first = max((at for at, line in enumerate(lines[:number], 1) if made.match(line)), default=None)
    return next((name for at, name in above if first is not None and at >= first), None)


def put_in(lines: list[str], function: str | None) -> int | None:
    """The last line of `function` that puts something into a queue; of all lines, where it is the only one."""
    inside = [at for at, name in _functions(lines) if name == function and PUT.search(lines[at - 1])]
    everywhere = [at for at, line in enumerate(lines, 1) if PUT.search(line)]
    return inside[-1] if inside else everywhere[0] if len(everywhere) == 1 else None


def queue_to_tasks(lines: list[str]) -> str | None:
    """The name of a multiprocessing queue that is among the arguments of a pool's task."""
    names = {found.group(1) for line in lines if (found := QUEUE.match(line))}
    tasks = [(at, found.end()) for at, line in enumerate(lines) if names and (found := TASK.search(line))]
    given = [name for task in tasks[:MOST_TASKS] for name in NAMES.findall(_arguments(lines, *task))]
    return next((name for name in given if name in names), None)


def _arguments(lines: list[str], at: int, start: int) -> str:
    """What stands in parentheses that open before `start`, in the line that has `at` lines before it."""
    text = "\n".join([lines[at][start:], *lines[at + 1 : at + AROUND]])
    depth, end = 1, 0
    while depth and end < len(text):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[:end]


def makes_itself_a_daemon(lines: list[str]) -> bool:
    """Whether a process says of itself, when it runs already, that it is a daemon."""
    inside = [lines[at - 1] for at, name in _functions(lines) if name == "run"]
    return any(map(DAEMON.match, inside)) or any(map(DAEMON_NOW.search, lines))


def _functions(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Each line's number with the name of the innermost function that it stands in."""
    around: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            while around and _indent(line) <= around[-1][0]:
                around.pop()
        if around:
            yield number, around[-1][1]
        if found := FUNCTION.match(line):
            around.append((len(found.group(1)), found.group(2)))


def _lines_before(lines: list[str], number: int) -> Iterator[str]:
    """Of the same function, in order: the headers of the blocks that line `number` stands in, and plain lines before it
    on the way down to it."""
    before: list[str] = []
    inner = _indent(lines[number - 1]) if 0 < number <= len(lines) else 0
    for line in reversed(lines[max(number - 1 - MOST_BEFORE, 0) : max(number - 1, 0)]):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (indent := _indent(line)) < inner:
            inner = indent
            before.append(line)
        elif indent == inner and not WITH.match(line):
            before.append(line)
        if line.lstrip().startswith(("def ", "async def ", "class ")) and indent <= inner:
            break
    return reversed(before)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
