"""The seccomp programs: judged by a small BPF machine for every architecture, and by the kernel for this one."""

from __future__ import annotations

import base64
import ctypes
import json
import platform
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader import places
from grader.walls import seccomp
from grader.walls.seccomp import make

pytestmark = pytest.mark.outside
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS, EAFNOSUPPORT = (0x00050000 | number for number in (1, 38, 97))
BLOBS = Path(seccomp.__file__).parent
ISLAND = places.PACKAGE  # in which the harness is

each_architecture = pytest.mark.parametrize("architecture", make.ARCHITECTURES)


def verdict(architecture: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """What the checked-in program says of a system call, by the rules of BPF (bpf(4), seccomp(2))."""
    blob = (BLOBS / f"{architecture}.bpf").read_bytes()
    program = list(struct.iter_unpack("<HBBI", blob))
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, audit or make.ARCHITECTURES[architecture][0], 0, *padded)
    here, word = 0, 0
    while True:
        code, if_true, if_false, value = program[here]
        if code == 0x06:
            return int(value)
        if code == 0x20:
            (word,) = struct.unpack_from("<I", data, value)
            here += 1
        else:
            fits = {0x15: word == value, 0x25: word > value, 0x45: bool(word & value)}[code]
            here += 1 + (if_true if fits else if_false)


def numbers(architecture: str, calls: dict[str, Any]) -> dict[str, int]:
    column = make.ARCHITECTURES[architecture][1]
    return {name: pair[column] for name, pair in calls.items() if pair[column] is not None}


def denied(architecture: str) -> dict[str, int]:
    return numbers(architecture, {name: pair for calls in make.DENIED.values() for name, pair in calls.items()})


def judged_by_argument(architecture: str) -> dict[str, int]:
    return numbers(architecture, {name: rule.numbers for name, rule in make.BY_ARGUMENT.items()})


@each_architecture
def test_file_is_what_the_script_makes(architecture: str) -> None:
    assert (BLOBS / f"{architecture}.bpf").read_bytes() == make.program(architecture)


@each_architecture
def test_every_call_gets_the_verdict_of_its_list(architecture: str) -> None:
    expected = dict.fromkeys(range(make.LAST_KNOWN + 1), ALLOW)
    expected |= dict.fromkeys(denied(architecture).values(), EPERM)
    expected |= dict.fromkeys(numbers(architecture, make.ABSENT).values(), ENOSYS)
    for number in judged_by_argument(architecture).values():
        del expected[number]
    assert {number: verdict(architecture, number) for number in expected} == expected


@each_architecture
def test_unknown_calls_are_absent_and_foreign_architectures_end(architecture: str) -> None:
    x32_write, none = 0x40000001, 0xFFFFFFFF
    assert {verdict(architecture, number) for number in (make.LAST_KNOWN + 1, x32_write, none)} == {ENOSYS}
    assert verdict(architecture, 0, audit=0x40000003) == KILL


