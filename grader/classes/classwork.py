"""What is to be done to one submission of a class, and what makes its result good: plain data that can travel.

Who uses it: batch makes a Task; judges here, or a worker of a cluster, do it. The key of a result is a digest of all
that it depends on: while that is the same the result is good, whoever made it, and however that run came to its end.
"""

from __future__ import annotations

import hashlib
import platform

import msgspec

from grader import __version__
from grader.limits import Limits
from grader.places import Home


class Settings(msgspec.Struct, kw_only=True, frozen=True):
    """What was asked for, as far as a result depends on it."""

    exercises: list[str]
    tier: str = "auto"
    start_method: str | None = None
    everywhere: bool = False
    limits: Limits = Limits()


class Task(msgspec.Struct, kw_only=True, frozen=True):
    """A submission to grade."""

    name: str
    settings: Settings
    submitted_at: str | None = None
    key: str
    kit: str = __version__
    course: str  # the digest of the course


def course_digest(home: Home) -> str:
    """A digest of the course at `home`, as far as a result depends on it."""
    found = hashlib.sha256()
    files = [home.course, home.pytest_ini, *home.checks.rglob("*.py"), *home.exercises.rglob("*.py")]
    for path in sorted(files, key=lambda path: (path.parent.name, path.name)):
        content = path.read_bytes()
        found.update(f"{path.parent.name}/{path.name} {len(content)} ".encode() + content)
    return found.hexdigest()


def key(content: str, course: str, settings: Settings) -> str:
    """What a result depends on, in short: the digests of its content and its course, the kit, Python, the settings."""
    whole = [content, course, __version__, platform.python_version(), settings]
    return hashlib.sha256(msgspec.json.encode(whole)).hexdigest()
