# hang: settled
# cause: stuck
import os


def go():
    os.mkfifo("pipe")
    with open("pipe") as file:  # waits: main pipe_end
        return file.read()
