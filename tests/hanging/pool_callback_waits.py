# hang: settled
# cause: callback_waits
# waits: pool worker 1 signal
# waits: pool worker 2 worker_task
import signal
from multiprocessing import Pool


def go():
    with Pool(2) as pool:
        first = pool.apply_async(signal.pause)

        def both(number):
            print(number, first.get())  # waits: thread callbacks pool_result -> thread callbacks

        return pool.apply_async(abs, (-1,), callback=both).get()  # waits: main pool_result -> thread callbacks
