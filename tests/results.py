"""Sample results, and a small course that they belong to, for the tests of what is shown to people.

Who uses it: test_explain, test_report and test_console. `mixed` has every verdict of a check and every state of an
exercise; `hostile` puts a text of the caller's into every field that a submission could have a say in.
"""

from __future__ import annotations

import enum
import functools
from typing import Any

import msgspec

from grader.course import HOME, Check, Course, Exercise, Section, Text
from grader.result import (
    CheckResult,
    Event,
    Excerpt,
    ExerciseResult,
    LoadError,
    Portability,
    Result,
    State,
    Verdict,
    Waiting,
)

QUEUE = "ex07_queue_between_processes"
JUDGES = ("calls", "stacks", "counters", "cpu", "processes", "output", "clock")


SECTIONS = """
7.2  | States of a process              | 进程的状态
7.3* | Creating processes               | 进程的基本使用
7.4* | Name, PID and parent PID         | 进程的名称与 PID
7.7  | Processes against threads        | 进程与线程的对比
7.10*| A queue between processes        | 用队列在进程之间通信
7.12 | A queue in a pool                | 进程池中的队列
7.14*| Iterables and how to detect them | 可迭代对象及其检测方法
7.16 | All of it                        | 综合练习
"""
EXERCISES = """
ex01_first_process | A first process | 第一个进程
check_import_starts_nothing | import | 7.3 | Importing the file starts no process | 导入文件时不启动进程
check_target_runs_in_a_child | start_process | 7.3 | The target runs in a child | 目标函数在子进程中运行
check_exit_code_is_returned | run_process | 7.3 | The exit code is returned | 返回子进程的退出码
check_state_of_new_process | process_state | 7.2 | A process not yet started is new | 未启动的进程是 new

ex02_name_and_pid | Name and PID | 名称与 PID
check_child_is_called_name | start_named_process | 7.4 | The child carries the name | 子进程使用给定的名称
check_identify_tells_parent | identify | 7.4 | identify() tells the parent's PID | 给出父进程的 PID
check_kill_spares_others | kill_process | 7.4 | No other process is ended | 不会结束其他进程

ex05_processes_or_threads | Processes or threads | 进程还是线程
check_items_run_at_once | run_in_processes | 7.7 | All items run at the same time | 所有任务同时运行
check_unknown_kind | run_jobs | 7.7 | An unknown kind raises ValueError | 未知的类型引发 ValueError

ex07_queue_between_processes | A queue between processes | 用队列在进程之间通信
check_values_arrive_in_order | transfer | 7.10 | The values arrive in order | 数据按顺序到达
check_reader_starts_after_writer | transfer | 7.10 | The reader starts after the writer | 先写入后读取
check_large_values_arrive | transfer_large | 7.10 | Any amount of data arrives | 任意大小的数据都能到达

ex09_pool_queue | A queue in a pool | 进程池中的队列
check_pool_transfer | pool_transfer | 7.12 | The values come back in order | 数据按顺序返回

ex11_iterables | Iterables | 可迭代对象
check_str_is_iterable | is_iterable | 7.14 | A string is iterable | 字符串是可迭代对象
check_loops_start_afresh | MyClass | 7.14 | Every loop starts afresh | 每次循环都从头开始

ex13_summary | A copier with progress | 显示进度的复制器
check_progress_counts_up | Progress | 7.16 | Progress counts up from one | 进度从一开始计数
"""
PRAISE = Text("Well done: what you start, you also wait for.", "做得好：你启动的进程，你都等到了它结束。")
HINT = Text("Have a look at what args takes.", "看看 args 接受什么。")
CAUSES = {
    "target_called": Text(
        "The target ran in your own process (PID {pid}): perhaps target=work() in place of target=work.",
        "目标函数在你自己的进程（PID {pid}）里运行了：是不是把 target=work 写成了 target=work()？",
    ),
    "joined_before_read": Text(
        "The writer was joined while the queue still held {size} that nobody had read.",
        "队列里还有 {size} 数据没有被取走，就先等待了写入进程。",
    ),
}


class Interface(msgspec.Struct):
    """words.toml."""

    waits: dict[str, Text]
    words: dict[str, Text]


def interface() -> Interface:
    """The words of the interface, as they are."""
    return msgspec.toml.decode((HOME / "words.toml").read_bytes(), type=Interface)


