# hang: settled
# cause: child_never_ends
import multiprocessing


def wait_for_the_parent():
    multiprocessing.parent_process().join()  # waits: process child join -> main


def go():
    child = multiprocessing.Process(target=wait_for_the_parent, name="child")
    child.start()
    child.join()  # waits: main join -> process child
