# gives: 5
import threading
import time


def go():
    condition, values = threading.Condition(), []

    def produce():
        for number in range(5):
            time.sleep(0.08)
            with condition:
                values.append(number)
                condition.notify_all()

    thread = threading.Thread(target=produce)
    thread.start()
    with condition:
        condition.wait_for(lambda: len(values) == 5)
    thread.join()
    return len(values)
