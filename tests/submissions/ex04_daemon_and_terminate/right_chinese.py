"""Chinese identifiers."""

from multiprocessing import Process as 进程类


def 还活着(进程):
    return 进程.is_alive()


def start_daemon(target):
    子进程 = 进程类(target=target)
    子进程.daemon = True
    子进程.start()
    return 子进程


def stop_process(process):
    if 还活着(process):
        process.terminate()
    process.join()
    return process.exitcode
