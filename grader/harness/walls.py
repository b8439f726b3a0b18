"""The walls that the first process in a sandbox puts up around itself, before it has seen any student code.

The zygote calls `put_up(plan)` while it is the only process and the only thread; all that it forks inherits the walls,
and nothing takes one down again. The plan is plain data from outside, and says null for a wall that is not wanted:

    {"limits": {"processes": 64, "memory_mb": 512, "file_mb": 16, "files": 256, "cpu_s": 60},
     "uid": 1234567,                                       for root only: the user to become, one nobody else has
     "reads_all": false,                                   whether it may read what only root may: `_give_up_root`
     "landlock": {"read": [paths], "write": [paths], "list": [paths]},   see `_restrict_files`
     "seccomp": "base64 of a BPF program"}

A process whose put_up() raised is half walled in: it must end. The kernel's numbers come from its uapi headers
(linux/prctl.h, linux/landlock.h, linux/seccomp.h, linux/capability.h); all are the same on every architecture.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import Any

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_READ, PR_CAPBSET_DROP = 4, 22, 23, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 2, 4
PR_SET_KEEPCAPS, SECCOMP_MODE_FILTER, CAP_DAC_READ_SEARCH = 8, 2, 2
LINUX_CAPABILITY_VERSION_3 = 0x20080522

# landlock.h. System calls beyond 424 have the same number everywhere.
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
CREATE_RULESET_VERSION, RULE_PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, MAKE_CHAR, MAKE_BLOCK = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 6, 1 << 11
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
FIRST_RIGHTS = REFER - 1  # all that ABI 1 knows
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV  # the kernel refuses any other for a plain file
RIGHTS_SINCE = {1: FIRST_RIGHTS, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
TCP_BIND_AND_CONNECT, SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11, 0b11  # since ABI 4 and ABI 6

MAPPED_BESIDE_MEMORY_MB = 1024


class WallFailed(Exception):
    """A wall that the plan demands cannot be put up: which one, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The wall {name!r} cannot be put up: {reason}")
        self.name = name
        self.reason = reason


def put_up(plan: dict[str, Any]) -> list[str]:
    """Puts up what the plan demands and returns the names of the walls in force; the first to fail raises WallFailed.

    Landlock and seccomp demand the wall 'no_new_privs' too, or only root could use them (seccomp(2), landlock(7)).
    """
    kept = CAP_DAC_READ_SEARCH if plan.get("reads_all") else None
    walls: list[tuple[str, Any, Callable[[Any], None]]] = [
        ("limits", plan.get("limits"), _limit_resources),
        ("uid", plan.get("uid"), lambda uid: _give_up_root(uid, kept)),
        ("no_new_privs", _any_of_the_kernel(plan), _gain_no_privileges),
        ("landlock", plan.get("landlock"), _restrict_files),
        ("seccomp", plan.get("seccomp"), _filter_system_calls),
    ]
    if unknown := plan.keys() - {"reads_all"} - {name for name, _, _ in walls}:
        raise WallFailed(min(unknown), "there is no wall of this name")
    demanded = [(name, wish, wall) for name, wish, wall in walls if wish is not None]
    for name, wish, wall in demanded:
        try:
            wall(wish)
        except Exception as error:
            raise WallFailed(name, f"{type(error).__name__}: {error}") from error
    return [name for name, _, _ in demanded]


def hide(hidden: bool) -> None:
    """Whether others of the same user may look into this process and change it (PR_SET_DUMPABLE, prctl(2))."""
    if sys.platform.startswith("linux"):
        _checked(_libc().prctl(PR_SET_DUMPABLE, int(not hidden), 0, 0, 0))  # in every stage, so without a detour


