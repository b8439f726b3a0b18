# hang: settled
# cause: polls_in_vain
import time
from multiprocessing import Event, Process


def work(event):
    event.wait()  # waits: process work event


def go():
    event = Event()
    process = Process(target=work, args=(event,))
    process.start()
    while process.is_alive():
        print("still waiting")
        time.sleep(0.1)  # waits: main poll_loop
