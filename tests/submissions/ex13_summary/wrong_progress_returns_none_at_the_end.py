# fails: check_progress_ends_after_the_last check_progress_of_nothing_ends_at_once check_progress_works_in_a_loop check_progress_counts_to_many
# fails: check_progress_is_its_own_iterator
# cause: did_not_raise
import multiprocessing
import os


class Progress:
    def __init__(self, queue, total):
        self.queue, self.total, self.done = queue, total, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.done < self.total:
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
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        tasks = [(source_dir, dest_dir, name) for name in names]
        for done, name in enumerate(pool.imap_unordered(copy_task, tasks), 1):
            report(done, len(names), name)
    return len(names)
