import threading, time
def _beat():
    while True:
        time.sleep(0.02)
threading.Thread(target=_beat, daemon=True).start()
# Defensive: everything checked, everything cleaned up.
import logging
import multiprocessing
import os
import time

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())
import queue as queue_module


def write_queue(queue, values):
    for value in values:
        try:
            queue.put(value, timeout=60)
        except queue_module.Full:
            log.error("full")
            raise


def read_queue(queue):
    values = []
    while True:
        try:
            values.append(queue.get_nowait())
        except queue_module.Empty:
            return values


def pool_transfer(values):
    if len(values) > 5:
        raise ValueError("at most 5 values")
    manager = multiprocessing.Manager()
    try:
        queue = manager.Queue(5)
        pool = multiprocessing.Pool(2)
        try:
            pool.apply_async(write_queue, (queue, values)).get(timeout=120)
            result = pool.apply_async(read_queue, (queue,)).get(timeout=120)
            pool.close()
        except BaseException:
            pool.terminate()
            raise
        finally:
            pool.join()
    finally:
        manager.shutdown()
    return result
