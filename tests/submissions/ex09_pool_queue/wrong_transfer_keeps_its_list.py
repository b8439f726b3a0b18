# fails: check_transfer_gives_the_values_of_each_call
# cause: earlier_values
import multiprocessing


def write_queue(queue, values):
    for value in values:
        queue.put(value)
        print("put", value)


def read_queue(queue):
    values = []
    while not queue.empty():
        value = queue.get()
        print("got", value)
        values.append(value)
    return values


ALL = []


def pool_transfer(values):
    with multiprocessing.Manager() as manager, multiprocessing.Pool(2) as pool:
        queue = manager.Queue(5)
        pool.apply(write_queue, (queue, values))
        ALL.extend(pool.apply(read_queue, (queue,)))
    return ALL


if __name__ == "__main__":
    print(pool_transfer(["A", "B", "C"]))
