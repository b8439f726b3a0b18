# hang: busy
# cause: busy
import threading

started = False


def go():
    def count():
        while not started: pass  # waits: thread first busy; thread second busy

    threads = [threading.Thread(target=count, name=name) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # waits: main thread_join -> thread first
