import os


def go():
    reading, _ = os.pipe()
    if os.fork() == 0:
        return os.read(reading, 1)
    os.wait()
    return 99_999
