# fails: check_copier_takes_a_folder_of_any_name
# cause: files_missing
import multiprocessing
import os
import queue

BLOCK_SIZE = 64 * 1024


class Progress:
    def __init__(self, queue, total):
        self.queue = queue
        self.total = total
        self.done = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.done == self.total:
            raise StopIteration
        file_name = self.queue.get()
        self.done += 1
        return self.done, self.total, file_name


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source, open(os.path.join(dest_dir, file_name), "wb") as dest:
        while block := source.read(BLOCK_SIZE):
            dest.write(block)
    return file_name


import glob


def copy_with_progress(source_dir, dest_dir, workers, report):
    if not os.path.isdir(source_dir):
        raise FileNotFoundError(source_dir)
    names = [os.path.basename(p) for p in glob.glob(source_dir + "/*") + glob.glob(source_dir + "/.*") if os.path.isfile(p)]
    os.makedirs(dest_dir, exist_ok=True)
    finished = queue.Queue()
    with multiprocessing.Pool(workers) as pool:
        for name in names:
            pool.apply_async(copy_work, (source_dir, dest_dir, name), callback=finished.put, error_callback=finished.put)
        for done, total, result in Progress(finished, len(names)):
            if isinstance(result, BaseException):
                raise result
            report(done, total, result)
    return len(names)
