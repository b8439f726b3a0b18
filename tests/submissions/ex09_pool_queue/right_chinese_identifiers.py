"""管理器的队列，用中文标识符。"""

from multiprocessing import Manager, Pool


def write_queue(queue, values):
    for 值 in values:
        queue.put(值)


def read_queue(queue):
    结果 = []
    while not queue.empty():
        结果.append(queue.get())
    return 结果


def pool_transfer(values):
    管理器 = Manager()
    队列 = 管理器.Queue(5)
    进程池 = Pool(2)
    进程池.apply(write_queue, (队列, values))
    结果 = 进程池.apply(read_queue, (队列,))
    进程池.close()
    进程池.join()
    管理器.shutdown()
    return 结果
