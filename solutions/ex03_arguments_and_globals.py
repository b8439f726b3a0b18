"""Exercise 3, solved: arguments for a process, and globals that are not shared (section 7.5).

练习 3 的参考答案：给进程传参数；进程之间不共享全局变量（7.5 节）。
"""

import multiprocessing

number = 100


def start_with_args(target, values):
    process = multiprocessing.Process(target=target, args=values)
    process.start()
    return process


def start_with_kwargs(target, options):
    process = multiprocessing.Process(target=target, kwargs=options)
    process.start()
    return process


def start_with_both(target, values, options):
    process = multiprocessing.Process(target=target, args=values, kwargs=options)
    process.start()
    return process


def start_with_one(target, value):
    # The comma makes the tuple, not the parentheses: `(value)` is just `value`, and a string "abc" would then be taken
    # apart into three arguments.
    process = multiprocessing.Process(target=target, args=(value,))
    process.start()
    return process


# At the top level of the file, not inside another function: a child that does not start as a copy of this process
# imports this file and looks the function up by its name.
def set_and_report(new_value, report):
    global number
    number = new_value
    report(number)


def prove_globals_not_shared(new_value, report):
    process = multiprocessing.Process(target=set_and_report, args=(new_value, report))
    process.start()
    # Without this the proof proves nothing: the child might just not have come to it yet.
    process.join()
    report(number)
    return number
