"""concurrent.futures, with a worker for each item."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def run_in_processes(target, items):
    with ProcessPoolExecutor(max_workers=max(1, len(items))) as executor:
        for item in items:
            executor.submit(target, item)


def run_in_threads(target, items):
    with ThreadPoolExecutor(max_workers=max(1, len(items))) as executor:
        list(executor.map(target, items))


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)
