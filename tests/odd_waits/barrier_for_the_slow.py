# gives: 3
import time
from multiprocessing import Barrier, Process


def arrive(barrier, after_s):
    time.sleep(after_s)
    barrier.wait()


def go():
    barrier = Barrier(3)
    processes = [Process(target=arrive, args=(barrier, 0.2 * number)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(process.exitcode == 0 for process in processes)
