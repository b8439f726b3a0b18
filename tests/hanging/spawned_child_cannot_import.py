# hang: settled
# cause: child_failed_to_import
# method: spawn
import multiprocessing

if multiprocessing.current_process().name == "MainProcess":

    def work(queue):
        queue.put(1)


def go():
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=work, args=(queue,))
    process.start()
    return queue.get()  # waits: main queue_get
