# gives: 1
import time
from multiprocessing import Process, Value


def work(value):
    time.sleep(0.4)
    value.value = 1


def go():
    value = Value("i", 0)
    process = Process(target=work, args=(value,))
    process.start()
    while value.value == 0:
        time.sleep(0.01)
    process.join()
    return value.value
