"""Write the seccomp programs: `python -m grader.walls.seccomp.make`, after a change of the lists below.

What goes in is the lists in this file, what comes out is one `<architecture>.bpf` beside it. The program is a deny
list: students' Python may do all that ordinary Python does (fork, forkserver, spawn, pools, managers, subprocess,
threads), and what is refused is refused with an error that Python turns into an exception. It is written here
instruction by instruction, so that the bytes depend on this file alone and not on the version of some library.

Sources: seccomp(2); linux/filter.h and linux/seccomp.h for the instructions and the data they read; asm/unistd_64.h
(x86-64) and asm-generic/unistd.h (aarch64) for the numbers, which are part of the kernel's ABI and never change.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

# AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 of linux/audit.h; the place in the pairs of numbers below.
ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

Numbers = tuple[int | None, int | None]

# Each group: why it is refused, and the calls with their numbers on x86-64 and aarch64.
DENIED: dict[str, dict[str, Numbers]] = {
    "Reading, steering or robbing another process: the stages of one submission leave each other alone.": {
        "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
        "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
        "move_pages": (279, 239), "migrate_pages": (256, 238),
    },
    "Memory that no limit and no watcher sees, or that outlives the process.": {
        "memfd_create": (319, 279), "memfd_secret": (447, 447),
        "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195),
        "semget": (64, 190), "semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191),
        "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
        "mq_open": (240, 180), "mq_unlink": (241, 181),
        "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    },
    "New namespaces and mounts: inside a user namespace everybody is root, and meets the kernel's least tried code.": {
        "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
        "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429), "fsopen": (430, 430),
        "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "open_tree": (428, 428),
        "open_tree_attr": (467, 467), "mount_setattr": (442, 442),
    },
    "A file by its handle passes by the folders above it, and so the walls.": {
        "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    },
    "Large parts of the kernel that students' Python has no use for, and that broke most often.": {
        "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
        "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
        "vmsplice": (278, 75), "modify_ldt": (154, None), "lookup_dcookie": (212, 18),
    },
    "The machine as a whole. Only root may, and nobody inside is root: a second lock on the same door.": {
        "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
        "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
        "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60), "quotactl_fd": (443, 443),
        "acct": (163, 89), "syslog": (103, 116),
    },
}  # fmt: skip

# clone3 hides its flags behind a pointer that BPF cannot follow; where it is absent, libc falls back to clone.
ABSENT: dict[str, Numbers] = {"clone3": (435, 435)}

# A call that is newer than this list (file_setattr of Linux 6.17 is its last) is absent too, as on an older kernel:
# programs know how to live with that. The x32 calls of x86-64 have numbers from 0x40000000 on and end here as well.
LAST_KNOWN = 469

# linux/filter.h: BPF_LD|BPF_W|BPF_ABS, BPF_JMP with BPF_JEQ, BPF_JGT and BPF_JSET, BPF_RET|BPF_K.
LOAD, EQUAL, GREATER, ANY_BIT, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06

# linux/seccomp.h, with the errno of Linux in the low half: EPERM, ENOSYS, EAFNOSUPPORT.
VERDICTS = {
    "allow": 0x7FFF0000,
    "not permitted": 0x00050000 | 1,
    "absent": 0x00050000 | 38,
    "no such family": 0x00050000 | 97,
    "kill": 0x80000000,
}


class ArgumentRule(NamedTuple):
    """A call that is judged by one argument: `then` when one of the values fits, `otherwise` when none does."""

    numbers: Numbers
    argument: int
    test: int
    values: tuple[int, ...]
    then: str
    otherwise: str


# All CLONE_NEW* flags of linux/sched.h, and CLONE_PARENT: a child that says it is its parent's sibling would be a
# false witness of who started it.
CLONE_FLAGS = 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x00020000 | 0x00008000

# TIOCSTI types into a terminal, TIOCLINUX pastes into one, TIOCSETD loads line disciplines (asm-generic/ioctls.h).
TERMINAL_REQUESTS = (0x5412, 0x541C, 0x5423)

BY_ARGUMENT = {
    "clone": ArgumentRule((56, 220), 0, ANY_BIT, (CLONE_FLAGS,), "not permitted", "allow"),
    "ioctl": ArgumentRule((16, 29), 1, EQUAL, TERMINAL_REQUESTS, "not permitted", "allow"),
    # Pipes with more room (F_SETPIPE_SZ) use up what the kernel lets a user have in all (pipe-user-pages-soft), and a
    # lease (F_SETLEASE) keeps others from a file: the user outside may be the same.
    "fcntl": ArgumentRule((72, 25), 1, EQUAL, (1031, 1024), "not permitted", "allow"),
    # AF_UNIX alone: multiprocessing and asyncio need it, and it leads nowhere outside the file system.
    "socket": ArgumentRule((41, 198), 0, EQUAL, (1,), "allow", "no such family"),
    "socketpair": ArgumentRule((53, 199), 0, EQUAL, (1,), "allow", "no such family"),
    # 0 is the caller itself: nobody sets the limits of another process.
    "prlimit64": ArgumentRule((302, 261), 0, EQUAL, (0,), "allow", "not permitted"),
    # 0xffffffff asks; any other value could switch off address randomization.
    "personality": ArgumentRule((135, 92), 0, EQUAL, (0xFFFFFFFF,), "allow", "not permitted"),
}


class Instruction(NamedTuple):
    """One `struct sock_filter`; a jump goes to the verdict of that name, or skips that many instructions."""

    code: int
    value: int
    if_true: str | int = 0
    if_false: str | int = 0


def program(architecture: str) -> bytes:
    """Returns the seccomp program for 'x86_64' or 'aarch64'; any other raises KeyError."""
    audit, column = ARCHITECTURES[architecture]
    instructions = _right_architecture(audit) + _by_number(column)
    for rule in BY_ARGUMENT.values():
        instructions += _by_argument(rule, column)
    return _assemble(instructions)


def _right_architecture(audit: int) -> list[Instruction]:
    # The same number means another call to a 32-bit program: such a program cannot be judged and is ended.
    return [
        Instruction(LOAD, 4),  # offsetof(struct seccomp_data, arch)
        Instruction(EQUAL, audit, if_false="kill"),
        Instruction(LOAD, 0),  # offsetof(struct seccomp_data, nr)
        Instruction(GREATER, LAST_KNOWN, if_true="absent"),
    ]


def _by_number(column: int) -> list[Instruction]:
    groups = [("absent", ABSENT), *(("not permitted", calls) for calls in DENIED.values())]
    numbers = [(calls[name][column], verdict) for verdict, calls in groups for name in calls]
    return [Instruction(EQUAL, number, if_true=verdict) for number, verdict in numbers if number is not None]


def _by_argument(rule: ArgumentRule, column: int) -> list[Instruction]:
    # Only the low half of the argument is read (args start at byte 16): the kernel takes these as 32-bit values.
    number = rule.numbers[column]
    assert number is not None
    judge = [Instruction(LOAD, 16 + 8 * rule.argument)]
    judge += [Instruction(rule.test, value, if_true=rule.then) for value in rule.values]
    judge += [Instruction(RETURN, VERDICTS[rule.otherwise])]
    return [Instruction(EQUAL, number, if_false=len(judge)), *judge]


def _assemble(instructions: list[Instruction]) -> bytes:
    instructions = instructions + [Instruction(RETURN, verdict) for verdict in VERDICTS.values()]
    places = {name: len(instructions) - len(VERDICTS) + index for index, name in enumerate(VERDICTS)}

    def skip(target: str | int, here: int) -> int:
        return target if isinstance(target, int) else places[target] - here - 1

    return b"".join(
        struct.pack("<HBBI", each.code, skip(each.if_true, here), skip(each.if_false, here), each.value)
        for here, each in enumerate(instructions)
    )


if __name__ == "__main__":
    for name in ARCHITECTURES:
        Path(__file__).with_name(f"{name}.bpf").write_bytes(program(name))
