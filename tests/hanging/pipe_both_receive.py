# hang: settled
# cause: nobody_sends
from multiprocessing import Pipe, Process


def answer(connection):
    connection.send(connection.recv())  # waits: process answer pipe_read -> main


def go():
    ours, theirs = Pipe()
    process = Process(target=answer, args=(theirs,))
    process.start()
    return ours.recv()  # waits: main pipe_read -> process answer
