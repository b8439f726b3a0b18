# hang: settled
# cause: pipe_not_read
from multiprocessing import Pipe, Process


def send(connection):
    connection.send_bytes(b"x" * 1_000_000)  # waits: process sender pipe_room -> main


def go():
    reading, writing = Pipe(duplex=False)
    process = Process(target=send, args=(writing,), name="sender")
    process.start()
    process.join()  # waits: main join -> process sender
    return reading.recv_bytes()