@functools.cache
def course() -> Course:
    """Seven exercises in eight sections."""
    texts = interface()
    return Course(
        id="python-processes",
        title=Text("Processes, queues, pools and iterators", "进程、队列、进程池与迭代器"),
        sections={
            number.strip("* "): Section(Text(en, zh), f"https://example.org/unit#{number.strip('* ')}", "*" in number)
            for number, en, zh in map(_cells, SECTIONS.strip().splitlines())
        },
        exercises=dict(_exercise(block.splitlines()) for block in EXERCISES.strip().split("\n\n")),
        causes=CAUSES,
        waits=texts.waits,
        words=texts.words,
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _exercise(lines: list[str]) -> tuple[str, Exercise]:
    name, en, zh = _cells(lines[0])
    checks = {
        key: Check(function, section, Text(*title), HINT, stretch="large" in key)
        for key, function, section, *title in map(_cells, lines[1:])
    }
    return name, Exercise(Text(en, zh), PRAISE, checks)


def check(name: str, verdict: Verdict = Verdict.PASSED, **fields: Any) -> CheckResult:
    """One check of the small course; found there by its name."""
    small = course()
    known = next(exercise.checks[name] for exercise in small.exercises.values() if name in exercise.checks)
    points = small.points(known)
    return CheckResult(
        id=name, function=known.function, section=known.section, stretch=known.stretch, verdict=verdict,
        points=points if verdict is Verdict.PASSED else 0, max_points=points, **fields,
    )  # fmt: skip


def graded(name: str, **verdicts: CheckResult) -> ExerciseResult:
    """An exercise in which all passed but what is given."""
    names = course().exercises[name].checks
    return ExerciseResult(id=name, state=State.GRADED, checks=[verdicts.get(key) or check(key) for key in names])


def ungraded(name: str, state: State, error: LoadError | None = None) -> ExerciseResult:
    """An exercise of which nothing could be judged."""
    checks = [check(key, Verdict.SKIPPED) for key in course().exercises[name].checks]
    return ExerciseResult(id=name, state=state, checks=checks, error=error)


def stuck(*waiting: Waiting, hang: str = "settled", **fields: Any) -> CheckResult:
    """A check that hangs as `waiting` tells."""
    return check("check_large_values_arrive", Verdict.STUCK, hang=hang, waiting=list(waiting), **fields)


def timeline() -> list[Event]:
    """The writer is held, waits, and ends; the main process waits for it."""
    return [
        Event(at_s=0.0, kind="born", pid=12, who="main", parent_pid=1),
        Event(at_s=0.001, kind="called", pid=12, who="main", by="check", detail="transfer_large"),
        Event(at_s=0.002, kind="born", pid=13, who="", parent_pid=12),
        Event(at_s=0.003, kind="checked_in", pid=13, who="process writer"),
        Event(at_s=0.003, kind="held", pid=13, who="process writer"),
        Event(at_s=0.004, kind="waits", pid=12, who="main", detail="join", on="process writer", line=31),
        Event(at_s=0.005, kind="released", pid=13, who="process writer", by="check", detail="exits"),
        Event(at_s=0.006, kind="ended", pid=13, who="process writer", detail="7"),
        Event(at_s=0.007, kind="reaped", pid=13, who="process writer"),
        Event(at_s=0.008, kind="returned", pid=12, who="main", by="code", detail="transfer_large"),
    ]


def all_events() -> list[Event]:
    """More than are drawn: every order, and a call that raises."""
    orders = [
        Event(at_s=1, kind="released", pid=13, who="", by="check", detail=order)
        for order in ("goes_on", "returns", "raises", "exits", "ends_by")
    ]
    return [*timeline(), *orders * 8, Event(at_s=2, kind="raised", pid=12, who="main", by="code", detail="f")]


def circle_of_two() -> CheckResult:
    """The writer waits for room and the main process for the writer."""
    file = QUEUE + ".py"
    return stuck(
        Waiting(who="main", pid=12, line=31, file=file, source="writer.join()", waits_for="join", on="process writer"),
        Waiting(who="process writer", pid=13, line=9, file=file, source="put(v)", waits_for="pipe_room", on="main"),
        cause="joined_before_read", facts={"size": "128 KiB"}, line=31, file=file, source="    writer.join()",
        output="writer started\nreader not yet started\n", excerpt=Excerpt(first=30, lines=["", "    writer.join()"]),
        timeline=timeline(),
    )  # fmt: skip


def mixed() -> Result:
    """Every verdict and every state."""
    return _result(
        graded("ex01_first_process"),
        graded(
            "ex02_name_and_pid",
            check_child_is_called_name=check(
                "check_child_is_called_name", Verdict.FAILED, expected="'writer-4f1c'", seen="'Process-1'",
                cause="target_called", facts={"pid": "4711"}, line=14, file="/tmp/x/ex02_name_and_pid.py",
                source="    process = Process(target=target, args=(name,))", output="hello from the child\n",
            ),
            check_kill_spares_others=check(
                "check_kill_spares_others", Verdict.CRASHED, seen="ended by SIGKILL (signal 9)",
                line=27, file="ex02_name_and_pid.py", source="    os.kill(0, signal.SIGKILL)",
            ),
        ),
        graded(
            "ex05_processes_or_threads",
            check_items_run_at_once=check(
                "check_items_run_at_once", Verdict.BROKEN, facts={"error": "OSError: no room on the device"}
            ),
            check_unknown_kind=check("check_unknown_kind", Verdict.SKIPPED),
        ),
        graded(
            QUEUE,
            check_reader_starts_after_writer=check(
                "check_reader_starts_after_writer", Verdict.FAILED,
                expected="['writer ended', 'reader started']", seen="['reader started', 'writer ended']",
            ),
            check_large_values_arrive=circle_of_two(),
        ),
        ungraded("ex09_pool_queue", State.MISSING),
        ungraded("ex11_iterables", State.UNLOADABLE, LoadError(
            type="SyntaxError", text="expected ':'", line=8, file="ex11_iterables.py", source="def is_iterable(obj)",
        )),
        ExerciseResult(id="ex13_summary", state=State.UNTOUCHED),
    )  # fmt: skip


def perfect() -> Result:
    """All passed, the bonus too."""
    return _result(*(graded(name) for name in course().exercises))


def elsewhere(*causes: str | None) -> Result:
    """Graded under two start methods: for each of `causes` a function that fails under one."""
    result = perfect()
    alike = Portability(function="run_process", verdicts={"fork": Verdict.PASSED, "spawn": Verdict.PASSED})
    apart = [
        Portability(
            function="start_process", verdicts={"fork": Verdict.PASSED, "spawn": Verdict.FAILED}, cause=cause,
            facts={"name": "work", "text": "cannot pickle"}, line=4, file="ex01_first_process.py", source="p.start()",
        )
        for cause in causes
    ]  # fmt: skip
    result.exercises[0].portability = [alike, *apart]
    return result


def empty() -> Result:
    """Nothing was graded yet."""
    result = _result()
    result.complete = False
    return result


def _result(*exercises: ExerciseResult) -> Result:
    result = Result(
        course="python-processes", kit="1.0.0", python="3.12.1", start_method="fork", submission="ada",
        sandbox="bubblewrap", complete=True, duration_s=1.9, exercises=list(exercises),
    )  # fmt: skip
    result.add_up()
    return result


def every_hang() -> list[CheckResult]:
    """A check for each thing that can be waited for, with and without whom; and for each kind of hang and process."""
    kinds = ("settled", "busy", "asleep", "patience")
    names = ("main", "manager", "process w", "pool worker 2", "thread t", "somebody")
    waits = [
        stuck(Waiting(who="main", pid=1, line=4, file="a.py", waits_for=key, on=on), hang=kinds[0])
        for key in interface().waits
        for on in (None, "process w")
    ]
    waits.append(stuck(Waiting(who="main", pid=1, waits_for="sleep")))
    waits.append(stuck(Waiting(who="main", pid=1, waits_for="lock", on="main")))
    held = Waiting(who="process w", pid=2, waits_for="held")
    waits.append(stuck(held, Waiting(who="main", pid=1, waits_for="join", on="process w")))
    crowd = [Waiting(who=name, pid=2, waits_for="lock", on="pool worker 2", file="b.py", line=1) for name in names]
    waits += [stuck(judge=judge) for judge in JUDGES]
    waits.append(stuck(timeline=timeline()[:2], excerpt=Excerpt(first=1, lines=["def f():"], of="f")))
    waits.append(stuck(timeline=timeline()[:1]))
    waits.append(stuck(timeline=all_events(), expected="a " * 300 + "b", seen="a " * 300 + "c"))
    return [*waits, *(stuck(hang=kind) for kind in kinds), stuck(*crowd), stuck(*crowd, *crowd), circle_of_two()]


def hostile(text: str, *, keep: tuple[str, ...] = ()) -> Result:
    """`mixed` and every hang, with `text` in every string but the fields in `keep`."""
    result = mixed()
    result.exercises[3].checks.extend(every_hang())
    result.exercises[0].portability = elsewhere("lambda", None).exercises[0].portability
    for exercise in result.exercises:
        exercise.error = exercise.error or LoadError(
            type="E", text="t", line=1, file="f", source="s", called=Excerpt(first=1, lines=["s"], of="f")
        )
        for each in exercise.checks:
            each.facts = {key: text for key in ("pid", "size", "name", "seconds")}
            each.expected, each.seen, each.source, each.file, each.line = "e", "s", "s", "f", 1
    for row in result.exercises[0].portability:
        row.facts, row.verdicts = dict.fromkeys(row.facts, text), {**row.verdicts, text: Verdict.STUCK}
    _overwrite(result, text, keep)
    return result


def _overwrite(part: Any, text: str, keep: tuple[str, ...]) -> None:
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, str) and not isinstance(value, enum.Enum) and name not in keep:
            setattr(part, name, text)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, msgspec.Struct):
                _overwrite(each, text, keep)
