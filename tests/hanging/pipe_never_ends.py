# hang: settled
# cause: nobody_sends
from multiprocessing import Pipe, Process


def read_all(reading):
    try:
        while True:
            print(reading.recv())  # waits: process read_all pipe_read -> main
    except EOFError:
        pass


def go():
    reading, writing = Pipe(duplex=False)
    process = Process(target=read_all, args=(reading,))
    process.start()
    writing.send("hello")
    process.join()  # waits: main join -> process read_all
