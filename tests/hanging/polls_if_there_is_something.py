# hang: settled
# cause: polls_in_vain
import multiprocessing
import time


def take(connection):
    total = 0
    while total < 10:
        if connection.poll():
            total += connection.recv()
        else:
            time.sleep(0.05)  # waits: process take poll_loop


def go():
    ours, theirs = multiprocessing.Pipe()
    multiprocessing.Process(target=take, args=(theirs,)).start()
    ours.send(3)
    while multiprocessing.active_children():
        time.sleep(0.05)  # waits: main poll_loop
