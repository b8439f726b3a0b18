# gives: 3
import multiprocessing


def go():
    event = multiprocessing.Event()
    rounds = 0
    while not event.wait(0.15):
        rounds += 1
        if rounds == 3:
            event.set()
    return rounds
