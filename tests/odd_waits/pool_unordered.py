# gives: [0, 1, 4, 9]
import time
from multiprocessing import Pool


def square(number):
    time.sleep(0.2)
    return number * number


def go():
    with Pool(2) as pool:
        return sorted(pool.imap_unordered(square, range(4)))
