"""Exercise 2: the name and the number of a process (section 7.4).

Every process has a number that the operating system gives it (its PID), knows the PID of its parent, and can have a
name that you choose. With a PID you can end a process from anywhere, as `kill -9` does in a terminal.

练习 2：进程的名字与编号（7.4 节）。

操作系统给每个进程一个编号（PID）；进程还知道父进程的 PID，也可以有一个由你取的名字。
知道了 PID，就能在任何地方结束这个进程，就像在终端里执行 `kill -9` 一样。
"""


def start_named_process(name, target):
    """Start a child process called `name` that runs `target()`, and return the process at once.

    The name must be the same seen from both sides: `process.name` here, and the child's own idea of its name.

    启动一个名叫 `name`、运行 `target()` 的子进程，并立刻返回进程对象。
    两边看到的名字要一样：这边的 `process.name`，以及子进程自己认为的名字。
    """
    raise NotImplementedError("start_named_process is still to be written")


def identify():
    """Return a tuple `(name, pid, parent_pid)` that tells which process is calling this function right now.

    返回元组 `(name, pid, parent_pid)`，说明此刻是哪个进程在调用这个函数。

        identify()          # ("MainProcess", 4711, 4242)
    """
    raise NotImplementedError("identify is still to be written")


def kill_process(pid):
    """End the process with number `pid`, and no other, as `kill -9 pid` does. Do not wait for its end.

    It must end even if it ignores polite requests (the signal SIGTERM).

    结束编号为 `pid` 的进程（只结束它一个），效果与 `kill -9 pid` 相同；不等它结束。
    即使它不理会礼貌的请求（SIGTERM 信号），也必须结束。
    """
    raise NotImplementedError("kill_process is still to be written")
