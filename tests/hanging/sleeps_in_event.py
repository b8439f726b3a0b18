# hang: asleep
# cause: asleep
import threading


def go():
    event = threading.Event()
    return event.wait(86400)  # waits: main event 86400
