"""Sound runners that stand in for the student's own, in processes and in threads, where run_jobs is judged.

A function of the student's that calls another one of the file is judged by itself: the other one is made sound first,
for as long as the check lasts.
"""

from __future__ import annotations

import sys
from types import FunctionType
from typing import Any


def _run_in_processes(target: Any, items: Any, *_: Any, **__: Any) -> None:
    import multiprocessing  # here: the code may run as the student's function, with the globals of the student's file

    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def _run_in_threads(target: Any, items: Any, *_: Any, **__: Any) -> None:
    import threading

    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _sound_runners(module: str) -> None:
    """Makes both runners of `module` sound: under their names, and wherever else the file has kept them (in a dict)."""
    for sound in (_run_in_processes, _run_in_threads):
        name = sound.__name__.lstrip("_")
        own = getattr(sys.modules[module], name, None)
        if isinstance(own, FunctionType) and not own.__closure__:
            own.__code__, own.__defaults__, own.__kwdefaults__ = sound.__code__, None, None
        else:
            setattr(sys.modules[module], name, sound)


GIVEN: dict[str, Any] = {"sound_runners": _sound_runners}
