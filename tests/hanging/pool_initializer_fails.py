# hang: busy
# cause: pool_cannot_begin
import os
from multiprocessing import Pool


def go():
    with Pool(2, initializer=os.chdir, initargs=("nowhere",)) as pool:
        return pool.map(abs, [1, 2])  # waits: main pool_result
