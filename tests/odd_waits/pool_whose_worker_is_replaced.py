# gives: 9
import os
import time
from multiprocessing import Pool


def die():
    time.sleep(0.3)
    os._exit(1)


def square(number):
    return number * number


def go():
    with Pool(1) as pool:
        pool.apply_async(die)
        return pool.apply_async(square, (3,)).get()
