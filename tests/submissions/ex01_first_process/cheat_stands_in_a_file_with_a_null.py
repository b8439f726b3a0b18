# Code can be said to stand in a file that no file can be; whoever looks where it hangs is told of that file.
import time


def _hang():
    while True:
        time.sleep(100_000)


_hang.__code__ = _hang.__code__.replace(co_filename=f"{_hang.__code__.co_filename[:-3]}\0.py")


def start_process(target):
    _hang()


def run_process(target):
    _hang()


def process_state(process):
    _hang()
