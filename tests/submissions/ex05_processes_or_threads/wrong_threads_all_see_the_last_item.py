# fails: check_threads_call_target_once_for_each_item check_threads_run_at_the_same_time check_threads_run_for_the_items_of_each_call
# fails: check_threads_run_forty_at_the_same_time check_threads_are_waited_for_to_the_first
# fails: check_threads_are_waited_for_to_the_last
# cause: always_the_last
import multiprocessing
import threading


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    ready = threading.Event()

    def work():
        ready.wait()
        target(item)

    threads = []
    for item in items:
        thread = threading.Thread(target=work)
        thread.start()
        threads.append(thread)
    ready.set()
    for thread in threads:
        thread.join()


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
