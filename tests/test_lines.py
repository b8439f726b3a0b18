"""What the student's lines say of locks, targets and queues."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.handles import lines

TEXT = """\
from multiprocessing import Process

def work(first, second):
    first.acquire()
    print("one")
    with second, self.third:
        if True:
            fourth.acquire()
            fourth.release()
            with fifth:
                pass
            sixth.acquire()
    queue.put(1)

def other():
    queue.put(2)
    queue.put(3)

a = Process(target=work, args=(1, 2))
b = Process(target=other)
a.start()
""".splitlines()


def line(text: str) -> int:
    return next(number for number, line in enumerate(TEXT, 1) if text in line)


@pytest.mark.parametrize(
    ("text", "lock", "method"),
    [
        ("first.acquire", "first", "acquire"),
        ("with second", "self.third", "with"),
        ("with fifth", "fifth", "with"),
        ("print", None, None),
        ("queue.put(1)", None, "put"),
    ],
)
def test_lock_and_method_of_a_line(text: str, lock: str | None, method: str | None) -> None:
    assert lines.lock_at(TEXT, line(text)) == lock
    assert lines.method_at(TEXT, line(text)) == method


def test_locks_held_are_those_of_the_same_function_that_are_not_released() -> None:
    assert lines.locks_held_at(TEXT, line("sixth")) == ["first", "second", "self.third"]
    assert lines.locks_held_at(TEXT, line("queue.put(1)")) == ["first"]
    assert lines.locks_held_at(TEXT, line("queue.put(3)")) == []


def test_target_is_that_of_the_process_that_is_started_or_the_only_one() -> None:
    assert lines.target_at(TEXT, line("a.start")) == "work"
    assert lines.target_at(TEXT[:19], None) == "work"
    assert lines.target_at(TEXT, None) is None
    assert lines.target_at([], 3) is None


def test_target_is_not_known_of_a_process_that_is_made_elsewhere() -> None:
    text = [
        "a = Process(target=one)",
        "b = Process(",
        "    target=two)",
        "for each in (a, b): each.start()",
        "b.start()",
    ]

    assert lines.target_at(text, 4) is None
    assert lines.target_at(text, 5) == "two"


def test_target_is_the_last_one_above_where_the_started_one_has_no_name() -> None:
    text = ["a = Process(target=one)", "Process(target=two).start()"]

    assert lines.target_at(text, 2) == "two"


def test_put_is_the_last_of_the_function_or_the_only_one() -> None:
    assert lines.put_in(TEXT, "other") == line("queue.put(3)")
    assert lines.put_in(TEXT, "work") == line("queue.put(1)")
    assert lines.put_in(TEXT, None) is None
    assert lines.put_in(["q.put(1)"], None) == 1


@pytest.mark.parametrize("number", [-1, 0, 99])
def test_line_that_is_not_there_says_nothing(number: int) -> None:
    assert lines.lock_at(TEXT, number) is None
    assert lines.method_at(TEXT, number) is None
    assert lines.locks_held_at([], number) == []


@pytest.mark.parametrize(
    ("text", "lock"),
    [
        ("with Pool(size(2)) as pool, lock:", "lock"),
        ("with locks[0], open(name) as file: pass", "locks[0]"),
        ("with lock as held:", "lock"),
        ("with open(name) as file:", None),
        ("without = lock", None),
    ],
)
def test_lock_is_what_a_block_enters_as_it_is(text: str, lock: str | None) -> None:
    assert lines.lock_at([text], 1) == lock
    assert lines.locks_held_at([text, "    here"], 2) == ([lock] if lock else [])


@pytest.mark.parametrize(
    ("made", "handed", "name"),
    [
        ("queue = multiprocessing.Queue()", "pool.apply_async(work, (queue, 1))", "queue"),
        ("q = Queue()", "tasks = [pool.submit(work, f(x), q) for x in y]", "q"),
        ("q = ctx.JoinableQueue(5)", "pool.map_async(\n        work, [(name, q)]\n    )", "q"),
        ("q = manager.Queue()", "pool.apply_async(work, (q, 1))", None),
        ("q = Queue()", "pool.apply_async(work, (1,)); read(q)", None),
        ("q = Queue()", "Process(target=work, args=(q,))", None),
        ("q = Queue()", "pool.apply_async(work, (quick, 1))", None),
    ],
)
def test_queue_that_is_handed_to_a_task(made: str, handed: str, name: str | None) -> None:
    text = f"def f():\n    {made}\n    {handed}\n    return q\n".splitlines()
    assert lines.queue_to_tasks(text) == name


def test_process_that_makes_itself_a_daemon() -> None:
    def text(function: str, line: str) -> list[str]:
        return ["class Job(Process):", f"    def {function}(self):", f"        {line}", "        self.work()"]

    assert lines.makes_itself_a_daemon(text("run", "self.daemon = True"))
    assert lines.makes_itself_a_daemon(text("work", "multiprocessing.current_process().daemon = True"))
    assert not lines.makes_itself_a_daemon(text("__init__", "self.daemon = True"))
    assert not lines.makes_itself_a_daemon(text("run", "if self.daemon == True: print()"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_that_python_counts(tmp_path: Path, end: str) -> None:
    path = tmp_path / "x.py"
    path.write_bytes(end.join(["# a\u2028b\x85c", "\f\x0b\x1c", "raise ValueError", ""]).encode())
    assert lines._lines(path) == ["# a\u2028b\x85c", "\f\x0b\x1c", "raise ValueError"]


def test_of_an_endless_line_its_beginning_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("with " + "a(" * 500_000 + "\nqueue.put(1)\n")
    begun, second = lines._lines(path)
    assert (len(begun), second) == (lines.LONGEST, "queue.put(1)")


@pytest.mark.parametrize("line", ["x = '" + "a." * 480 + "'", "with " + "f(" * 300 + ")" * 300 + ":", "a" * 900 + "["])
def test_lines_that_are_made_to_take_long_do_not(line: str) -> None:
    body = [f"    {line}"] * 3000  # with a search that grows with the square of a line, this takes minutes
    assert lines.locks_held_at(["def f():", *body, "    lock.acquire()", "    wait()"], 3003) == ["lock"]
    assert lines.queue_to_tasks(["q = Queue()", *[f"{line}.submit(" for line in body]]) is None


def test_name_after_an_index_is_one() -> None:
    assert lines.locks_held_at(["def f():", "    a.b[3].lock.acquire()", "    wait()"], 3) == ["lock"]


def test_what_was_acquired_far_above_is_not_looked_for() -> None:
    text = ["def endless():", "    far.acquire()", *["    0"] * 2000, "    near.acquire()", "    queue.get()"]
    assert lines.locks_held_at(text, len(text)) == ["near"]
