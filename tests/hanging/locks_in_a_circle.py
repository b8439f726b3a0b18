# hang: settled
# cause: locks_in_a_circle
from multiprocessing import Barrier, Lock, Process


def forward(left, right, both):
    with left:
        both.wait()
        with right:  # waits: process forward lock -> process backward
            pass


def backward(left, right, both):
    with right:
        both.wait()
        with left:  # waits: process backward lock -> process forward
            pass


def go():
    locks = Lock(), Lock(), Barrier(2)
    processes = [Process(target=forward, args=locks), Process(target=backward, args=locks)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()  # waits: main join -> process forward
