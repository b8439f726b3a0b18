# hang: settled
# cause: pool_has_ended
import signal
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool

executor = ThreadPoolExecutor(max_workers=1)


def ask(result):
    return result.get()  # waits: thread worker pool_result


def go():
    with Pool(2) as pool:
        result = pool.apply_async(signal.pause)
    return executor.submit(ask, result).result()  # waits: main future_result -> thread worker
