# hang: settled
# cause: pool_has_ended
import signal
from multiprocessing import Pool


def go():
    with Pool(2) as pool:
        result = pool.apply_async(signal.pause)
    return result.get()  # waits: main pool_result
