# fails: check_processes_call_target_once_for_each_item check_processes_run_at_the_same_time
# fails: check_processes_run_many_at_the_same_time check_processes_wait_for_the_first
# fails: check_processes_wait_for_the_last check_processes_run_for_the_items_of_each_call
# cause: always_the_last
import multiprocessing
import threading

def run_in_processes(target, items):
    processes = []
    for item in items:
        processes.append(multiprocessing.get_context("fork").Process(target=lambda: target(item)))
    for process in processes:
        process.start()
    for process in processes:
        process.join()

def run_in_threads(target, items):
    # A ThreadPoolExecutor would do as well, but only with max_workers=len(items): left to itself it takes 32 at most.
    threads = [threading.Thread(target=target, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

def run_jobs(kind, target, items):
    # Computing profits from several cores, so it gets processes; waiting needs no core, so threads are enough.
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(f'kind must be "cpu" or "io", not {kind!r}')