def landlock_abi() -> int:
    """Returns the Landlock version that the kernel offers (landlock_create_ruleset(2)), 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        return _system_call(LANDLOCK_CREATE_RULESET, None, 0, CREATE_RULESET_VERSION)
    except OSError:  # ENOSYS: built without; EOPNOTSUPP: not switched on; EPERM: a container's filter
        return 0


# --- limits


def _limit_resources(limits: dict[str, int]) -> None:
    """Sets the limits of setrlimit(2), never above the ceiling in force, and without a way back up.

    'processes' counts all processes and threads of the user, and root's not at all. 'memory_mb' bounds what a process
    may write to, 8 MB for each thread's stack included; shared mappings count only in the address space.
    """
    import resource

    if unknown := limits.keys() - {"processes", "memory_mb", "file_mb", "files", "cpu_s"}:
        raise ValueError(f"there is no limit of the name {min(unknown)!r}")
    mb = 1024 * 1024
    bounds = {
        "RLIMIT_NPROC": limits.get("processes"),
        "RLIMIT_DATA": _times(limits.get("memory_mb"), mb),
        "RLIMIT_FSIZE": _times(limits.get("file_mb"), mb),
        "RLIMIT_NOFILE": limits.get("files"),
        "RLIMIT_CPU": limits.get("cpu_s"),
        "RLIMIT_CORE": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": 64 * 1024,
        "RLIMIT_SIGPENDING": 1024,
    }
    if "memory_mb" in limits and sys.platform.startswith("linux"):  # elsewhere the kernel refuses this one
        bounds["RLIMIT_AS"] = (limits["memory_mb"] + MAPPED_BESIDE_MEMORY_MB) * mb
    for name, bound in bounds.items():
        kind = getattr(resource, name, None)  # not every system has them all
        if kind is None or bound is None:
            continue
        _, ceiling = resource.getrlimit(kind)
        # SIGXCPU tells why; a process that ignores it is killed a second later.
        hard = bound + 1 if name == "RLIMIT_CPU" else bound
        hard = hard if ceiling == resource.RLIM_INFINITY else min(hard, ceiling)
        resource.setrlimit(kind, (min(bound, hard), hard))


def _times(number: int | None, unit: int) -> int | None:
    return None if number is None else number * unit


# --- uid


def _give_up_root(uid: int, kept: int | None = None) -> None:
    """Becomes the ordinary user and group `uid`, drops every capability (capabilities(7)), and makes sure of both.

    One may be `kept`, across execve(2) too: CAP_DAC_READ_SEARCH, where the interpreter lies in a folder that only root
    can enter. Then Landlock is what bounds what is read.
    """
    if uid == 0:
        raise ValueError("0 is root")
    capability = 0
    while _prctl_or_none(PR_CAPBSET_READ, capability) is not None:  # EINVAL beyond the kernel's last
        if capability != kept:
            _prctl(PR_CAPBSET_DROP, capability)
        capability += 1
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    _prctl(PR_SET_KEEPCAPS, int(kept is not None))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    _keep_capability(kept)
    # After a change of user the kernel hides /proc/self from its owner, and py-spy would see nothing.
    _prctl(PR_SET_DUMPABLE, 1)
    _make_sure_root_is_gone(kept)


def _keep_capability(kept: int | None) -> None:
    # setresuid() empties the effective and the permitted set at most, so capset(2) with three sets of one, or of none.
    import ctypes

    header = (ctypes.c_uint32 * 2)(LINUX_CAPABILITY_VERSION_3, 0)
    bits = 0 if kept is None else 1 << kept
    _checked(_libc().capset(header, (ctypes.c_uint32 * 6)(bits, bits, bits)))
    if kept is not None:
        _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept)


def _make_sure_root_is_gone(kept: int | None) -> None:
    status = _status()
    most = 0 if kept is None else 1 << kept
    sets = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
    if left := {name: status[name] for name in sets if int(status[name], 16) & ~most}:
        raise PermissionError(f"capabilities are left: {left}")
    try:
        os.setuid(0)
    except PermissionError:
        return
    raise PermissionError("the way back to root is open")


# --- no_new_privs


def _any_of_the_kernel(plan: dict[str, Any]) -> bool | None:
    return True if any(plan.get(name) is not None for name in ("uid", "landlock", "seccomp")) else None


def _gain_no_privileges(_: bool) -> None:
    """Makes set-user-ID programs harmless (prctl(2)). This wall and the next two bind the calling thread only."""
    if int(_status()["Threads"]) != 1:
        raise RuntimeError("other threads are running, and would stay outside")
    _prctl(PR_SET_NO_NEW_PRIVS, 1)


# --- landlock


def _restrict_files(allowed: dict[str, list[str]]) -> None:
    """Leaves of the file system what lies below the paths: `read` to read and execute, `write` for everything, and of
    what lies below `list` the names.

    A path may be a file or a device, such as /dev/null; one that is not there is passed over. multiprocessing needs
    /dev/shm in `write` (sem_open(3) makes its semaphores there) beside the folder for temporary files. By landlock(7)
    TCP (from ABI 4 on), signals and abstract sockets to processes outside (from ABI 6 on) are refused as well. It does
    not stop: UDP, looking at file names and sizes, chmod, and connecting to a socket in the file system.
    """
    import ctypes

    abi = landlock_abi()
    if abi < 1:
        raise OSError("the kernel has no Landlock, or does not let us use it")
    rights = sum(bits for since, bits in RIGHTS_SINCE.items() if since <= abi)
    attributes = (ctypes.c_uint64 * 3)(
        rights, TCP_BIND_AND_CONNECT if abi >= 4 else 0, SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0
    )
    size = 8 * (1 if abi < 4 else 2 if abi < 6 else 3)  # an older kernel knows only the first fields
    ruleset = _system_call(LANDLOCK_CREATE_RULESET, attributes, size, 0)
    try:
        for path in allowed["read"]:
            _allow_below(ruleset, path, EXECUTE | READ_FILE | READ_DIR)
        for path in allowed.get("list", []):
            _allow_below(ruleset, path, READ_DIR)
        for path in allowed["write"]:
            _allow_below(ruleset, path, rights & ~(MAKE_CHAR | MAKE_BLOCK))
        _system_call(LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow_below(ruleset: int, path: str, rights: int) -> None:
    import ctypes
    import stat
    import struct

    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(beneath).st_mode):
            rights &= FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, beneath))  # a packed struct
        _system_call(LANDLOCK_ADD_RULE, ruleset, RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(beneath)


# --- seccomp


def _filter_system_calls(program: str) -> None:
    """Installs the BPF program (seccomp(2)): `struct sock_fprog` is a count of instructions and where they are."""
    import base64
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))

    code = base64.b64decode(program, validate=True)
    if not code or len(code) % 8:
        raise ValueError("a BPF program is a row of instructions of 8 bytes")
    memory = ctypes.create_string_buffer(code, len(code))
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(Program(len(code) // 8, ctypes.addressof(memory))))


# --- the kernel


def _status() -> dict[str, str]:
    with open("/proc/self/status") as file:
        return {name: value.strip() for name, _, value in (line.partition(":") for line in file)}


def _prctl(option: int, *arguments: Any) -> int:
    import ctypes

    # Some options insist on zeros in the arguments they do not use.
    padded = [*arguments, 0, 0, 0, 0][:4]
    words = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in padded]
    return _checked(_libc().prctl(option, *words))


def _prctl_or_none(option: int, *arguments: Any) -> int | None:
    try:
        return _prctl(option, *arguments)
    except OSError:
        return None


def _system_call(number: int, *arguments: Any) -> int:
    import ctypes

    words = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return _checked(_libc().syscall(ctypes.c_long(number), *words))


@functools.cache
def _libc() -> Any:
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        import ctypes

        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
