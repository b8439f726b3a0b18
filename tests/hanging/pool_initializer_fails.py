# hang: busy
# cause: pool_cannot_begin
import os
from multiprocessing import Pool


def go():
    with Pool(2, initializer=os.chdir, initargs=("nowhere",)) as pool:
        # without a chunk size map divides by the number of workers, which is 0 between two generations of them
        return pool.map(abs, [1, 2], 1)  # waits: main pool_result
