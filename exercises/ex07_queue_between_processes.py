"""Exercise 7: a queue between two processes (section 7.10).

One child writes into a queue, another reads from it. Whoever starts them has to know in which order to wait for them:
a process that put something into a queue does not end before the queue has taken all of it, and the queue's pipe takes
only about 64 KiB until somebody reads.

练习 7：两个进程之间的队列（7.10 节）。

一个子进程往队列里写，另一个子进程从队列里读。启动它们的进程要清楚按什么顺序等：
往队列里放过东西的进程，要等队列把这些东西全部收下才会结束；
而在有人读之前，队列的管道只收得下大约 64 KiB。
"""


def write_queue(queue, values):
    """Put each value into `queue`, in order.

    按顺序把每个值放进 `queue`。
    """
    raise NotImplementedError("write_queue is still to be written")


def read_queue(queue, report):
    """Take values from `queue` until it is empty, and call `report(value)` for each, in order.

    从 `queue` 里取值，直到它变空；对每个值按顺序调用 `report(value)`。
    """
    raise NotImplementedError("read_queue is still to be written")


def transfer(values, report):
    """Send `values` (a list, at most 32 KiB in all) through a queue, from one child process to another.

    Make a queue. Run `write_queue` in one child process and join it; only then run `read_queue` in a second child
    process, and join it.

    通过队列把 `values`（一个列表，总共不超过 32 KiB）从一个子进程传到另一个子进程。
    先创建队列；在一个子进程里运行 `write_queue` 并 join；然后才在第二个子进程里运行 `read_queue` 并 join。
    """
    raise NotImplementedError("transfer is still to be written")


def transfer_large(values, report):
    """Stretch: as `transfer`, for values of any total size. Writer and reader run at the same time, and it still ends.

    附加题：与 `transfer` 相同，但值的总大小不限。写的和读的同时运行，并且最后一定能结束。
    """
    raise NotImplementedError("transfer_large is still to be written")
