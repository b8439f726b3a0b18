"""The bench compares like with like."""

import re
from pathlib import Path

from grader import course as courses

NAIVE = Path(__file__).parent / "bench" / "naive"


def test_there_is_a_naive_test_for_each_check_and_no_other():
    claims = {name: set(re.findall(r"^def test_(\w+)", file.read_text(), re.M)) for name, file in _files().items()}
    checks = {name: {key[6:] for key in exercise.checks} for name, exercise in courses.load().exercises.items()}

    assert claims == checks


def _files() -> dict[str, Path]:
    return {file.stem.removeprefix("test_"): file for file in NAIVE.glob("test_*.py")}
