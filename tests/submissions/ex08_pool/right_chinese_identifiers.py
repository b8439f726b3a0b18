"""进程池，用中文标识符。"""

from multiprocessing import Pool


def run_one_by_one(target, items, workers):
    进程池 = Pool(workers)
    结果列表 = []
    try:
        for 任务 in items:
            结果列表.append(进程池.apply(target, (任务,)))
    finally:
        进程池.close()
        进程池.join()
    return 结果列表


def run_at_once(target, items, workers):
    进程池 = Pool(workers)
    try:
        任务列表 = [进程池.apply_async(target, (任务,)) for 任务 in items]
        return [任务.get() for 任务 in 任务列表]
    finally:
        进程池.close()
        进程池.join()
