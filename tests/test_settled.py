"""Looks at real processes, each blocked in a system call of its own: which wait for good, and what two looks prove."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator

import pytest
from world import linux, until
from zoo import Zoo

from grader.kernel import calls, processes, settled
from grader.kernel.settled import Look, Wait

pytestmark = [linux, pytest.mark.skipif(not calls.NAMES, reason="this machine's system calls have no names here")]

ENDLESS = {
    "wait4": "os.waitpid(sleeper(), 0)",
    "waitid": "os.waitid(os.P_PID, sleeper(), os.WEXITED)",
    "futex": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "futex of a semaphore": "lock = multiprocessing.Semaphore(0); lock.acquire()",
    "futex as it is": "call('futex', room, 0, 0, 0)",
    "futex_waitv": "call('futex_waitv', ctypes.byref((ctypes.c_uint64 * 3)(0, ctypes.addressof(room), 2)), 1, 0, 0, 1)",
    "poll": "call('poll', 0, 0, -1)",
    "ppoll": "call('ppoll', 0, 0, 0, 0, 8)",
    "select": "call('select', 0, 0, 0, 0, 0)",
    "pselect6": "call('pselect6', 0, 0, 0, 0, 0, 0)",
    "epoll_wait": "call('epoll_wait', (e := select.epoll()).fileno(), room, 1, -1)",
    "epoll_pwait": "call('epoll_pwait', (e := select.epoll()).fileno(), room, 1, -1, 0, 8)",
    "epoll_pwait2": "call('epoll_pwait2', (e := select.epoll()).fileno(), room, 1, 0, 0, 8)",
    "accept": "call('accept', (l := listener()).fileno(), 0, 0)",
    "accept4": "listener().accept()",
    "connect": """
l, made = listener(0), []
try:
    while True:
        made.append(socket.socket(socket.AF_UNIX))
        made[-1].setblocking(False)
        made[-1].connect(l.getsockname())
except BlockingIOError:
    last = socket.socket(socket.AF_UNIX)
    last.connect(l.getsockname())
