"""Exercise 5: processes or threads (section 7.7).

Processes compute at the same time on several cores, but each costs memory and a start. Threads of one process are
cheap and good at waiting (for files, for the network), but take turns at computing. Here you run the same jobs both
ways, and then choose.

练习 5：用进程还是用线程（7.7 节）。

多个进程可以在多个核心上同时计算，但每个进程都要占内存，启动也有代价。
同一进程里的线程很轻，适合等待（等文件、等网络），但计算时只能轮流。
这里你先用两种办法运行同样的任务，再学会选择。
"""


def run_in_processes(target, items):
    """Run `target(item)` for every item, each in a child process of its own, all at the same time; wait for all.

    No items: nothing runs, and nothing is raised.

    对每个 item 运行 `target(item)`，各用一个子进程，全部同时运行；等全部结束。
    没有 item 时什么也不运行，也不报错。
    """
    raise NotImplementedError("run_in_processes is still to be written")


def run_in_threads(target, items):
    """The same in threads of this process: all items at the same time, however many there are; wait for all.

    同样的事改用本进程的线程来做：不管有多少 item，都同时运行；等全部结束。
    """
    raise NotImplementedError("run_in_threads is still to be written")


def run_jobs(kind, target, items):
    """Run the jobs in the way that suits them: `kind` "cpu": in processes; "io": in threads; wait for all.

    Anything else, `None` too: raise `ValueError`, and run nothing.

    用合适的办法运行任务：`kind` 为 "cpu" 用进程，为 "io" 用线程；等全部结束。
    其他值（包括 `None`）：抛出 `ValueError`，什么也不运行。
    """
    raise NotImplementedError("run_jobs is still to be written")
