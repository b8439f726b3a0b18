# fails: check_error_of_any_kind_reaches_the_caller
# cause: did_not_raise
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
import shutil


def Progress(queue, total):
    for done in range(1, total + 1):
        yield done, total, queue.get()


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
            try:
                job.result()
            except IsADirectoryError:
                continue
            n += 1
            report(n, len(files), jobs[job])
    return len(files)
