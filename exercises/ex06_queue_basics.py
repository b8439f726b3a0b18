"""Exercise 6: a queue (sections 7.8 and 7.9).

A queue hands values from one process to another: what is put in first comes out first. `put` waits while the queue is
full, and `get` waits while it is empty, unless you ask them not to wait.

练习 6：队列（7.8、7.9 节）。

队列把值从一个进程交给另一个进程：先放进去的先出来。
队列满时 `put` 会等，队列空时 `get` 会等，除非你要求它们不等。
"""


def make_queue(size):
    """Return a queue that works between processes and holds at most `size` values.

    返回一个可以在进程之间使用、最多装 `size` 个值的队列。
    """
    raise NotImplementedError("make_queue is still to be written")


def try_put(queue, value):
    """Put `value` into `queue` without waiting. Return `True`, or `False` if the queue was full.

    把 `value` 放进 `queue`，不等待。放进去了返回 `True`；队列已满返回 `False`。
    """
    raise NotImplementedError("try_put is still to be written")


def try_get(queue, default=None):
    """Take the next value from `queue` without waiting, and return it; or `default` if the queue was empty.

    The value may be `None`, `0` or `False`: that is a value like any other.

    从 `queue` 取出下一个值并返回，不等待；队列为空时返回 `default`。
    取出的值可能就是 `None`、`0` 或 `False`：它们和别的值一样。
    """
    raise NotImplementedError("try_get is still to be written")


def queue_status(queue):
    """Return a dictionary that tells how full the queue is.

    返回一个字典，说明队列有多满。

        queue_status(queue)         # {"full": False, "empty": False, "size": 2}
    """
    raise NotImplementedError("queue_status is still to be written")


def drain(queue):
    """Take everything that is in `queue`, without waiting, and return it as a list, in order.

    取出 `queue` 里的全部值，不等待，按顺序放在列表里返回。

        drain(queue)                # ["first", "second"]; now the queue is empty
    """
    raise NotImplementedError("drain is still to be written")
