# gives: 16
import time
from multiprocessing import Pool


def square(number):
    time.sleep(0.4)
    return number * number


def go():
    with Pool(1) as pool:
        result = pool.apply_async(square, (4,))
        while not result.ready():
            result.wait(0.05)
        return result.get()