""",
    "recvfrom": "ours, theirs = socket.socketpair(); ours.recv(1)",
    "recvmsg": "ours, theirs = socket.socketpair(); ours.recvmsg(1)",
    "sendto": "ours, theirs = socket.socketpair(); full(ours).send(bytes(1 << 16))",
    "sendmsg": "ours, theirs = socket.socketpair(); full(ours).sendmsg([bytes(1 << 16)])",
    "pause": "call('pause')",
    "rt_sigsuspend": "call('rt_sigsuspend', ctypes.byref(ctypes.c_uint64(0)), 8)",
    "rt_sigtimedwait": "signal.sigwaitinfo({signal.SIGUSR1})",
    "flock": "a, b = (os.open('/proc/self/exe', os.O_RDONLY) for _ in 'ab'); fcntl.flock(a, 2); fcntl.flock(b, 2)",
    "fcntl": "fcntl.lockf(lock_file, fcntl.LOCK_EX)",
    "fcntl of open files": "fcntl.fcntl(os.open(f'/proc/self/fd/{lock_file}', os.O_RDWR), 38, b'\\1' + bytes(31))",
    "read": "os.read(pipe[0], 1)",
    "read of a socket": "ours, theirs = socket.socketpair(); os.read(ours.fileno(), 1)",
    "read of a terminal": "outer, inner = os.openpty(); os.read(inner, 1)",
    "read of an eventfd": "call('read', libc.eventfd(0, 0), room, 8)",
    "readv": "os.readv(pipe[0], [bytearray(1)])",
    "write": "os.write(full_pipe(), bytes(1 << 16))",
    "writev": "os.writev(full_pipe(), [bytes(1 << 16)])",
}  # fmt: skip
TIMED = {
    "clock_nanosleep": "sleep(600)",
    "clock_nanosleep until a moment": "call('clock_nanosleep', 1, 1, timespec(int(time.monotonic()) + 601), 0)",
    "nanosleep": "call('nanosleep', timespec(600), 0)",
    "futex": "lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=600)",
    "futex of a semaphore": "lock = multiprocessing.Semaphore(0); lock.acquire(timeout=600)",
    "futex as it is": "call('futex', room, 0, 0, timespec(600))",
    "futex of an event": "threading.Event().wait(600)",
    "poll": "call('poll', 0, 0, 600_000)",
    "ppoll": "call('ppoll', 0, 0, timespec(600), 0, 8)",
    "select": "call('select', 0, 0, 0, 0, timespec(600))",
    "pselect6": "call('pselect6', 0, 0, 0, 0, timespec(600), 0)",
    "epoll_wait": "call('epoll_wait', (e := select.epoll()).fileno(), room, 1, 600_000)",
    "epoll_pwait": "call('epoll_pwait', (e := select.epoll()).fileno(), room, 1, 600_000, 0, 8)",
    "epoll_pwait2": "call('epoll_pwait2', (e := select.epoll()).fileno(), room, 1, timespec(600), 0, 8)",
    "rt_sigtimedwait": "signal.sigtimedwait({signal.SIGUSR1}, 600)",
}  # fmt: skip
NEITHER = {
    "read of a timer": "fd = libc.timerfd_create(1, 0); os.read(fd, 8)",
    "read of signals": "fd = libc.signalfd(-1, room, 0); os.read(fd, 128)",
    "read of a watch on files": "fd = libc.inotify_init(); os.read(fd, 8)",
}
OTHERS = {
    "busy": "while True: pass",
    "stopped": "os.kill(os.getpid(), signal.SIGSTOP)",
    "alarm": "signal.signal(signal.SIGALRM, lambda *_: None)",
    "thread": "threading.Thread(target=sleep, args=(600,)).start(); os.read(pipe[0], 1)",
}


def here(code: str) -> bool:
    """Whether this machine's kernel has the call that the code makes by name."""
    name = code.partition("call('")[2].partition("'")[0]
    return not name or name in calls.NAMES.values()


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zoo]:
    fifo = tmp_path_factory.mktemp("zoo") / "fifo"
    os.mkfifo(fifo)
    groups = {"endless": ENDLESS, "timed": TIMED, "neither": NEITHER, "other": OTHERS}
    codes = {f"{group} {name}": code for group, names in groups.items() for name, code in names.items() if here(code)}
    with Zoo({**codes, "fifo": f"os.open({str(fifo)!r}, os.O_RDONLY)"}) as made:
        yield made


def look_at(root: int, pid: int) -> list[Wait]:
    """The waits of one process below `root`, from a look at all of them."""
    look = settled.look(root)
    return [wait for wait in look.waits if wait.pid == pid] if look else []


def wait_of(zoo: Zoo, name: str, call: str) -> Wait:
    """The wait of that animal, once it is in `call`."""
    if name not in zoo.pids:
        pytest.skip("this machine does not have that call")
    until(lambda: [wait.call for wait in look_at(zoo.root, zoo.pids[name])] == [call])
    return look_at(zoo.root, zoo.pids[name])[0]


def call_of(name: str) -> str:
    """The call that an animal is named after."""
    return name.split()[0]


# --- one thread


def test_every_call_that_may_be_endless_has_its_animal() -> None:
    assert {call_of(name) for name in ENDLESS} == {*calls.ENDLESS, *calls.FILE_CALLS}
    assert {call_of(name) for name in TIMED} == calls.TIMED - {"restart_syscall"}


@pytest.mark.parametrize("name", ENDLESS)
def test_call_without_a_limit_is_endless(zoo: Zoo, name: str) -> None:
    wait = wait_of(zoo, f"endless {name}", call_of(name))
    assert wait.endless
    assert (wait.left_s, wait.is_timed, wait.task) == (None, False, wait.pid)


