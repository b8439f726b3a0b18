"""No attack gains a point, harms another exercise, leaves a process or a file, or gets raw into terminal or page.

The attacks are the `cheat_` submissions, and those below that need more than one file. Each stands for its exercise in
a folder whose other exercise is right. A header `# earns: check_a check_b` names what a cheat does as it should.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from grader import course as courses
from grader import places
from grader.pages.report import page
from grader.proving import headers
from grader.result import Result, State, Verdict, from_json
from grader.walls import tiers

SUBMISSIONS = Path(__file__).parent / "submissions"
CHEATS = sorted(SUBMISSIONS.glob("*/cheat_*.py"))
TRACES = ("full-", "reduced", "pymp-", "was-here")  # what the cheats write where they may
PR_SET_CHILD_SUBREAPER = 36
RAW = re.compile(rb"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]|\x1b(?!\[[0-9;]*m)|\xc2[\x80-\x9f]")
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(tiers.choose("auto") == "none", reason="no wall is to be had here"),
]

PLANTED = {
    "conftest.py": "import os; os.abort()",
    "pytest.ini": "[pytest]\naddopts = --collect-only",
    "tox.ini": "[pytest]\naddopts = --collect-only",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--collect-only'",
    "sitecustomize.py": "import os; os._exit(0)",
    "usercustomize.py": "import os; os._exit(0)",
    "multiprocessing.py": "import os; os._exit(0)",
    "random.py": "import os; os._exit(0)",
    "json.py": "import os; os._exit(0)",
    "grader.py": "import os; os._exit(0)",
    "grade_harness.py": "import os; os._exit(0)",
    "evil.pth": "import os; os._exit(0)",
    "course.toml": "id = 'mine'",
    "solutions.py": "import os; os._exit(0)",
    "文件 夹.py": "import os; os._exit(0)",
    "-rf": "",
}


def grade(
    folder: Path, *exercises: str, options: Sequence[str] = ()
) -> tuple[Result, subprocess.CompletedProcess[bytes]]:
    """The result of `grade run` on `folder`, and what it printed."""
    chosen = [*options, *(part for name in exercises for part in ("--exercise", name))]
    command = [
        sys.executable,
        "-m",
        "grader",
        "run",
        str(folder),
        "--json",
        str(folder.parent / "result.json"),
        *chosen,
    ]
    done = subprocess.run(command, capture_output=True, cwd=folder.parent, timeout=300, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return from_json((folder.parent / "result.json").read_bytes()), done


def beside(exercise: str) -> str:
    """A quick exercise that is not `exercise`."""
    return "ex12_iterators" if exercise != "ex12_iterators" else "ex02_name_and_pid"


def make(folder: Path, cheat: Path) -> Path:
    """A submission of two files in `folder`: the cheat, and a right one of another exercise."""
    (folder / "handed in").mkdir()
    shutil.copy(cheat, folder / "handed in" / f"{cheat.parent.name}.py")
    shutil.copy(places.SOLUTIONS / f"{beside(cheat.parent.name)}.py", folder / "handed in")
    return folder / "handed in"


@pytest.fixture(scope="module", autouse=True)
def orphans_come_here() -> Iterator[None]:
    """Whatever loses its parent becomes a child of this process (prctl(2)), so that nothing can hide."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def traces() -> set[str]:
    """What is there of that kind; others who use this machine may have left some, too, and other tests may just now."""
    paths = [path for folder in ("/tmp", "/dev/shm") for path in Path(folder).iterdir() if path.name.startswith(TRACES)]
    return {path.name for path in paths if not (path.name.startswith("pymp-") and _is_of_root(path))}


def _is_of_root(path: Path) -> bool:
    """Whether root made it, or it is gone already: where root runs the tests, submissions have another user."""
    try:
        return os.geteuid() == path.stat().st_uid == 0
    except FileNotFoundError:
        return True


