# hang: settled
# cause: barrier_not_full
from multiprocessing import Barrier, Process


def meet(barrier):
    barrier.wait()  # waits: process a barrier -> main; process b barrier -> main


def go():
    barrier = Barrier(3)
    processes = [Process(target=meet, args=(barrier,), name=name) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()  # waits: main join -> process a
