# hang: settled
# cause: pool_waits_on_itself
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(max_workers=1)


def outer():
    return executor.submit(pow, 2, 3).result()  # waits: thread worker future_result -> thread worker


def go():
    return executor.submit(outer).result()  # waits: main future_result -> thread worker
