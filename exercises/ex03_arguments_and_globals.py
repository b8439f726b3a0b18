"""Exercise 3: arguments for a process, and globals that are not shared (section 7.5).

A child's target can be given arguments: by position, by name, or both. What it cannot be given is your memory: a child
has its own copy of every global variable, and what it writes there, only the child itself sees.

练习 3：给进程传参数；进程之间不共享全局变量（7.5 节）。

可以给子进程的 target 传参数：按位置、按名字，或者两种都用。
但子进程用不了你的内存：每个全局变量它都有自己的一份，它写进去的值只有它自己看得到。
"""

number = 100


def start_with_args(target, values):
    """Start a child process that runs `target(*values)`, and return the process at once.

    启动一个运行 `target(*values)` 的子进程，并立刻返回进程对象。

        start_with_args(work, [1, 2, 3])            # the child runs work(1, 2, 3)
    """
    raise NotImplementedError("start_with_args is still to be written")


def start_with_kwargs(target, options):
    """Start a child process that runs `target(**options)`, and return the process at once.

    启动一个运行 `target(**options)` 的子进程，并立刻返回进程对象。

        start_with_kwargs(work, {"speed": 5})       # the child runs work(speed=5)
    """
    raise NotImplementedError("start_with_kwargs is still to be written")


def start_with_both(target, values, options):
    """Start a child process that runs `target(*values, **options)`, and return the process at once.

    启动一个运行 `target(*values, **options)` 的子进程，并立刻返回进程对象。

        start_with_both(work, [1, 2], {"speed": 5})     # the child runs work(1, 2, speed=5)
    """
    raise NotImplementedError("start_with_both is still to be written")


def start_with_one(target, value):
    """Start a child process that runs `target(value)`, and return the process at once.

    `value` stays one single argument, also where it is a string, a tuple or a list.

    启动一个运行 `target(value)` 的子进程，并立刻返回进程对象。
    就算 `value` 是字符串、元组或列表，它也始终只是一个参数。

        start_with_one(work, "abc")                 # the child runs work("abc")
    """
    raise NotImplementedError("start_with_one is still to be written")


def prove_globals_not_shared(new_value, report):
    """Show that a child cannot change your global `number` (the one above).

    1. A child process sets the global `number` to `new_value` and then calls `report(number)`.
    2. After that child has ended, this process calls `report(number)` with its own number, and returns that number.

    证明子进程改不了你的全局变量 `number`（就是上面那个）：
    1. 子进程把全局变量 `number` 设为 `new_value`，然后调用 `report(number)`。
    2. 等子进程结束后，本进程用自己的 `number` 调用 `report(number)`，并返回这个数。
    """
    raise NotImplementedError("prove_globals_not_shared is still to be written")
