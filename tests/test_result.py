"""A result: to JSON and back, its published schema, its sums, and files that are never seen half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import results

from grader import result as results_of_grading
from grader.result import (
    CheckResult,
    ExerciseResult,
    Result,
    State,
    Verdict,
    from_json,
    schema,
    to_json,
    write_atomically,
)
from grader.visible import UNSAFE

VALIDATOR = jsonschema.Draft202012Validator(schema())
MADE = {"mixed": results.mixed(), "perfect": results.perfect(), "empty": results.empty()}


def check(verdict: Verdict, points: int = 0, max_points: int = 2, *, stretch: bool = False) -> CheckResult:
    return CheckResult(
        id="check_it", function="f", section="7.3", verdict=verdict, points=points, max_points=max_points,
        stretch=stretch,
    )  # fmt: skip


# --- to JSON and back


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_result_comes_back_as_it_was(made: Result) -> None:
    assert from_json(to_json(made)) == made


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_result_is_valid_against_the_schema(made: Result) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(to_json(made)))) == []


THREADS = """
import importlib, sys, threading
from pathlib import Path
from grader import result

def read(text, all_there):
    all_there.wait()
    result.from_json(text)

text = Path(sys.argv[1]).read_bytes()
sys.setswitchinterval(1e-6)
for _ in range(30):
    importlib.reload(result)  # its classes are new, and nothing is known of them
    all_there = threading.Barrier(4)
    threads = [threading.Thread(target=read, args=(text, all_there)) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


def test_threads_can_read_results_at_one_time(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(to_json(MADE["mixed"]))
    done = subprocess.run([sys.executable, "-c", THREADS, str(tmp_path / "result.json")], check=False)
    assert done.returncode == 0


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema())) == schema()


def test_json_is_text_that_people_can_read() -> None:
    text = to_json(MADE["mixed"])
    assert text.endswith(b"}\n")
    assert len(text.splitlines()) > 50
    assert text.decode("utf-8")


def test_json_steers_no_terminal_and_comes_back() -> None:
    made = results.mixed()
    made.submission = "中 \x1b\x7f\x9b31m \u202eevil\u2066 \U000e0041 \\u202e"
    text = to_json(made)
    assert not UNSAFE.search(text.decode("utf-8"))
    assert "中" in text.decode("utf-8")
    assert from_json(text) == made


CHANGES: list[tuple[str, Any]] = [
    ("schema", "1"), ("schema", 2), ("complete", 1), ("score", 1.5), ("score", None), ("exercises", {}), ("unknown", 1),
    ("course", None), ("submission", 5),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), CHANGES)
def test_what_is_no_result_is_refused_by_schema_and_reader(key: str, value: Any) -> None:
    plain = json.loads(to_json(MADE["mixed"]))
    plain[key] = value
    assert not VALIDATOR.is_valid(plain)
    with pytest.raises(msgspec.ValidationError):
        from_json(json.dumps(plain).encode())


@pytest.mark.parametrize("points", [-1, 10**6])
def test_points_that_no_check_has_are_refused_by_schema_and_reader(points: int) -> None:
    plain = json.loads(to_json(MADE["mixed"]))
    plain["exercises"][0]["checks"][0]["max_points"] = points
    assert not VALIDATOR.is_valid(plain)
    with pytest.raises(msgspec.ValidationError):
        from_json(json.dumps(plain).encode())


@pytest.mark.parametrize("key", ["course", "kit", "python", "start_method", "submission", "sandbox"])
def test_what_must_be_there_is_asked_for(key: str) -> None:
    plain = json.loads(to_json(MADE["mixed"]))
    del plain[key]
    assert not VALIDATOR.is_valid(plain)
    with pytest.raises(msgspec.ValidationError):
        from_json(json.dumps(plain).encode())


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"\xff", b'{"schema": 1}'], ids=repr)
def test_text_that_is_no_result_is_refused(text: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        from_json(text)


def test_verdicts_and_states_are_those_of_the_schema() -> None:
    told = json.dumps(schema())
    assert all(f'"{each.value}"' in told for kind in (Verdict, State) for each in kind)


# --- sums


def test_stretch_and_broken_checks_count_apart() -> None:
    exercise = ExerciseResult(
        id="ex01",
        state=State.GRADED,
        checks=[
            check(Verdict.PASSED, 2), check(Verdict.FAILED), check(Verdict.STUCK, max_points=1),
            check(Verdict.BROKEN), check(Verdict.BROKEN, stretch=True), check(Verdict.SKIPPED),
            check(Verdict.PASSED, 2, stretch=True), check(Verdict.FAILED, stretch=True), check(Verdict.CRASHED),
        ],
    )  # fmt: skip
    made = Result(
        course="c", kit="1", python="3", start_method="fork", submission="s", sandbox="none",
        exercises=[exercise, ExerciseResult(id="ex02", state=State.MISSING, checks=[check(Verdict.SKIPPED)])],
    )  # fmt: skip
    made.add_up()
    made.add_up()
    assert (exercise.score, exercise.max_score, exercise.stretch) == (2, 9, 2)
    assert (made.score, made.max_score, made.stretch) == (2, 11, 2)
    assert made.verdicts() == [each.verdict for each in exercise.checks] + [Verdict.SKIPPED]


# --- files


def test_file_is_written_whole_and_for_all_to_read(tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    for content in (b"first", b"second, and longer", b""):
        write_atomically(path, content, durable=content == b"")
        assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["结果.json"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("step", ["os.fdopen", "os.chmod", "os.replace", "os.fsync"])
def test_old_content_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(b"old")
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0

    def fails(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results_of_grading.os, step.removeprefix("os."), fails)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new", durable=True)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["result.json"]
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0) or step == "os.fdopen"


def test_interrupt_while_writing_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "result.json"
    path.write_bytes(b"old")
    monkeypatch.setattr(results_of_grading.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"old", ["result.json"])


def test_interrupt_after_the_move_is_told_as_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def interrupted(old: str, new: Path) -> None:
        replace(old, new)
        raise KeyboardInterrupt

    monkeypatch.setattr(results_of_grading.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "result.json", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "nowhere" / "result.json", b"new")


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / "result.json").symlink_to(tmp_path / "other")
    write_atomically(tmp_path / "result.json", b"new")
    assert (tmp_path / "other").read_bytes() == b"other"
    assert (tmp_path / "result.json").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_written_into_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    results_of_grading.write_atomically(pipe, b"all of it")
    assert os.read(reader, 100) == b"all of it"
    assert pipe.is_fifo()
    os.close(reader)
