# fails: check_reports_wait_for_the_copy
# cause: reported_early
import os
from multiprocessing import Manager, Pool


class Progress:
    def __init__(self, queue, total):
        self.queue = queue
        self.total = total
        self.done = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.done >= self.total:
            raise StopIteration
        name = self.queue.get()
        self.done += 1
        return self.done, self.total, name


def copy_work(queue, source_dir, dest_dir, file_name):
    try:
        with open(os.path.join(source_dir, file_name), "rb") as f_in:
            with open(os.path.join(dest_dir, file_name), "wb") as f_out:
                while True:
                    block = f_in.read(65536)
                    if not block:
                        break
                    f_out.write(block)
    except Exception as error:
        queue.put(error)
    else:
        queue.put(file_name)


def _copy1(source_dir, dest_dir, name):
    import shutil
    with open(os.path.join(source_dir, name), "rb") as a, open(os.path.join(dest_dir, name), "wb") as b:
        shutil.copyfileobj(a, b)


def copy_with_progress(source_dir, dest_dir, workers, report):
    import time
    names = [n for n in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, n))]
    os.makedirs(dest_dir, exist_ok=True)
    pool = Pool(workers)
    try:
        hs = [pool.apply_async(_copy1, (source_dir, dest_dir, n)) for n in names]
        seen = set()
        while len(seen) < len(names):
            for h in hs:
                if h.ready():
                    h.get()
            for n in names:
                if n not in seen and os.path.exists(os.path.join(dest_dir, n)):
                    seen.add(n)
                    report(len(seen), len(names), n)
            time.sleep(0.01)
        for h in hs:
            h.get()
    finally:
        pool.close()
        pool.join()
    return len(names)
