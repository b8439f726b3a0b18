# hang: busy
# cause: busy
from multiprocessing import Process


def work():
    pass


def go():
    while True:
        process = Process(target=work)
        process.start()
        process.join()