@pytest.mark.parametrize("name", TIMED)
def test_call_with_a_limit_is_not_endless_and_tells_it(zoo: Zoo, name: str) -> None:
    wait = wait_of(zoo, f"timed {name}", call_of(name))
    assert not wait.endless
    assert wait.is_timed
    assert wait.asked_s == pytest.approx(600, abs=2)
    assert wait.left_s is not None
    assert 400 < wait.left_s <= 601


def test_a_moment_counts_only_where_the_thread_slept_on_while_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with Zoo({"sleep": "sleep(600)"}) as zoo:
        wait_of(zoo, "sleep", "clock_nanosleep")
        counters = itertools.count()
        monkeypatch.setattr(settled, "_status", lambda pid, task: (b"%d" % next(counters), False))
        wait = look_at(zoo.root, zoo.pids["sleep"])[0]
    assert (wait.call, wait.is_timed, wait.left_s) == ("clock_nanosleep", True, None)


@pytest.mark.parametrize("name", NEITHER)
def test_read_of_what_speaks_by_itself_is_not_endless(zoo: Zoo, name: str) -> None:
    assert not wait_of(zoo, f"neither {name}", "read").endless


def test_opening_of_a_pipe_that_nobody_writes_to_is_endless(zoo: Zoo) -> None:
    assert wait_of(zoo, "fifo", "openat").endless


def test_busy_process_runs(zoo: Zoo) -> None:
    wait = wait_of(zoo, "other busy", "running")
    assert not wait.endless


def test_stopped_process_stays_so(zoo: Zoo) -> None:
    assert wait_of(zoo, "other stopped", "stopped").endless


def test_each_thread_is_looked_at(zoo: Zoo) -> None:
    pid = zoo.pids["other thread"]
    until(lambda: {wait.call for wait in look_at(zoo.root, pid)} == {"read", "clock_nanosleep"})
    first, second = look_at(zoo.root, pid)
    assert (first.task, first.endless, second.endless) == (pid, True, False)
    assert second.task != pid


# --- all of them


def quiet(root: int) -> Look:
    """The first quiet look."""
    seen: list[Look] = []

    def is_quiet() -> bool:
        look = settled.look(root)
        seen[:] = [look] if look else []
        return look is not None and look.is_quiet()

    until(is_quiet)
    return seen[0]


def test_two_looks_at_those_who_wait_for_good_are_equal() -> None:
    animals = {
        name: ENDLESS[name] for name in ("wait4", "futex", "pause", "read", "recvfrom", "flock") if name in ENDLESS
    }
    with Zoo({name: code for name, code in animals.items() if here(code)}) as zoo:
        for name in zoo.pids:
            wait_of(zoo, name, name)
        first, second = quiet(zoo.root), quiet(zoo.root)
    assert first.key == second.key
    assert {wait.pid for wait in first.waits} > set(zoo.pids.values())  # and the child of the one that waits
    assert first.restless() == []
    assert first.is_idle()


def test_whoever_ran_in_between_is_found_out_though_it_waits_as_before() -> None:
    read, write = os.pipe()
    with Zoo({"read": f"while True: os.read({read}, 1)"}, read) as zoo:
        before = wait_of(zoo, "read", "read")
        first = quiet(zoo.root)
        os.write(write, b"x")
        until(lambda: quiet(zoo.root).key != first.key)
        after = wait_of(zoo, "read", "read")
    os.close(read)
    os.close(write)
    assert (after.call, after.args) == (before.call, before.args)
    assert after.switches != before.switches
    assert after.key != before.key


def test_whoever_comes_or_goes_is_found_out() -> None:
    with Zoo({"pause": "pass", "wait4": ENDLESS["wait4"]}) as zoo:
        wait_of(zoo, "wait4", "wait4")
        first = quiet(zoo.root)
        os.kill(zoo.pids["pause"], signal.SIGKILL)
        until(lambda: not processes.is_alive(zoo.pids["pause"]))
        second = settled.look(zoo.root)
        assert second is not None
        assert second.key != first.key
        assert [pid for pid, _, _ in second.zombies] == [zoo.pids["pause"]]
        assert not second.is_quiet()  # the zygote is about to be told


