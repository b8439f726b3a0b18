"""The judge's one wait: it handles what can be read, and nothing that is forgotten or closed."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

import pytest
from world import linux

from grader.kernel.loop import Loop

pytestmark = linux  # pipes cannot be waited for everywhere


@pytest.fixture
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    yield read, write
    os.close(read)
    os.close(write)


def test_what_can_be_read_is_handled(loop: Loop, pipe: tuple[int, int]) -> None:
    seen: list[bytes] = []
    loop.watch(pipe[0], lambda: seen.append(os.read(pipe[0], 10)))
    assert not loop.pump(0)
    os.write(pipe[1], b"x")
    assert loop.pump(60) == 1
    assert seen == [b"x"]
    assert not loop.pump(0)


def test_what_is_forgotten_is_not_handled(loop: Loop, pipe: tuple[int, int]) -> None:
    loop.watch(pipe[0], lambda: pytest.fail("it was forgotten"))
    os.write(pipe[1], b"x")
    loop.forget(pipe[0])
    loop.forget(pipe[0])
    loop.forget(99_999)
    assert not loop.pump(0)


def test_handler_may_forget_another_that_is_ready_too(loop: Loop) -> None:
    ours, theirs = zip(*(socket.socketpair() for _ in range(2)), strict=True)
    seen: list[int] = []

    def handler(mine: int) -> None:
        seen.append(mine)
        loop.forget(ours[1 - mine])

    for mine in (0, 1):
        loop.watch(ours[mine], lambda mine=mine: handler(mine))
        theirs[mine].send(b"x")
    assert loop.pump(60) == 2
    assert len(seen) == 1
    for each in (*ours, *theirs):
        each.close()


def test_handler_may_close_the_loop(loop: Loop, pipe: tuple[int, int]) -> None:
    loop.watch(pipe[0], loop.close)
    os.write(pipe[1], b"x")
    assert loop.pump(60) == 1


def test_end_of_a_process_is_an_event(loop: Loop) -> None:
    if (pid := os.fork()) == 0:
        os._exit(3)
    pidfd, ended = os.pidfd_open(pid), []
    loop.watch(pidfd, lambda: ended.append(os.waitpid(pid, 0)[1]))
    loop.pump(60)
    assert [os.waitstatus_to_exitcode(status) for status in ended] == [3]
    os.close(pidfd)