@pytest.fixture
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Afterwards no process of the test's is there, and no file in the places that everybody may write to."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    before = traces()
    yield
    assert [process for process in psutil.Process().children(recursive=True) if process.status() != "zombie"] == []
    assert list(temporary.iterdir()) == []
    assert traces() <= before


@pytest.mark.parametrize("cheat", CHEATS, ids=[f"{cheat.parent.name[:4]}-{cheat.stem[6:]}" for cheat in CHEATS])
def test_cheat_gains_nothing(tmp_path: Path, cheat: Path, nothing_left: None) -> None:
    header = headers.read(cheat.read_text("utf-8"))
    options = ["--start-method", header.under[0]] if header.under else []
    result, done = grade(make(tmp_path, cheat), cheat.parent.name, beside(cheat.parent.name), options=options)
    graded = {exercise.id: exercise for exercise in result.exercises}
    right = graded[beside(cheat.parent.name)]
    tried = graded[cheat.parent.name]
    shown = page(result, courses.load(), "en").lower()

    assert result.complete
    assert Verdict.BROKEN not in result.verdicts()
    assert right.score == right.max_score > 0
    assert {check.id for check in tried.checks if check.points} == set(header.earns or ())
    assert len(tried.checks) == len(courses.load().exercises[tried.id].checks)
    assert not RAW.search(done.stdout + done.stderr)
    assert "<script>alert" not in shown
    assert "\x1b" not in shown


def test_planted_files_have_no_say(tmp_path: Path, nothing_left: None) -> None:
    folder = tmp_path / "planted"
    shutil.copytree(places.SOLUTIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in PLANTED.items():
        (folder / name).write_text(content, "utf-8")
    (folder / os.fsdecode(b"\xff\xfe\n.py")).write_text("")
    result, _ = grade(folder, "ex01", "ex12")

    assert result.score == result.max_score > 0


def test_stale_bytecode_is_not_run(tmp_path: Path) -> None:
    folder = tmp_path / "stale"
    (folder / "__pycache__").mkdir(parents=True)
    exercise = folder / "ex12_iterators.py"
    exercise.write_text("import os; os._exit(0)")
    compiled = folder / "__pycache__" / f"ex12_iterators.{sys.implementation.cache_tag}.pyc"
    subprocess.run([sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", str(folder)])
    shutil.copy(places.SOLUTIONS / "ex12_iterators.py", exercise)
    result, _ = grade(folder, "ex12")

    assert compiled.exists()
    assert result.score == result.max_score > 0


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("WORD = 'found'")
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "secret.py").symlink_to(secret)
    (folder / "etc").symlink_to("/etc")
    (folder / "ex12_iterators.py").write_text("import secret")
    result, _ = grade(folder, "ex12")

    assert result.exercises[0].state is State.UNLOADABLE
    assert result.exercises[0].error is not None
    assert result.exercises[0].error.type == "ModuleNotFoundError"


def test_nothing_outside_can_be_read_or_written(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("found")
    secret.chmod(0o666)
    tmp_path.chmod(0o777)
    folder = tmp_path / "spy"
    folder.mkdir()
    (folder / "ex12_iterators.py").write_text(
        f"import os\nfound = []\nfor path in {[str(secret), str(places.SOLUTIONS), str(places.CHECKS)]!r}:\n"
        "    try:\n        found.append(os.listdir(path) if os.path.isdir(path) else open(path).read())\n"
        "    except OSError:\n        pass\n"
        f"try:\n    found.append(open({str(tmp_path / 'new.txt')!r}, 'w'))\nexcept OSError:\n    pass\n"
        "raise LookupError(f'{len(found)} things found')\n"
    )
    result, _ = grade(folder, "ex12")

    assert result.exercises[0].error is not None
    assert result.exercises[0].error.text == "0 things found"
    assert not (tmp_path / "new.txt").exists()
    assert secret.read_text() == "found"
