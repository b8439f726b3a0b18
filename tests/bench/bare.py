"""The bare calls: every naive test once, each in a fork of its own, and nothing else. Prints the bare seconds.

The bench runs it as `python bare.py SOLUTIONS TEST_FILE...`. What is measured is what nobody can leave out who gives
each check a fresh process: the fork, loading the file, the calls. What a naive test sleeps is no call, and left out; a
file that it makes is in memory, as with us. Printed, as JSON: wall and CPU seconds, and how many.
"""

import importlib
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from types import CodeType
from typing import Any


def main() -> None:
    """Loads nothing but what a stage has loaded before it forks."""
    solutions, *files = map(Path, sys.argv[1:])
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(solutions), str(files[0].parent)]
    for name in ("managers", "pool", "popen_fork", "queues", "shared_memory", "synchronize"):
        importlib.import_module(f"multiprocessing.{name}")
    importlib.import_module("pytest")  # raises() is used by the naive tests; its price is not counted
    importlib.import_module("targets").PAUSE_S = 0
    tempfile.tempdir = "/dev/shm" if os.path.isdir("/dev/shm") else None
    tests = [(compile(file.read_text(), file, "exec"), name) for file in files for name in _names(file)]
    before, begun = _cpu_s(), time.monotonic()
    failed = [name for code, name in tests if _in_a_fork(code, name)]
    wall_s, cpu_s = time.monotonic() - begun, _cpu_s() - before
    print(json.dumps({"wall_s": wall_s, "cpu_s": cpu_s, "count": len(tests), "failed": failed}))


def _names(file: Path) -> list[str]:
    return [line[4:].split("(")[0] for line in file.read_text().splitlines() if line.startswith("def test_")]


def _in_a_fork(code: CodeType, name: str) -> int:
    pid = os.fork()
    if pid == 0:
        for descriptor in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
        status = 1
        try:
            names: dict[str, Any] = {"__name__": "bare"}
            exec(code, names)
            names[name]()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1]


def _cpu_s() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main()
