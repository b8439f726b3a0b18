# gives: True
import threading


def go():
    event = threading.Event()
    threading.Timer(0.4, event.set).start()
    return event.wait()
