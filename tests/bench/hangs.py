"""`python -m tests.bench.hangs`: seconds until there is a verdict, here and with pytest-timeout in both its ways.

Three hangs of every class: the writer joined before its queue is read, a child that is left and never ends, a fork
that comes back. pytest runs one test of each, with a limit; where it has not ended long after, it says "never".
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests import hangs

FOLDER = Path(__file__).resolve().parent / "hanging"
LIMIT_S, NEVER_S = 5, 20
TEST = "from module import go\n\n\ndef test_go():\n    assert go() == 99_999\n"


def main() -> None:
    """Reads how many rounds."""
    parser = argparse.ArgumentParser(prog="bench.hangs")
    parser.add_argument("--rounds", type=int, default=3)
    show(parser.parse_args().rounds)


def show(rounds: int) -> None:
    """Measures in rounds, and prints a table of medians."""
    ways: dict[str, Callable[[Path], tuple[float, str]]] = {
        "grade": ours,
        f"pytest-timeout signal {LIMIT_S} s": lambda path: theirs(path, "signal"),
        f"pytest-timeout thread {LIMIT_S} s": lambda path: theirs(path, "thread"),
    }
    for path in sorted(FOLDER.glob("*.py")):
        print(path.stem)
        for name, way in ways.items():
            taken = [way(path) for _ in range(rounds)]
            seconds = statistics.median(each for each, _ in taken)
            print(f"  {name:28} {'never' if seconds >= NEVER_S else f'{seconds:5.2f} s'}  {taken[-1][1]}")


def ours(path: Path) -> tuple[float, str]:
    """The call, and all that comes after it: seconds from the start of the sandbox to its end."""
    begun = time.monotonic()
    seen = hangs.run(path)
    told = f"{seen.finding.verdict.value}: {seen.finding.cause}" if seen.finding else f"returned {seen.value}"
    return time.monotonic() - begun, f"{told} (after {seen.took_s:.2f} s)"


def theirs(path: Path, method: str) -> tuple[float, str]:
    """pytest with one test of the module, from its start until it has ended."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, Path(folder) / "module.py")
        (Path(folder) / "test_module.py").write_text(TEST)
        options = ["-q", "-p", "no:cacheprovider", f"--timeout={LIMIT_S}", f"--timeout-method={method}"]
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *options, folder],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            said = f"exit code {process.wait(NEVER_S)}"
        except subprocess.TimeoutExpired:
            said = "it had to be killed"
        seconds = time.monotonic() - begun
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with all that it has left
        process.wait()
        return seconds, said


if __name__ == "__main__":
    main()
