import multiprocessing as 多进程
from queue import Empty as 空, Full as 满


def make_queue(size):
    队列 = 多进程.Queue(size)
    return 队列


def try_put(queue, value):
    try:
        queue.put_nowait(value)
        成功 = True
    except 满:
        成功 = False
    return 成功


def try_get(queue, default=None):
    try:
        值 = queue.get_nowait()
    except 空:
        值 = default
    return 值


def queue_status(queue):
    return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}


def drain(queue):
    全部 = []
    while not queue.empty():
        全部.append(queue.get())
    return 全部
