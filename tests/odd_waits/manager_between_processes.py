# gives: ['one', 'two']
import time
from multiprocessing import Manager, Process


def work(values, ready):
    time.sleep(0.3)
    values.append("one")
    ready.set()
    time.sleep(0.3)
    values.append("two")


def go():
    with Manager() as manager:
        values, ready = manager.list(), manager.Event()
        process = Process(target=work, args=(values, ready))
        process.start()
        ready.wait()
        process.join()
        return list(values)
