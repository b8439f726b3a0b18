# gives: [1, 4, 9]
import time
from multiprocessing.pool import ThreadPool


def square(number):
    time.sleep(0.2)
    return number * number


def go():
    with ThreadPool(2) as pool:
        return pool.map(square, [1, 2, 3], chunksize=1)
