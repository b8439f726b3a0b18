"""As a beginner writes it, with prints and sleeps."""

import time
from multiprocessing import Process
from threading import Thread


def run_in_processes(target, items):
    print("items:", items)
    process_list = []
    for i in range(len(items)):
        p = Process(target=target, args=(items[i],))
        p.start()
        print("started process", i)
        process_list.append(p)
    time.sleep(0.1)
    for i in range(len(process_list)):
        process_list[i].join()
        print("joined process", i)
    print("all done!")


def run_in_threads(target, items):
    thread_list = []
    for i in range(len(items)):
        t = Thread(target=target, args=(items[i],))
        t.start()
        thread_list.append(t)
    time.sleep(0.1)
    for t in thread_list:
        t.join()
    print("all done!")


def run_jobs(kind, target, items):
    if kind == "cpu":
        print("using processes")
        run_in_processes(target, items)
    if kind == "io":
        print("using threads")
        run_in_threads(target, items)
    if kind != "cpu" and kind != "io":
        raise ValueError("kind is wrong: " + str(kind))


if __name__ == "__main__":
    begin = time.time()
    run_jobs("cpu", print, [1, 2, 3])
    print("processes took", time.time() - begin)
