# hang: settled
# cause: joined_before_drained
from multiprocessing import Process, Queue


def work(queue, number):
    queue.put([number] * 200_000)  # waits: process one feeder_room -> main; process two feeder_room -> main


def go():
    queue = Queue()
    workers = [Process(target=work, args=(queue, n), name=name) for n, name in enumerate(["one", "two"])]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()  # waits: main join -> process one
    return [queue.get() for _ in workers]
