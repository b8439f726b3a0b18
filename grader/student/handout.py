"""A folder to work in, as a student gets it: the stubs, a short README, and what makes editors show the checks.

Who uses it: `grade init` and `grade reset`. What goes in: where the course lies, the folder, the language. What comes
out: what was made, what was there already, and where copies were kept. A student's work is never written over: a copy
of it is kept first, and where that fails, nothing else is done.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from grader import course as courses
from grader.formats import ready
from grader.misuse import Misuse
from grader.places import KIT, Home
from grader.result import write_atomically
from grader.walls import staging

README = Path(__file__).with_name("handout.toml")
IGNORED = ("__pycache__/", "*.pyc", ".pytest_cache/", ".venv/", "report.html", "*.bak", "*.bak[0-9]*")
CONFTEST = '''"""With this file here, pytest and the test views of editors list the checks and run them as `grade` does.

It takes the Python that `grade` is installed in.
"""

from grader import testview

pytest_collect_file = testview.checks_of({course})
'''


@dataclass
class HandedOut:
    """What became of each file, by its name within the folder."""

    made: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)  # left as they were
    saved: dict[str, str] = field(default_factory=dict)  # replaced: the name of the copy that was kept of each


def hand_out(home: Home, folder: Path, lang: str, *, force: bool = False, ci: str | None = None) -> HandedOut:
    """Puts into `folder`, which is made, what is not there yet; with `force`, also in place of what differs.

    With `ci` (a key of ready.WORKFLOWS) also what makes CI grade it.

    Raises as put_back does.
    """
    done = HandedOut()
    for name, content in [*_contents(home, lang).items(), *([ready.workflow(ci)] if ci else [])]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        same = path.is_file() and path.read_bytes() == content
        if (os.path.lexists(path) and not force) or same:
            done.there.append(name)
            continue
        if (copy := _put(path, content)) is not None:
            done.saved[name] = copy.name
        done.made.append(name)
    return done


def put_back(home: Home, folder: Path, exercise: str) -> Path | None:
    """Puts the stub of `exercise` back into `folder`; where a copy of what was there is kept, None if nothing was.

    Raises Misuse where a folder or the like is in its place, and OSError where it cannot be written; then nothing is
    changed.
    """
    return _put(folder / f"{exercise}.py", (home.exercises / f"{exercise}.py").read_bytes())


def is_stub(home: Home, folder: Path, exercise: str) -> bool:
    """Whether the exercise file is as it was handed out."""
    path = folder / f"{exercise}.py"
    return path.is_file() and path.read_bytes() == (home.exercises / f"{exercise}.py").read_bytes()


def _put(path: Path, content: bytes) -> Path | None:
    """Puts it in place of what was there, of which a copy is kept; a pipe or the like would only take it in."""
    if (why := staging.barred(path)) in ("folder", "special"):
        raise Misuse(f"barred_{why}", file=path.name)
    copy = _copied(path) if path.is_file() else None
    write_atomically(path, content)
    return copy


def _copied(path: Path) -> Path:
    """A copy of the file, beside it, under a name that nothing has; with no .py at its end, so that nobody runs it."""
    number = 1
    while True:
        copy = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        if not os.path.lexists(copy):
            write_atomically(copy, path.read_bytes(), durable=True)
            return copy
        number += 1


def _contents(home: Home, lang: str) -> dict[str, bytes]:
    course = courses.read(home.course)
    stubs = {f"{name}.py": (home.exercises / f"{name}.py").read_bytes() for name in course.exercises}
    readme = msgspec.toml.decode(README.read_bytes(), type=dict[str, courses.Text])["readme"].in_(lang)
    title, first = course.title.in_(lang), next(iter(course.exercises))
    own = "" if home == KIT else f'"{home.course.parent.as_posix()}"'
    return {
        **stubs,
        "README.md": readme.replace("{title}", title).replace("{first}", first).encode("utf-8"),
        "conftest.py": CONFTEST.replace("{course}", own).encode("utf-8"),
        ".gitignore": "".join(f"{name}\n" for name in IGNORED).encode("utf-8"),
        ".vscode/settings.json": (json.dumps(_settings(), indent=4, ensure_ascii=False) + "\n").encode("utf-8"),
    }


def _settings() -> dict[str, object]:
    """For VS Code: the test view runs pytest here, with the Python that has the grader."""
    return {
        "python.defaultInterpreterPath": sys.executable,
        "python.testing.pytestEnabled": True,
        "python.testing.unittestEnabled": False,
        "python.testing.pytestArgs": ["."],
    }
