# fails: check_progress_counts_from_one check_progress_works_in_a_loop check_progress_is_its_own_iterator check_progress_counts_to_many
# fails: check_progress_waits_for_a_name check_progress_waits_for_one_name_at_a_time
# fails: check_two_progresses_do_not_disturb
# cause: parts_misplaced
import multiprocessing
import os


def Progress(queue, total):
    for done in range(1, total + 1):
        yield queue.get(), done, total


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
    with multiprocessing.Manager() as manager, multiprocessing.Pool(workers) as pool:
        queue = manager.Queue()
        results = [pool.apply_async(copy_and_tell, (queue, source_dir, dest_dir, name)) for name in names]
        for done, total, name in Progress(queue, len(names)):
            report(done, total, name)
        for result in results:
            result.get()
    return len(names)
