# gives: 4
import os
import time
from multiprocessing import Pool


def pid(number):
    time.sleep(0.12)
    return os.getpid()


def go():
    with Pool(1, maxtasksperchild=1) as pool:
        return len(set(pool.map(pid, range(4), chunksize=1)))
