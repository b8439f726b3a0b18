# -*- coding: utf-8 -*-
"""A beginner's: prints, a sleep, a loop that looks whether something has failed."""
import multiprocessing
import os
import queue as thread_queue
import time


class Progress(object):
    def __init__(self, queue, total):
        self.queue = queue
        self.total = total
        self.current = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.current < self.total:
            name = self.queue.get()
            self.current = self.current + 1
            return self.current, self.total, name
        else:
            raise StopIteration


def copy_work(source_dir, dest_dir, file_name, queue):
    print("开始拷贝", file_name)
    f1 = open(source_dir + "/" + file_name, "rb")
    f2 = open(dest_dir + "/" + file_name, "wb")
    while True:
        data = f1.read(1024)
        if not data:
            break
        f2.write(data)
    f1.close()
    f2.close()
    time.sleep(0.01)
    queue.put(file_name)


def copy_with_progress(source_dir, dest_dir, workers, report):
    file_list = []
    for i in os.listdir(source_dir):
        if os.path.isfile(source_dir + "/" + i):
            file_list.append(i)
    try:
        os.mkdir(dest_dir)
    except FileExistsError:
        pass
    total = len(file_list)
    manager = multiprocessing.Manager()
    queue = manager.Queue()
    po = multiprocessing.Pool(workers)
    results = []
    for i in file_list:
        results.append(po.apply_async(copy_work, (source_dir, dest_dir, i, queue)))
    po.close()
    try:
        count = 0
        while count < total:
            try:
                name = queue.get(timeout=0.1)
            except thread_queue.Empty:
                for r in results:
                    if r.ready():
                        r.get()
                continue
            count += 1
            print("\r拷贝进度：%.2f %%" % (count * 100 / total), end="")
            report(count, total, name)
        print()
        for r in results:
            r.get()
    finally:
        po.join()
        manager.shutdown()
    return total
