"""Which loops only ask: of a text, and of a stack that goes round in one of them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from grader.harness.polls import polls
from grader.kernel import polling
from grader.kernel.frames import Frame, Stack
from grader.kernel.polling import Loops, Polling
from grader.kernel.settled import Look, Wait

ASKING = [
    "while not done: time.sleep(0.01)",
    "while process.is_alive(): sleep(0.1)",
    "while any(p.is_alive() for p in processes): time.sleep(1)",
    "while True:\n    if not queue.empty():\n        count += 1\n        break\n    print(len(values))\n    sleep(1)",
    "while not event.wait(0.1): pass",
    "while True:\n    ready = result.ready()\n    if ready: return result.get()\n    time.sleep(0.1)",
    "while True:\n    with value.get_lock():\n        if value.value == 3: break\n    time.sleep(0.1)",
    "while process.exitcode is None: process.join(0.1)",
    "while True:\n    try:\n        return queue.get(timeout=1)\n    except Empty:\n        continue",
    "while True:\n    try:\n        v = queue.get(timeout=1)\n    except Empty:\n        continue\n    total += v",
    "while True:\n    try:\n        v = queue.get(True, 1)\n        total += v\n    except Empty:\n        print(0)",
    "while True:\n    try: v = queue.get_nowait()\n    except Empty:\n        sleep(1)\n        continue\n    n += v",
    "while not done:\n    try:\n        values.append(queue.get_nowait())\n    except Empty:\n        sleep(1)",
    "while True:\n    if queue.empty():\n        sleep(1)\n        continue\n    total += queue.get()",
    "while True:\n    if not queue.empty():\n        total += queue.get()\n    else:\n        sleep(1)",
    "while p.is_alive():\n    tries += 1\n    print(tries)\n    sleep(1)",
    "while multiprocessing.parent_process().is_alive(): sleep(1)",
    "while not os.path.isfile(name): sleep(1)",
]
ENDING = [
    "while count < 10:\n    count += 1\n    sleep(1)",
    "while time.time() < ends: sleep(1)",
    "while True:\n    tries = tries + 1\n    sleep(1)",
    "while True:\n    values.append(1)\n    sleep(1)",
    "while not queue.empty(): queue.get()",
    "while True:\n    try:\n        queue.get(timeout=1)\n    except Empty:\n        n += 1\n    if n > 9: break",
    "while True:\n    try:\n        values.append(queue.get(timeout=1))\n    except Empty:\n        return values",
    "while True:\n    try:\n        queue.get(timeout=1)\n    except Empty:\n        break\n    except OSError: raise",
    "while True:\n    try:\n        queue.get(timeout=1)\n    finally:\n        print(0)",
    "while True:\n    try:\n        queue.get(timeout=1)\n    except Empty:\n        pass\n    n = f(n)",
    "while True:\n    if idle():\n        rounds -= 1\n        continue\n    sleep(1)",
    "while next(numbers): sleep(1)",
    "while waiting():\n    sleep(1)",
    "while True:\n    semaphore.release()\n    sleep(1)",
    "for _ in range(9): sleep(1)",
    "while not done: sleep(1)\nelse: print()",
    "while True:\n    try: v = q.get_nowait()\n    except Empty:\n        n += 1\n        sleep(n)\n        continue",
    "while True:\n    try: v = q.get_nowait()\n    except Empty:\n        continue\n    except Full:\n        sleep(1)",
    "while True:\n    if queue.empty():\n        n -= 1\n        sleep(n)\n        continue\n    total += queue.get()",
    "while True:\n    if not queue.empty():\n        f(queue.get())\n    else:\n        sleep(1)\n    n -= 1\n    f(n)",
    "while total < 9:\n    if ready:\n        total += 1\n    sleep(1)",
    "while p.is_alive():\n    tries += 1\n    if tries > 9: break\n    sleep(1)",
]


def read(path: Path, text: str) -> dict[str, list[list[int]]]:
    path.write_text(text)
    return polls(str(path))


def function(body: str) -> str:
    return "def f():\n" + textwrap.indent(body, "    ")


@pytest.mark.parametrize("body", ASKING)
def test_loop_that_only_asks(tmp_path: Path, body: str) -> None:
    found = read(tmp_path / "a.py", function(body))
    assert [span[:2] for span in found["idle"]] == [[2, 1 + len(body.splitlines())]]
    assert found["other"] == []


@pytest.mark.parametrize("body", ENDING)
def test_loop_that_may_end_by_itself(tmp_path: Path, body: str) -> None:
    assert read(tmp_path / "a.py", function(body))["idle"] == []


@pytest.mark.parametrize(
    "more",
    [
        "def is_alive(): return False",
        "from time import time as is_alive",
        "class A:\n    @property\n    def exitcode(self): return 1",
        "class A:\n    def __getattr__(self, name): return 1",
        "thing.is_alive = lambda: False",
    ],
)
def test_name_that_is_not_what_it_seems(tmp_path: Path, more: str) -> None:
    assert read(tmp_path / "a.py", function("while p.is_alive(): sleep(1)") + "\n" + more)["idle"] == []


def test_only_the_tried_statement_is_where_it_waits(tmp_path: Path) -> None:
    body = "while True:\n    try:\n        v = q.get(timeout=1)\n    except Empty:\n        continue\n    n += v"
    assert read(tmp_path / "a.py", function(body))["idle"] == [[2, 7, 4, 4]]


def test_only_where_nothing_has_come_is_where_it_waits(tmp_path: Path) -> None:
    trying = "while True:\n    try: v = q.get_nowait()\n    except Empty:\n        sleep(1)\n        continue\n    f()"
    asking = "while True:\n    if q.empty():\n        sleep(1)\n        continue\n    n += q.get()"
    other = "while True:\n    if q.ready():\n        n += q.get()\n    else:\n        sleep(1)"
    assert read(tmp_path / "a.py", function(trying))["idle"] == [[2, 7, 4, 6]]
    assert read(tmp_path / "a.py", function(asking))["idle"] == [[2, 6, 4, 5]]
    assert read(tmp_path / "a.py", function(other))["idle"] == [[2, 6, 6, 6]]


LOOPS = Loops("/s/a.py", idle=((3, 5, 3, 5),), other=((8, 9),))


def stack(*frames: tuple[str, str, int]) -> Stack:
    return Stack("MainThread", tuple(Frame(*frame) for frame in frames))


def test_round_is_known_by_the_loop_and_what_led_to_it() -> None:
    first = LOOPS.round_of(stack(("wait", "/lib/threading.py", 3), ("f", "/s/a.py", 4), ("go", "/s/a.py", 7)))
    second = LOOPS.round_of(stack(("f", "/s/a.py", 3), ("go", "/s/a.py", 7)))
    assert first is not None
    assert first == second
    assert first != LOOPS.round_of(stack(("f", "/s/a.py", 3), ("go", "/s/a.py", 6)))


@pytest.mark.parametrize(
    "frames",
    [
        [("f", "/s/a.py", 6)],
        [("f", "/s/a.py", 4), ("go", "/s/a.py", 9)],
        [("<lambda>", "/s/a.py", 4)],
        [("f", "/s/a.py", 4), ("go", "/s/other.py", 1)],
        [("wait", "/lib/threading.py", 3)],
    ],
)
def test_no_round_where_something_may_end_it(frames: list[tuple[str, str, int]]) -> None:
    assert LOOPS.round_of(stack(*frames)) is None


@pytest.mark.parametrize(
    ("lines", "steps"),
    [([21], True), ([40, 21], True), ([21, 30], False), ([31], False), ([40], False), ([], False)],
)
def test_a_for_goes_on_step_by_step_unless_a_while_is_around_it(lines: list[int], steps: bool) -> None:
    loops = Loops("/s/a.py", fors=((20, 22), (31, 32)), whiles=((30, 33),))
    frames = [("sleep", "/lib/time.py", 21), *(("f", "/s/a.py", line) for line in lines)]
    assert loops.steps(stack(*frames)) is steps


def test_loops_by_their_form(tmp_path: Path) -> None:
    body = "while True:\n    for value in values:\n        f(value)\n    f(0)"
    found = read(tmp_path / "a.py", function(body))
    assert (found["for"], found["while"]) == ([[3, 4]], [[2, 5]])


def test_who_is_looked_into_again_does_not_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    stacks = {(7, 7): stack(("f", "/s/a.py", 4))}
    monkeypatch.setattr(polling.frames, "stacks", lambda _: stacks)
    asks = Polling()
    asks.loops = LOOPS
    asks.begin(asleep_after(0), stacks)
    for wakes in range(1, polling.ROUNDS):
        asks.begin(asleep_after(wakes), stacks)
        assert not asks.proves(asleep_after(wakes))
    asks.begin(asleep_after(polling.ROUNDS), stacks)
    assert asks.proves(asleep_after(polling.ROUNDS))


def test_who_asked_in_the_call_before_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    stacks = {(7, 7): stack(("f", "/s/a.py", 4))}
    monkeypatch.setattr(polling.frames, "stacks", lambda _: stacks)
    asks = Polling()
    asks.loops = LOOPS
    asks.begin(asleep_after(0), stacks)
    asks.begin_call()
    asks.begin(asleep_after(1), stacks)
    assert not asks.proves(asleep_after(polling.ROUNDS))
    assert asks.proves(asleep_after(polling.ROUNDS + 1))


def test_who_has_come_elsewhere_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = {(7, 7): stack(("f", "/s/a.py", 4), ("go", "/s/a.py", 6))}
    monkeypatch.setattr(polling.frames, "stacks", lambda _: elsewhere)
    asks = Polling()
    asks.loops = LOOPS
    asks.begin(asleep_after(0), {(7, 7): stack(("f", "/s/a.py", 4))})
    asks.begin(asleep_after(1), elsewhere)
    assert not asks.proves(asleep_after(polling.ROUNDS))
    assert asks.proves(asleep_after(polling.ROUNDS + 1))


def asleep_after(wakes: int) -> Look:
    """A look at one thread, which sleeps for a second and has woken up so often."""
    counters = f"\nvoluntary_ctxt_switches:\t{wakes}\nnonvoluntary_ctxt_switches:\t0\n".encode()
    return Look((Wait(7, 7, "clock_nanosleep", left_s=1.0, switches=counters),))
