# hang: asleep
# cause: asleep
import time


def go():
    time.sleep(3600)  # waits: main sleep 3600
