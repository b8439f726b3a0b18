# fails: check_copier_waits_for_the_copies check_copier_leaves_no_process check_error_of_a_copy_reaches_the_caller check_copier_waits_for_the_reports check_error_of_any_kind_reaches_the_caller
# fails: check_error_of_a_copy_leaves_no_process
# cause: did_not_wait
import multiprocessing
import os
import itertools


class Progress:
    def __init__(self, queue, total):
        self.queue, self.total, self.done = queue, total, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.done >= self.total:
            raise StopIteration
        name = self.queue.get()
        self.done += 1
        return self.done, self.total, name


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)
    return file_name


pools = []


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    pools.append(multiprocessing.Pool(workers))
    count = itertools.count(1)
    for name in names:
        pools[-1].apply_async(
            copy_work, (source_dir, dest_dir, name), callback=lambda name: report(next(count), len(names), name)
        )
    pools[-1].close()
    return len(names)
