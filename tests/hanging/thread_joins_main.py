# hang: settled
# cause: child_never_ends
import threading


def go():
    def work():
        for thread in threading.enumerate():
            if thread is not threading.current_thread():
                thread.join()  # waits: thread helper thread_join -> main

    helper = threading.Thread(target=work, name="helper")
    helper.start()
    helper.join()  # waits: main thread_join -> thread helper
