import multiprocessing as mp, queue as Q
ctx = mp.get_context("spawn")
_shared = ctx.Queue()
def make_queue(size): return ctx.Queue(size)
def try_put(queue, value):
    try: queue.put(value, False)
    except Q.Full: return False
    return True
def try_get(queue, default=None):
    try: return queue.get(False)
    except Q.Empty: return default
def queue_status(queue): return {"full": queue.full(), "empty": queue.empty(), "size": queue.qsize()}
def drain(queue):
    r = []
    try:
        while True: r.append(queue.get(False))
    except Q.Empty: return r
