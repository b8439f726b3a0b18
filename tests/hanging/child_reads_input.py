# hang: settled
# cause: reads_input
from multiprocessing import Process, Queue


def ask(queue):
    queue.put(input("Your name: "))


def go():
    queue = Queue()
    process = Process(target=ask, args=(queue,))
    process.start()
    name = queue.get()  # waits: main queue_get
    process.join()
    return name
