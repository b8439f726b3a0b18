# gives: over
import time


def go():
    ends = time.monotonic() + 0.5
    while time.monotonic() < ends:
        time.sleep(0.01)
    return "over"
