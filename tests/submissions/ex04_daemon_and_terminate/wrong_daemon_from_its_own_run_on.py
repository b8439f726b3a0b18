# fails: check_daemon_ends_when_the_main_process_returns check_daemon_ends_after_sys_exit check_daemon_ends_after_an_exception check_daemon_is_one_more_each_time
# cause: main_cannot_end
# verdict: stuck
import multiprocessing


class Background(multiprocessing.Process):
    def __init__(self, target):
        super().__init__()
        self.work = target

    def run(self):
        self.daemon = True
        self.work()


def start_daemon(target):
    process = Background(target)
    process.start()
    return process


def stop_process(process):
    process.terminate()
    process.join()
    return process.exitcode
