# hang: settled
# cause: polls_in_vain
import time

done = False


def go():
    while not done:
        time.sleep(0.05)  # waits: main poll_loop