@each_architecture
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        pytest.param("clone", [0x003D0F00], ALLOW, id="a thread of glibc"),
        pytest.param("clone", [0x01200011], ALLOW, id="a fork of glibc"),
        pytest.param("clone", [0x00004111], ALLOW, id="a vfork"),
        *(
            pytest.param("clone", [0x11 | 1 << bit], EPERM, id=f"flag {bit}")
            for bit in (15, 17, 25, 26, 27, 28, 29, 30)
        ),
        pytest.param("ioctl", [0, 0x5412], EPERM, id="TIOCSTI"),
        pytest.param("ioctl", [0, 0x541C], EPERM, id="TIOCLINUX"),
        pytest.param("ioctl", [0, 0x5423], EPERM, id="TIOCSETD"),
        pytest.param("ioctl", [0, 0x7_0000_5412], EPERM, id="TIOCSTI below what the kernel cuts off"),
        pytest.param("ioctl", [0x5412, 0x5401], ALLOW, id="TCGETS"),
        pytest.param("fcntl", [3, 1031, 1 << 20], EPERM, id="F_SETPIPE_SZ"),
        pytest.param("fcntl", [3, 1024, 1], EPERM, id="F_SETLEASE"),
        pytest.param("fcntl", [1031, 1024 + 6, 3], ALLOW, id="F_DUPFD_CLOEXEC"),
        pytest.param("fcntl", [3, 1032], ALLOW, id="F_GETPIPE_SZ"),
        pytest.param("socket", [1, 1], ALLOW, id="AF_UNIX"),
        pytest.param("socket", [2, 1], EAFNOSUPPORT, id="AF_INET"),
        pytest.param("socket", [10, 1], EAFNOSUPPORT, id="AF_INET6"),
        pytest.param("socket", [16, 3], EAFNOSUPPORT, id="AF_NETLINK"),
        pytest.param("socket", [40, 1], EAFNOSUPPORT, id="AF_VSOCK"),
        pytest.param("socketpair", [1, 1], ALLOW, id="pair of AF_UNIX"),
        pytest.param("socketpair", [30, 1], EAFNOSUPPORT, id="pair of AF_TIPC"),
        pytest.param("prlimit64", [0, 7], ALLOW, id="own limits"),
        pytest.param("prlimit64", [1, 7], EPERM, id="limits of another"),
        pytest.param("personality", [0xFFFFFFFF], ALLOW, id="what personality"),
        pytest.param("personality", [0x0040000], EPERM, id="ADDR_NO_RANDOMIZE"),
    ],
)
def test_arguments_decide(architecture: str, name: str, arguments: list[int], expected: int) -> None:
    assert verdict(architecture, judged_by_argument(architecture)[name], *arguments) == expected


@each_architecture
def test_numbers_are_those_of_libseccomp(architecture: str) -> None:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError as error:
        pytest.skip(str(error))
    known = denied(architecture) | numbers(architecture, make.ABSENT) | judged_by_argument(architecture)
    resolve = library.seccomp_syscall_resolve_name_arch
    audit = ctypes.c_uint32(make.ARCHITECTURES[architecture][0])
    theirs = {name: resolve(audit, name.encode()) for name in known}
    newer_than_the_library = {name for name, number in theirs.items() if number == -1}
    assert newer_than_the_library <= {"open_tree_attr", "memfd_secret", "quotactl_fd"}
    assert {name: known[name] for name in known.keys() - newer_than_the_library} == {
        name: theirs[name] for name in theirs.keys() - newer_than_the_library
    }


@pytest.mark.parametrize(
    ("system", "machine", "maxsize", "blob"),
    [
        ("linux", "x86_64", 2**63 - 1, "x86_64.bpf"),
        ("linux", "aarch64", 2**63 - 1, "aarch64.bpf"),
        ("linux", "x86_64", 2**31 - 1, None),
        ("linux", "riscv64", 2**63 - 1, None),
        ("darwin", "x86_64", 2**63 - 1, None),
        ("win32", "AMD64", 2**63 - 1, None),
    ],
)
def test_program_is_this_machines_own(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, maxsize: int, blob: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "maxsize", maxsize)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert seccomp.program() == (None if blob is None else (BLOBS / blob).read_bytes())


# --- the kernel's word

CHILD = """
import base64, ctypes, errno, fcntl, json, mmap, os, resource, signal, socket, struct, sys, threading
sys.path.insert(0, sys.argv[1])
from harness import walls
walls.put_up({"seccomp": sys.argv[2]})

libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    words = [ctypes.c_long(each) for each in arguments or [-1] * 6]
    return "done" if libc.syscall(ctypes.c_long(number), *words) >= 0 else errno.errorcode[ctypes.get_errno()]

def tried(action, *args):
    try:
        action(*args)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

exec(sys.argv[3])
print(json.dumps(seen))
"""


