"""What is ready to use in CI: the templates, each with this version pinned.

Who uses it: `grade init --ci` and `grade gradescope-zip`. A template can be used as it stands; only what the zip is
asked for takes the place of two words in it.
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
PINNED = f"prograde=={__version__}"
GRADE = "ci --place gradescope"
DATE = (2020, 1, 1, 0, 0, 0)  # of all in a zip, so that the same is the same


def workflow(where: str) -> tuple[str, bytes]:
    """The file that makes CI grade a repository, by its name in there; `where` is a key of WORKFLOWS."""
    name = WORKFLOWS[where]
    return name, (TEMPLATES / where / Path(name).name).read_bytes()


def gradescope_zip(arguments: Sequence[str], *, wheel: Path | None = None, course: Path | None = None) -> bytes:
    """The zip that Gradescope is given: setup.sh and run_autograder, with `wheel` and `course` where they are said.

    `arguments` are more of them for `grade ci`. Raises OSError where something cannot be read.
    """
    package = shlex.quote(f"./{wheel.name}") if wheel else f'"{PINNED}"'
    said = [GRADE, *(shlex.quote(argument) for argument in arguments)]
    said += ['--course "$ROOT/source/course"'] if course else []
    files = {
        "setup.sh": _template("setup.sh").replace(f'"{PINNED}"', package).encode("utf-8"),
        "run_autograder": _template("run_autograder").replace(GRADE, " ".join(said)).encode("utf-8"),
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
