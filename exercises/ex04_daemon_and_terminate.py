"""Exercise 4: daemon processes, and stopping a process (section 7.6).

When the main process ends, it waits for its children first. For a daemon process it does not: a daemon is ended along
with the main process. And any child can be asked to end early: it is terminated.

练习 4：守护进程与终止进程（7.6 节）。

主进程结束前会先等它的子进程。守护进程例外：主进程一结束，守护进程也随之结束。
另外，任何子进程都可以被提前终止。
"""


def start_daemon(target):
    """Start a child process that runs `target()` and ends when the main process ends; return the process at once.

    启动一个运行 `target()` 的子进程，并立刻返回进程对象。主进程结束时，它也跟着结束（主进程不等它）。
    """
    raise NotImplementedError("start_daemon is still to be written")


def stop_process(process):
    """Terminate `process`, wait until it has ended, and return its exit code.

    If it had already ended, just return its exit code. The process object must stay usable afterwards.

    终止 `process`，等它真正结束，返回它的退出码。
    如果它早已结束，直接返回它的退出码。之后这个进程对象仍然要能用。

        stop_process(process)       # -15: ended by signal 15, SIGTERM
    """
    raise NotImplementedError("stop_process is still to be written")
