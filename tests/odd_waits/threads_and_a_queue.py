# gives: 10
import queue
import threading
import time


def go():
    todo, done = queue.Queue(), []

    def work():
        while (value := todo.get()) is not None:
            time.sleep(0.04)
            done.append(value)
            todo.task_done()

    thread = threading.Thread(target=work)
    thread.start()
    for value in range(10):
        todo.put(value)
    todo.join()
    todo.put(None)
    thread.join()
    return len(done)
