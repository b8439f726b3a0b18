"""With types."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing import Process


def start_daemon(target: Callable[[], object]) -> BaseProcess:
    process: Process = Process(target=target, name="daemon", daemon=True)
    process.start()
    return process


def stop_process(process: BaseProcess) -> int | None:
    if process.exitcode is not None:
        return process.exitcode
    process.terminate()
    process.join()
    return process.exitcode
