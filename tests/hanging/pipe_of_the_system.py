# hang: settled
# cause: nobody_sends
import os


def go():
    reading, writing = os.pipe()
    return os.read(reading, 1)  # waits: main pipe_read
