from multiprocessing import Manager, Pool
def write_queue(queue, values):
    for v in values: queue.put(v)
def read_queue(queue):
    out = []
    while not queue.empty(): out.append(queue.get())
    return out
def _read_into(queue, results): results.extend(read_queue(queue))
def pool_transfer(values):
    with Manager() as m, Pool(2) as p:
        q, results = m.Queue(5), m.list()
        p.apply(write_queue, (q, values))
        p.apply(_read_into, (q, results))
        return list(results)
