"""Where `grade ci` runs, recognised from what is around it, and what that place reads.

Who uses it: ci. In goes the environment, out comes a Venue: which formats are written where, which folder is meant,
whether a failed check fails the job, and how long it may take. Facts of the places: docs.github.com (variables of a
workflow), docs.gitlab.com (predefined variables), Gradescope's specification (/autograder), the runner of Classroom 50.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from grader.formats.names import FILES, Format

AUTOGRADER = "/autograder"  # Gradescope's; GRADE_AUTOGRADER says where else
BUDGET_S = 720.0  # of the 15 minutes that Classroom 50 gives a job, and our templates
SHORT_BUDGET_S = 450.0  # of Gradescope's 10 minutes


class Place(str, Enum):
    """The places that are known."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Venue:
    """One place, as it is just now."""

    place: Place
    formats: tuple[tuple[Format, Path | None], ...]  # None: the job's log
    folder: Path  # of the submission, unless another is named
    root: Path  # of the repository: paths of files are told from here
    lenient: bool = False  # a failed check does not fail the job: only our own failure does
    summary: Path | None = None  # a file that summaries are added to
    output: Path | None = None  # a file that outputs of a step are added to
    budget_s: float | None = BUDGET_S  # a net for what never ends: a job that takes longer is killed there


def recognise(environment: Mapping[str, str], wanted: Place | None = None) -> Venue:
    """Where this is, or, with `wanted`, what that place would be."""
    return _of(wanted or _place(environment), environment)


def _place(environment: Mapping[str, str]) -> Place:
    if all(environment.get(name) for name in ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG")):
        return Place.CLASSROOM50
    if environment.get("GITHUB_ACTIONS") == "true":
        return Place.GITHUB
    if environment.get("GITLAB_CI") == "true":
        return Place.GITLAB
    root = _autograder(environment)
    return Place.GRADESCOPE if (root / "submission").is_dir() and (root / "results").is_dir() else Place.ELSEWHERE


def _of(place: Place, environment: Mapping[str, str]) -> Venue:
    here = Path.cwd()
    root = Path(environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR") or here)
    summary, output = _path(environment, "GITHUB_STEP_SUMMARY"), _path(environment, "GITHUB_OUTPUT")
    if place is Place.GRADESCOPE:
        box = _autograder(environment)
        results = box / "results" / FILES[Format.GRADESCOPE]
        folder = box / "submission"
        return Venue(place, ((Format.GRADESCOPE, results),), folder, folder, lenient=True, budget_s=SHORT_BUDGET_S)
    if place is Place.CLASSROOM50:
        result = ((Format.CLASSROOM50, here / FILES[Format.CLASSROOM50]),)
        return Venue(place, result, here, root, lenient=True, output=output)  # its runner makes the summary
    if place is Place.GITHUB:
        return Venue(place, ((Format.ANNOTATIONS, None),), here, root, summary=summary, output=output)
    if place is Place.GITLAB:
        return Venue(place, ((Format.JUNIT, root / FILES[Format.JUNIT]),), here, root)
    return Venue(place, (), here, root, budget_s=None)


def _autograder(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("GRADE_AUTOGRADER") or AUTOGRADER)


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    return Path(environment[name]) if environment.get(name) else None
