# fails: check_threads_are_waited_for_to_the_first check_threads_are_waited_for_to_the_last
# cause: did_not_wait
import multiprocessing
import concurrent.futures


def run_in_processes(target, items):
    processes = [multiprocessing.Process(target=target, args=(item,)) for item in items]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_in_threads(target, items):
    if not items:
        return
    executor = concurrent.futures.ThreadPoolExecutor(max_workers=len(items))
    futures = [executor.submit(target, item) for item in items]
    concurrent.futures.wait(futures, return_when=concurrent.futures.FIRST_COMPLETED)
    executor.shutdown(wait=False)


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
