# hang: settled
# cause: put_before_reader
import multiprocessing as mp


def write(queue):
    for value in "abcdef":
        queue.put(value)  # waits: process write queue_put -> main


def read(queue):
    while not queue.empty():
        print(queue.get())


def go():
    queue = mp.Queue(maxsize=5)
    writer = mp.Process(target=write, args=(queue,))
    writer.start()
    writer.join()  # waits: main join -> process write
    reader = mp.Process(target=read, args=(queue,))
    reader.start()
    reader.join()
