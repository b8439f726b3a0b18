# gives: notified
import time
from multiprocessing import Condition, Process


def tell(condition):
    time.sleep(0.4)
    with condition:
        condition.notify()


def go():
    condition = Condition()
    with condition:
        process = Process(target=tell, args=(condition,))
        process.start()
        condition.wait()
    process.join()
    return "notified"
