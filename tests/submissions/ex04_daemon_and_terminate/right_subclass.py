"""A class of processes that are daemons."""

import multiprocessing


class Daemon(multiprocessing.Process):
    def __init__(self, work):
        super().__init__(daemon=True)
        self.work = work

    def run(self):
        self.work()


def start_daemon(target):
    process = Daemon(target)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
