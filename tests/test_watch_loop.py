"""The loop of `grade watch`, without a terminal and without a judge: events go in; orders and what stands come out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_course
from world import linux, until, written

from grader import course
from grader.commands import states
from grader.grading.orders import Order
from grader.places import home
from grader.result import CheckResult, ExerciseResult, Result, State, Verdict
from grader.student import changes, kept
from grader.student.changes import Changes
from grader.student.panel import Panel
from grader.student.watching import Deeds, Event, Gone, Left, Standing, Watching, order_for
from grader.words.console import screen
from grader.words.terminal import open_console

A = "ex01_double"


class World:
    """A folder with one exercise in it, and `Watching` with everything beside it lent by us."""

    def __init__(self, tmp_path: Path, text: str | None = None) -> None:
        self.home = home(small_course.make(tmp_path / "course"))
        self.course = course.load(self.home.course)
        self.folder = written(tmp_path / "mine", {f"{A}.py": text or small_course.STUB})
        self.ordered: list[Order] = []
        self.done: list[str] = []
        self.screens: list[str] = []
        self.shown: list[Standing] = []
        deeds = Deeds(
            stands=lambda: states.as_it_stands(self.folder, kept.read(self.folder), self.home, self.course),
            hint=lambda name: f"hint to {name}",
            table=lambda result: "table",
            report=lambda result: f"report of {len(result.verdicts())}",
            put_back=self.put_back,
            is_stub=lambda name: self.path.read_text() == small_course.STUB,
            ask_first=lambda name: f"{name} back?",
            stop=lambda: self.done.append("stop"),
            go_on=lambda: self.done.append("go on"),
        )
        self.watching = Watching(order_for(self.folder, home=self.home), deeds, self.shown.append)

    @property
    def path(self) -> Path:
        return self.folder / f"{A}.py"

    def put_back(self, name: str) -> str:
        self.path.write_text(small_course.STUB)
        self.done.append(f"put back {name}")
        return "it is back"

    def grade(self, order: Order) -> None:
        """What the standby is told."""
        self.ordered.append(order)

    def run(self, *events: Event) -> Standing:
        """What stands after these events, each taken in alone."""
        for event in events:
            self.watching._take(event)
            self.watching.standing.keys = self.watching._keys()
        return self.watching.standing

    def begin(self) -> World:
        self.watching.events.put(Event("left", 7))
        with pytest.raises(Left):
            self.watching.run(self)  # type: ignore[arg-type]
        return self

    def save(self, text: str) -> Event:
        self.path.write_text(text)
        return Event("changed", {A})

    def result(self, verdict: Verdict, output: str = "") -> Event:
        """What the standby tells once the last order is done."""
        check = CheckResult(
            id="check_run", function="run", section="1", verdict=verdict, points=int(verdict is Verdict.PASSED),
            max_points=1, output=output,
        )  # fmt: skip
        exercise = ExerciseResult(id=A, state=State.GRADED, checks=[check])
        exercise.add_up()
        facts = dict(course="small", kit="1", python="3", start_method="fork", submission="s", sandbox="none")
        return Event("done", (self.ordered[-1], Result(**facts, complete=True, exercises=[exercise])))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield World(tmp_path, "# begun\n").begin()


def keys(text: str) -> list[Event]:
    return [Event("key", key) for key in text]


def test_what_changed_before_is_graded_at_once(world: World) -> None:
    assert [order.exercises for order in world.ordered] == [[A]]
    assert world.shown[-1].running == [A]


def test_a_stub_is_not_graded_before_it_is_begun(tmp_path: Path) -> None:
    assert World(tmp_path).begin().ordered == []


def test_what_is_saved_while_it_runs_calls_it_off(world: World) -> None:
    first = world.ordered[-1]
    world.run(world.save("# better\n"))
    assert len(world.ordered) == 2
    stands = world.run(Event("done", (first, world.result(Verdict.FAILED).what[1])), Event("step", (first, 1)))
    assert (stands.running, stands.graded) == ([A], 0)  # what the first told comes too late
    assert world.run(Event("step", (world.ordered[-1], 1))).graded == 1
    assert world.run(world.result(Verdict.PASSED)).running == []


def test_saved_again_as_it_is_goes_on(world: World) -> None:
    world.run(world.save("# begun\n"))
    assert len(world.ordered) == 1


def test_no_key_does_anything_while_it_runs(world: World) -> None:
    before = world.run().note
    assert world.run(*keys("nhlroxxq")).note is before
    assert (len(world.ordered), world.done) == (1, [])


def test_the_keys_do_what_they_say(world: World) -> None:
    stands = world.run(world.result(Verdict.FAILED))
    assert stands.keys == ["h", "l", "r", "o", "x", "q"]  # there is no other exercise to go to
    assert [world.run(key).note for key in keys("hlo")] == [f"hint to {A}", "table", "report of 1"]
    assert world.run(*keys("r")).running == [A]
    world.run(world.result(Verdict.PASSED))
    assert "h" not in stands.keys
    with pytest.raises(Left) as left:
        world.run(*keys("q"))
    assert left.value.args == (0,)


def test_end_of_what_can_be_typed_leaves_also_while_it_runs(world: World) -> None:
    """It comes once: whoever missed it would never hear that the terminal has gone."""
    assert world.run().running == [A]
    with pytest.raises(Left):
        world.run(*keys("\x04"))


def test_reset_asks_first(world: World) -> None:
    world.run(world.result(Verdict.FAILED))
    assert world.run(*keys("x")).note == f"{A} back?"
    assert world.run(*keys("l")).note == "table"
    assert world.run(*keys("x")).note == f"{A} back?"
    assert world.run(*keys("?")).note is None
    assert world.done == []


def test_what_was_put_back_is_told_and_not_graded(world: World) -> None:
    world.run(world.result(Verdict.FAILED))
    stands = world.run(*keys("xx"), Event("changed", {A}), Event("changed", {A}))
    assert (stands.note, stands.running, stands.exercise().state) == ("it is back", [], State.UNTOUCHED)
    assert "x" not in stands.keys
    assert world.run(world.save("# again\n")).running == [A]
    world.run(world.result(Verdict.FAILED))
    assert world.run(world.save(small_course.STUB)).running == [A]  # by hand, and not by us


def test_all_exercises_are_added_up(world: World) -> None:
    stands = world.run(world.result(Verdict.PASSED))
    assert (stands.result.score, stands.result.max_score) == (1, 1)
    assert world.run(*keys("xx")).result.max_score == 3  # of its checks, although none has run


def test_the_report_has_what_is_not_kept(world: World) -> None:
    stands = world.run(world.result(Verdict.FAILED, output="x" * (kept.MOST_TEXT + 1)))
    assert len(stands.exercise().checks[0].output) == kept.MOST_TEXT + 1
    assert len(kept.read(world.folder).exercises[A].result.checks[0].output) == kept.MOST_TEXT


def test_ctrl_z_and_a_gone_folder_are_told(world: World) -> None:
    world.run(Event("stopped"), Event("continued"))
    assert world.done == ["stop", "go on"]
    with pytest.raises(Gone):
        world.run(Event("gone"))


def test_polling_is_said_in_both_languages(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    stands = world.run(world.result(Verdict.FAILED), Event("polls"))
    for lang, words in (("en", "three times a second"), ("zh", "每秒查看三次")):
        console = open_console(sys.stdout)
        console.print(Panel(console, screen(console, world.course, lang), world.folder).below(stands))
        assert words in capsys.readouterr().out


def test_what_bears_the_name_of_a_file_and_is_none_is_told(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    world.path.unlink()
    world.path.mkdir()
    console = open_console(sys.stdout)
    missing = ExerciseResult(id=A, state=State.MISSING)
    console.print(Panel(console, screen(console, world.course, "en"), world.folder).above(missing))
    assert f"{A}.py is a folder" in capsys.readouterr().out


# --- what was saved


@pytest.mark.parametrize("has_none", [False, True], ids=["events", "polling"])
def test_a_change_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_none: bool) -> None:
    monkeypatch.setattr(changes, "has_no_events", lambda folder: has_none)
    folder, told, polls = written(tmp_path / "小明", {f"{A}.py": "1"}), [], []
    with Changes(folder, [A, "ex02"], told.append, lambda: told.append({"gone"}), lambda: polls.append(1)):
        (folder / "new").write_text("2")
        (folder / "new").replace(folder / f"{A}.py")
        until(lambda: told)
    assert told[0] == {A}
    assert bool(polls) is has_none


@linux
def test_a_folder_that_is_shared_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"23 22 0:40 / {tmp_path}/on\\040nfs rw - nfs4 server:/ rw\n"
        f"24 22 0:41 / {tmp_path}/ssh rw shared:1 - fuse.sshfs me@server: rw\n"
    )
    monkeypatch.setattr(changes, "MOUNTS", table)
    folders = [written(tmp_path / name, {}) for name in ("on nfs/a", "ssh", "other")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    assert [changes.has_no_events(folder) for folder in folders] == [True, True, False]
