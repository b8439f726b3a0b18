"""Workers, a queue of tasks and one of results, made by hand."""

import multiprocessing


def work(target, tasks, results):
    for number, item in iter(tasks.get, None):
        try:
            results.put((number, True, target(item)))
        except Exception as error:
            results.put((number, False, error))


def run_one_by_one(target, items, workers):
    return run_at_once(target, items, 1)


def run_at_once(target, items, workers):
    tasks, results = multiprocessing.Queue(), multiprocessing.SimpleQueue()
    crew = [multiprocessing.Process(target=work, args=(target, tasks, results)) for _ in range(workers)]
    for task in [*enumerate(items), *[None] * workers]:
        tasks.put(task)
    for worker in crew:
        worker.start()
    got = sorted((results.get() for _ in items), key=lambda result: result[0])
    for worker in crew:
        worker.join()
    for _, is_good, value in got:
        if not is_good:
            raise value
    return [value for _, _, value in got]
