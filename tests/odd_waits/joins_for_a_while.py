# gives: 0
import time
from multiprocessing import Process


def go():
    process = Process(target=time.sleep, args=(0.5,))
    process.start()
    while process.exitcode is None:
        process.join(0.1)
    return process.exitcode
