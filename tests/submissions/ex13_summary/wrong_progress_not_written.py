# fails: check_progress_counts_from_one check_progress_ends_after_the_last check_progress_of_nothing_ends_at_once check_progress_counts_to_many
# fails: check_progress_works_in_a_loop check_progress_is_its_own_iterator check_progress_waits_for_a_name
# fails: check_progress_waits_for_one_name_at_a_time check_progress_leaves_what_is_not_its_own
# fails: check_two_progresses_do_not_disturb
# cause: not_written
import multiprocessing
import os


class Progress:
    def __init__(self, queue, total):
        raise NotImplementedError("Progress is still to be written")


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)
    return file_name


def copy_and_tell(queue, *what):
    try:
        copy_work(*what)
    finally:
        queue.put(what[-1])


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Manager() as manager:
        queue = manager.Queue()
        progress = Progress(queue, len(names))
        with multiprocessing.Pool(workers) as pool:
            results = [pool.apply_async(copy_and_tell, (queue, source_dir, dest_dir, name)) for name in names]
            for done, total, name in progress:
                report(done, total, name)
            for result in results:
                result.get()
    return len(names)
