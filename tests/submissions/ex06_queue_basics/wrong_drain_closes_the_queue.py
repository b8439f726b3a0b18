# fails: check_drain_leaves_the_queue_usable
# cause: raised
import multiprocessing
from contextlib import suppress
from multiprocessing.queues import Queue
from queue import Empty
from queue import Full
from typing import Any
from typing import TypedDict


class Status(TypedDict):
    full: bool
    empty: bool
    size: int


def make_queue(size: int) -> Queue[Any]:
    return multiprocessing.Queue(maxsize=size)


def try_put(queue: Queue[Any], value: object) -> bool:
    with suppress(Full):
        queue.put_nowait(value)
        return True
    return False


def try_get(queue: Queue[Any], default: Any=None) -> Any:
    with suppress(Empty):
        return queue.get_nowait()
    return default


def queue_status(queue: Queue[Any]) -> Status:
    return Status(full=queue.full(), empty=queue.empty(), size=queue.qsize())


def drain(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except Empty:
            queue.close()
            return values
