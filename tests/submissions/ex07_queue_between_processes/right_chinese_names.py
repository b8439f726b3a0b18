from multiprocessing import Process as 进程, Queue as 队列
from queue import Empty as 空


def write_queue(queue, values):
    for value in values:
        queue.put(value)


def read_queue(queue, report):
    while True:
        try:
            值 = queue.get_nowait()
        except 空:
            break
        else:
            report(值)


def transfer(values, report):
    消息 = 队列()
    写 = 进程(target=write_queue, args=(消息, values))
    写.start()
    写.join()
    读 = 进程(target=read_queue, kwargs={"queue": 消息, "report": report})
    读.start()
    读.join()


def read_count(queue, count, report):
    for _ in range(count):
        report(queue.get())


def transfer_large(values, report):
    queue = 队列()
    writer = 进程(target=write_queue, args=(queue, values))
    reader = 进程(target=read_count, args=(queue, len(values), report))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
