# hang: settled
# cause: child_never_ends
import multiprocessing


def wait_for_start(event):
    event.wait()  # waits: process runner event -> main


def go():
    event = multiprocessing.Event()
    runner = multiprocessing.Process(target=wait_for_start, args=(event,), name="runner")
    runner.start()
    runner.join()  # waits: main join -> process runner
    event.set()
