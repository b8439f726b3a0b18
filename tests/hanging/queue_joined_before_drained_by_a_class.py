# hang: settled
# cause: joined_before_drained
import multiprocessing


class Writer(multiprocessing.Process):
    def __init__(self, queue):
        super().__init__(name="the writer")
        self.queue = queue

    def run(self):
        self.queue.put(b"x" * 1_000_000)  # waits: process the writer feeder_room -> main


def go():
    queue = multiprocessing.Queue()
    writer = Writer(queue)
    writer.start()
    writer.join()  # waits: main join -> process the writer
    return queue.get()
