# gives: [0, 0]
import time
from multiprocessing import Process


def nothing():
    pass


def go():
    first, second = Process(target=nothing), Process(target=time.sleep, args=(0.5,))
    first.start()
    second.start()
    second.join()
    first.join()
    return [first.exitcode, second.exitcode]
