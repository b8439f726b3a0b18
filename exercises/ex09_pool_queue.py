"""Exercise 9: a queue in a pool (section 7.12).

A `multiprocessing.Queue` cannot be handed to the workers of a pool as an argument. A manager's queue can: the manager
is a process of its own that keeps the queue, and everybody else talks to it.

练习 9：进程池中的队列（7.12 节）。

`multiprocessing.Queue` 不能当作参数交给进程池里的工作进程，而管理器（Manager）的队列可以：
管理器本身是一个进程，队列由它保管，其他进程都去找它存取。
"""


def write_queue(queue, values):
    """Put each value into `queue`, in order.

    按顺序把每个值放进 `queue`。
    """
    raise NotImplementedError("write_queue is still to be written")


def read_queue(queue):
    """Take values from `queue` until it is empty, and return them as a list.

    从 `queue` 里取值，直到它变空；以列表返回。
    """
    raise NotImplementedError("read_queue is still to be written")


def pool_transfer(values):
    """Send at most 5 values through a manager's queue (of size 5), from one task of a pool to another.

    In a pool: run `write_queue` and wait for its result, then run `read_queue`; return the list that it read. This
    process itself neither writes nor reads, and no worker and no manager is left at the end.

    用管理器的队列（大小为 5）把最多 5 个值从进程池的一个任务传到另一个任务。
    在进程池里：先运行 `write_queue` 并等它的结果，再运行 `read_queue`；返回读到的列表。
    本进程自己既不写也不读；最后不留下任何工作进程，也不留下管理器进程。

        pool_transfer(["a", "b"])           # ["a", "b"]
    """
    raise NotImplementedError("pool_transfer is still to be written")
