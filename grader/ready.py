"""What is ready to use in CI: the templates, filled in with the version that is pinned.

Who uses it: `grade init --ci` and `grade gradescope-zip`. A template has {names} in braces of its own only where
`fill` says so; everything else in it stays as it is.
"""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Sequence
from pathlib import Path

from grader import __version__
from grader.places import TEMPLATES

WORKFLOWS = {"github": ".github/workflows/grade.yml", "gitlab": ".gitlab-ci.yml"}
DATE = (2020, 1, 1, 0, 0, 0)  # of all in a zip, so that the same is the same


def workflow(where: str) -> tuple[str, bytes]:
    """The file that makes CI grade a repository, by its name in there; `where` is a key of WORKFLOWS."""
    name = WORKFLOWS[where]
    template = (TEMPLATES / where / Path(name).name).read_text("utf-8")
    return name, template.replace("{version}", __version__).encode("utf-8")


def gradescope_zip(arguments: Sequence[str], *, wheel: Path | None = None, course: Path | None = None) -> bytes:
    """The zip that Gradescope is given: setup.sh and run_autograder, with `wheel` and `course` where they are said.

    `arguments` are those of `grade ci`. Raises OSError where something cannot be read.
    """
    package = f"./{shlex.quote(wheel.name)}" if wheel else f"prograde=={__version__}"
    said = " ".join(shlex.quote(argument) for argument in arguments)
    said += ' --course "$ROOT/source/course"' if course else ""
    files = {
        "setup.sh": _template("setup.sh").replace("{package}", package).encode("utf-8"),
        "run_autograder": _template("run_autograder").replace("{arguments}", said.strip()).encode("utf-8"),
        **({wheel.name: wheel.read_bytes()} if wheel else {}),
        **(_course(course) if course else {}),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, DATE)
            info.external_attr = (0o100755 if name in ("setup.sh", "run_autograder") else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return held.getvalue()


def _template(name: str) -> str:
    return (TEMPLATES / "gradescope" / name).read_text("utf-8")


def _course(folder: Path) -> dict[str, bytes]:
    """The parts of a course that grading needs."""
    parts = [folder / "course.toml", *(path for name in ("exercises", "checks") for path in (folder / name).rglob("*"))]
    return {
        f"course/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(parts)
        if path.is_file() and "__pycache__" not in path.parts
    }
