# gives: [0, 1, 2]
import time
from concurrent.futures import ProcessPoolExecutor, as_completed


def later(number):
    time.sleep(0.15)
    return number


def go():
    with ProcessPoolExecutor(1) as executor:
        return sorted(each.result() for each in as_completed([executor.submit(later, n) for n in range(3)]))