def behind_the_filter(code: str) -> subprocess.CompletedProcess[str]:
    program = seccomp.program()
    if program is None:
        pytest.skip("no seccomp program for this architecture")
    command = [sys.executable, "-I", "-B", "-c", CHILD, str(ISLAND), base64.b64encode(program).decode(), code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def seen(code: str) -> Any:
    done = behind_the_filter(code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_kernel_refuses_every_call_on_the_list() -> None:
    # All arguments are -1: should a call get through after all, it gets nowhere.
    calls = denied(platform.machine())
    assert seen(f"seen = {{name: call(number) for name, number in {calls}.items()}}") == dict.fromkeys(calls, "EPERM")


def test_kernel_has_no_clone3_and_nothing_newer_than_the_list() -> None:
    assert seen("seen = [call(435), call(470), call(0x40000001)]") == ["ENOSYS"] * 3


def test_python_meets_an_ordinary_error() -> None:
    clone = judged_by_argument(platform.machine())["clone"]
    code = f"""if True:
        master, _ = os.openpty()
        seen = [
            tried(socket.socket), tried(socket.socket, socket.AF_INET6), tried(os.memfd_create, "hidden"),
            tried(fcntl.ioctl, master, 0x5412, b"x"), tried(resource.prlimit, os.getppid(), resource.RLIMIT_NOFILE),
            call({clone}, 0x11 | 0x10000000, 0, 0, 0, 0), call({clone}, 0x11 | 0x8000, 0, 0, 0, 0),
        ]
        """
    assert seen(code) == ["EAFNOSUPPORT", "EAFNOSUPPORT", "EPERM", "EPERM", "EPERM", "EPERM", "EPERM"]


def test_python_goes_on_with_what_is_its_own() -> None:
    code = """if True:
        import asyncio, subprocess, tempfile
        libc.prctl(15, b"a name", 0, 0, 0)
        thread = threading.Thread(target=int); thread.start(); thread.join()
        child = subprocess.Popen([sys.executable, "-I", "-c", "import ctypes"], start_new_session=True)
        seen = {
            "name": open("/proc/self/comm").read(), "pidfd": os.pidfd_open(os.getpid()) > 0,
            "child": child.wait(), "limits": tried(resource.setrlimit, resource.RLIMIT_CORE, (0, 0)),
            "asyncio": asyncio.run(asyncio.sleep(0, "ran")), "shared": len(mmap.mmap(-1, 4096)),
            "signal": tried(os.kill, os.getpid(), 0), "terminal": os.isatty(os.openpty()[1]),
            "alarm": signal.setitimer(signal.ITIMER_REAL, 0), "size": tried(os.get_terminal_size, os.openpty()[1]),
        }
        """
    assert seen(code) == {
        "name": "a name\n", "pidfd": True, "child": 0, "limits": "done", "asyncio": "ran", "shared": 4096,
        "signal": "done", "terminal": True, "alarm": [0.0, 0.0], "size": "done",
    }  # fmt: skip


def test_filter_holds_in_started_programs() -> None:
    code = """if True:
        import subprocess
        hide = "import os, errno\\ntry: os.memfd_create('x')\\nexcept OSError as e: print(errno.errorcode[e.errno])"
        seen = subprocess.run([sys.executable, "-I", "-c", hide], capture_output=True, text=True).stdout.strip()
        """
    assert seen(code) == "EPERM"


@pytest.mark.skipif(platform.machine() != "x86_64", reason="only x86-64 runs 32-bit calls of another architecture")
def test_program_of_another_architecture_is_ended() -> None:
    # mov eax, 20 (getpid of i386); int 0x80; ret
    code = """if True:
        page = mmap.mmap(-1, 4096, prot=7)
        page.write(bytes.fromhex("b814000000cd80c3"))
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        seen = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
        """
    assert behind_the_filter(code).returncode == -signal.SIGSYS
