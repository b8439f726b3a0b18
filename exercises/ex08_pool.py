"""Exercise 8: a pool of processes (section 7.11).

Starting a process for every little task is wasteful. A pool starts a few workers once and hands them one task after
the other: `apply` waits for the result of each, `apply_async` does not. In the end the pool is closed and joined.

练习 8：进程池（7.11 节）。

为每个小任务都启动一个进程太浪费。进程池只启动几个工作进程，把任务一个接一个交给它们：
`apply` 每次都等结果，`apply_async` 不等。最后要关闭进程池并 join。
"""


def run_one_by_one(target, items, workers):
    """Call `target(item)` for each item in a pool of `workers` processes, one after the other, never two at once.

    Return the list of results, in the order of the items. No worker may be left when this function returns, nor when it
    passes on an exception that `target` raised.

    在有 `workers` 个进程的进程池里对每个 item 调用 `target(item)`，一个做完再做下一个，绝不同时做两个。
    按 item 的顺序返回结果列表。函数返回时，或者把 `target` 抛出的异常交给调用者时，不能还留着工作进程。

        run_one_by_one(square, [1, 2, 3], 2)        # [1, 4, 9]
    """
    raise NotImplementedError("run_one_by_one is still to be written")


def run_at_once(target, items, workers):
    """The same, but with up to `workers` items at the same time (never more). The results stay in item order.

    与上面相同，但最多 `workers` 个 item 同时进行（绝不超过）。结果仍按 item 的顺序排列。
    """
    raise NotImplementedError("run_at_once is still to be written")
