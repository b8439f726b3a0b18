# fails: check_at_once_runs_never_more_than_workers check_at_once_runs_one_at_a_time_with_one_worker
# cause: too_many_at_once
import multiprocessing


def run_one_by_one(target, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [pool.apply(target, (item,)) for item in items]


def call(target, item, pipe):
    try:
        pipe.send((True, target(item)))
    except Exception as error:
        pipe.send((False, error))


def run_at_once(target, items, workers):
    pipes, children = [], []
    for item in items:
        here, there = multiprocessing.Pipe()
        child = multiprocessing.Process(target=call, args=(target, item, there))
        child.start()
        pipes.append(here)
        children.append(child)
    answers = [pipe.recv() for pipe in pipes]
    for child in children:
        child.join()
    for is_good, value in answers:
        if not is_good:
            raise value
    return [value for _, value in answers]
