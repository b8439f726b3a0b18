# hang: busy
# cause: busy
def go():
    number = 0
    while number >= 0: number += 1  # waits: main busy
