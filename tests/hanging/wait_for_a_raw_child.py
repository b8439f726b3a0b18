# hang: settled
# cause: child_never_ends
# method: fork
import os
import signal


def go():
    pid = os.fork()
    if pid == 0:
        signal.pause()  # waits: process 3 signal
        os._exit(0)
    os.waitpid(pid, 0)  # waits: main child_end -> process 3
