"""The tasks are functions of their own."""

import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue):
    values = []
    while queue.qsize() > 0:
        values.append(queue.get())
    return values


def write_task(queue, values):
    print("writing in", multiprocessing.current_process().name)
    write_queue(queue, values)
    return len(values)


def read_task(queue):
    print("reading in", multiprocessing.current_process().name)
    return read_queue(queue)


def pool_transfer(values):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue(5)
        with multiprocessing.Pool(2) as pool:
            count = pool.apply(write_task, (queue, values))
            print(count, "written")
            result = pool.apply(read_task, (queue,))
            pool.close()
            pool.join()
    return result
