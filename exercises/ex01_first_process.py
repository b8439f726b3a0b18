"""Exercise 1: your first process (sections 7.2 and 7.3).

A program that runs is a process. Your program can start further processes, its children, and go on with its own work
meanwhile. A process has three states: new, running, dead. You need `multiprocessing.Process` and some of its methods.
`target` is always a function that somebody hands to you: let the child call it, do not call it yourself.

练习 1：第一个进程（7.2、7.3 节）。

正在运行的程序就是进程。你的程序可以再启动别的进程（子进程），同时继续做自己的事。
进程有三种状态：新建、运行、死亡。你会用到 `multiprocessing.Process` 和它的几个方法。
`target` 总是别人交给你的函数：让子进程去调用它，不要自己调用。
"""


def start_process(target):
    """Create a child process that runs `target()`, start it, and return the process at once, while it still runs.

    创建一个运行 `target()` 的子进程，启动它，并立刻返回这个进程对象（不等它结束）。

        process = start_process(work)
        process.is_alive()          # True
    """
    raise NotImplementedError("start_process is still to be written")


def run_process(target):
    """Run `target()` in a child process, wait until it has ended, and return its exit code.

    0: it ended well; n: it called `sys.exit(n)`; 1: an exception that nobody caught; -n: signal n ended it.

    在子进程里运行 `target()`，等它结束，返回它的退出码。
    0：正常结束；n：调用了 `sys.exit(n)`；1：有没被捕获的异常；-n：被信号 n 终止。
    """
    raise NotImplementedError("run_process is still to be written")


def process_state(process):
    """Return the state of `process`, without waiting for anything.

    "new": not started yet; "running": started and still alive; "dead": it has ended, whether joined or not.

    返回 `process` 现在的状态，不等待。
    "new"：还没启动；"running"：已启动、还活着；"dead"：已经结束（不管有没有 join 过）。
    """
    raise NotImplementedError("process_state is still to be written")
