# hang: settled
# cause: child_never_ends
import threading


def go():
    ready = threading.Event()

    def work():
        ready.wait()  # waits: thread helper event -> main

    thread = threading.Thread(target=work, name="helper")
    thread.start()
    thread.join()  # waits: main thread_join -> thread helper
