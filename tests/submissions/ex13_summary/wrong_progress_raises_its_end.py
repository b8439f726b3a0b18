# fails: check_progress_ends_after_the_last check_progress_of_nothing_ends_at_once check_progress_works_in_a_loop check_progress_is_its_own_iterator check_progress_leaves_what_is_not_its_own check_progress_counts_to_many
# cause: stop_in_generator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
import shutil




def copy_one(a, b):
    shutil.copyfile(a, b)


def copy_with_progress(source_dir, dest_dir, workers, report):
    files = [p for p in Path(source_dir).iterdir() if p.is_file()]
    target = Path(dest_dir)
    target.mkdir(exist_ok=True)
    with ProcessPoolExecutor(workers) as ex:
        jobs = {ex.submit(copy_one, p, target / p.name): p.name for p in files}
        n = 0
        for job in as_completed(jobs):
            job.result()
            n += 1
            report(n, len(files), jobs[job])
    return n


def Progress(queue, total):
    done = 0
    while True:
        if done == total:
            raise StopIteration
        done += 1
        yield done, total, queue.get()
