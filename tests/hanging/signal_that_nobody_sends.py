# hang: settled
# cause: stuck
import signal


def go():
    signal.signal(signal.SIGUSR1, lambda number, frame: None)
    signal.pause()  # waits: main signal
