# hang: settled
# cause: only_threads_could
import threading
from multiprocessing import Pool


def work(number):
    threading.Event().wait()  # waits: pool worker 1 event -> main


def go():
    pool = Pool(1)
    pool.map_async(work, [1])
    pool.close()
    pool.join()  # waits: main pool_end -> pool worker 1
