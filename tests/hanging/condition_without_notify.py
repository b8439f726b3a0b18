# hang: settled
# cause: child_never_ends
from multiprocessing import Condition, Process


def wait_for_it(condition):
    with condition:
        condition.wait()  # waits: process wait_for_it condition -> main


def go():
    condition = Condition()
    process = Process(target=wait_for_it, args=(condition,))
    process.start()
    process.join()  # waits: main join -> process wait_for_it
