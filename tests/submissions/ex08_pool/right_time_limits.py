from multiprocessing import Pool
def run_one_by_one(target, items, workers):
    with Pool(workers) as pool: return [pool.apply_async(target, (i,)).get(timeout=60) for i in items]
def run_at_once(target, items, workers):
    with Pool(workers) as pool: return [r.get(timeout=60) for r in [pool.apply_async(target, (i,)) for i in items]]
