# hang: settled
# cause: only_threads_could
import threading


def go():
    condition = threading.Condition()

    def work():
        with condition:
            condition.notify()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    with condition:
        condition.wait()  # waits: main condition
