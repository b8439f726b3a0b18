# gives: hello
import time
from multiprocessing import Pipe, Process


def work(connection):
    time.sleep(0.4)
    connection.send("hello")


def go():
    ours, theirs = Pipe()
    process = Process(target=work, args=(theirs,))
    process.start()
    while not ours.poll(0.05):
        pass
    process.join()
    return ours.recv()
