# gives: 0
import time
from multiprocessing import Process


def go():
    process = Process(target=time.sleep, args=(0.4,))
    process.start()
    while process.is_alive():
        time.sleep(0.01)
    return process.exitcode
