"""A process of its own for each item, as many at a time as there may be."""

import multiprocessing


def call(target, item, pipe, free):
    try:
        pipe.send((True, target(item)))
    except Exception as error:
        pipe.send((False, error))
    finally:
        free.release()


def run_one_by_one(target, items, workers):
    return run_at_once(target, items, 1)


def run_at_once(target, items, workers):
    free = multiprocessing.Semaphore(workers)
    children, pipes = [], []
    for item in items:
        free.acquire()
        for child in [child for child in children if len(children) >= workers]:
            child.join(0)
        here, there = multiprocessing.Pipe()
        child = multiprocessing.Process(target=call, args=(target, item, there, free))
        child.start()
        children.append(child)
        pipes.append(here)
    answers = [pipe.recv() for pipe in pipes]
    for child in children:
        child.join()
    for is_good, value in answers:
        if not is_good:
            raise value
    return [value for _, value in answers]