def test_list_of_threads_that_was_cut_short_is_no_look(monkeypatch: pytest.MonkeyPatch) -> None:
    with Zoo(
        {"threads": "threading.Thread(target=os.read, args=(pipe[0], 1)).start()", "futex": ENDLESS["futex"]}
    ) as zoo:
        until(lambda: len(processes.tasks(zoo.pids["threads"])) == 2)
        quiet(zoo.root)
        for cut in ([zoo.pids["threads"]], []):  # none at all where the process has gone just now
            monkeypatch.setattr(processes, "tasks", lambda pid, cut=cut: cut if pid == zoo.pids["threads"] else [pid])
            assert settled.look(zoo.root) is None


def test_handler_for_an_alarm_keeps_all_from_being_quiet() -> None:
    with Zoo({"alarm": OTHERS["alarm"]}) as zoo:
        until(lambda: [wait.has_alarm and wait.endless for wait in look_at(zoo.root, zoo.pids["alarm"])] == [True])
        look = settled.look(zoo.root)
        assert look is not None
        assert look.restless() == []
        assert not look.is_quiet()


def test_zombie_keeps_all_from_being_quiet_only_where_its_parent_waits_for_it() -> None:
    def looks(call: str, *args: int) -> bool:
        waits = (Wait(10, 10, call, (*args, 0, 0, 0, 0), endless=True),)
        return Look(waits, zombies=((11, 5, 10),), zygote=1).is_quiet()

    assert looks("read", 0)
    assert not looks("wait4", 5)
    assert not looks("wait4", 0xFFFF_FFFF)
    assert not looks("wait4", 0xFFFF_FFFF_FFFF_FFFF)
    assert looks("wait4", 6)
    assert not looks("waitid", 0, 0)
    assert not looks("waitid", 1, 5)
    assert looks("waitid", 1, 6)
    assert not Look((), zombies=((11, 5, 1),), zygote=1).is_quiet()


def test_nothing_below_is_quiet_and_a_gone_zygote_has_nothing_below() -> None:
    with Zoo({}) as zoo:
        assert quiet(zoo.root).waits == ()
    look = settled.look(zoo.root)
    assert look is None or look.waits == ()


def test_look_that_may_not_see_the_calls_is_never_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: str) -> bytes:
        if path.endswith("/syscall"):
            raise PermissionError(path)
        with open(path, "rb", 0) as file:
            return file.read()

    with Zoo({"sleep": "sleep(600)", "pause": "pass"}) as zoo:
        wait_of(zoo, "sleep", "clock_nanosleep")
        until(lambda: (each := settled.look(zoo.root)) is not None and each.is_idle())
        monkeypatch.setattr(processes, "read", read)
        look = settled.look(zoo.root)
        assert look is not None
        assert (look.readable, look.is_quiet(), look.is_idle()) == (False, False, True)
        assert {wait.call for wait in look.waits} == {settled.UNREADABLE}
        assert look.sleeps() or processes.sleeps_in(zoo.pids["sleep"], zoo.pids["sleep"]) in ("", "0")


def test_housekeeping_counts_as_endless_whatever_it_counts() -> None:
    with Zoo({"sleep": "sleep(600)"}) as zoo:
        wait = wait_of(zoo, "sleep", "clock_nanosleep")
        look = settled.look(zoo.root, {wait.place})
        assert look is not None
        assert look.is_quiet()
        assert look.waits[0].switches == b""


@pytest.mark.parametrize(
    ("low", "high", "number"),
    [(599.2, 600.4, 600.0), (0.9, 1.3, 1.0), (0.21, 0.31, 0.3), (4.9, 5.2, 5.0), (-3.0, 0.0, None), (2.0, 1.0, None)],
)
def test_roundest_number_is_what_somebody_has_written(low: float, high: float, number: float | None) -> None:
    assert settled.roundest(low, high) == number
