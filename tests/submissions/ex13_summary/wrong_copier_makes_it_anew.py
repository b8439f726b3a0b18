# fails: check_copier_takes_one_that_is_there check_copier_counts_what_it_copied check_error_of_any_kind_reaches_the_caller check_reports_wait_for_the_copy
# fails: check_error_of_a_copy_reaches_the_caller
# cause: raised
import multiprocessing
import os


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


def copy_task(task):
    return copy_work(*task)


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.mkdir(dest_dir)
    with multiprocessing.Pool(workers) as pool:
        tasks = [(source_dir, dest_dir, name) for name in names]
        for done, name in enumerate(pool.imap_unordered(copy_task, tasks), 1):
            report(done, len(names), name)
    return len(names)
